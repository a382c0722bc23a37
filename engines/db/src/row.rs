//! Rows, and how their columns become values.

use crate::dialect::Cells;
use crate::{Error, Param};

/// One row of a result, valid while the mapping closure runs.
pub struct Row<'a> {
    cells: &'a dyn Cells,
}

impl<'a> Row<'a> {
    pub(crate) fn new(cells: &'a dyn Cells) -> Self {
        Self { cells }
    }

    /// The value of the column at `index`, from 0. Fails when there is no such column or when it
    /// holds something else, e.g. null where `T` is not an `Option`.
    pub fn get<T: FromColumn>(&self, index: usize) -> Result<T, Error> {
        let value = self.cells.cell(index)?;
        T::from_column(value).ok_or_else(|| wrong(index, value, T::EXPECTED))
    }

    /// The text of the column at `index` without copying it.
    pub fn text(&self, index: usize) -> Result<&str, Error> {
        match self.cells.cell(index)? {
            Param::Text(text) => Ok(text),
            value => Err(wrong(index, value, "text")),
        }
    }
}

/// What a column can be read as.
pub trait FromColumn: Sized {
    /// How an error names what was wanted, e.g. "an integer".
    const EXPECTED: &'static str;
    /// The value, or `None` when the column holds something else or a number out of range.
    fn from_column(value: Param<'_>) -> Option<Self>;
}

macro_rules! integers {
    ($($kind:ty = $expected:literal),*) => {$(
        impl FromColumn for $kind {
            const EXPECTED: &'static str = $expected;
            fn from_column(value: Param<'_>) -> Option<Self> {
                match value {
                    Param::Int(number) => <$kind>::try_from(number).ok(),
                    _ => None,
                }
            }
        }
    )*};
}

integers!(
    i64 = "an integer",
    i32 = "an integer of 32 bits",
    u32 = "a natural number of 32 bits",
    u16 = "a natural number of 16 bits",
    u8 = "a natural number of 8 bits",
    usize = "a natural number"
);

impl FromColumn for bool {
    const EXPECTED: &'static str = "1 or 0";
    fn from_column(value: Param<'_>) -> Option<Self> {
        match value {
            Param::Int(number) => Some(number != 0),
            _ => None,
        }
    }
}

impl FromColumn for f64 {
    const EXPECTED: &'static str = "a number";
    #[allow(clippy::cast_precision_loss)] // SQLite gives whole results as integers
    fn from_column(value: Param<'_>) -> Option<Self> {
        match value {
            Param::Real(number) => Some(number),
            Param::Int(number) => Some(number as f64),
            _ => None,
        }
    }
}

impl FromColumn for String {
    const EXPECTED: &'static str = "text";
    fn from_column(value: Param<'_>) -> Option<Self> {
        match value {
            Param::Text(text) => Some(text.to_owned()),
            _ => None,
        }
    }
}

impl FromColumn for Vec<u8> {
    const EXPECTED: &'static str = "bytes";
    fn from_column(value: Param<'_>) -> Option<Self> {
        match value {
            Param::Blob(bytes) => Some(bytes.to_owned()),
            _ => None,
        }
    }
}

impl<T: FromColumn> FromColumn for Option<T> {
    const EXPECTED: &'static str = T::EXPECTED;
    fn from_column(value: Param<'_>) -> Option<Self> {
        match value {
            Param::Null => Some(None),
            value => T::from_column(value).map(Some),
        }
    }
}

fn wrong(index: usize, value: Param<'_>, expected: &str) -> Error {
    let held = match value {
        Param::Null => "null".to_owned(),
        Param::Int(number) => format!("the integer {number}"),
        Param::Real(number) => format!("the number {number}"),
        // Not the words themselves: they may be private, and errors are logged.
        Param::Text(_) => "text".to_owned(),
        Param::Blob(_) => "bytes".to_owned(),
    };
    Error::other(format!("column {index} holds {held}, but {expected} was asked for"))
}
