//! A PostgreSQL cluster for this process alone, started when first asked for.
//!
//! A small shell script is its guardian: it holds the reading end of a pipe, and when our end
//! closes, because this process ended in whatever way, stops the server and removes the folder.

use std::hash::{BuildHasher, RandomState};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::MetadataExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;

/// Keeps our end of each guardian's pipe open until the process ends.
static GUARDIANS: Mutex<Vec<Child>> = Mutex::new(Vec::new());

/// Free memory from which a cluster lives there: 2 GiB, ten times what a test run of ours fills.
const ENOUGH_KIB: u64 = 2 * 1024 * 1024;

const SCRIPT: &str = include_str!("cluster.sh");

/// Starts a cluster and returns the address of its first database.
///
/// # Panics
/// When PostgreSQL is not installed or does not start.
pub(super) fn start() -> String {
    let programs = programs();
    let mut words = String::new();
    // The free port found may be taken by another process before the server has it.
    for _attempt in 0..3 {
        match try_start(&programs) {
            Ok(url) => return url,
            Err(error) => words = error,
        }
    }
    panic!("PostgreSQL did not start for this test run:\n{words}");
}

fn try_start(programs: &str) -> Result<String, String> {
    let folder = tempfile::Builder::new().prefix("testkit-pg-").tempdir_in(place());
    // From here on the guardian removes it.
    let folder = folder.map_err(|error| error.to_string())?.keep();
    let port = free_port().map_err(|error| error.to_string())?;
    let password = format!("{:x}", RandomState::new().hash_one(port));
    let mut guardian = Command::new("sh")
        .args(["-c", SCRIPT, "testkit-cluster"])
        .arg(&folder)
        .args([programs, &port.to_string(), &password, become_user(&folder)])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        // Its own group: Ctrl-C in the terminal ends the tests, and only then the guardian acts.
        .process_group(0)
        .spawn()
        .map_err(|error| format!("cannot run sh: {error}"))?;
    let said = guardian.stdout.take().map(|out| words(BufReader::new(out))).unwrap_or_default();
    if !said.ends_with("ready\n") {
        drop(guardian.stdin.take());
        let _ = guardian.wait();
        return Err(said);
    }
    GUARDIANS.lock().map_err(|error| error.to_string())?.push(guardian);
    Ok(format!("postgres://testkit:{password}@127.0.0.1:{port}/postgres"))
}

/// Memory where there is enough of it: a clone is some hundred small files, which a disk that others
/// use takes half a second to make. Containers often have 64 MB there, which is not enough.
fn place() -> PathBuf {
    let memory = Path::new("/dev/shm");
    let told = Command::new("df").arg("-Pk").arg(memory).output().map(|df| df.stdout).unwrap_or_default();
    // The fourth column of the second line is what is free, in KiB (POSIX df -P).
    let told = String::from_utf8_lossy(&told);
    let free = told.lines().nth(1).and_then(|line| line.split_whitespace().nth(3)?.parse::<u64>().ok());
    if free.unwrap_or(0) >= ENOUGH_KIB { memory.to_owned() } else { std::env::temp_dir() }
}

/// What the guardian says, up to its verdict.
fn words(mut from: impl BufRead) -> String {
    let mut said = String::new();
    while from.read_line(&mut said).is_ok_and(|read| read > 0) {
        if said.ends_with("ready\n") || said.ends_with("failed\n") {
            break;
        }
    }
    said
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

/// PostgreSQL refuses to run as root; then it runs as the user its packages create.
fn become_user(ours: &Path) -> &'static str {
    let root = std::fs::metadata(ours).is_ok_and(|folder| folder.uid() == 0);
    if root { "setpriv --reuid=postgres --regid=postgres --init-groups" } else { "" }
}

/// The folder of the newest installed server's programs, with a slash; empty when they are on
/// the PATH.
fn programs() -> String {
    let installed = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let newest = installed
        .filter_map(|version| Some((version.file_name().to_str()?.parse::<u32>().ok()?, version.path().join("bin"))))
        .filter(|(_, programs)| programs.join("initdb").exists())
        .max();
    if let Some((_, programs)) = newest {
        return format!("{}/", programs.display());
    }
    let path = std::env::var_os("PATH").unwrap_or_default();
    let on_path = std::env::split_paths(&path).any(|folder: PathBuf| folder.join("initdb").exists());
    assert!(
        on_path,
        "no PostgreSQL found in /usr/lib/postgresql/*/bin or on the PATH: install it \
         (Debian: apt install postgresql), or set TEST_POSTGRES_URL=postgres://user:password@host:port/name \
         to a server where databases may be made"
    );
    String::new()
}
