//! What an organization is, and what a new one must bring.

use web::{Form, Problems};

use crate::{
    accounts::{Account, MAX_BIO, names, parse_name},
    profiles::parse_url,
    questions::Profile,
};

/// Longest address of its own pages, in characters.
pub const MAX_WEBSITE: usize = 300;
/// Longest words on where it is, in characters.
pub const MAX_PLACE: usize = 120;
/// Longest words on when it is open, in characters: a line for each day and for holidays.
pub const MAX_HOURS: usize = 400;
/// Longest words on how to reach it, in characters.
pub const MAX_CONTACT: usize = 300;

/// What kind of organization it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Kind {
    /// Somebody who sells or serves.
    Business,
    /// A club, a church, a school.
    #[default]
    Organization,
    /// A public office. The staff alone say so.
    Official,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Business, Self::Organization, Self::Official];

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        self.profile().name()
    }

    /// One of them, for people.
    pub fn words(self) -> &'static str {
        match self {
            Self::Business => "Business",
            Self::Organization => "Organization",
            Self::Official => "Official body",
        }
    }

    /// Several, for people.
    pub fn many(self) -> &'static str {
        match self {
            Self::Business => "Businesses",
            Self::Organization => "Organizations",
            Self::Official => "Official bodies",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// As what its account is here.
    pub fn profile(self) -> Profile {
        match self {
            Self::Business => Profile::Business,
            Self::Organization => Profile::Organization,
            Self::Official => Profile::Official,
        }
    }
}

/// What an organization says of itself beside its name and picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// What it is and does.
    pub bio: String,
    /// Its pages elsewhere; empty for none.
    pub website: String,
    /// Where it is, as people here call that.
    pub place: String,
    /// When it is open, in words.
    pub hours: String,
    /// How to reach it.
    pub contact: String,
}

/// An organization that is to be founded.
#[derive(Clone, Debug)]
pub struct New {
    /// Its handle.
    pub handle: text::handle::Handle,
    /// The name people read.
    pub name: String,
    /// Business, or organization.
    pub kind: Kind,
    /// Whether it says to be an official body, which the staff are to confirm.
    pub asks: bool,
    /// What it says of itself.
    pub details: Details,
}

/// An organization.
#[derive(Clone, Debug)]
pub struct Organization {
    /// Its account.
    pub account: Account,
    /// What kind it is.
    pub kind: Kind,
    /// What it says of itself.
    pub details: Details,
    /// Since when it waits for the staff to say that it is an official body.
    pub asked_at: Option<i64>,
    /// The post that its reviews are under.
    pub page: Option<i64>,
    /// How many run it.
    pub people: i64,
}

impl Details {
    /// Reads `bio`, `website`, `place`, `hours` and `contact`.
    pub fn parse(form: &Form, problems: &mut Problems) -> Self {
        let website = match parse_url(form.text("website")) {
            Ok(url) => url.unwrap_or_default(),
            Err(words) => {
                problems.add("website", words);
                String::new()
            }
        };
        let place = text::clean_line(form.text("place"));
        let details = Self {
            bio: form.text("bio").trim().to_owned(),
            website,
            place,
            hours: lines(form.text("hours")),
            contact: lines(form.text("contact")),
        };
        for (field, words, most) in [
            ("bio", &details.bio, MAX_BIO),
            ("place", &details.place, MAX_PLACE),
            ("hours", &details.hours, MAX_HOURS),
            ("contact", &details.contact, MAX_CONTACT),
        ] {
            if words.chars().count() > most {
                problems.add(field, format!("Use at most {most} characters."));
            }
        }
        details
    }
}

/// Lines as they were typed, without what stands around them.
fn lines(typed: &str) -> String {
    typed.lines().map(text::clean_line).collect::<Vec<_>>().join("\n").trim().to_owned()
}

impl New {
    /// Reads `display_name`, `handle`, `kind` and what [`Details::parse`] reads.
    pub fn parse(form: &Form, problems: &mut Problems) -> Option<Self> {
        let name = parse_name(form.text("display_name"), problems);
        let handle = names::parse_handle(form.text("handle"), problems);
        let asked = Kind::named(form.text("kind"));
        if asked.is_none() {
            problems.add("kind", "Choose what it is.");
        }
        let details = Details::parse(form, problems);
        let asks = asked == Some(Kind::Official);
        // Until the staff have said so it is what a club is.
        let kind = asked.filter(|_| !asks).unwrap_or_default();
        Some(Self { handle: handle?, name, kind, asks, details })
    }
}
