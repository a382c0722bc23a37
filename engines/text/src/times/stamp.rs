//! Times in files that people and other programs read: `2024-05-06T07:08:09.123Z` (RFC 3339), to the millisecond, in UTC.
//!
//! For serde: `#[serde(with = "text::times::stamp")]`, and `…::stamp::maybe` where there may be none.

use jiff::Timestamp;
use serde::{Deserialize, Deserializer, Serializer, de, ser};

/// The time as text; `None` for milliseconds outside of the calendar.
pub fn write(ms: i64) -> Option<String> {
    let at = Timestamp::from_millisecond(ms).ok()?;
    Some(at.strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string())
}

/// Milliseconds since 1970 of such a text, or of any other that RFC 3339 allows.
pub fn read(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_millisecond)
}

/// Writes milliseconds as text.
///
/// # Errors
/// When they lie outside of the calendar.
#[allow(clippy::trivially_copy_pass_by_ref)] // serde hands over references
pub fn serialize<S: Serializer>(ms: &i64, to: S) -> Result<S::Ok, S::Error> {
    let text = write(*ms).ok_or_else(|| ser::Error::custom(format!("{ms} is no time of the calendar")))?;
    to.serialize_str(&text)
}

/// Reads milliseconds.
///
/// # Errors
/// When the text is no time.
pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<i64, D::Error> {
    let text = String::deserialize(from)?;
    read(&text).ok_or_else(|| de::Error::custom(format!("“{text}” is no time such as 2024-05-06T07:08:09.123Z")))
}

/// The same for a time that there may not be.
pub mod maybe {
    use serde::{Deserialize, Deserializer, Serializer, de};

    /// Writes milliseconds as text, or null.
    ///
    /// # Errors
    /// As [`super::serialize`].
    #[allow(clippy::ref_option)] // serde hands over references
    pub fn serialize<S: Serializer>(ms: &Option<i64>, to: S) -> Result<S::Ok, S::Error> {
        match ms {
            Some(ms) => super::serialize(ms, to),
            None => to.serialize_none(),
        }
    }

    /// Reads milliseconds, or null.
    ///
    /// # Errors
    /// As [`super::deserialize`].
    pub fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
        let Some(text) = Option::<String>::deserialize(from)? else { return Ok(None) };
        super::read(&text).map(Some).ok_or_else(|| de::Error::custom(format!("“{text}” is no time such as 2024-05-06T07:08:09.123Z")))
    }
}

#[cfg(test)]
mod tests {
    use super::{read, write};
    use proptest::prelude::*;

    #[test]
    fn a_time_is_written_to_the_millisecond() {
        assert_eq!(write(0).as_deref(), Some("1970-01-01T00:00:00.000Z"));
        assert_eq!(write(1_714_979_289_120).as_deref(), Some("2024-05-06T07:08:09.120Z"));
        assert_eq!(write(i64::MAX), None);
        assert_eq!(read("2024-05-06T09:08:09+02:00"), Some(1_714_979_289_000));
        assert_eq!(read("yesterday"), None);
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(ms in -60_000_000_000_000_i64..250_000_000_000_000) {
            prop_assert_eq!(write(ms).and_then(|text| read(&text)), Some(ms));
        }
    }
}
