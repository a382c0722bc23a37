//! A note by somebody whom everybody follows: what a hundred thousand followers cost the request, and the work that comes after it.

use anyhow::{Result, ensure};
use std::time::{Duration, Instant};

use crate::{
    children::Server,
    load::{Connection, form},
    seed::{self, Town},
};

/// What the row is called.
const NAME: &str = "note by somebody with 100,000 followers";
/// Notes of each: as many as a member may post in one go.
const NOTES: usize = 15;

/// What was measured.
pub struct Followed {
    /// How long a note of theirs took to be answered; the median and the longest.
    pub theirs: [Duration; 2],
    /// The same of somebody whom a hundred follow or fewer.
    pub others: [Duration; 2],
}

/// Whether it is asked for.
pub fn wanted(only: &str) -> bool {
    NAME.contains(only)
}

/// Both post in turn, so that whatever else the machine does falls on both.
///
/// # Errors
/// When a note is not taken.
pub async fn all(town: &Town) -> Result<Followed> {
    eprintln!("{NAME}");
    let sessions = [town.sessions(0, 1)?, town.sessions(seed::ACCOUNTS - 2, 1)?].concat();
    let server = Server::town(town).await?;
    let mut connection = Connection::open(server.address).await?;
    let mut times = [Vec::new(), Vec::new()];
    for number in 0..NOTES {
        for (session, times) in sessions.iter().zip(&mut times) {
            let words = format!("body=A+word+to+everybody+who+reads+what+I+write,+{number}+of+{}.", seed::now());
            let began = Instant::now();
            let answer = connection.ask(&form("/notes", session, false, &words)).await?;
            times.push(began.elapsed());
            ensure!(answer.status == 303, "posting was answered with {}", answer.status);
            // The work that comes after it would otherwise fall on the next one, as it does not for somebody who writes.
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
    }
    let [theirs, others] = times.map(|mut times| {
        times.sort_unstable();
        [times[times.len() / 2], times[times.len() - 1]]
    });
    Ok(Followed { theirs, others })
}
