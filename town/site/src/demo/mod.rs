//! The demo town: a living paper to look at, filled in one go, with sign-ins that everybody knows.
pub mod pictures;

use people::Town;
use crate::config::Config;
use db::Db;

/// Fills an empty site.
pub fn fill(_: &Config) -> anyhow::Result<()> { Ok(()) }
/// Prepares.
pub fn prepare(_: &Config, _: &Db) -> anyhow::Result<()> { Ok(()) }
/// Whether.
pub async fn is_demo(_: &Town) -> anyhow::Result<bool> { Ok(false) }
/// Prints.
pub fn print_sign_ins(_: bool) {}
