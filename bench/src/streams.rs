//! Ten thousand open pages that hear what is new: what they hold in memory while nothing happens, and how soon a post reaches all.

use anyhow::{Context as _, Result, ensure};
use std::{
    net::{Ipv4Addr, SocketAddr},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    task::JoinSet,
};

use crate::{
    Plan,
    children::Server,
    load::{Connection, form},
    memory,
    seed::{self, Town},
};

/// The name of the scenario.
const NAME: &str = "event streams";
/// Open pages.
const MANY: usize = 10_000;
/// The same in a quick run.
const FEW: usize = 1_000;
/// Streams of one member: windows and devices. The others are guests.
const OF_MEMBER: usize = 10;
/// Pages open at one address.
const AT_ADDRESS: usize = 100;
/// Streams that are being opened at once.
const OPENING: usize = 64;
/// Posts whose way to all streams is timed.
const POSTS: usize = 5;
/// Nobody waits longer for a post.
const PATIENCE: Duration = Duration::from_secs(30);

/// What was measured.
pub struct Streams {
    /// Open pages.
    pub count: usize,
    /// Memory of its own before any was open, in bytes.
    pub before: u64,
    /// With all of them open, and nothing happening.
    pub idle: u64,
    /// After the posts.
    pub after: u64,
    /// From the answer to who posted until the last page has heard of it; the median.
    pub heard: Duration,
    /// From the signal to end until the process was gone, with all pages open.
    pub ended: Duration,
}

/// Whether it is asked for.
pub fn wanted(only: &str) -> bool {
    NAME.contains(only)
}

/// Opens the pages on the smallest town: what streams cost has nothing to do with how much there is to read.
///
/// # Errors
/// When a stream is not opened, or does not hear of a post.
pub async fn all(plan: &Plan, town: &Town) -> Result<Streams> {
    let count = if plan.sizes.first().is_some_and(|size| *size < 1_000) { FEW } else { MANY };
    eprintln!("{NAME}: {count}");
    let members = town.sessions(seed::WRITERS, seed::READERS)?;
    let writer = town.sessions(0, 1)?.pop().context("nobody writes")?;
    let server = Server::town(town).await?;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let before = memory::own(server.id())?;
    let heard = Arc::new(AtomicUsize::new(0));
    let mut pages = open(server.address, count, &members, &heard).await?;
    // A round of signs of life goes by.
    tokio::time::sleep(Duration::from_secs(25)).await;
    let idle = memory::own(server.id())?;
    let mut times = Vec::new();
    for number in 0..POSTS {
        times.push(post(server.address, &writer, number, count, &heard).await?);
    }
    times.sort_unstable();
    let after = memory::own(server.id())?;
    let ending = Instant::now();
    drop(server);
    let ended = ending.elapsed();
    while pages.join_next().await.is_some() {}
    Ok(Streams { count, before, idle, after, heard: times[times.len() / 2], ended })
}

async fn open(server: SocketAddr, count: usize, members: &[String], heard: &Arc<AtomicUsize>) -> Result<JoinSet<()>> {
    let mut pages = JoinSet::new();
    for first in (0..count).step_by(OPENING) {
        let some = (first..count.min(first + OPENING)).map(|number| {
            let session = members.get(number / OF_MEMBER).map(String::as_str);
            stream(server, number, session)
        });
        for opened in futures_util::future::join_all(some).await {
            let (stream, heard) = (opened?, Arc::clone(heard));
            pages.spawn(listen(stream, heard));
        }
    }
    Ok(pages)
}

/// Opens one stream, and reads its head.
async fn stream(server: SocketAddr, number: usize, session: Option<&str>) -> Result<TcpStream> {
    let mut stream = TcpStream::connect(server).await?;
    let address = Ipv4Addr::from(0xC612_0000 + u32::try_from(number / AT_ADDRESS)?);
    let cookie = session.map_or_else(String::new, |token| format!("Cookie: {}={token}\r\n", web::door::SESSION_COOKIE));
    let request = format!(
        "GET /live?feed=local HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\nX-Forwarded-For: {address}\r\n{cookie}\r\n"
    );
    stream.write_all(request.as_bytes()).await?;
    let mut head = [0; 2048];
    let length = stream.read(&mut head).await?;
    let head = String::from_utf8_lossy(&head[..length]);
    ensure!(head.starts_with("HTTP/1.1 200"), "a stream was not opened: {head}");
    Ok(stream)
}

/// Counts posts that a page hears of, until its stream ends.
async fn listen(mut stream: TcpStream, heard: Arc<AtomicUsize>) {
    let mut bytes = [0; 1024];
    while let Ok(length) = stream.read(&mut bytes).await {
        if length == 0 {
            return;
        }
        // Messages are shorter than this, and seconds apart: none is split.
        let posts = bytes[..length].windows(NEW.len()).filter(|part| *part == NEW).count();
        heard.fetch_add(posts, Ordering::Relaxed);
    }
}

/// What a message about a new post has once.
const NEW: &[u8] = b"id=\"new-";

/// Somebody posts; answers how long after their answer the last page heard of it.
async fn post(server: SocketAddr, writer: &str, number: usize, pages: usize, heard: &AtomicUsize) -> Result<Duration> {
    heard.store(0, Ordering::Relaxed);
    let answer = Connection::open(server).await?.ask(&form("/notes", writer, false, &format!("body=Heard+by+all+{number}"))).await?;
    ensure!(answer.status == 303, "posting was answered with {}", answer.status);
    let posted = Instant::now();
    while heard.load(Ordering::Relaxed) < pages {
        ensure!(posted.elapsed() < PATIENCE, "{} of {pages} pages heard of a post", heard.load(Ordering::Relaxed));
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    let elapsed = posted.elapsed();
    tokio::time::sleep(Duration::from_secs(2)).await;
    Ok(elapsed)
}
