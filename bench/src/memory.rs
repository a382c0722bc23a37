//! What a process holds in memory of its own: pages of files that are mapped (the database) do not count.

use anyhow::{Context as _, Result};

/// `RssAnon` of a process in bytes (proc_pid_status(5)).
pub fn own(process: u32) -> Result<u64> {
    status(&process.to_string(), "RssAnon:")
}

/// `VmHWM` of this process in bytes: the most it has held, what it mapped of its own file included.
pub fn greatest() -> Result<u64> {
    status("self", "VmHWM:")
}

fn status(process: &str, field: &str) -> Result<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).context("this needs Linux's /proc")?;
    let line = status.lines().find_map(|line| line.strip_prefix(field)).with_context(|| format!("no {field} in /proc/PID/status"))?;
    let kilobytes: u64 = line.trim().trim_end_matches("kB").trim().parse()?;
    Ok(kilobytes * 1024)
}
