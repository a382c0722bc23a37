//! The pages of numbers: of one story for its authors, of all an author wrote for themselves, and of sections and the whole
//! site for editors. Every table is also a file for spreadsheets.
//!
//! What is counted, and how, is told in `talk::numbers`. A page asks for a period; its days are those of the site's time
//! zone, and today is one of them, as far as it has come.

mod chart;
mod pages;
mod period;
mod report;
mod routes;
mod rules;
mod table;
#[cfg(test)]
mod tests;

pub use routes::routes;
