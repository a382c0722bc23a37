#![allow(clippy::unwrap_used)]

mod attacks;
mod page;
mod reading;
mod safety;

use super::*;

fn html(source: &str) -> String {
    render(source, &|_| None)
}
