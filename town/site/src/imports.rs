//! `ocotillo import`: a source is opened, taken in beside a server that may be running, and reported.

use anyhow::Context as _;
use doors::import_export::{
    Format,
    feed::MAX_FEED,
    import::{Download, Progress, Report, Wanted, take_in},
    open,
};
use fetch::{Asking, Limits};
use people::Town;
use std::{
    cell::Cell,
    fs,
    io::{IsTerminal as _, Write as _},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use url::Url;

use crate::{cli::Import, config::Config, open::town, users::on_site};

/// What a shell is told of a program that was stopped with Ctrl-C.
const STOPPED: i32 = 130;
/// Stories between two lines where nobody watches.
const LINE_EVERY: u64 = 500;

/// Runs it.
pub fn run(command: &Import) -> anyhow::Result<()> {
    let format = command.from.as_deref().map(str::parse::<Format>).transpose().map_err(anyhow::Error::msg)?;
    let stop = listen_for_ctrl_c()?;
    let report = on_site(&command.place, |db, config| {
        let town = town(config, db.clone(), config.listen)?;
        anyhow::ensure!(town.is_set_up(), "the site is not set up yet: start it with `ocotillo serve` and open the link it prints");
        let report = import(command, format, &town, config, &stop)?;
        if !report.dry_run {
            println!("The whole report: {}", keep(&report, config)?.display());
        }
        Ok(report)
    })?;
    if report.stopped {
        println!("Stopped. Run the same command again to go on.");
        std::process::exit(STOPPED);
    }
    Ok(())
}

fn import(command: &Import, format: Option<Format>, town: &Town, config: &Config, stop: &AtomicBool) -> anyhow::Result<Report> {
    let workshop = config.data.join("imports");
    let download: Box<Download> = Box::new(downloads(town)?);
    let (mut source, unpacked) = open(&command.source, format, command.address.as_deref(), &town.zone(), &workshop, Some(&*download))?;
    let wanted = Wanted {
        media: command.media.clone(),
        section: command.section.clone(),
        author: command.author.clone(),
        dry_run: command.dry_run,
        download: Some(download),
    };
    let bar = Bar::default();
    let mut report = take_in(town, source.as_mut(), &wanted, &|progress| bar.show(progress), stop)?;
    report.dry_run = command.dry_run;
    bar.end();
    drop(unpacked);
    print!("{report}");
    Ok(report)
}

/// Pictures and feeds come from the public web alone, bounded in size and time.
fn downloads(town: &Town) -> anyhow::Result<impl Fn(&Url) -> Result<Vec<u8>, String> + 'static> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("the runtime")?;
    let fetcher = town.fetch.clone();
    Ok(move |url: &Url| {
        let asking = Asking::get(url.as_str()).within(Limits::of_file(MAX_FEED));
        let answer = runtime.block_on(fetcher.ask(asking)).map_err(|error| error.to_string())?;
        if answer.status.is_success() {
            Ok(answer.body.to_vec())
        } else {
            Err(format!("the other site answers {}", answer.status.as_u16()))
        }
    })
}

/// Ctrl-C ends a run between two groups of stories; a second one does not wait.
fn listen_for_ctrl_c() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("the runtime")?;
    std::thread::spawn(move || {
        runtime.block_on(async {
            if tokio::signal::ctrl_c().await.is_ok() {
                asked.store(true, Ordering::Relaxed);
                eprintln!("\nStopping after the stories that are being written.");
            }
            if tokio::signal::ctrl_c().await.is_ok() {
                std::process::exit(STOPPED);
            }
        });
    });
    Ok(stop)
}

fn keep(report: &Report, config: &Config) -> anyhow::Result<PathBuf> {
    let folder = config.data.join("imports");
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let name = jiff::Timestamp::now().strftime("%Y-%m-%d-%H%M%S").to_string();
    let path = folder.join(format!("report-{name}-{}.txt", std::process::id()));
    fs::write(&path, report.whole()).with_context(|| path.display().to_string())?;
    Ok(path)
}

/// How far it is: a bar where people look, seldom a line where a file takes it.
#[derive(Default)]
struct Bar {
    shown: Cell<u64>,
}

impl Bar {
    fn show(&self, progress: &Progress) {
        let mut out = std::io::stdout().lock();
        let every = if out.is_terminal() { 10 } else { LINE_EVERY };
        if progress.done < self.shown.get() + every {
            return;
        }
        self.shown.set(progress.done);
        let words = match progress.total {
            Some(total) if total > 0 => {
                let done = usize::try_from(progress.done).unwrap_or(usize::MAX).min(total);
                let filled = done * 30 / total;
                format!("[{}{}] {done} of {total} stories", "#".repeat(filled), "·".repeat(30 - filled))
            }
            _ => format!("{} stories", progress.done),
        };
        let _ = if out.is_terminal() { write!(out, "\r{words}   ").and_then(|()| out.flush()) } else { writeln!(out, "{words}") };
    }

    fn end(&self) {
        let mut out = std::io::stdout().lock();
        if out.is_terminal() && self.shown.get() > 0 {
            let _ = writeln!(out);
        }
    }
}
