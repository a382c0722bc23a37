#![allow(clippy::unwrap_used)]

mod foreign;
mod pictures;
mod samples;
mod stores;
mod threads;
