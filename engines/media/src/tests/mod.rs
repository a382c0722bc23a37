#![allow(clippy::unwrap_used)]

mod avif;
mod buckets;
mod foreign;
mod pictures;
mod recordings;
mod samples;
mod stores;
mod threads;
mod words;
