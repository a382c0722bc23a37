//! Everybody takes their own words with them: `/settings/export`, an export of what one member has, as one zip file.
//!
//! It is made when it is asked for, by one member at a time, in a folder that nobody else looks into; what goes out is a
//! file without a name, so nothing is left when the download ends, however it ends.

mod making;
mod pages;
mod routes;
#[cfg(test)]
mod tests;

pub use routes::routes;
