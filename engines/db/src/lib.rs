//! The database engine: units of work on worker threads, one SQL text for SQLite and PostgreSQL.
//!
//! A **unit** is one synchronous closure that runs on a database thread inside one transaction:
//! `db.read(|tx| ...)` sees one snapshot, `db.write(|tx| ...)` is answered only when its changes are
//! durable. So a page costs one hop between threads, however many queries it makes.
//!
//! On SQLite several reader threads stand beside one writer, which commits waiting units together;
//! one that fails is undone alone. On PostgreSQL every thread has a connection; writes are serializable
//! and run again when the server asks for it; a unit that keeps losing gets a turn in which no other
//! of this program writes. A unit may therefore run more than once: it must not have effects outside
//! of the database.
//!
//! A statement that fails ends its unit: nothing of the unit is kept, on either database. What may
//! fail and be survived goes into [`Tx::attempt`], or better into `on conflict`.

mod db;
mod dialect;
mod error;
mod id;
mod list;
mod migrate;
mod params;
mod row;
mod statements;
mod tx;
mod unit;

pub use db::{Db, Dialect, Options};
pub use error::{Error, Kind};
pub use id::{Id, ParseIdError, fresh_id, set_node};
pub use list::{padded, places};
pub use migrate::Migration;
pub use params::{Param, ToParam};
pub use row::{FromColumn, Row};
pub use tx::Tx;

#[doc(hidden)]
pub use serde;

#[cfg(test)]
mod tests;
