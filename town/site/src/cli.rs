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
  ocotillo import ./content               takes in a folder of Markdown files
  ocotillo export --to ./town             writes the whole site as open files
  ocotillo config check                   says what is configured, or what is wrong
  ocotillo verify                         counts again what is counted with every change

Everything is in one folder: the database, the pictures, and ocotillo.toml if there is one.";

const IMPORT: &str = "Examples:
  ocotillo import wordpress.xml --media ./uploads  WordPress’s export, pictures from its uploads folder
  ocotillo import ghost.json --media ./content     Ghost’s export
  ocotillo import substack.zip                     Substack’s export
  ocotillo import feed.xml                         RSS, Atom or JSON Feed
  ocotillo import ./content                        a folder of Markdown or HTML files (Hugo, Jekyll, Eleventy)
  ocotillo import ./content --dry-run              only say what would come in
  ocotillo import ./town --data ./new              what `ocotillo export` wrote, into a new site or one that is there

The site may be served meanwhile. Stop with Ctrl-C and run the same command again: it goes on where it was, and what is
here already is not doubled. What changed at the source since is taken over, unless somebody edited it here. A report is
written into the folder “imports” of the data folder.";

const EXPORT: &str = "Examples:
  ocotillo export --to ./town        a folder: data as JSON Lines, stories as Markdown and HTML, pictures
  ocotillo export --to town.zip      the same in one file

The site may be served meanwhile: what is written is one moment of it. The folder appears whole or not at all, and must not
hold anything before. Passwords and sessions are not in it, e-mail addresses are: keep it as you keep the database. Read it
back with `ocotillo import`; docs/export.md says what every file holds.";

const VERIFY: &str = "Examples:
  ocotillo verify          says which counters do not say what there is, and ends with 1 if there are any
  ocotillo verify --mend   sets them right

The site may be served meanwhile. Likes, other reactions, reviews, shares, followers, friends, requests, people on lists and unread
notices are counted again. Views and votes in polls are not: what they count is kept for a while, or not at all.";

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
    /// Take in stories from another system: sections, topics, authors, pictures and old addresses with them.
    #[command(after_help = IMPORT)]
    Import(Import),
    /// Write the whole site as open files, which `ocotillo import` reads back without loss.
    #[command(after_help = EXPORT)]
    Export(Export),
    /// Count again what is counted with every change, and say what drifted.
    #[command(after_help = VERIFY)]
    Verify(Verify),
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
    /// Where pictures and recordings are kept: s3://bucket/prefix or a folder [default: media in the data folder].
    #[arg(long, value_name = "PLACE")]
    pub media: Option<String>,
    /// What is logged: error, warn, info, debug, trace, or by part: warn,jobs=debug.
    #[arg(long, value_name = "FILTER")]
    pub log: Option<String>,
    /// Open a demo town (in ./demo-data), made on the first start.
    #[arg(long)]
    pub demo: bool,
}

/// What to take in.
#[derive(Debug, Args)]
pub struct Import {
    /// The file, folder or feed; its format is recognised by what is in it.
    #[arg(value_name = "SOURCE", value_hint = ValueHint::AnyPath)]
    pub source: String,
    /// The format, where it is not recognised: wordpress, ghost, substack, feed, folder, ocotillo.
    #[arg(long, value_name = "FORMAT")]
    pub from: Option<String>,
    /// Where the other site was, for exports that do not say (Ghost’s).
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url)]
    pub address: Option<String>,
    /// A folder with the pictures, as the other system kept them.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub media: Option<PathBuf>,
    /// The section for stories without one; made when it is missing [default: News].
    #[arg(long, value_name = "NAME")]
    pub section: Option<String>,
    /// Who wrote what nobody is named for: a handle. Without it, an account “Newsroom” is made.
    #[arg(long, value_name = "HANDLE")]
    pub author: Option<String>,
    /// Write nothing; only say what would come in.
    #[arg(long)]
    pub dry_run: bool,
    /// Where the site is.
    #[command(flatten)]
    pub place: Place,
}

/// Where an export goes.
#[derive(Debug, Args)]
pub struct Export {
    /// A folder that is not there yet, or empty; or a file that ends in .zip.
    #[arg(long, value_name = "DIR", value_hint = ValueHint::AnyPath)]
    pub to: PathBuf,
    /// Where the site is.
    #[command(flatten)]
    pub place: Place,
}

/// What becomes of what drifted.
#[derive(Debug, Args)]
pub struct Verify {
    /// Set right what does not say what there is.
    #[arg(long)]
    pub mend: bool,
    /// Where the site is.
    #[command(flatten)]
    pub place: Place,
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
    /// Turn two-step sign-in off for somebody who lost their telephone and their recovery codes. Be sure that it is them.
    EndTwoStep {
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
        for (key, value) in [("listen", &self.listen), ("origin", &self.origin), ("media", &self.media), ("log", &self.log)] {
            flags.values.extend(value.clone().map(|value| (key, value)));
        }
        flags
    }
}
