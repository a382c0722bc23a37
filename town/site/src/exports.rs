//! `ocotillo export`: the site as open files, beside a server that may be running.

use doors::import_export::export::{Of, Stopped, Watch, into_folder, into_zip};
use std::sync::{Arc, Mutex, PoisonError};

use crate::{
    cli::Export,
    open::town,
    progress::{Bar, STOPPED, listen_for_ctrl_c},
    users::on_site,
};

/// Files that the store does not have and that are named one by one.
const NAMED: usize = 20;

/// Runs it.
pub fn run(command: &Export) -> anyhow::Result<()> {
    let stop = listen_for_ctrl_c()?;
    let bar = Arc::new(Mutex::new(Bar::default()));
    let shown = Arc::clone(&bar);
    let tell = Arc::new(move |progress: doors::import_export::export::Progress| {
        let bar = shown.lock().unwrap_or_else(PoisonError::into_inner);
        bar.show(progress.part, progress.done, Some(progress.total));
    });
    let watch = Watch { tell, stop };
    let zip = command.to.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"));
    let told = on_site(&command.place, |db, config| {
        let town = town(config, db.clone(), config.listen)?;
        anyhow::ensure!(town.is_set_up(), "the site is not set up yet; there is nothing to export");
        if zip { into_zip(&town, Of::Site, &command.to, &watch) } else { into_folder(&town, Of::Site, &command.to, &watch) }
    });
    bar.lock().unwrap_or_else(PoisonError::into_inner).end();
    let told = match told {
        Err(error) if error.is::<Stopped>() => {
            println!("Stopped; nothing was written.");
            std::process::exit(STOPPED);
        }
        told => told?,
    };
    println!("{}: {} stories, {} pictures and recordings", command.to.display(), told.stories, told.files);
    if !told.lost.is_empty() {
        println!("{} files are named in the database and are not in the media folder:", told.lost.len());
        told.lost.iter().take(NAMED).for_each(|name| println!("  {name}"));
    }
    println!("Read it back with: ocotillo import {} --data NEW-FOLDER", command.to.display());
    Ok(())
}
