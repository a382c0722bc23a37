//! The words of one paragraph: runs of the same marks, and how they are written.

use super::escape;
use std::rc::Rc;

/// What a run of words is marked with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Marks {
    pub strong: bool,
    pub em: bool,
    pub del: bool,
    pub link: Option<Rc<str>>,
}

/// What a run is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text(String),
    Code(String),
    Picture { src: String, alt: String, title: String },
    Break,
}

/// A run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    pub kind: Kind,
    pub marks: Marks,
}

impl Run {
    fn text(&self) -> Option<&str> {
        if let Kind::Text(text) = &self.kind { Some(text) } else { None }
    }
}

/// Writes a paragraph; empty when nothing is in it.
pub(super) fn write(runs: Vec<Run>) -> String {
    let runs = hoisted(&collapsed(runs));
    let mut out = String::new();
    if !runs.is_empty() && runs.iter().all(|run| matches!(run.kind, Kind::Picture { .. } | Kind::Break) || run.text() == Some(" ")) {
        for run in runs.iter().filter(|run| matches!(run.kind, Kind::Picture { .. })) {
            if !out.is_empty() {
                out.push('\n');
            }
            level(&mut out, std::slice::from_ref(run), 0);
        }
        return out;
    }
    level(&mut out, &runs, 0);
    out.truncate(out.trim_end_matches([' ', '\n']).len());
    out
}

/// White space as browsers see it: one space, and none at the ends of lines.
fn collapsed(runs: Vec<Run>) -> Vec<Run> {
    let mut kept: Vec<Run> = Vec::with_capacity(runs.len());
    let mut space = true;
    for mut run in runs {
        match &mut run.kind {
            Kind::Text(text) => {
                let mut words = String::with_capacity(text.len());
                for c in text.chars() {
                    let blank = matches!(c, ' ' | '\t' | '\n' | '\r' | '\x0c');
                    if !(blank && space) && (blank || !c.is_control()) {
                        words.push(if blank { ' ' } else { c });
                    }
                    space = blank;
                }
                if words.is_empty() {
                    continue;
                }
                *text = words;
            }
            Kind::Break => {
                trim_last(&mut kept);
                if kept.is_empty() {
                    continue;
                }
                space = true;
            }
            Kind::Code(_) | Kind::Picture { .. } => space = false,
        }
        match kept.last_mut() {
            Some(Run { kind: Kind::Text(last), marks }) if *marks == run.marks && run.text().is_some() => {
                last.push_str(run.text().unwrap_or_default());
            }
            _ => kept.push(run),
        }
    }
    while matches!(kept.last(), Some(Run { kind: Kind::Break, .. })) || trim_last(&mut kept) {
        if matches!(kept.last(), Some(Run { kind: Kind::Break, .. })) {
            kept.pop();
        }
    }
    kept
}

/// Takes the space at the end away; whether there was one.
fn trim_last(runs: &mut Vec<Run>) -> bool {
    let Some(Run { kind: Kind::Text(text), .. }) = runs.last_mut() else { return false };
    let length = text.trim_end_matches(' ').len();
    let shorter = length < text.len();
    text.truncate(length);
    if text.is_empty() {
        runs.pop();
    }
    shorter
}

/// Marks begin and end at words: `**bold **` would stay stars on the page, and so would `**bold:**then` (CommonMark 6.2).
fn hoisted(runs: &[Run]) -> Vec<Run> {
    let mut done: Vec<Run> = Vec::with_capacity(runs.len());
    for (at, run) in runs.iter().enumerate() {
        let Some(text) = run.text().filter(|_| run.marks.strong || run.marks.em || run.marks.del) else {
            done.push(run.clone());
            continue;
        };
        let edge = |other: Option<&Run>| other.is_none_or(|other| other.marks != run.marks);
        let (before, after) = (at.checked_sub(1).and_then(|at| runs.get(at)), runs.get(at + 1));
        let start = if edge(before) { text.len() - inner(text.chars(), last_char(before)) } else { 0 };
        let end = if edge(after) { inner(text[start..].chars().rev(), first_char(after)) } else { text.len() - start };
        let bare = Marks { link: run.marks.link.clone(), ..Marks::default() };
        let parts = [(&text[..start], &bare), (&text[start..start + end], &run.marks), (&text[start + end..], &bare)];
        for (part, marks) in parts.into_iter().filter(|(part, _)| !part.is_empty()) {
            done.push(Run { kind: Kind::Text(part.to_owned()), marks: marks.clone() });
        }
    }
    done
}

