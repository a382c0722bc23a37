//! Lists in SQL (`where id in (...)`), with few different texts so that prepared statements are reused.

use crate::{Param, ToParam};

/// Markers for `count` values beginning with `$from`: `places(2, 3)` is `"$2, $3, $4, $5"`. The number
/// is padded up to a power of two; [`padded`] makes the matching parameters. For no values it is
/// `"null"`, so that `in (null)` finds nothing. Keep lists under 30,000: both databases have a limit.
#[must_use]
pub fn places(from: usize, count: usize) -> String {
    if count == 0 {
        return "null".to_owned();
    }
    let markers: Vec<String> = (from..from + count.next_power_of_two()).map(|number| format!("${number}")).collect();
    markers.join(", ")
}

/// The parameters for [`places`], the last one repeated: `[params![a], &padded(&ids)].concat()`.
#[must_use]
pub fn padded<T: ToParam>(values: &[T]) -> Vec<Param<'_>> {
    let mut params: Vec<Param<'_>> = values.iter().map(ToParam::to_param).collect();
    if let Some(last) = params.last().copied() {
        params.resize(params.len().next_power_of_two(), last);
    }
    params
}
