//! Running a decoder as a process of its own, with bounds: whatever it does costs one upload.

use std::{
    ffi::OsStr,
    io,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

/// What a process may take.
pub(crate) struct Bounds {
    /// Address space, in KiB.
    pub memory: u64,
    /// The largest file it may write, in blocks of 512 bytes.
    pub output: u64,
    /// On the clock, and of the processor rounded up to seconds.
    pub time: Duration,
}

/// How a process ended.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum End {
    /// By itself, and content.
    Well,
    /// By itself otherwise, or by a signal.
    Badly,
    /// It was ended, because it took too long.
    Late,
}

/// No dump of a process that ends badly: it holds somebody's picture.
const LIMITED: &str = r#"ulimit -v "$1" && ulimit -t "$2" && ulimit -f "$3" && ulimit -c 0 && shift 3 && exec "$0" "$@""#;

/// Runs a program in a folder, without our environment, input and output, until it ends or has to.
///
/// # Errors
/// When it cannot be started.
pub(crate) fn run(program: &Path, arguments: &[impl AsRef<OsStr>], folder: &Path, bounds: &Bounds) -> io::Result<End> {
    let seconds = bounds.time.as_millis().div_ceil(1_000).max(1);
    let mut child = Command::new("/bin/sh")
        .args(["-c", LIMITED])
        .arg(program)
        .args([bounds.memory.to_string(), seconds.to_string(), bounds.output.to_string()])
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let deadline = Instant::now() + bounds.time;
    // Short at first: most pictures are small.
    let mut nap = Duration::from_millis(1);
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(if status.success() { End::Well } else { End::Badly }),
            Ok(None) if Instant::now() < deadline => std::thread::sleep(nap),
            Ok(None) | Err(_) => {
                let _ = child.kill().and_then(|()| child.wait());
                return Ok(End::Late);
            }
        }
        nap = (nap * 2).min(Duration::from_millis(20));
    }
}
