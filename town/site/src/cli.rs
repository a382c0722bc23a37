//! What can be typed behind `ocotillo`.

use clap::{Args, Parser, Subcommand, ValueHint};
use clap_complete::Shell;
use std::path::PathBuf;

use crate::config::Flags;

const EXAMPLES: &str = "Examples:
  ocotillo serve                          a new site in ./ocotillo-data, at http://127.0.0.1:8080
  ocotillo serve --demo                   a living demo town in ./demo-data
  ocotillo serve --data /var/lib/ocotillo --listen 0.0.0.0:80 --origin https://news.example.org
  ocotillo user reset-link ana            prints a link with which Ana chooses a new password
  ocotillo config check                   says what is configured, or what is wrong

Everything is in one folder: the database, the pictures, and ocotillo.toml if there is one.";

/// A town's newsroom and its town square in one program.
#[derive(Debug, Parser)]
#[command(name = "ocotillo", version, about, after_help = EXAMPLES, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the site. The first start prints a link that sets it up.
    #[command(
        after_help = "Example:\n  ocotillo serve --data /var/lib/ocotillo --listen 127.0.0.1:8080 --origin https://news.example.org\n\n\
                      Stop it with Ctrl-C or SIGTERM: running requests are finished first."
    )]
    Serve(Serve),
    /// Accounts: add, list, change them.
    #[command(subcommand)]
    User(User),
    /// The configuration.
    #[command(subcommand)]
    Config(ConfigCommand),
    /// The demo town.
    #[command(subcommand)]
    Demo(DemoCommand),
    /// Print completions for a shell.
    #[command(after_help = "Example:\n  ocotillo completions bash > /etc/bash_completion.d/ocotillo")]
    Completions {
        /// Which shell.
        shell: Shell,
    },
}

/// Where the site is.
#[derive(Debug, Default, Args)]
pub struct Place {
    /// The folder with everything in it.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub data: Option<String>,
    /// A configuration file instead of ocotillo.toml in the data folder.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub config: Option<PathBuf>,
    /// sqlite:/path/to/file.db or postgres://user:password@host/name.
    #[arg(long, value_name = "URL")]
    pub database: Option<String>,
}

/// How to serve.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where the site is.
    #[command(flatten)]
    pub place: Place,
    /// Address and port to listen on [default: 127.0.0.1:8080].
    #[arg(long, value_name = "ADDRESS:PORT")]
    pub listen: Option<String>,
    /// Scheme and host under which people reach the site [default: the address it listens on].
    #[arg(long, value_name = "URL")]
    pub origin: Option<String>,
    /// What is logged: error, warn, info, debug, trace, or by part: warn,jobs=debug.
    #[arg(long, value_name = "FILTER")]
    pub log: Option<String>,
    /// Open a demo town (in ./demo-data), made on the first start.
    #[arg(long)]
    pub demo: bool,
}

/// Commands on accounts.
#[derive(Debug, Subcommand)]
pub enum User {
    /// Make an account, and print a link with which its owner chooses a password.
    #[command(after_help = "Example:\n  ocotillo user add ana --name \"Ana Duarte\" --email ana@example.org --level editor")]
    Add {
        /// The handle, without the @.
        handle: String,
        /// The name people read.
        #[arg(long)]
        name: String,
        /// Where mail goes.
        #[arg(long)]
        email: String,
        /// What they may do: member, author, editor, administrator.
        #[arg(long, default_value = "author")]
        level: String,
        /// Read the password from standard input instead of printing a link.
        #[arg(long)]
        password_stdin: bool,
        /// Where the site is.
        #[command(flatten)]
        place: Place,
    },
    /// List the accounts.
    List {
        /// Where the site is.
        #[command(flatten)]
        place: Place,
    },
    /// Print a link with which somebody chooses a new password.
    ResetLink {
        /// The handle, without the @.
        handle: String,
        /// Where the site is.
        #[command(flatten)]
        place: Place,
    },
    /// Change what somebody may do.
    SetLevel {
        /// The handle, without the @.
        handle: String,
        /// member, author, editor, administrator.
        level: String,
        /// Where the site is.
        #[command(flatten)]
        place: Place,
    },
    /// Sign somebody out everywhere and keep them out.
    Suspend {
        /// The handle, without the @.
        handle: String,
        /// Let them back in.
        #[arg(long)]
        lift: bool,
        /// Where the site is.
        #[command(flatten)]
        place: Place,
    },
}

/// Commands on the configuration.
#[derive(Debug, Subcommand)]
pub enum ConfigCommand {
    /// Say what is configured, or what is wrong and where.
    Check {
        /// Where the site is.
        #[command(flatten)]
        place: Place,
    },
}

/// Commands on the demo town.
#[derive(Debug, Subcommand)]
pub enum DemoCommand {
    /// Fill an empty site with the demo town.
    Fill {
        /// Where the site is.
        #[command(flatten)]
        place: Place,
    },
}

impl Place {
    /// As the configuration reads it.
    pub fn flags(&self) -> Flags {
        let mut values = Vec::new();
        values.extend(self.data.clone().map(|data| ("data", data)));
        values.extend(self.database.clone().map(|database| ("database", database)));
        Flags { config: self.config.clone(), values }
    }
}

impl Serve {
    /// As the configuration reads it.
    pub fn flags(&self) -> Flags {
        let mut flags = self.place.flags();
        for (key, value) in [("listen", &self.listen), ("origin", &self.origin), ("log", &self.log)] {
            flags.values.extend(value.clone().map(|value| (key, value)));
        }
        flags
    }
}
