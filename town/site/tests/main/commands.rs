//! Commands and what they print.

use std::path::Path;

use crate::program::{Program, printed, run};

fn on(folder: &Path, arguments: &[&str], input: &str) -> (bool, String) {
    let mut all = arguments.to_vec();
    all.extend(["--data", folder.to_str().unwrap()]);
    let output = run(&all, input);
    (output.status.success(), printed(&output))
}

#[test]
fn help_shows_commands_and_examples() {
    let output = run(&["--help"], "");
    let words = printed(&output);
    assert!(output.status.success());
    for word in ["serve", "user", "import", "export", "config", "verify", "demo", "completions", "Examples:", "ocotillo serve --demo"] {
        assert!(words.contains(word), "{word} is not in {words}");
    }
    for shell in ["bash", "zsh", "fish"] {
        assert!(printed(&run(&["completions", shell], "")).contains("reset-link"), "{shell}");
    }
}

#[test]
fn a_wrong_configuration_is_refused_with_key_value_expectation_and_place() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("ocotillo.toml"), "cache = \"lots\"\n").unwrap();
    for command in [&["config", "check"][..], &["serve"]] {
        let mut arguments = command.to_vec();
        arguments.extend(["--data", folder.path().to_str().unwrap()]);
        let output = run(&arguments, "");
        let words = printed(&output);
        assert_eq!(output.status.code(), Some(2), "{words}");
        for part in ["cache", "“lots”", "a whole number of MiB", "ocotillo.toml"] {
            assert!(words.contains(part), "{part} is not in {words}");
        }
    }
    assert!(!folder.path().join("ocotillo.db").exists(), "nothing is made before the configuration is sound");
}

#[test]
fn the_effective_configuration_is_printed_without_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let file = "origin = \"https://news.example.org\"\n[mail]\nserver = \"smtps://post:hunter2@mail.example.org\"\n";
    std::fs::write(folder.path().join("ocotillo.toml"), file).unwrap();
    let (sound, words) = on(folder.path(), &["config", "check"], "");
    assert!(sound, "{words}");
    assert!(words.contains("origin = \"https://news.example.org\"") && words.contains("smtps://post:•••@mail.example.org"), "{words}");
    assert!(!words.contains("hunter2"));
}

#[test]
fn a_bucket_that_cannot_be_written_to_stops_the_start_with_words() {
    let folder = tempfile::tempdir().unwrap();
    let server = testkit::s3();
    let file = |secret: &str| {
        let (bucket, endpoint, key) = (&server.bucket, &server.endpoint, &server.key_id);
        let text = format!("media = \"s3://{bucket}/site\"\n[s3]\nendpoint = \"{endpoint}\"\nkey_id = \"{key}\"\nsecret = \"{secret}\"\n");
        std::fs::write(folder.path().join("ocotillo.toml"), text).unwrap();
    };
    file("wrong");
    let (started, words) = on(folder.path(), &["serve", "--listen", "127.0.0.1:0"], "");
    assert!(!started, "{words}");
    for part in ["s3://town/site", server.endpoint.as_str(), "s3.secret", "refuses the key"] {
        assert!(words.contains(part), "{part} is not in {words}");
    }
    assert!(!words.contains("wrong"), "{words}");
    file(&server.secret);
    let (sound, words) = on(folder.path(), &["config", "check"], "");
    assert!(sound && words.contains("media = \"s3://town/site\"") && !words.contains(&server.secret), "{words}");
    drop(Program::serve(folder.path(), &[]));
    assert!(!folder.path().join("media").exists());
}

#[test]
fn commands_on_accounts_need_a_site() {
    let folder = tempfile::tempdir().unwrap();
    let (sound, words) = on(folder.path(), &["user", "list"], "");
    assert!(!sound && words.contains("there is no site"), "{words}");
}

#[test]
fn accounts_are_made_listed_and_changed() {
    let folder = tempfile::tempdir().unwrap();
    let program = Program::serve(folder.path(), &[]);
    let add = ["user", "add", "ana", "--name", "Ana Duarte", "--email", "ana@town.example", "--level", "administrator"];
    let (sound, words) = on(folder.path(), &add, "");
    assert!(sound && words.contains("/password-reset/"), "{words}");
    for (handle, email, taken) in [("ANA", "other@town.example", "@ANA already"), ("other", "Ana@town.example", "Ana@town.example already")]
    {
        let (sound, words) = on(folder.path(), &["user", "add", handle, "--name", "Other", "--email", email], "");
        assert!(!sound && words.contains(taken), "{words}");
    }
    let (sound, words) = on(folder.path(), &["user", "add", "bo", "--name", "Bo", "--email", "bo@town.example", "--level", "king"], "");
    assert!(!sound && words.contains("no level “king”") && words.contains("editor"), "{words}");
    let (sound, words) =
        on(folder.path(), &["user", "add", "bo", "--name", "Bo", "--email", "bo@town.example", "--password-stdin"], "short");
    assert!(!sound && words.contains("at least 10 characters"), "{words}");
    let (sound, words) = on(folder.path(), &["user", "suspend", "ana"], "");
    assert!(!sound && words.contains("Nobody would be left"), "{words}");
    let (sound, words) = on(folder.path(), &["user", "set-level", "@ana", "editor"], "");
    assert!(!sound && words.contains("Nobody would be left"), "{words}");
    let (sound, words) = on(folder.path(), &["user", "list"], "");
    assert!(sound && words.contains("@ana") && words.contains("administrator") && words.contains("active"), "{words}");
    let (sound, words) = on(folder.path(), &["user", "reset-link", "nobody"], "");
    assert!(!sound && words.contains("nobody has the handle “nobody”"), "{words}");
    let (_, words) = on(folder.path(), &["user", "reset-link", "ana"], "");
    let link = words.split("/password-reset/").nth(1).unwrap().split_whitespace().next().unwrap();
    assert_eq!(program.get(&format!("/password-reset/{link}"), "").status, 200, "the running program knows the link");
}

#[test]
fn what_drifted_is_told_with_its_numbers_and_mended() {
    let folder = tempfile::tempdir().unwrap();
    let (sound, words) = on(folder.path(), &["verify"], "");
    assert!(!sound && words.contains("there is no site"), "{words}");
    drop(Program::serve(folder.path(), &[]));
    let (sound, words) = on(folder.path(), &["verify"], "");
    assert!(sound && words.contains("Every counter says what there is."), "{words}");
    let db = db::Db::open(&format!("sqlite:{}/ocotillo.db", folder.path().display()), db::Options::default()).unwrap();
    db.write_now(|tx| tx.run("insert into connection_counts (owner_id, followers) values (77, 5)", db::params![])).unwrap();
    db.close();
    let output = run(&["verify", "--data", folder.path().to_str().unwrap()], "");
    let words = printed(&output);
    assert_eq!(output.status.code(), Some(1), "{words}");
    for part in ["followers of 77: stored 5, counted 0", "1 counter does not say what there is", "--mend"] {
        assert!(words.contains(part), "{part} is not in {words}");
    }
    let (sound, words) = on(folder.path(), &["verify", "--mend"], "");
    assert!(sound && words.contains("followers of 77: stored 5, counted 0") && words.contains("1 counter was set right."), "{words}");
    let (sound, words) = on(folder.path(), &["verify"], "");
    assert!(sound && words.contains("Every counter says what there is."), "{words}");
}
