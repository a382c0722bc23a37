//! Folds: `+++ Title`, what is folded away, `+++`.

/// Folds in folds; deeper ones stay text.
const MAX_FOLDS: usize = 6;

/// A body cut at its folds.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    /// Markdown between the lines of folds.
    Text(&'a str),
    /// A fold begins, with its title.
    Open(&'a str),
    /// The innermost fold ends.
    Close,
}

/// Cuts a source at the lines that begin and end folds. Such lines inside of fenced code are code,
/// an end without a beginning is text, and a fold that is not ended ends with the source.
pub(super) fn parts(source: &str) -> Vec<Part<'_>> {
    let mut cutter = Cutter { source, parts: Vec::new(), start: 0, depth: 0, fence: None };
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        cutter.line(line.trim_end(), at, at + line.len());
        at += line.len();
    }
    cutter.text_until(source.len());
    cutter.parts.extend((0..cutter.depth).map(|_| Part::Close));
    cutter.parts
}

struct Cutter<'a> {
    source: &'a str,
    parts: Vec<Part<'a>>,
    start: usize,
    depth: usize,
    /// The open code fence: its character and length.
    fence: Option<(char, usize)>,
}

impl<'a> Cutter<'a> {
    fn line(&mut self, line: &'a str, from: usize, to: usize) {
        let fence = fence(line);
        if let Some(open) = self.fence {
            if fence.is_some_and(|(mark, length, info)| mark == open.0 && length >= open.1 && info.is_empty()) {
                self.fence = None;
            }
            return;
        }
        if let Some((mark, length, _)) = fence {
            self.fence = Some((mark, length));
            return;
        }
        let Some(title) = line.strip_prefix("+++") else {
            return;
        };
        let part = if title.is_empty() && self.depth > 0 {
            self.depth -= 1;
            Part::Close
        } else if title.starts_with([' ', '\t']) && self.depth < MAX_FOLDS {
            self.depth += 1;
            Part::Open(title.trim())
        } else {
            return;
        };
        self.text_until(from);
        self.parts.push(part);
        self.start = to;
    }

    fn text_until(&mut self, end: usize) {
        let text = &self.source[self.start..end];
        if !text.trim().is_empty() {
            self.parts.push(Part::Text(text));
        }
    }
}

/// The mark, length and info of a line that is a code fence (CommonMark 4.5).
fn fence(line: &str) -> Option<(char, usize, &str)> {
    let body = line.trim_start_matches(' ');
    let mark = body.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = body.trim_start_matches(mark);
    let length = body.len() - info.len();
    let fenced = line.len() - body.len() < 4 && length >= 3 && !(mark == '`' && info.contains('`'));
    fenced.then_some((mark, length, info.trim()))
}
