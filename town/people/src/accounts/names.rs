//! Which names and handles are kept for the site and those who work here, so that nobody speaks in their stead.

use db::Tx;
use text::handle::Handle;
use web::Problems;

use super::{AccountId, store};

/// Shortest handle of somebody who joins; staff may have shorter ones.
pub const MIN_HANDLE: usize = 3;
/// What is said of a handle that could be taken for another.
pub const LOOKS_TAKEN: &str = "This handle looks too much like one that somebody has. Choose one that nobody mixes up.";

/// Handles that would speak for the site, or that are addresses of it. Compared by what they look like.
const KEPT: &[&str] = &[
    "abuse",
    "account",
    "accounts",
    "admin",
    "administrator",
    "albums",
    "all",
    "anonymous",
    "api",
    "archive",
    "assets",
    "author",
    "authors",
    "billing",
    "bot",
    "contact",
    "corrections",
    "desk",
    "editor",
    "editors",
    "everybody",
    "everyone",
    "farewell",
    "feed",
    "feeds",
    "former",
    "front",
    "group",
    "groups",
    "guest",
    "help",
    "here",
    "home",
    "hostmaster",
    "info",
    "invitation",
    "join",
    "library",
    "mail",
    "mailer-daemon",
    "me",
    "media",
    "member",
    "members",
    "moderator",
    "moderators",
    "mods",
    "myself",
    "news",
    "newsroom",
    "nobody",
    "no-reply",
    "noreply",
    "null",
    "numbers",
    "official",
    "ocotillo",
    "password",
    "postmaster",
    "press",
    "privacy",
    "publisher",
    "root",
    "rules",
    "saved",
    "search",
    "sections",
    "security",
    "service",
    "settings",
    "setup",
    "sign-in",
    "sign-out",
    "signin",
    "signup",
    "site",
    "somebody",
    "staff",
    "stories",
    "story",
    "support",
    "sysadmin",
    "system",
    "team",
    "terms",
    "topics",
    "undefined",
    "user",
    "users",
    "webmaster",
    "write",
    "www",
    "you",
];

/// Names that only those who run the site may go by.
const TITLES: &[&str] =
    &["admin", "administrator", "editor", "moderator", "newsroom", "the editors", "staff", "support", "system", "webmaster"];

/// Whether a handle is kept for the site itself. Letters that look alike are the same here, i and l among them, and what
/// stands between letters does not count: `ADMIN`, `adm-in` and `adm1n` are all `admin`.
pub fn is_kept(handle: &str) -> bool {
    let bare = |name: &str| text::likeness_of_name(name).replace('i', "l");
    let asked = bare(handle);
    KEPT.iter().any(|kept| bare(kept) == asked)
}

/// A handle for somebody who joins or changes theirs: long enough, not kept.
pub fn parse_handle(typed: &str, problems: &mut Problems) -> Option<Handle> {
    let handle = text::handle::parse(typed).map_err(|words| problems.add("handle", words)).ok()?;
    if handle.key.len() < MIN_HANDLE {
        problems.add("handle", "A handle needs at least 3 characters.");
    } else if is_kept(&handle.name) {
        problems.add("handle", "This handle is kept for the site itself. Choose another.");
    }
    Some(handle)
}

/// Says why a name cannot be somebody's who does not work here: it deceives, or it is the site's or a colleague's.
/// `of` is the account that has it already, if any.
///
/// # Errors
/// When the database does not answer.
pub fn check(tx: &mut Tx, name: &str, site: &str, of: Option<AccountId>, problems: &mut Problems) -> Result<(), db::Error> {
    if text::mixes_scripts(name) {
        problems.add(
            "display_name",
            "This name mixes letters of different alphabets in one word, as imitations do. Write each word in one alphabet.",
        );
        return Ok(());
    }
    let likeness = text::likeness_of_name(name);
    if likeness.is_empty() {
        problems.add("display_name", "Write a name with at least one letter or digit.");
        return Ok(());
    }
    let same = |other: &str| text::likeness_of_name(other) == likeness;
    if same(site) || TITLES.iter().any(|title| same(title)) {
        problems.add("display_name", "This name belongs to the site and those who run it. Write your own.");
        return Ok(());
    }
    if let Some(staff) = store::names_of_staff(tx, of)?.iter().find(|staff| same(staff)) {
        let words = format!("This reads like {staff}, who works here. Add what tells you apart, such as a middle name.");
        problems.add("display_name", words);
    }
    Ok(())
}

/// Whether a handle is free and cannot be mixed up with another, one that led to somebody lately among them. `of` is the
/// account that wants it, if there is one: what is or was its own stands in nobody's way.
///
/// # Errors
/// When the database does not answer.
pub fn check_handle(tx: &mut Tx, handle: &Handle, of: Option<AccountId>, now: i64, problems: &mut Problems) -> Result<(), db::Error> {
    if store::by_handle(tx, &handle.key)?.is_some_and(|account| Some(account.id) != of) {
        problems.add("handle", "Somebody has this handle. Choose another.");
    } else if store::likeness_is_taken(tx, &handle.name, of, now)? {
        problems.add("handle", LOOKS_TAKEN);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_that_speak_for_the_site_are_kept_however_they_are_written() {
        for kept in ["admin", "ADMIN", "adm1n", "admln", "ad-min", "sign_in", "supp0rt", "rnoderator", "mailer_daemon"] {
            assert!(is_kept(kept), "{kept}");
        }
        for free in ["ana", "adminton", "rosa_ibarra", "helpful", "newsie"] {
            assert!(!is_kept(free), "{free}");
        }
    }

    #[test]
    fn a_handle_is_as_long_as_handles_are() {
        for (typed, fine) in [
            ("an", false),
            ("ana", true),
            ("@ana", true),
            (&"a".repeat(30), true),
            (&"a".repeat(31), false),
            ("a na", false),
            ("", false),
            ("аna", false),
        ] {
            let mut problems = Problems::default();
            parse_handle(typed, &mut problems);
            assert_eq!(problems.is_empty(), fine, "{typed}: {}", problems.sentence());
        }
    }
}
