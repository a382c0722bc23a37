//! The program as its users run it: started, asked over the network, killed.

#![allow(clippy::unwrap_used, missing_docs)]

mod commands;
mod exports;
mod imports;
mod kill;
mod program;
mod serving;
