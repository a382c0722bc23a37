//! The load generator: raw HTTP/1.1 over kept connections, every answer checked, latencies in a histogram.
//!
//! It runs on one thread of one process, so that most of the machine is left to what is measured, and sends the next
//! request of a connection when the last answer is there (a closed loop).

mod answer;
mod connection;
mod run;
mod turn;

pub use connection::{Connection, form, form_from, get, get_from};
pub use run::{Measured, run};
pub use turn::{Draft, Paths, Turn};
