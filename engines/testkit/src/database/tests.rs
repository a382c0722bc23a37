#![allow(clippy::unwrap_used)]

use std::sync::atomic::{AtomicUsize, Ordering};

use ::postgres::{Client, NoTls};

use super::*;

/// One statement on either kind, through the driver.
fn execute(url: &str, sql: &str) -> Result<(), String> {
    match url.strip_prefix("sqlite:") {
        Some(path) => {
            let connection = rusqlite::Connection::open(path).unwrap();
            connection.pragma_update(None, "journal_mode", "wal").unwrap();
            connection.execute_batch(sql).map_err(|error| error.to_string())
        }
        None => aside(|| {
            let mut client = Client::connect(url, NoTls).unwrap();
            client.batch_execute(sql).map_err(|error| error.to_string())
        }),
    }
}

crate::on_both! {
    fn a_clone_has_what_was_prepared_and_nothing_of_another_test(kind) {
        let prepare = |url: &str| execute(url, "create table t (a bigint unique); insert into t values (1)").unwrap();
        let one = fresh(kind, "clone", prepare);
        let two = fresh(kind, "clone", prepare);
        assert_ne!(one.url, two.url);
        assert!(execute(&one.url, "insert into t values (1)").is_err(), "the prepared row is there");
        execute(&one.url, "insert into t values (2)").unwrap();
        execute(&two.url, "insert into t values (2)").unwrap();
    }

    fn a_template_is_prepared_once(kind) {
        static TIMES: [AtomicUsize; 2] = [AtomicUsize::new(0), AtomicUsize::new(0)];
        for _ in 0..3 {
            let _database = fresh(kind, "once", |_| { TIMES[kind as usize].fetch_add(1, Ordering::SeqCst); });
        }
        assert_eq!(TIMES[kind as usize].load(Ordering::SeqCst), 1);
    }

    fn a_template_whose_preparation_panicked_is_prepared_anew(kind) {
        let failed = std::panic::catch_unwind(|| fresh(kind, "again", |url| {
            execute(url, "create table t (a bigint)").unwrap();
            panic!("on purpose");
        }));
        assert!(failed.is_err());
        let database = fresh(kind, "again", |url| execute(url, "create table t (a bigint)").unwrap());
        execute(&database.url, "insert into t values (1)").unwrap();
    }

    fn a_dropped_database_is_gone(kind) {
        let database = empty(kind);
        execute(&database.url, "create table t (a bigint)").unwrap();
        let (url, path) = (database.url.clone(), database.path().map(Path::to_path_buf));
        drop(database);
        match path {
            Some(path) => assert!(!path.parent().unwrap().exists()),
            None => assert!(aside(|| Client::connect(&url, NoTls)).is_err()),
        }
    }

    async fn databases_are_made_and_dropped_inside_a_runtime(kind) {
        let database = empty(kind);
        let open = database.url.clone();
        tokio::task::spawn_blocking(move || execute(&open, "create table t (a bigint)").unwrap()).await.unwrap();
    }
}

#[test]
fn a_template_with_an_open_connection_is_refused() {
    let kept = std::sync::Mutex::new(None);
    let refused = std::panic::catch_unwind(|| {
        fresh(Kind::Sqlite, "open", |url| {
            let connection = rusqlite::Connection::open(url.trim_start_matches("sqlite:")).unwrap();
            connection.pragma_update(None, "journal_mode", "wal").unwrap();
            connection.execute_batch("create table t (a bigint)").unwrap();
            *kept.lock().unwrap() = Some(connection);
        })
    });
    assert!(refused.is_err());
}

/// Not a test of its own: the process that the next one kills.
#[test]
#[ignore = "run by the test below"]
fn holds_a_cluster() {
    println!("cluster {}", cluster::start());
    std::thread::sleep(std::time::Duration::from_secs(60));
}

#[test]
fn a_cluster_dies_with_its_process_even_when_that_is_killed() {
    use std::io::{BufRead, BufReader};
    let mut child = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture", "database::tests::holds_a_cluster"])
        .stdout(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(child.stdout.take().unwrap()).lines();
    let url = said.map(Result::unwrap).find_map(|line| Some(line.split_once("cluster ")?.1.to_owned()));
    let url = url.expect("the child names its cluster");
    let folder = aside(|| {
        let mut client = Client::connect(&url, NoTls).unwrap();
        let folder: String = client.query_one("show data_directory", &[]).unwrap().get(0);
        Path::new(&folder).parent().unwrap().to_owned()
    });
    assert!(folder.exists());

    child.kill().unwrap();
    child.wait().unwrap();

    let deadline = std::time::Instant::now() + std::time::Duration::from_secs(30);
    while folder.exists() {
        assert!(std::time::Instant::now() < deadline, "the cluster's folder is still there");
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert!(aside(|| Client::connect(&url, NoTls)).is_err(), "the server is gone");
}

#[test]
fn what_a_killed_process_left_on_a_server_is_swept_up() {
    let kept = empty(Kind::Postgres);
    let name = |url: &str| url.rsplit('/').next().unwrap().to_owned();
    // No process holds the lock of this number.
    let left = name(&kept.url).replacen("testkit_", "testkit_1", 1) + "_left";
    let there = aside(|| {
        let mut server = postgres::server();
        server.command(&format!("create database {left} template template0"));
        server.sweep();
        let names = server.admin.query("select datname from pg_database", &[]).unwrap();
        names.iter().map(|row| row.get(0)).collect::<Vec<String>>()
    });
    assert!(!there.contains(&left) && there.contains(&name(&kept.url)), "{there:?}");
}
