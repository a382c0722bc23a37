//! The program: serve, setup, users, demo, configuration, counting again.
//!
//! Thin: it reads the configuration, opens the town, merges the rooms of every wing ([`routes`]), and starts what
//! works beside them: the queue of jobs, the writing of views.

pub mod assets;
pub mod cli;
pub mod config;
pub mod demo;
mod errands;
mod exports;
mod imports;
mod open;
mod progress;
pub mod routes;
mod serve;
mod users;
mod verify;

use clap::{CommandFactory as _, Parser as _};
use std::process::ExitCode;

use cli::{Cli, Command, ConfigCommand, DemoCommand, Place};
use config::{Config, Refused};

/// The data folder when nobody names one.
const FOLDER: &str = "ocotillo-data";
/// The same for the demo town.
const DEMO_FOLDER: &str = "demo-data";
/// What the configuration says cannot be meant (as `sysexits`' and clap's usage errors: 2).
const MISCONFIGURED: u8 = 2;

/// As what the program starts itself to decode a picture: no command for people.
pub const DECODER: &str = "decode-picture";

/// Runs the program with the arguments it was started with.
pub fn run() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|first| first == DECODER) {
        return media::child();
    }
    if let Err(error) = media::decode_with([DECODER]) {
        eprintln!("ocotillo: the program does not find itself, so AVIF pictures will be refused: {error}");
    }
    match command(Cli::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ocotillo: {error:#}");
            if error.is::<Refused>() { ExitCode::from(MISCONFIGURED) } else { ExitCode::FAILURE }
        }
    }
}

fn command(command: Command) -> anyhow::Result<()> {
    match command {
        Command::Serve(how) => {
            let config = Config::read(&how.flags(), variables(), if how.demo { DEMO_FOLDER } else { FOLDER })?;
            serve::serve(&config, how.demo)
        }
        Command::User(user) => users::run(user),
        Command::Import(import) => imports::run(&import),
        Command::Export(export) => exports::run(&export),
        Command::Verify(how) => verify::run(&how),
        Command::Config(ConfigCommand::Check { place }) => {
            println!("{}", settled(&place)?);
            Ok(())
        }
        Command::Demo(DemoCommand::Fill { place }) => demo::fill(&settled(&place)?),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "ocotillo", &mut std::io::stdout());
            Ok(())
        }
    }
}

/// The configuration of a command that works on a site that may be running.
fn settled(place: &Place) -> Result<Config, Refused> {
    Config::read(&place.flags(), variables(), FOLDER)
}

/// Variables that are no text are not ours.
fn variables() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}
