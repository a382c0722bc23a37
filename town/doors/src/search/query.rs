//! What a reader typed, understood. Nothing they can type is an error.

use super::words;

/// A word of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Typed {
    /// With its accents.
    pub written: String,
    /// As the index knows it.
    pub folded: String,
}

impl Typed {
    /// A word of which only the folded form is known.
    pub fn plain(folded: &str) -> Self {
        Self { written: folded.to_owned(), folded: folded.to_owned() }
    }
}

/// Longest question read, in characters.
pub(super) const MAX_QUERY: usize = 200;
/// Words and phrases of one question; more say nothing more.
const MAX_PARTS: usize = 12;
/// Words of one phrase.
const MAX_PHRASE: usize = 16;

/// A question: words, `"phrases"`, and either with a `-` before it for what must not be there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Query {
    parts: Vec<Part>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Part {
    words: Vec<Typed>,
    quoted: bool,
    wanted: bool,
}

impl Query {
    /// Reads what was typed.
    pub fn parse(typed: &str) -> Self {
        let typed: String = typed.chars().take(MAX_QUERY).collect();
        let (mut parts, mut rest) = (Vec::new(), typed.trim_start());
        while !rest.is_empty() && parts.len() < MAX_PARTS {
            let (part, after) = part(rest);
            parts.extend(part);
            rest = after.trim_start();
        }
        Self { parts }
    }

    /// Whether nothing is asked for.
    pub fn is_empty(&self) -> bool {
        !self.parts.iter().any(|part| part.wanted)
    }

    /// Words and phrases that must be there.
    pub fn wanted(&self) -> impl Iterator<Item = &[Typed]> {
        self.parts.iter().filter(|part| part.wanted).map(|part| part.words.as_slice())
    }

    /// Words and phrases that must not.
    pub fn unwanted(&self) -> impl Iterator<Item = &[Typed]> {
        self.parts.iter().filter(|part| !part.wanted).map(|part| part.words.as_slice())
    }

    /// Single words that may have been mistyped: what somebody put in quotes is meant as it is.
    pub fn doubtful(&self) -> impl Iterator<Item = &Typed> {
        self.parts.iter().filter(|part| part.wanted && !part.quoted && part.words.len() == 1).map(|part| &part.words[0])
    }

    /// The same question with one word in another's place.
    pub fn with(&self, word: &Typed, instead: &str) -> Self {
        let mut changed = self.clone();
        for part in changed.parts.iter_mut().filter(|part| part.wanted && part.words == std::slice::from_ref(word)) {
            part.words = vec![Typed::plain(instead)];
        }
        changed
    }

    /// As it could be typed again.
    pub fn words(&self) -> String {
        let part = |part: &Part| {
            let words: Vec<&str> = part.words.iter().map(|word| word.folded.as_str()).collect();
            let (sign, words) = (if part.wanted { "" } else { "-" }, words.join(" "));
            if part.quoted || part.words.len() > 1 { format!("{sign}\"{words}\"") } else { format!("{sign}{words}") }
        };
        self.parts.iter().map(part).collect::<Vec<_>>().join(" ")
    }
}

/// The part that begins here, unless it has no words, and what follows it.
fn part(typed: &str) -> (Option<Part>, &str) {
    let unsigned = typed.strip_prefix('-');
    let body = unsigned.unwrap_or(typed);
    let (text, quoted, after) = match body.strip_prefix(is_quote) {
        Some(inside) => {
            let end = inside.find(is_quote).unwrap_or(inside.len());
            (&inside[..end], true, inside[end..].strip_prefix(is_quote).unwrap_or_default())
        }
        None => {
            let end = body.find(|c: char| c.is_whitespace() || is_quote(c)).unwrap_or(body.len());
            (&body[..end], false, &body[end..])
        }
    };
    let typed = |word: words::Word| Typed { written: text[word.place].to_owned(), folded: word.folded };
    let words: Vec<Typed> = words::words(text).map(typed).take(MAX_PHRASE).collect();
    let part = Part { words, quoted, wanted: unsigned.is_none() };
    (Some(part).filter(|part| !part.words.is_empty()), after)
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}
