//! What is looked for in a library of pictures and recordings.

use db::{Param, ToParam as _};

use crate::AccountId;

/// Words of one search that are looked for; more only make it slower.
const MAX_SOUGHT: usize = 8;

/// Which files are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Those in the library of this account: what it uploaded first, and what it holds ([`crate::uses`]). Everybody's otherwise.
    pub of: Option<AccountId>,
    /// Each of these stands in the file's words; see [`Wanted::words`].
    pub sought: Vec<String>,
    /// Only what nothing uses.
    pub unused: bool,
    /// Only what was taken out of the library, instead of what is in it.
    pub removed: bool,
}

impl Wanted {
    /// The words of a search as typed.
    pub fn words(typed: &str) -> Vec<String> {
        let pattern = |word: &str| format!("%{}%", word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        text::fold(typed).split_whitespace().take(MAX_SOUGHT).map(pattern).collect()
    }

    /// The rest of a query on a table of files, the newest first, that begins after a file with this time and key.
    pub(crate) fn newest<'a>(&'a self, table: &str, after: Option<(i64, &'a str)>, limit: u32) -> (String, Vec<Param<'a>>) {
        let (at, key) = after.unwrap_or((i64::MAX, ""));
        let mut values = vec![Param::Int(at), Param::Text(key), Param::Int(i64::from(limit))];
        let mut sql = String::from("(created_at, key) < ($1, $2)");
        sql.push_str(match (&self.of, self.removed) {
            (Some(_), false) => " and ((account_id = $4 and removed_at is null) or key in (select key from media_uses where holder = $4))",
            (Some(_), true) => {
                " and account_id = $4 and removed_at is not null and key not in (select key from media_uses where holder = $4)"
            }
            (None, false) => " and removed_at is null",
            (None, true) => " and removed_at is not null",
        });
        values.extend(self.of.as_ref().map(|of| of.to_param()));
        if self.unused {
            sql.push_str(" and ");
            sql.push_str(&crate::uses::none_of(&format!("{table}.key")));
        }
        for word in &self.sought {
            values.push(Param::Text(word));
            sql.push_str(&format!(" and sought like ${} escape '\\'", values.len()));
        }
        sql.push_str(" order by created_at desc, key desc limit $3");
        (sql, values)
    }
}

#[cfg(test)]
mod tests {
    use super::Wanted;

    #[test]
    fn words_are_folded_and_hold_no_patterns() {
        assert_eq!(Wanted::words(r" Ridge 50%_a\b "), ["%ridge%", r"%50\%\_a\\b%"]);
        assert_eq!(Wanted::words("a b c d e f g h i j").len(), 8);
        assert!(Wanted::words("  ").is_empty());
    }
}
