//! What an account is, and what a new one must bring.

use maud::Markup;
use web::{Form, Problems, kit};

db::id! {
    /// Names an account.
    pub struct AccountId;
}

/// Longest name people read, in characters.
pub const MAX_NAME: usize = 80;
/// Longest bio, in characters.
pub const MAX_BIO: usize = 500;

/// An account with all that its owner and the desk may see.
#[derive(Clone, Debug)]
pub struct Account {
    /// Its id.
    pub id: AccountId,
    /// Its handle, without the @, in the case it was given.
    pub handle: String,
    /// The name people read.
    pub name: String,
    /// Where its mail goes.
    pub email: Option<String>,
    /// Its level's name.
    pub level: String,
    /// A few words about it.
    pub bio: String,
    /// Key of its picture.
    pub picture: Option<String>,
    /// When it was made.
    pub created_at: i64,
    /// Since when it is suspended.
    pub suspended_at: Option<i64>,
    /// Until when it is suspended; `None` until somebody lifts it.
    pub suspended_until: Option<i64>,
    /// Why it is suspended, as its owner was told.
    pub suspended_why: String,
    /// How far it has come on the way to being a member.
    pub standing: Standing,
    /// An address that was typed and is not proved yet.
    pub claimed_email: Option<String>,
    /// Whether it is an organization, to which nobody signs in (`crate::organizations`).
    pub is_organization: bool,
}

/// How far somebody has come on the way to being a member. Until they are one, they may do what guests may.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Standing {
    /// One of those who are here.
    #[default]
    Member,
    /// Joined, but their e-mail address is not proved.
    Unconfirmed,
    /// Their address is proved, and somebody of the site has yet to let them in.
    Waiting,
    /// Asked to leave, and may still stay.
    Leaving,
    /// Left. Only the words they left behind name them, as a former member.
    Gone,
}

impl Standing {
    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Member => "member",
            Self::Unconfirmed => "unconfirmed",
            Self::Waiting => "waiting",
            Self::Leaving => "leaving",
            Self::Gone => "gone",
        }
    }

    /// By its name. What this program does not know lets nobody in.
    pub fn named(name: &str) -> Self {
        match name {
            "member" => Self::Member,
            "waiting" => Self::Waiting,
            "leaving" => Self::Leaving,
            "gone" => Self::Gone,
            _ => Self::Unconfirmed,
        }
    }
}

/// The part of an account that stands beside what it wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Author {
    /// Its id.
    pub id: AccountId,
    /// Its handle, without the @.
    pub handle: String,
    /// The name people read.
    pub name: String,
    /// Key of its picture.
    pub picture: Option<String>,
}

impl Author {
    /// Its public address.
    pub fn address(&self) -> String {
        format!("/@{}", self.handle)
    }

    /// Its picture or initials.
    pub fn avatar(&self, size: kit::Size) -> Markup {
        avatar(&self.name, self.picture.as_deref(), size)
    }
}

impl Account {
    /// The part of it that stands in bylines.
    pub fn author(&self) -> Author {
        Author { id: self.id, handle: self.handle.clone(), name: self.name.clone(), picture: self.picture.clone() }
    }
}

/// Somebody's picture or initials.
pub fn avatar(name: &str, picture: Option<&str>, size: kit::Size) -> Markup {
    let picture = picture.map(crate::pictures::small_address);
    kit::avatar(picture.as_deref(), &text::initials(name), text::hue(name).class, size)
}

/// An account to be made.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// Its handle.
    pub handle: text::handle::Handle,
    /// The name people read.
    pub name: String,
    /// Where its mail goes.
    pub email: Option<String>,
    /// Its level's name.
    pub level: String,
}

impl NewAccount {
    /// Reads `handle`, `display_name` and `email` of a form.
    pub fn parse(form: &Form, level: &str, problems: &mut Problems) -> Option<Self> {
        let name = parse_name(form.text("display_name"), problems);
        let email = parse_email(form.text("email")).map_err(|words| problems.add("email", words)).ok();
        let handle = text::handle::parse(form.text("handle")).map_err(|words| problems.add("handle", words)).ok();
        Some(Self { handle: handle?, name, email: Some(email?), level: level.to_owned() })
    }
}

/// A name people read.
pub fn parse_name(input: &str, problems: &mut Problems) -> String {
    let name = text::clean_line(input);
    if name.is_empty() {
        problems.add("display_name", "Write the name that people will read.");
    } else if name.chars().count() > MAX_NAME {
        problems.add("display_name", format!("Use at most {MAX_NAME} characters for the name."));
    }
    name
}

/// An e-mail address that mail can be sent to. Only what no real address violates is checked: the proof is the mail itself.
pub fn parse_email(input: &str) -> Result<String, &'static str> {
    let email = input.trim();
    let sound = email.len() <= 254
        && !email
            .contains(|character: char| character.is_control() || character.is_whitespace() || matches!(character, '<' | '>' | ',' | '"'))
        && email
            .rsplit_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.'));
    if sound { Ok(email.to_owned()) } else { Err("Write an e-mail address such as rosa@example.com.") }
}
