//! Preparing pictures: as many a minute as one process can, and the memory it takes.

use anyhow::{Context as _, Result, ensure};
use bytes::Bytes;
use std::{
    path::PathBuf,
    process::{Command, Stdio},
    sync::{Arc, atomic::AtomicUsize, atomic::Ordering},
    time::Instant,
};
use tokio::task::JoinSet;

use super::{Prepared, photo};
use crate::{Plan, memory};

/// A camera's 24 megapixels.
const SIZE: (usize, usize) = (6_000, 4_000);
/// Pictures of one round, for each thread.
const EACH: usize = 8;

/// Of the `prepare` process.
#[derive(clap::Args)]
pub struct Arguments {
    /// The picture.
    #[arg(long)]
    file: PathBuf,
    /// Pictures at once.
    #[arg(long)]
    threads: usize,
    /// Pictures altogether.
    #[arg(long)]
    count: usize,
}

/// Measures with one thread, as the program has it, and with two.
pub fn measure(plan: &Plan) -> Result<Vec<Prepared>> {
    let photo = photo::jpeg(1, SIZE.0, SIZE.1)?;
    let file = plan.folder.join("photo.jpg");
    std::fs::create_dir_all(&plan.folder)?;
    std::fs::write(&file, &photo)?;
    let each = if plan.rounds > 1 { EACH } else { 1 };
    let run = |threads: usize| {
        let output = Command::new(std::env::current_exe()?)
            .args(["prepare", "--threads", &threads.to_string(), "--count", &(each * threads).to_string(), "--file"])
            .arg(&file)
            .stderr(Stdio::inherit())
            .output()?;
        ensure!(output.status.success(), "the process that prepares pictures ended with {}", output.status);
        let told = String::from_utf8(output.stdout)?;
        let (seconds, peak) = told.trim().split_once(' ').context("no numbers")?;
        let per_minute = (each * threads) as f64 * 60.0 / seconds.parse::<f64>()?;
        eprintln!("  {per_minute:>9.0} a minute on {threads}");
        anyhow::Ok(Prepared { threads, per_minute, peak: peak.parse()?, file: photo.len() })
    };
    [1, 2].into_iter().map(run).collect()
}

/// The process: prepares, prints seconds and its greatest memory in bytes.
pub fn prepare(arguments: &Arguments) -> Result<()> {
    let photo = Bytes::from(std::fs::read(&arguments.file)?);
    let workers = media::Workers::new(arguments.threads)?;
    let left = Arc::new(AtomicUsize::new(arguments.count));
    let began = Instant::now();
    tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(async {
        let mut clients = JoinSet::new();
        for _ in 0..arguments.threads {
            let (photo, workers, left) = (photo.clone(), workers.clone(), Arc::clone(&left));
            clients.spawn(async move {
                let next = |left: usize| left.checked_sub(1);
                while left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next).is_ok() {
                    workers.process(photo.clone()).await?;
                }
                anyhow::Ok(())
            });
        }
        while let Some(ended) = clients.join_next().await {
            ended??;
        }
        anyhow::Ok(())
    })?;
    println!("{} {}", began.elapsed().as_secs_f64(), memory::greatest()?);
    Ok(())
}
