//! Lists (circles): people whom a member keeps together under a name, as an audience and as a feed. Nobody but the member sees
//! a list, its name or who is on it; whoever is put on one is not told.

mod store;
#[cfg(test)]
mod tests;

pub use store::{List, all_of, drift, find, has, is_in_list, make, members, part, put, remove, rename, take_off, where_in_list, with};

use web::{Form, Problems};

db::id! {
    /// Names a list.
    pub struct ListId;
}

/// Longest name of a list, in characters.
pub const MAX_NAME: usize = 60;
/// Lists of one member: more than a menu can show.
pub const MAX_LISTS: i64 = 50;
/// People on one list: as many as its feed is made from at once.
pub const MAX_MEMBERS: i64 = 500;

/// Reads `name`.
pub fn parse_name(form: &Form, problems: &mut Problems) -> String {
    let name = text::clean_line(form.text("name"));
    if name.is_empty() {
        problems.add("name", "Give the list a name that tells you who is on it.");
    } else if name.chars().count() > MAX_NAME {
        problems.add("name", format!("Use at most {MAX_NAME} characters for the name."));
    }
    name
}
