//! What long commands share: how far they are, and how they are stopped.

use anyhow::Context as _;
use std::{
    cell::Cell,
    io::{IsTerminal as _, Write as _},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// What a shell is told of a program that was stopped with Ctrl-C.
pub const STOPPED: i32 = 130;
/// Steps between two lines where nobody watches.
const LINE_EVERY: u64 = 500;

/// Ctrl-C ends a run between two groups of stories; a second one does not wait.
pub fn listen_for_ctrl_c() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let asked = Arc::clone(&stop);
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("the runtime")?;
    std::thread::spawn(move || {
        runtime.block_on(async {
            if tokio::signal::ctrl_c().await.is_ok() {
                asked.store(true, Ordering::Relaxed);
                eprintln!("\nStopping after the stories that are being written.");
            }
            if tokio::signal::ctrl_c().await.is_ok() {
                std::process::exit(STOPPED);
            }
        });
    });
    Ok(stop)
}

/// How far it is: a bar where people look, seldom a line where a file takes it.
#[derive(Default)]
pub struct Bar {
    part: Cell<&'static str>,
    shown: Cell<u64>,
}

impl Bar {
    /// So many things are done, of so many where that is known.
    pub fn show(&self, part: &'static str, done: u64, total: Option<u64>) {
        self.show_with(part, done, total, "");
    }

    /// The same, with words behind it about what comes along.
    pub fn show_with(&self, part: &'static str, done: u64, total: Option<u64>, beside: &str) {
        let mut out = std::io::stdout().lock();
        let every = if out.is_terminal() { 10 } else { LINE_EVERY };
        if self.part.replace(part) != part {
            self.shown.set(0);
        }
        if done < self.shown.get() + every {
            return;
        }
        self.shown.set(done);
        let words = match total {
            Some(total) if total > 0 => {
                let filled = usize::try_from(done.min(total) * 30 / total).unwrap_or(30);
                format!("[{}{}] {} of {total} {part}{beside}", "#".repeat(filled), "·".repeat(30 - filled), done.min(total))
            }
            _ => format!("{done} {part}{beside}"),
        };
        let _ = if out.is_terminal() { write!(out, "\r{words}   ").and_then(|()| out.flush()) } else { writeln!(out, "{words}") };
    }

    /// Nothing more comes.
    pub fn end(&self) {
        let mut out = std::io::stdout().lock();
        if out.is_terminal() && !self.part.get().is_empty() {
            let _ = writeln!(out);
        }
    }
}
