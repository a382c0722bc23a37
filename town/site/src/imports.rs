//! `ocotillo import`: a source is opened, taken in beside a server that may be running, and reported.

use anyhow::Context as _;
use db::Db;
use doors::import_export::{
    Format, Opened,
    feed::MAX_FEED,
    import::{Download, Progress, Report, Wanted, take_in},
    is_site, open, restore,
};
use fetch::{Asking, Limits};
use people::Town;
use std::{fs, path::PathBuf, sync::atomic::AtomicBool};
use url::Url;

use crate::{
    cli::Import,
    config::Config,
    open::town,
    progress::{Bar, STOPPED, listen_for_ctrl_c},
    users::{on_any_site, on_site},
};

/// Runs it.
pub fn run(command: &Import) -> anyhow::Result<()> {
    let format = command.from.as_deref().map(str::parse::<Format>).transpose().map_err(anyhow::Error::msg)?;
    let stop = listen_for_ctrl_c()?;
    let work = |db: &Db, config: &Config| {
        let town = town(config, db.clone(), config.listen)?;
        let new = !town.is_set_up();
        anyhow::ensure!(
            !new || is_site(&command.source),
            "the site is not set up yet: start it with `ocotillo serve` and open the link it prints"
        );
        let report = import(command, format, &town, config, &stop)?;
        if !report.dry_run {
            println!("The whole report: {}", keep(&report, config)?.display());
        }
        if new && !report.dry_run && !report.stopped {
            println!(
                "The site is in {}. Nobody has a password there yet:\n`ocotillo user list` shows who is in it, `ocotillo user reset-link HANDLE` prints a link for one of them.",
                config.data.display()
            );
        }
        Ok(report)
    };
    // An export of a whole site is the one thing that a new site may be made of.
    let report =
        if is_site(&command.source) && !command.dry_run { on_any_site(&command.place, work)? } else { on_site(&command.place, work)? };
    if report.stopped {
        println!("Stopped. Run the same command again to go on.");
        std::process::exit(STOPPED);
    }
    Ok(())
}

fn import(command: &Import, format: Option<Format>, town: &Town, config: &Config, stop: &AtomicBool) -> anyhow::Result<Report> {
    let workshop = config.data.join("imports");
    let download: Box<Download> = Box::new(downloads(town)?);
    let (opened, unpacked) = open(&command.source, format, command.address.as_deref(), &town.zone(), &workshop, Some(&*download))?;
    let bar = Bar::default();
    let tell = |progress: &Progress| {
        let comments = match progress.comments {
            0 => String::new(),
            comments => format!(", {}", text::count(i64::try_from(comments).unwrap_or(i64::MAX), "comment", "comments")),
        };
        bar.show_with("stories", progress.done, progress.total.map(|total| total as u64), &comments);
    };
    let mut report = match opened {
        Opened::Export(export) => restore::restore(town, &export, command.dry_run, &tell, stop)?,
        Opened::Source(mut source) => {
            let wanted = Wanted {
                media: command.media.clone(),
                section: command.section.clone(),
                author: command.author.clone(),
                dry_run: command.dry_run,
                download: Some(download),
            };
            take_in(town, source.as_mut(), &wanted, &tell, stop)?
        }
    };
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

fn keep(report: &Report, config: &Config) -> anyhow::Result<PathBuf> {
    let folder = config.data.join("imports");
    fs::create_dir_all(&folder).with_context(|| folder.display().to_string())?;
    let name = jiff::Timestamp::now().strftime("%Y-%m-%d-%H%M%S").to_string();
    let path = folder.join(format!("report-{name}-{}.txt", std::process::id()));
    fs::write(&path, report.whole()).with_context(|| path.display().to_string())?;
    Ok(path)
}
