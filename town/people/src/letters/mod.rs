//! Letters: what the site mails to people, of which a site may write the subject and the beginning itself.
//!
//! A room that mails something declares a [`Kind`] and posts it with [`send`] in the transaction of its cause. A letter is a
//! greeting, the **intro** (its second paragraph), and the rest, which holds the links and what to do: that stays the program's, so
//! that nobody can lose a link by rewriting a letter. In subject and intro stand placeholders such as `{site}`, each of which the
//! kind names; others are refused.

mod store;
#[cfg(test)]
mod tests;

pub use store::{Own, forget, of, save};

use db::Tx;
use web::{Error, Form, Problems};

use crate::town::post_mail;

/// Longest subject, in characters: what mail programs show of it.
pub const MAX_SUBJECT: usize = 120;
/// Longest intro, in characters.
pub const MAX_INTRO: usize = 2_000;

/// What stands for placeholders: name and value.
pub type Values<'a> = &'a [(&'static str, &'a str)];

/// A kind of letter.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Its name in tables and addresses.
    pub name: &'static str,
    /// When it is sent, for the desk.
    pub when: &'static str,
    /// What may stand in its subject and its intro.
    pub placeholders: &'static [&'static str],
    /// Draws it with these values: subject and text, in paragraphs of which the second is the intro.
    pub draw: fn(&Given) -> (String, String),
}

/// The values of one letter.
#[derive(Debug)]
pub struct Given<'a>(Values<'a>);

impl<'a> Given<'a> {
    /// Values of one letter.
    pub fn new(values: Values<'a>) -> Self {
        Self(values)
    }

    /// One of them; the placeholder itself when nothing stands for it, so that it is seen.
    pub fn get(&self, name: &'static str) -> &str {
        self.0.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }
}

impl Kind {
    /// The subject and the intro that the program brings along, with their placeholders.
    pub fn usual(&self) -> Own {
        let names: Vec<(&'static str, String)> = self.placeholders.iter().map(|name| (*name, format!("{{{name}}}"))).collect();
        let values: Vec<(&'static str, &str)> = names.iter().map(|(name, shown)| (*name, shown.as_str())).collect();
        let (subject, text) = (self.draw)(&Given(&values));
        let intro = text.split("\n\n").nth(1).unwrap_or_default().replace('\n', " ");
        Own { subject, intro }
    }

    /// The letter with these values, in the site's own words where it has some.
    pub fn written(&self, own: Option<&Own>, values: Values) -> (String, String) {
        let (subject, text) = (self.draw)(&Given(values));
        let Some(own) = own else { return (subject, text) };
        let mut paragraphs: Vec<&str> = text.split("\n\n").collect();
        let intro = filled(&own.intro, values);
        if let Some(second) = paragraphs.get_mut(1) {
            *second = &intro;
        }
        (text::clean_line(&filled(&own.subject, values)), paragraphs.join("\n\n"))
    }

    /// Reads `subject` and `intro`.
    pub fn parse(&self, form: &Form, problems: &mut Problems) -> Own {
        let own = Own { subject: text::clean_line(form.text("subject")), intro: form.text("intro").trim().to_owned() };
        for (field, words, most) in [("subject", &own.subject, MAX_SUBJECT), ("intro", &own.intro, MAX_INTRO)] {
            if words.is_empty() {
                problems.add(field, "Write something here, or go back to the usual words.");
            } else if words.chars().count() > most {
                problems.add(field, format!("Use at most {most} characters here."));
            } else if let Some(unknown) = placeholders(words).find(|name| !self.placeholders.contains(name)) {
                let known: Vec<String> = self.placeholders.iter().map(|name| format!("{{{name}}}")).collect();
                problems.add(field, format!("Nothing stands for {{{unknown}}} in this letter. You can use {}.", known.join(", ")));
            } else if words.matches('{').count() != placeholders(words).count() || words.matches('}').count() != placeholders(words).count()
            {
                problems.add(field, "Write a placeholder between two brackets, such as {site}, and no other brackets.");
            }
        }
        own
    }
}

/// The names between brackets.
fn placeholders(words: &str) -> impl Iterator<Item = &str> {
    words
        .split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}').map(|(name, _)| name))
        .filter(|name| !name.contains(char::is_whitespace))
}

/// What stands for placeholders goes in once: a name that is itself written like one stays as it is.
fn filled(words: &str, values: Values) -> String {
    let mut filled = String::with_capacity(words.len());
    let mut rest = words;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        match after.split_once('}').and_then(|(name, after)| Some((values.iter().find(|(known, _)| *known == name)?, after))) {
            Some(((_, value), after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// Writes a letter into the queue, in the transaction of its cause. `to` is a name, which may be empty, and an address.
///
/// # Errors
/// When the database does not answer.
pub fn send(tx: &mut Tx, kind: &Kind, (name, email): (&str, &str), values: Values, now: i64) -> Result<(), Error> {
    let own = of(tx, kind.name)?;
    post_mail(tx, name, email, kind.written(own.as_ref(), values), now)
}

/// The letters of this wing.
pub fn kinds() -> Vec<Kind> {
    let joining = crate::joining::letters::KINDS;
    joining.into_iter().chain(crate::sign_in::LETTERS).chain(crate::accounts::LETTERS).chain(crate::departures::LETTERS).collect()
}
