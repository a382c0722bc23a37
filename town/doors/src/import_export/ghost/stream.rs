//! The export's JSON, without ever holding all of its posts.

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor},
};
use serde_json::Value;
use std::{fmt, io::Read};

/// An id: a number in old exports, 24 hexadecimal digits in newer ones.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Id(pub String);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(Self(match Value::deserialize(from)? {
            Value::String(id) => id,
            Value::Number(id) => id.to_string(),
            _ => String::new(),
        }))
    }
}

/// How many elements a list has.
#[derive(Default)]
pub(super) struct Counted(pub usize);

impl<'de> Deserialize<'de> for Counted {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Counting;
        impl<'de> Visitor<'de> for Counting {
            type Value = Counted;
            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a list of posts")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Counted, A::Error> {
                let mut count = 0;
                while all.next_element::<IgnoredAny>()?.is_some() {
                    count += 1;
                }
                Ok(Counted(count))
            }
        }
        from.deserialize_seq(Counting)
    }
}

/// Everything but the posts.
#[derive(Default, Deserialize)]
pub(super) struct Data {
    #[serde(default)]
    pub posts: Counted,
    #[serde(default)]
    pub tags: Vec<Tag>,
    #[serde(default)]
    pub users: Vec<User>,
    #[serde(default)]
    pub posts_tags: Vec<PostTag>,
    #[serde(default)]
    pub posts_authors: Vec<PostAuthor>,
    #[serde(default)]
    pub posts_meta: Vec<Meta>,
    /// In whole backups alone: the export of Ghost's settings leaves them out.
    #[serde(default)]
    pub comments: Vec<Comment>,
    /// The same.
    #[serde(default)]
    pub members: Vec<Member>,
}

#[derive(Deserialize)]
pub(super) struct Comment {
    pub id: Id,
    pub post_id: Option<Id>,
    pub member_id: Option<Id>,
    /// The comment that begins the thread.
    pub parent_id: Option<Id>,
    /// The comment in it that this one answers, in newer versions.
    pub in_reply_to_id: Option<Id>,
    pub status: Option<String>,
    pub html: Option<String>,
    pub created_at: Option<Value>,
}

#[derive(Deserialize)]
pub(super) struct Member {
    pub id: Id,
    pub name: Option<String>,
    pub email: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Tag {
    pub id: Id,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub slug: String,
    pub description: Option<String>,
    pub visibility: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct User {
    pub id: Id,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub slug: String,
    pub email: Option<String>,
    pub bio: Option<String>,
    pub profile_image: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct PostTag {
    pub post_id: Id,
    pub tag_id: Id,
    pub sort_order: Option<i64>,
}

#[derive(Deserialize)]
pub(super) struct PostAuthor {
    pub post_id: Id,
    pub author_id: Id,
    pub sort_order: Option<i64>,
}

#[derive(Deserialize)]
pub(super) struct Meta {
    pub post_id: Id,
    pub feature_image_alt: Option<String>,
    pub feature_image_caption: Option<String>,
    pub meta_description: Option<String>,
}

/// A post.
#[derive(Deserialize)]
pub(super) struct Post {
    pub id: Id,
    pub title: Option<String>,
    #[serde(default)]
    pub slug: String,
    pub html: Option<String>,
    pub lexical: Option<String>,
    pub mobiledoc: Option<String>,
    pub feature_image: Option<String>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    /// Before there were types.
    pub page: Option<Value>,
    pub status: Option<String>,
    pub visibility: Option<String>,
    pub published_at: Option<Value>,
    pub updated_at: Option<Value>,
    pub created_at: Option<Value>,
    pub custom_excerpt: Option<String>,
    pub author_id: Option<Id>,
}

#[derive(Deserialize)]
struct Inner {
    data: Data,
}

/// What posts point to.
pub(super) fn surroundings(source: impl Read) -> anyhow::Result<Data> {
    let data = serde_json::Deserializer::from_reader(source).deserialize_any(Outer)?.unwrap_or_default();
    anyhow::ensure!(data.posts.0 > 0 || !data.users.is_empty(), "there are no posts in it");
    Ok(data)
}

struct Outer;

impl<'de> Visitor<'de> for Outer {
    type Value = Option<Data>;
    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an export")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "db" => found = map.next_value::<Vec<Inner>>()?.into_iter().next().map(|inner| inner.data),
                "data" => found = Some(map.next_value::<Data>()?),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(found)
    }
}

type Take<'a> = &'a mut dyn FnMut(Post) -> anyhow::Result<()>;

/// Hands over the posts, one at a time.
pub(super) fn posts(source: impl Read, take: Take<'_>) -> anyhow::Result<()> {
    let mut failed = None;
    let walk = Walk { take, failed: &mut failed };
    let result = walk.deserialize(&mut serde_json::Deserializer::from_reader(source));
    match failed {
        Some(error) => Err(error),
        None => Ok(result?),
    }
}

/// On the way to the posts.
struct Walk<'a> {
    take: Take<'a>,
    /// What the taker answered, which JSON's own errors cannot carry.
    failed: &'a mut Option<anyhow::Error>,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an export")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            let inner = Walk { take: &mut *self.take, failed: &mut *self.failed };
            match key.as_str() {
                "db" | "data" => map.next_value_seed(inner)?,
                "posts" => map.next_value_seed(Posts(inner))?,
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<(), A::Error> {
        while all.next_element_seed(Walk { take: &mut *self.take, failed: &mut *self.failed })?.is_some() {}
        Ok(())
    }
}

struct Posts<'a>(Walk<'a>);

impl<'de> DeserializeSeed<'de> for Posts<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<(), D::Error> {
        from.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Posts<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("a list of posts")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<(), A::Error> {
        while let Some(post) = all.next_element::<Post>()? {
            if let Err(error) = (self.0.take)(post) {
                *self.0.failed = Some(error);
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}
