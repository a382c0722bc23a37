//! Values as PostgreSQL writes them, by the type that it inferred.

use std::error::Error as StdError;

use postgres::types::private::BytesMut;
use postgres::types::{FromSql, IsNull, ToSql, Type};

use crate::Param;

type Failure = Box<dyn StdError + Sync + Send>;

impl ToSql for Param<'_> {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Failure> {
        match *self {
            Param::Null => Ok(IsNull::Yes),
            Param::Int(number) => integer(number, kind, out),
            Param::Real(number) => real(number, kind, out),
            Param::Text(text) if is_text(kind) => text.to_sql(kind, out),
            Param::Blob(bytes) if *kind == Type::BYTEA => bytes.to_sql(kind, out),
            Param::Text(_) => Err(unfit("a text", kind)),
            Param::Blob(_) => Err(unfit("bytes", kind)),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    fn to_sql_checked(&self, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Failure> {
        self.to_sql(kind, out)
    }
}

impl<'a> FromSql<'a> for Param<'a> {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Result<Self, Failure> {
        Ok(match *kind {
            Type::INT8 => Param::Int(i64::from_sql(kind, raw)?),
            Type::INT4 => Param::Int(i32::from_sql(kind, raw)?.into()),
            Type::INT2 => Param::Int(i16::from_sql(kind, raw)?.into()),
            Type::OID => Param::Int(u32::from_sql(kind, raw)?.into()),
            Type::BOOL => Param::Int(bool::from_sql(kind, raw)?.into()),
            Type::FLOAT8 => Param::Real(f64::from_sql(kind, raw)?),
            Type::FLOAT4 => Param::Real(f32::from_sql(kind, raw)?.into()),
            Type::BYTEA => Param::Blob(raw),
            Type::VOID => Param::Null,
            _ => Param::Text(std::str::from_utf8(raw)?),
        })
    }

    fn from_sql_null(_: &Type) -> Result<Self, Failure> {
        Ok(Param::Null)
    }

    fn accepts(kind: &Type) -> bool {
        const NUMBERS: [Type; 8] = [Type::INT8, Type::INT4, Type::INT2, Type::OID, Type::BOOL, Type::FLOAT8, Type::FLOAT4, Type::VOID];
        *kind == Type::BYTEA || is_text(kind) || NUMBERS.contains(kind)
    }
}

fn is_text(kind: &Type) -> bool {
    [Type::TEXT, Type::VARCHAR, Type::BPCHAR, Type::NAME, Type::UNKNOWN].contains(kind)
}

#[allow(clippy::cast_precision_loss)] // a float column was asked for
fn integer(number: i64, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Failure> {
    match *kind {
        Type::INT8 => number.to_sql(kind, out),
        Type::INT4 => i32::try_from(number)?.to_sql(kind, out),
        Type::INT2 => i16::try_from(number)?.to_sql(kind, out),
        Type::OID => u32::try_from(number)?.to_sql(kind, out),
        Type::BOOL => (number != 0).to_sql(kind, out),
        Type::NUMERIC => Ok(numeric(number, out)),
        Type::FLOAT8 => (number as f64).to_sql(kind, out),
        Type::FLOAT4 => (number as f32).to_sql(kind, out),
        _ => Err(unfit("an integer", kind)),
    }
}

#[allow(clippy::cast_possible_truncation)] // the column is as narrow as that
fn real(number: f64, kind: &Type, out: &mut BytesMut) -> Result<IsNull, Failure> {
    match *kind {
        Type::FLOAT8 => number.to_sql(kind, out),
        Type::FLOAT4 => (number as f32).to_sql(kind, out),
        _ => Err(unfit("a number with a fraction", kind)),
    }
}

/// A numeric is four 16-bit fields (digits, weight, sign, scale), then digits to the base of 10,000.
/// PostgreSQL infers it where an integer is compared with the sum of bigints.
fn numeric(number: i64, out: &mut BytesMut) -> IsNull {
    let mut digits = Vec::with_capacity(5);
    let mut rest = number.unsigned_abs();
    while rest > 0 {
        digits.push((rest % 10_000) as u16);
        rest /= 10_000;
    }
    let count = digits.len() as u16;
    let sign: u16 = if number < 0 { 0x4000 } else { 0 };
    for field in [count, count.saturating_sub(1), sign, 0].iter().chain(digits.iter().rev()) {
        out.extend_from_slice(&field.to_be_bytes());
    }
    IsNull::No
}

fn unfit(value: &str, kind: &Type) -> Failure {
    format!("{value} was given where PostgreSQL expects {kind}; write cast($n as ...) to say what it is").into()
}
