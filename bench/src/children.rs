//! Processes that this binary starts of itself: a town's server, the limit.

use anyhow::{Context as _, Result, bail};
use std::{
    net::{Ipv4Addr, SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

use crate::{load::Connection, seed::Town};

/// The program's own command. The bench's binary holds the whole program and becomes it when it is started with this.
pub const PROGRAM: &str = "serve";

/// A running server. Dropping it ends the process.
pub struct Server {
    process: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From the start of the process to the whole first answer.
    pub started_in: Duration,
}

impl Server {
    /// Serves a town; up when its front page was answered.
    pub async fn town(town: &Town) -> Result<Self> {
        let address = free_address()?;
        let data = town.folder.display().to_string();
        Self::start(address, &[PROGRAM, "--data", &data, "--database", &town.database, "--listen", &address.to_string()]).await
    }

    /// Serves these bytes from a bare handler.
    pub async fn limit(folder: &Path, page: &[u8]) -> Result<Self> {
        let file = folder.join("limit.html");
        std::fs::write(&file, page)?;
        let address = free_address()?;
        Self::start(address, &["limit", "--file", &file.display().to_string(), "--port", &address.port().to_string()]).await
    }

    /// The number of the process.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    async fn start(address: SocketAddr, arguments: &[&str]) -> Result<Self> {
        let began = Instant::now();
        let mut process = Command::new(std::env::current_exe()?)
            .args(arguments)
            // Then the load can be many people: it says for whom it asks.
            .env("OCOTILLO_TRUSTED_PROXIES", "127.0.0.1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .spawn()
            .context("cannot start the server's process")?;
        let answered = first_answer(address, &mut process).await;
        if let Err(error) = answered {
            let _ = process.kill();
            let _ = process.wait();
            return Err(error);
        }
        Ok(Self { process, address, started_in: began.elapsed() })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A clean stop, as an operator would: waiting work is finished, the log is emptied.
        let _ = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status();
        let patience = Instant::now() + Duration::from_secs(60);
        while Instant::now() < patience {
            if matches!(self.process.try_wait(), Ok(Some(_))) {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_address() -> Result<SocketAddr> {
    Ok(TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?.local_addr()?)
}

async fn first_answer(address: SocketAddr, process: &mut Child) -> Result<()> {
    let patience = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(status) = process.try_wait()? {
            bail!("the server ended at once: {status}");
        }
        if let Ok(mut connection) = Connection::open(address).await {
            let answer = connection.ask(&crate::load::get("/", None)).await?;
            if answer.status != 200 {
                bail!("the first answer was {}: {}", answer.status, String::from_utf8_lossy(connection.body(&answer)));
            }
            return Ok(());
        }
        if Instant::now() > patience {
            bail!("the server did not listen within a minute");
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
}