/// Bytes that stay marked when what cannot stand at the edge is taken off; `outside` is the character beyond it.
fn inner(chars: impl Iterator<Item = char> + Clone, outside: Option<char>) -> usize {
    let whole: usize = chars.clone().map(char::len_utf8).sum();
    let mut outside = outside;
    let mut off = 0;
    for c in chars {
        let word = outside.is_some_and(char::is_alphanumeric);
        if !(c.is_whitespace() || (word && !c.is_alphanumeric())) {
            break;
        }
        off += c.len_utf8();
        outside = Some(c);
    }
    whole - off
}

fn last_char(run: Option<&Run>) -> Option<char> {
    run.and_then(Run::text).and_then(|text| text.chars().next_back())
}

fn first_char(run: Option<&Run>) -> Option<char> {
    run.and_then(Run::text).and_then(|text| text.chars().next())
}

/// Writes runs mark by mark, the outermost first: link, strong, em, del.
fn level(out: &mut String, runs: &[Run], depth: usize) {
    let value = |run: &Run| match depth {
        0 => run.marks.link.clone(),
        1 => run.marks.strong.then(|| Rc::from("**")),
        2 => run.marks.em.then(|| Rc::from("*")),
        _ => run.marks.del.then(|| Rc::from("~~")),
    };
    if depth > 3 {
        return runs.iter().for_each(|run| leaf(out, run));
    }
    let mut rest = runs;
    while let Some(first) = rest.first() {
        let mark: Option<Rc<str>> = value(first);
        let length = rest.iter().take_while(|run| value(run) == mark).count();
        let (some, others) = rest.split_at(length);
        match mark {
            Some(url) if depth == 0 => link(out, some, &url),
            Some(mark) if some.iter().any(|run| run.kind != Kind::Break) => {
                out.push_str(&mark);
                level(out, some, depth + 1);
                out.push_str(&mark);
            }
            _ => level(out, some, depth + 1),
        }
        rest = others;
    }
}

fn link(out: &mut String, runs: &[Run], url: &str) {
    let words: String = runs.iter().filter_map(Run::text).collect();
    let pictured = runs.iter().any(|run| matches!(run.kind, Kind::Picture { .. } | Kind::Code(_)));
    let destination = escape::destination(url);
    if words.trim().is_empty() && !pictured {
        level(out, runs, 1);
    } else if words.trim() == url && destination == url && url.contains("://") && !pictured {
        out.push('<');
        out.push_str(url);
        out.push('>');
    } else {
        // A paragraph may begin with it, so the bracket is written first.
        out.push('[');
        level(out, runs, 1);
        out.push_str("](");
        out.push_str(&destination);
        out.push(')');
    }
}

fn leaf(out: &mut String, run: &Run) {
    match &run.kind {
        Kind::Text(text) => escape::push(out, text, run.marks.link.is_none()),
        Kind::Code(code) => self::code(out, code),
        Kind::Break => out.push_str("\\\n"),
        Kind::Picture { src, alt, title } => {
            out.push_str("![");
            out.push_str(&escape::words(alt));
            out.push_str("](");
            out.push_str(&escape::destination(src));
            if !title.is_empty() {
                out.push_str(" \"");
                out.push_str(&escape::title(title));
                out.push('"');
            }
            out.push(')');
        }
    }
}

/// Code between more ticks than it has itself (CommonMark 6.1).
fn code(out: &mut String, code: &str) {
    let code = code.replace(['\n', '\r'], " ");
    if code.trim().is_empty() {
        return;
    }
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    let pad = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
    for part in [&fence, pad, &code, pad, &fence] {
        out.push_str(part);
    }
}
