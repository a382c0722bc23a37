//! Starting, setting up, stopping, starting again.

use crate::program::{Program, printed, run};

#[test]
fn a_new_site_prints_a_link_that_sets_it_up_once() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let program = Program::serve(&data, &[]);
    let first = link(&program);
    assert_eq!(program.get("/", "").status, 503, "readers are told to come back");
    assert!(program.get("/", "").body.contains("This site is being set up"));
    assert_eq!(program.get("/healthz", "").body, "ok");
    assert_eq!(program.stop(), Some(0));

    let program = Program::serve(&data, &[]);
    assert_eq!(program.get(&first, "").status, 410, "a new start makes a new link");
    let link = link(&program);
    assert_eq!(program.get(&link, "").status, 200);
    let form = [
        ("name", "The Mesa Lantern"),
        ("time_zone", "America/Los_Angeles"),
        ("language", "en"),
        ("sections", "news"),
        ("display_name", "Ana Duarte"),
        ("handle", "ana"),
        ("email", "ana@town.example"),
        ("password", "correct horse battery"),
    ];
    assert_eq!(program.post(&link, "", &form).status, 303);
    let front = program.get("/", "");
    assert_eq!(front.status, 200);
    assert!(front.body.contains("The Mesa Lantern") && front.body.contains("/sections/news"));
    assert_eq!(program.stop(), Some(0));

    let program = Program::serve(&data, &[]);
    assert!(program.greeting.contains("The Mesa Lantern is open") && !program.greeting.contains("/setup/"), "{}", program.greeting);
}

fn link(program: &Program) -> String {
    let token = program.greeting.split("/setup/").nth(1).unwrap().split_whitespace().next().unwrap();
    format!("/setup/{token}")
}

#[cfg(unix)]
#[test]
fn nobody_else_can_enter_the_data_folder() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let _program = Program::serve(&data, &[]);
    assert_eq!(data.metadata().unwrap().permissions().mode() & 0o777, 0o700);
}

#[test]
fn an_address_in_use_is_said_in_words() {
    let folder = tempfile::tempdir().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let output = run(&["serve", "--data", folder.path().to_str().unwrap(), "--listen", &address], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(printed(&output).contains(&format!("nothing can listen on {address}")), "{}", printed(&output));
}

#[test]
fn a_database_of_a_newer_program_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    drop(Program::serve(folder.path(), &[]));
    let url = format!("sqlite:{}", folder.path().join("ocotillo.db").display());
    let db = db::Db::open(&url, db::Options::default()).unwrap();
    let insert = "insert into migrations (name, checksum, applied_at) values ('9999_future', 'x', 0)";
    db.write_now(|tx| tx.run(insert, db::params![])).unwrap();
    db.close();
    let output = run(&["serve", "--data", folder.path().to_str().unwrap(), "--listen", "127.0.0.1:0"], "");
    assert_eq!(output.status.code(), Some(1));
    assert!(printed(&output).contains("newer than this program"), "{}", printed(&output));
}

#[test]
fn the_demo_is_never_made_in_somebodys_site() {
    let folder = tempfile::tempdir().unwrap();
    let _program = Program::serve(folder.path(), &[]);
    let data = folder.path().to_str().unwrap();
    let add = ["user", "add", "ana", "--name", "Ana", "--email", "ana@town.example", "--data", data];
    assert!(run(&add, "").status.success());
    for command in [&["serve", "--demo", "--listen", "127.0.0.1:0"][..], &["demo", "fill"]] {
        let mut arguments = command.to_vec();
        arguments.extend(["--data", data]);
        let output = run(&arguments, "");
        assert!(!output.status.success() && printed(&output).contains("belongs to somebody"), "{}", printed(&output));
    }
}
