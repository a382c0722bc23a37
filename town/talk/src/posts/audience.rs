//! Who reads a post: the one rule, for one post and for lists of them.

use db::{Tx, params};
use people::{
    Viewer,
    accounts::Standing,
    blocks::where_no_block,
    connections::where_connected,
    lists::{ListId, where_in_list},
    safety::where_seen,
};
use std::{fmt, str::FromStr};

use super::PostId;

/// Whom a post is for (DESIGN §2). Its author always reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Visibility {
    /// Everyone.
    Public,
    /// Everyone who comes by its author or has its address: it stands in no list of what is new here.
    Quiet,
    /// Whoever is a member.
    Members,
    /// Its author's friends.
    Connections,
    /// Whoever is on a list of its author's.
    List,
    /// Whoever is named in it.
    Mentioned,
    /// Its author; of stories and albums also who works on them.
    OnlyMe,
}

impl Visibility {
    /// All of them, the widest first.
    pub const ALL: [Self; 7] = [Self::Public, Self::Quiet, Self::Members, Self::Connections, Self::List, Self::Mentioned, Self::OnlyMe];

    /// Its name in the table.
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Quiet => "quiet",
            Self::Members => "members",
            Self::Connections => "connections",
            Self::List => "list",
            Self::Mentioned => "mentioned",
            Self::OnlyMe => "only_me",
        }
    }

    /// By its name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|visibility| visibility.name() == name)
    }

    /// What people call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Public => "Everyone",
            Self::Quiet => "Everyone, quietly",
            Self::Members => "Members",
            Self::Connections => "My friends",
            Self::List => "A list of mine",
            Self::Mentioned => "People named in it",
            Self::OnlyMe => "Only me",
        }
    }

    /// Whether guests read it.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Public | Self::Quiet)
    }

    /// Whether it stands in lists of what is new here, and under its topics.
    pub fn is_promoted(self) -> bool {
        matches!(self, Self::Public | Self::Members)
    }

    /// Whether others may pass it on: what was written for some stays with them.
    pub fn may_be_shared(self) -> bool {
        matches!(self, Self::Public | Self::Quiet | Self::Members)
    }
}

/// A visibility, and which list where it is one: `public`, `list:7`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Audience {
    /// Whom it is for.
    pub visibility: Visibility,
    /// The list, if it is one.
    pub list: Option<ListId>,
}

impl From<Visibility> for Audience {
    fn from(visibility: Visibility) -> Self {
        Self { visibility, list: None }
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.list {
            Some(list) => write!(f, "list:{list}"),
            None => f.write_str(self.visibility.name()),
        }
    }
}

impl FromStr for Audience {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        if let Some(list) = name.strip_prefix("list:") {
            return Ok(Self { visibility: Visibility::List, list: Some(list.parse().map_err(|_| ())?) });
        }
        // A list without its id is nobody's.
        Visibility::named(name).filter(|visibility| *visibility != Visibility::List).map(Self::from).ok_or(())
    }
}

impl serde::Serialize for Audience {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Audience {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        name.parse().map_err(|()| serde::de::Error::custom(format!("“{name}” is no audience")))
    }
}

/// The reader that guests are.
pub const GUEST: i64 = 0;

/// Who is reading, as [`readable`] takes it: an account's id, or [`GUEST`] for guests and those who are not members yet.
pub fn reader(viewer: &Viewer) -> i64 {
    viewer.me.as_ref().filter(|me| me.standing == Standing::Member).map_or(GUEST, |me| me.id.get())
}

/// The condition, in SQL, that the post `p` is read by the reader in `$at` ([`reader`]). Of what neighbours say, nobody reads that of
/// somebody who was shown out of the town while that lasts, or who is parted from them by a block; the newsroom's own stays
/// readable.
pub fn readable(at: usize) -> String {
    readable_as(&format!("${at}"))
}

/// The same for a reader that is SQL, such as `a.id`. A comment or a review is read by whoever reads what it is under, unless its
/// author was shown out or parted from them; a review that waits for somebody to look at it, by its author alone.
pub fn readable_as(reader: &str) -> String {
    format!(
        "p.deleted_at is null and ((p.kind not in ('comment', 'review') and {}) or (p.kind in ('comment', 'review')
           and (p.author_id = {reader} or {})
           and exists (select 1 from posts cs where cs.deleted_at is null and cs.id = case when p.kind = 'comment'
               then (select cc.subject_id from comments cc where cc.id = p.id)
               else (select rr.subject_id from reviews rr where rr.id = p.id and (rr.held_at is null or p.author_id = {reader})) end
             and {})))",
        meant_for(reader, "p"),
        neighbourly(reader, "p"),
        meant_for(reader, "cs"),
    )
}

/// The condition that the author of the post `p` (SQL) is no neighbour who was shown out, nor parted from the reader, nor hides from
/// them: behind the lock of their account, or as a minor from guests.
fn neighbourly(reader: &str, p: &str) -> String {
    format!(
        "(exists (select 1 from accounts w where w.id = {p}.author_id and w.suspended_at is null
             and (w.minor_until is null or {reader} <> 0) and {}) and {})",
        where_seen(reader, "w"),
        where_no_block(reader, &format!("{p}.author_id"))
    )
}

/// The condition that the post `p` (SQL), which is under nothing, is for a reader.
fn meant_for(reader: &str, p: &str) -> String {
    format!(
        "({p}.author_id = {reader} or (
           ({p}.kind in ('story', 'album') or {})
           and ({p}.visibility in ('public', 'quiet')
             or ({p}.visibility = 'members' and {reader} <> 0)
             or ({p}.visibility = 'connections' and {})
             or ({p}.visibility = 'list' and {})
             or ({p}.visibility = 'mentioned'
               and exists (select 1 from post_mentions m where m.post_id = {p}.id and m.account_id = {reader})))))",
        neighbourly(reader, p),
        where_connected(reader, &format!("{p}.author_id")),
        where_in_list(&format!("{p}.list_id"), reader),
    )
}

/// Which of these readers ([`reader`]) may read a post: those of them to whom something of it is shown while it happens. Whoever is
/// no member any more is not among them.
pub fn readers_among(tx: &mut Tx, post: PostId, readers: &[i64]) -> Result<Vec<i64>, db::Error> {
    let mut found = Vec::new();
    if readers.contains(&0)
        && tx
            .first(&format!("select 1 from posts p where p.id = $1 and {}", readable_as("0")), params![post], |row| row.get::<i64>(0))?
            .is_some()
    {
        found.push(0);
    }
    let members: Vec<i64> = readers.iter().copied().filter(|reader| *reader != 0).collect();
    for part in members.chunks(500) {
        let sql = format!(
            "select r.id from accounts r join posts p on p.id = $1
             where r.id in ({}) and r.standing = 'member' and r.suspended_at is null and {}",
            db::places(2, part.len()),
            readable_as("r.id")
        );
        found.extend(tx.all(&sql, &[params![post], &db::padded(part)].concat(), |row| row.get::<i64>(0))?);
    }
    Ok(found)
}

/// The same of one post.
pub fn readable_by(tx: &mut Tx, viewer: &Viewer, post: PostId) -> Result<bool, db::Error> {
    let sql = format!("select 1 from posts p where p.id = $2 and {}", readable(1));
    Ok(tx.first(&sql, params![reader(viewer), post], |row| row.get::<i64>(0))?.is_some())
}
