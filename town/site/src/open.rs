//! Opening a site: its folder, its database, its town.

use anyhow::Context as _;
use db::Db;
use media::Store;
use people::{Town, clock::Clock, schema::MIGRATIONS, town::Opening};
use std::{net::SocketAddr, path::Path};

use crate::config::{CLOCK_AHEAD, Config, Files, PINS, masked};

/// Makes the data folder, which only its owner can enter, and opens the database in its newest form.
pub fn database(config: &Config) -> anyhow::Result<Db> {
    database_with(config, db::Options::default())
}

/// The same for work that no page waits for.
pub fn database_with(config: &Config, options: db::Options) -> anyhow::Result<Db> {
    private_folder(&config.data)?;
    let db = Db::open(&config.database, options).with_context(|| format!("the database {} cannot be opened", masked(&config.database)))?;
    db.migrate(MIGRATIONS).with_context(|| format!("the database {} cannot be brought up to date", masked(&config.database)))?;
    Ok(db)
}

/// The town on its database.
pub fn town(config: &Config, db: Db, listening: SocketAddr) -> anyhow::Result<Town> {
    Town::open(Opening {
        db,
        media: store(config)?,
        uploads: config.data.join("uploads"),
        clock: clock()?,
        origin: config.origin_at(listening),
        cache: config.cache << 20,
        pins: pins()?,
        providers: config.providers.clone(),
        sections: things::sections::links,
    })
    .map_err(broken)
}

/// Where pictures and recordings are kept, ready to be written to.
pub fn store(config: &Config) -> anyhow::Result<Store> {
    match &config.files {
        Files::Folder(folder) => Store::folder(folder).with_context(|| format!("the folder {} cannot be made", folder.display())),
        Files::Bucket(bucket) => {
            let context =
                || format!("the bucket {bucket} cannot be used for pictures (media, s3.key_id, s3.secret, s3.region, s3.endpoint)");
            let store = Store::bucket(bucket).with_context(context)?;
            // On a thread of its own: this is called from commands and from the server's runtime alike.
            let check = || tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(store.check());
            let checked = std::thread::scope(|scope| scope.spawn(check).join());
            checked.map_err(|_| anyhow::anyhow!("the bucket could not be asked"))?.with_context(context)?;
            Ok(store)
        }
    }
}

/// The system's clock, or one that is ahead of it: tests of what a Wednesday shows must not wait for Wednesday.
fn clock() -> anyhow::Result<Clock> {
    let Some(ahead) = std::env::var_os(CLOCK_AHEAD) else { return Ok(Clock::default()) };
    let ahead =
        ahead.to_str().and_then(|ahead| ahead.parse().ok()).with_context(|| format!("{CLOCK_AHEAD} is no number of milliseconds"))?;
    Ok(Clock::ahead(ahead))
}

/// Names that lead to the servers of a test; none anywhere else.
fn pins() -> anyhow::Result<fetch::Pins> {
    let list = std::env::var(PINS).unwrap_or_default();
    fetch::Pins::parse(&list).map_err(|pair| anyhow::anyhow!("{PINS}: {pair:?} is not name=address:port"))
}

/// The web's errors keep their cause to themselves; a command shows it.
pub fn broken(error: web::Error) -> anyhow::Error {
    match error {
        web::Error::Broken(cause) => anyhow::anyhow!(cause),
        other => anyhow::anyhow!(other.words()),
    }
}

fn private_folder(folder: &Path) -> anyhow::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder).with_context(|| format!("the data folder {} cannot be made", folder.display()))
}
