//! One run of one turn by many clients at once, bounded by time.

use anyhow::Result;
use hdrhistogram::Histogram;
use std::{
    net::SocketAddr,
    sync::Arc,
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

use super::{Connection, Turn};
use crate::dice::Dice;

/// What came of a run.
pub struct Measured {
    /// Turns that were finished, a second.
    pub per_second: f64,
    /// The median of a turn's time.
    pub p50: Duration,
    /// What 99 of 100 turns took at most.
    pub p99: Duration,
}

/// Lets `clients` take turns for so long.
///
/// # Errors
/// When any answer is not what it has to be: a wrong answer given fast is not a result.
pub async fn run(address: SocketAddr, turn: &Arc<Turn>, clients: usize, lasting: Duration) -> Result<Measured> {
    let mut connections = Vec::with_capacity(clients);
    for _ in 0..clients {
        connections.push(Connection::open(address).await?);
    }
    let began = Instant::now();
    let mut all = JoinSet::new();
    for (number, connection) in connections.into_iter().enumerate() {
        all.spawn(client(connection, Arc::clone(turn), (number, clients), began + lasting));
    }
    let mut times = fresh_histogram();
    while let Some(ended) = all.join_next().await {
        times.add(ended??)?;
    }
    let at = |quantile| Duration::from_nanos(times.value_at_quantile(quantile));
    let per_second = times.len() as f64 / began.elapsed().as_secs_f64();
    Ok(Measured { per_second, p50: at(0.5), p99: at(0.99) })
}

async fn client(mut connection: Connection, turn: Arc<Turn>, place: (usize, usize), until: Instant) -> Result<Histogram<u64>> {
    let mut times = fresh_histogram();
    // Every run asks for other things than the last one did.
    let mut dice = Dice::new(now() ^ ((place.0 as u64) << 48));
    let mut began = Instant::now();
    while began < until {
        turn.take(&mut connection, place, &mut dice).await?;
        let ended = Instant::now();
        times.saturating_record(u64::try_from((ended - began).as_nanos()).unwrap_or(u64::MAX));
        began = ended;
    }
    Ok(times)
}

fn now() -> u64 {
    std::time::UNIX_EPOCH.elapsed().map_or(0, |since| since.as_nanos() as u64)
}

/// Up to a minute, three digits of every time are kept.
fn fresh_histogram() -> Histogram<u64> {
    Histogram::new_with_bounds(1_000, 60_000_000_000, 3).unwrap_or_else(|_| unreachable!("the bounds are constants that fit"))
}

impl Measured {
    /// The medians of several runs; `None` of none.
    pub fn median(runs: &[Self]) -> Option<Self> {
        let middle = |mut all: Vec<Duration>| {
            all.sort_unstable();
            all.get(all.len() / 2).copied()
        };
        let mut rates: Vec<f64> = runs.iter().map(|run| run.per_second).collect();
        rates.sort_unstable_by(f64::total_cmp);
        Some(Self {
            per_second: *rates.get(rates.len() / 2)?,
            p50: middle(runs.iter().map(|run| run.p50).collect())?,
            p99: middle(runs.iter().map(|run| run.p99).collect())?,
        })
    }
}
