//! Pages while people sign in: a password is slow to verify on purpose, and may keep nobody else waiting.

use anyhow::{Context as _, Result, ensure};
use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

use crate::{
    Plan,
    children::Server,
    load::{self, Connection, Measured, Turn, form_from},
    seed::Town,
};

/// What the rows are called.
const NAME: &str = "pages while people sign in";
/// Who reads meanwhile.
const READERS: usize = 32;
/// Who signs in at once, again and again.
const AT_ONCE: usize = 8;

/// What was measured.
pub struct SignIns {
    /// A story page for members, with nobody signing in.
    pub quiet: Measured,
    /// The same while they do.
    pub busy: Measured,
    /// Sign-ins a second meanwhile.
    pub per_second: f64,
}

/// Whether it is asked for.
pub fn wanted(only: &str) -> bool {
    NAME.contains(only)
}

/// Rounds with and without sign-ins, in turn.
///
/// # Errors
/// When somebody is not signed in, or a page is not answered.
pub async fn all(plan: &Plan, town: &Town) -> Result<SignIns> {
    eprintln!("{NAME}");
    let sessions = town.crowd()?.into_iter().take(READERS * 4).collect();
    let names = town.with_password(AT_ONCE).await?;
    let server = Server::town(town).await?;
    let turn = Arc::new(Turn::Read { paths: town.newest(1_000)?, sessions });
    let lasting = Duration::from_secs_f64(plan.seconds);
    let (mut quiet, mut busy, mut rates) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..plan.rounds {
        quiet.push(load::run(server.address, &turn, READERS, lasting).await?);
        let until = Instant::now() + lasting;
        let signing = sign_in(server.address, &names, until);
        let (measured, signed) = tokio::join!(load::run(server.address, &turn, READERS, lasting), signing);
        busy.push(measured?);
        rates.push(signed? as f64 / lasting.as_secs_f64());
    }
    rates.sort_unstable_by(f64::total_cmp);
    Ok(SignIns {
        quiet: Measured::median(&quiet).context("no rounds")?,
        busy: Measured::median(&busy).context("no rounds")?,
        per_second: rates[rates.len() / 2],
    })
}

/// Each of them signs in again and again; answers how often they were let in.
async fn sign_in(server: SocketAddr, names: &[(String, String)], until: Instant) -> Result<usize> {
    let mut people = JoinSet::new();
    for (place, (name, password)) in names.iter().enumerate() {
        let fields = format!("email={name}&password={password}");
        let from = std::net::Ipv4Addr::from(0xC612_0000 + u32::try_from(place)?);
        people.spawn(async move {
            let mut connection = Connection::open(server).await?;
            let mut times = 0;
            while Instant::now() < until {
                let answer = connection.ask(&form_from("/sign-in", from, &fields)).await?;
                ensure!(answer.status == 303, "signing in was answered with {}", answer.status);
                times += 1;
            }
            Ok::<_, anyhow::Error>(times)
        });
    }
    let mut all = 0;
    while let Some(times) = people.join_next().await {
        all += times??;
    }
    Ok(all)
}
