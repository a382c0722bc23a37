//! Load scenarios, and the limit beside them: see README.md in this folder.

mod bridging;
mod children;
mod dice;
mod followed;
mod limit;
mod load;
mod memory;
mod pictures;
mod report;
mod scenarios;
mod search;
mod seed;
mod sign_ins;
mod streams;

use anyhow::{Context as _, Result};
use clap::{Parser, Subcommand};
use std::{path::PathBuf, process::ExitCode};

/// What the program itself allocates with; the numbers are those of the real thing.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Measures the town beside a bare handler that returns the same bytes.
#[derive(Parser)]
#[command(name = "bench", arg_required_else_help = false)]
struct Arguments {
    #[command(subcommand)]
    child: Option<Child>,
    /// Short rounds and small towns: does it work at all?
    #[arg(long)]
    quick: bool,
    /// Sizes to measure at; may be given twice, the smaller town first.
    #[arg(long, value_name = "N")]
    stories: Vec<usize>,
    /// Only scenarios whose name contains this.
    #[arg(long, value_name = "NAME", default_value = "")]
    only: String,
    /// Where seeded towns are kept between runs.
    #[arg(long, value_name = "DIR", default_value = "target/bench")]
    keep: PathBuf,
    /// Keep the rows in this database (postgres://user:password@host:port/name) and not in a file. All that is in it is dropped.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Seconds of one round of one scenario.
    #[arg(long, value_name = "SECONDS", default_value_t = 3.0)]
    seconds: f64,
    /// Rounds of every scenario; the table shows medians.
    #[arg(long, value_name = "N", default_value_t = 3)]
    rounds: usize,
}

/// What this binary starts of itself, so that server and load generator share no memory.
#[derive(Subcommand)]
enum Child {
    /// Serves one page from a bare handler: the limit.
    #[command(hide = true)]
    Limit(limit::Arguments),
    /// Prepares pictures, and says how long it took.
    #[command(hide = true)]
    Prepare(pictures::Arguments),
}

/// How thoroughly to measure.
struct Plan {
    sizes: Vec<usize>,
    only: String,
    folder: PathBuf,
    database: Option<String>,
    seconds: f64,
    rounds: usize,
}

impl Plan {
    fn town(&self, size: usize) -> Result<seed::Town> {
        seed::town(&self.folder, size, self.database.as_deref())
    }
}

fn main() -> ExitCode {
    // The measured town is the whole program: this binary becomes it when it is started the same way.
    if std::env::args().nth(1).is_some_and(|first| first == children::PROGRAM || first == site::DECODER) {
        return site::run();
    }
    let arguments = Arguments::parse();
    let done = match &arguments.child {
        Some(Child::Limit(arguments)) => limit::serve(arguments),
        Some(Child::Prepare(arguments)) => pictures::prepare(arguments),
        None => measure(&plan(arguments)),
    };
    done.map_or_else(
        |error| {
            eprintln!("bench: {error:#}");
            ExitCode::FAILURE
        },
        |()| ExitCode::SUCCESS,
    )
}

fn plan(arguments: Arguments) -> Plan {
    let Arguments { quick, stories, only, keep, database, seconds, rounds, .. } = arguments;
    let usual = if quick { vec![100, 10_000] } else { vec![1_000, 1_000_000] };
    Plan {
        sizes: if stories.is_empty() { usual } else { stories },
        only,
        folder: keep,
        database,
        seconds: if quick { seconds.min(0.5) } else { seconds },
        rounds: if quick { 1 } else { rounds.max(1) },
    }
}

fn measure(plan: &Plan) -> Result<()> {
    if cfg!(debug_assertions) {
        eprintln!("This is a debug build: its numbers mean nothing. Use `make bench`.");
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let mut text = String::new();
    anyhow::ensure!(plan.database.is_none() || plan.sizes.len() == 1, "one database holds one town: say which size, e.g. --stories 1000");
    let [smallest, largest] = [plan.sizes.iter().min(), plan.sizes.iter().max()].map(|size| size.copied().unwrap_or_default());
    if scenarios::wanted(&plan.only) {
        let towns = plan.sizes.iter().map(|size| plan.town(*size)).collect::<Result<Vec<_>>>()?;
        text.push_str(&report::write(&runtime.block_on(scenarios::all(plan, &towns))?));
    }
    if streams::wanted(&plan.only) {
        text.push_str(&report::streams(&runtime.block_on(streams::all(plan, &plan.town(smallest)?))?));
    }
    if followed::wanted(&plan.only) {
        text.push_str(&report::followed(&runtime.block_on(followed::all(&plan.town(largest)?))?));
    }
    if sign_ins::wanted(&plan.only) {
        text.push_str(&report::sign_ins(&runtime.block_on(sign_ins::all(plan, &plan.town(largest)?))?));
    }
    if pictures::wanted(&plan.only) {
        text.push_str(&report::pictures(&runtime.block_on(pictures::all(plan))?));
    }
    if bridging::wanted(&plan.only) {
        text.push_str(&report::bridging(&bridging::measure(plan)?));
    }
    anyhow::ensure!(!text.is_empty(), "there is no scenario whose name contains “{}”", plan.only);
    let path = plan.folder.join("report.md");
    std::fs::write(&path, &text).with_context(|| format!("cannot write {}", path.display()))?;
    println!("{text}\nWritten to {}", path.display());
    Ok(())
}
