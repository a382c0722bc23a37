//! Values on their way into a statement, and out of a row.

use std::borrow::Cow;

/// One value of the few types that tables have. Times are `Int` in milliseconds, yes and no are 1 and 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Param<'a> {
    /// No value.
    Null,
    /// `bigint`.
    Int(i64),
    /// `double precision`.
    Real(f64),
    /// `text`, never with U+0000.
    Text(&'a str),
    /// `bytea`.
    Blob(&'a [u8]),
}

/// What can be given to a statement.
pub trait ToParam {
    /// The value as the database takes it, borrowed.
    fn to_param(&self) -> Param<'_>;
}

/// The parameters of a statement, in the order of its markers: `tx.run(SQL, params![id, name, None::<i64>])`.
#[macro_export]
macro_rules! params {
    ($($value:expr),* $(,)?) => {
        &[$($crate::ToParam::to_param(&$value)),*] as &[$crate::Param<'_>]
    };
}

macro_rules! small_integers {
    ($($kind:ty),*) => {$(
        impl ToParam for $kind {
            fn to_param(&self) -> Param<'_> {
                Param::Int(i64::from(*self))
            }
        }
    )*};
}

small_integers!(i64, i32, i16, u32, u16, u8, bool);

impl ToParam for usize {
    fn to_param(&self) -> Param<'_> {
        Param::Int(i64::try_from(*self).unwrap_or(i64::MAX))
    }
}

impl ToParam for f64 {
    fn to_param(&self) -> Param<'_> {
        Param::Real(*self)
    }
}

impl ToParam for str {
    fn to_param(&self) -> Param<'_> {
        Param::Text(self)
    }
}

impl ToParam for String {
    fn to_param(&self) -> Param<'_> {
        Param::Text(self)
    }
}

impl ToParam for Cow<'_, str> {
    fn to_param(&self) -> Param<'_> {
        Param::Text(self)
    }
}

impl ToParam for [u8] {
    fn to_param(&self) -> Param<'_> {
        Param::Blob(self)
    }
}

impl<const N: usize> ToParam for [u8; N] {
    fn to_param(&self) -> Param<'_> {
        Param::Blob(self)
    }
}

impl ToParam for Vec<u8> {
    fn to_param(&self) -> Param<'_> {
        Param::Blob(self)
    }
}

impl ToParam for Param<'_> {
    fn to_param(&self) -> Param<'_> {
        *self
    }
}

impl<T: ToParam + ?Sized> ToParam for &T {
    fn to_param(&self) -> Param<'_> {
        (**self).to_param()
    }
}

impl<T: ToParam> ToParam for Option<T> {
    fn to_param(&self) -> Param<'_> {
        self.as_ref().map_or(Param::Null, ToParam::to_param)
    }
}
