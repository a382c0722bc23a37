//! Ids: 64-bit numbers in order of time, so that new rows land at the end of an index.

use std::fmt;
use std::hash::{BuildHasher, RandomState};
use std::str::FromStr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::{FromColumn, Param, ToParam};

/// Makes an id type of its own, so that a post's id is never taken for an account's:
/// `db::id! { /// A post. pub struct PostId; }`.
#[macro_export]
macro_rules! id {
    ($($(#[$meta:meta])* $vis:vis struct $name:ident;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $vis struct $name($crate::Id);

        #[allow(dead_code)]
        impl $name {
            /// The id with this number, as it stands in a table.
            #[must_use]
            pub const fn new(number: i64) -> Self {
                Self($crate::Id::new(number))
            }
            /// A new id, greater than every one before it in this process.
            #[must_use]
            pub fn fresh() -> Self {
                Self($crate::Id::fresh())
            }
            /// The number.
            #[must_use]
            pub const fn get(self) -> i64 {
                self.0.get()
            }
            /// When it was made, in milliseconds since 1970.
            #[must_use]
            pub const fn created_ms(self) -> i64 {
                self.0.created_ms()
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&self.0, f)
            }
        }

        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }

        impl ::std::str::FromStr for $name {
            type Err = $crate::ParseIdError;
            fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }

        impl $crate::ToParam for $name {
            fn to_param(&self) -> $crate::Param<'_> {
                $crate::ToParam::to_param(&self.0)
            }
        }

        impl $crate::FromColumn for $name {
            const EXPECTED: &'static str = "an id";
            fn from_column(value: $crate::Param<'_>) -> ::std::option::Option<Self> {
                <$crate::Id as $crate::FromColumn>::from_column(value).map(Self)
            }
        }

        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(&self, to: S) -> ::std::result::Result<S::Ok, S::Error> {
                $crate::serde::Serialize::serialize(&self.0, to)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(from: D) -> ::std::result::Result<Self, D::Error> {
                <$crate::Id as $crate::serde::Deserialize>::deserialize(from).map(Self)
            }
        }
    )+};
}

/// An id of no particular table. Shown, parsed and serialized as a decimal string, because JavaScript
/// cannot hold 64 bits in a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(i64);

impl Id {
    /// The id with this number.
    #[must_use]
    pub const fn new(number: i64) -> Self {
        Self(number)
    }

    /// A new id, see [`fresh_id`].
    #[must_use]
    pub fn fresh() -> Self {
        Self(fresh_id())
    }

    /// The number.
    #[must_use]
    pub const fn get(self) -> i64 {
        self.0
    }

    /// When it was made, in milliseconds since 1970.
    #[must_use]
    pub const fn created_ms(self) -> i64 {
        self.0 >> 16
    }
}

/// A new id: 48 bits of milliseconds since 1970, 8 bits of sequence, 8 bits of node. Positive and
/// strictly increasing within the process, also when the clock is set back. More than 256 ids in a
/// millisecond borrow from the next one.
#[must_use]
pub fn fresh_id() -> i64 {
    // The last id without its node: milliseconds and sequence.
    static LAST: AtomicI64 = AtomicI64::new(0);
    let now = now_ms() << 8;
    let mut last = LAST.load(Ordering::Relaxed);
    loop {
        let next = now.max(last + 1);
        match LAST.compare_exchange_weak(last, next, Ordering::Relaxed, Ordering::Relaxed) {
            Ok(_) => return (next << 8) | i64::from(node()),
            Err(newer) => last = newer,
        }
    }
}

static NODE: OnceLock<u8> = OnceLock::new();

/// Says which of up to 256 programs on one database this is, before the first id is made; afterwards
/// it answers `false` and changes nothing. Without it the number is drawn at random, so that a
/// command beside a running server is unlikely to make the same id in the same millisecond.
pub fn set_node(number: u8) -> bool {
    NODE.set(number).is_ok()
}

fn node() -> u8 {
    *NODE.get_or_init(|| (RandomState::new().hash_one(std::process::id()) & 0xff) as u8)
}

pub(crate) fn now_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX >> 16)
}

/// The text is not an id: a decimal number without sign or leading zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseIdError;

impl fmt::Display for ParseIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id is a decimal number of at most 19 digits")
    }
}

impl std::error::Error for ParseIdError {}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl FromStr for Id {
    type Err = ParseIdError;
    /// One spelling for one id: an address has no second form with a plus or zeros.
    fn from_str(text: &str) -> Result<Self, ParseIdError> {
        let plain = text.bytes().all(|byte| byte.is_ascii_digit());
        if !plain || (text.len() > 1 && text.starts_with('0')) {
            return Err(ParseIdError);
        }
        text.parse().map(Self).map_err(|_| ParseIdError)
    }
}

impl ToParam for Id {
    fn to_param(&self) -> Param<'_> {
        Param::Int(self.0)
    }
}

impl FromColumn for Id {
    const EXPECTED: &'static str = "an id";
    fn from_column(value: Param<'_>) -> Option<Self> {
        i64::from_column(value).map(Self)
    }
}

impl serde::Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_str(Decimal)
    }
}

struct Decimal;

impl serde::de::Visitor<'_> for Decimal {
    type Value = Id;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an id as a decimal string")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Id, E> {
        text.parse().map_err(E::custom)
    }
}
