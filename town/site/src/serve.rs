//! Serving, from the first line printed to the last write.

use anyhow::Context as _;
use people::{
    Town,
    sign_in::{Purpose, issue},
};
use std::{future::Future, net::SocketAddr, sync::Arc};
use tokio::{net::TcpListener, sync::watch};
use tracing_subscriber::EnvFilter;
use web::door::{Certificate, Trusted};

use crate::{assets, config::Config, demo, errands, open, routes};

/// Setup links are valid until they are used or the program starts again.
const FOR_EVER_MS: i64 = 100 * 365 * 24 * 60 * 60 * 1000;

/// Serves until the program is told to stop.
pub fn serve(config: &Config, with_demo: bool) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&config.log).context("the log filter")?;
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    assets::install().map_err(open::broken)?;
    let db = open::database(config)?;
    if with_demo {
        demo::prepare(config, &db)?;
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("the runtime")?;
    let served = runtime.block_on(run(config, db.clone()));
    drop(runtime);
    db.close();
    served
}

async fn run(config: &Config, db: db::Db) -> anyhow::Result<()> {
    let listener = TcpListener::bind(config.listen)
        .await
        .with_context(|| format!("nothing can listen on {}: is another program there? Try --listen with another port", config.listen))?;
    let listening = listener.local_addr().context("the listening address")?;
    // The database is asked on its own threads and waited for: no runtime thread may do that.
    let town = tokio::task::block_in_place(|| open::town(config, db, listening))?;
    let certificate = config.tls.as_ref().map(|tls| Certificate::open(&tls.certificate, &tls.key)).transpose().context("tls")?;
    let secured = certificate.as_ref().map(Certificate::config).transpose().context("tls")?;
    let queue = errands::queue(&town, config, certificate)?;
    let door = Arc::new(town.door(routes::routes(&town), Trusted(config.trusted_proxies.clone())));

    let (tell, stop) = watch::channel(false);
    let views = tokio::spawn(talk::views::keep_writing(town.clone(), stop.clone()));
    let telling = tokio::spawn(doors::live::keep_telling(town.clone(), stop.clone()));
    let noticing = tokio::spawn(people::town::keep_up(town.clone(), stop.clone()));
    queue.start();
    doors::search::look_through(town.clone()).await.context("the index of stories")?;
    greet(&town, config, listening).await?;
    tokio::spawn(listen_for_the_end(tell));
    web::door::serve(listener, secured, door, stop).await;

    println!("Stopping: finishing what runs.");
    queue.stop().await;
    telling.await.context("telling what is new")?;
    noticing.await.context("noticing what other nodes change")?;
    views.await.context("the last views")
}

/// Says where the site is, and how to set it up when nobody has.
async fn greet(town: &Town, config: &Config, listening: SocketAddr) -> anyhow::Result<()> {
    let origin = town.origin();
    if town.is_set_up() {
        println!("{} is open at {origin}", town.site().name);
    } else {
        let now = town.now();
        let token = town.db.write(move |tx| issue(tx, Purpose::Setup, None, FOR_EVER_MS, now)).await.context("the setup link")?;
        println!("A new site is waiting at {origin}");
        println!("Open this link to set it up (it works once, and a new start makes a new one):");
        println!("\n  {origin}/setup/{token}\n");
    }
    println!("Data folder: {}", config.data.display());
    if demo::is_demo(town).await? {
        demo::print_sign_ins(!listening.ip().is_loopback());
    }
    println!("Stop with Ctrl-C.");
    Ok(())
}

/// The first signal lets running requests finish; a second one does not wait.
async fn listen_for_the_end(tell: watch::Sender<bool>) {
    signal().await;
    let _ = tell.send(true);
    signal().await;
    std::process::exit(130);
}

#[cfg(unix)]
fn signal() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let (ctrl_c, term) = (signal(SignalKind::interrupt()), signal(SignalKind::terminate()));
    async move {
        let (Ok(mut ctrl_c), Ok(mut term)) = (ctrl_c, term) else { return std::future::pending().await };
        tokio::select! { _ = ctrl_c.recv() => {}, _ = term.recv() => {} }
    }
}

#[cfg(not(unix))]
async fn signal() {
    let _ = tokio::signal::ctrl_c().await;
}
