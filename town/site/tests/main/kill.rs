//! Killed under load, again and again: every write that was acknowledged is there after the next start.

use std::{path::Path, time::Duration};
use testkit::Kind;

use crate::program::{Program, ask, encoded, printed, run};

const ROUNDS: usize = 5;
/// Each with an account of its own, because saves are limited by account.
const WRITERS: usize = 4;
const PASSWORD: &str = "correct horse battery";

/// A story that somebody began, and what they were told is saved.
struct Acknowledged {
    edit: String,
    headline: String,
    body: String,
    /// Sent and never answered: it may be there instead.
    unanswered: String,
}

testkit::on_both! {
    fn every_acknowledged_write_survives_a_kill(kind) {
        let database = (kind == Kind::Postgres).then(|| testkit::database::empty(kind));
        let folder = tempfile::tempdir().unwrap();
        let more: Vec<&str> = database.iter().flat_map(|database| ["--database", database.url.as_str()]).collect();
        let mut program = Program::serve(folder.path(), &more);
        add_writers(folder.path(), &more);
        let cookies: Vec<String> = (0..WRITERS).map(|writer| program.sign_in(&format!("writer{writer}"), PASSWORD)).collect();
        let mut kept: Vec<(usize, Acknowledged)> = Vec::new();
        for round in 0..ROUNDS {
            let written = write_until_killed(program, &cookies, round);
            program = Program::serve(folder.path(), &more);
            assert!(!written.is_empty(), "nothing was acknowledged in round {round}");
            kept.extend(written);
            for (writer, story) in &kept {
                verify(&program, &cookies[*writer], story);
            }
        }
        assert_eq!(program.stop(), Some(0));
    }
}

fn add_writers(folder: &Path, more: &[&str]) {
    for writer in 0..WRITERS {
        let (handle, email) = (format!("writer{writer}"), format!("writer{writer}@town.example"));
        let mut arguments = vec!["user", "add", &handle, "--name", &handle, "--email", &email, "--level", "editor", "--password-stdin"];
        arguments.extend(["--data", folder.to_str().unwrap()]);
        arguments.extend(more);
        let output = run(&arguments, PASSWORD);
        assert!(output.status.success(), "{}", printed(&output));
    }
}

/// Everybody writes until the program is killed in the middle of it.
fn write_until_killed(program: Program, cookies: &[String], round: usize) -> Vec<(usize, Acknowledged)> {
    let host = program.host.clone();
    std::thread::scope(|scope| {
        let writers: Vec<_> = cookies
            .iter()
            .enumerate()
            .map(|(writer, cookie)| {
                let host = &host;
                scope.spawn(move || write(host, cookie, &format!("round {round} writer {writer}")))
            })
            .collect();
        std::thread::sleep(Duration::from_millis(400 + 130 * round as u64));
        program.kill();
        let written = writers.into_iter().enumerate().flat_map(|(writer, thread)| {
            let stories = thread.join().unwrap();
            stories.into_iter().map(move |story| (writer, story))
        });
        written.collect()
    })
}

/// Begins a story, saves it a few times, begins the next; ends when the program is gone or has had enough.
fn write(host: &str, cookie: &str, name: &str) -> Vec<Acknowledged> {
    let mut stories = Vec::new();
    loop {
        let headline = format!("Story {} of {name}", stories.len());
        let Ok(begun) = ask(host, "POST", "/stories", cookie, &encoded(&[("headline", headline.as_str()), ("body", "First words.")]))
        else {
            return stories;
        };
        if begun.status != 303 {
            assert_eq!(begun.status, 429, "{}", begun.body);
            return stories;
        }
        let edit = begun.header("location").to_owned();
        stories.push(Acknowledged { edit, headline, body: "First words.".into(), unanswered: String::new() });
        let Some(story) = stories.last_mut() else { return stories };
        for version in 1..5 {
            if !save(host, cookie, story, version) {
                return stories;
            }
        }
    }
}

/// Whether the program answered that it is saved.
fn save(host: &str, cookie: &str, story: &mut Acknowledged, base: i64) -> bool {
    let (path, base) = (story.edit.replace("/edit", "/draft"), base.to_string());
    let body = format!("{} has been saved {base} times.", story.headline);
    story.unanswered.clone_from(&body);
    let fields = [("headline", story.headline.as_str()), ("body", &body), ("base", &base)];
    let saved = ask(host, "POST", &path, cookie, &encoded(&fields)).is_ok_and(|answer| answer.status == 200);
    if saved {
        story.body = body;
    }
    saved
}

fn verify(program: &Program, cookie: &str, story: &Acknowledged) {
    let page = program.get(&story.edit, cookie);
    assert_eq!(page.status, 200, "{} is gone", story.headline);
    let there = page.body.contains(&story.body) || (!story.unanswered.is_empty() && page.body.contains(&story.unanswered));
    assert!(page.body.contains(&story.headline) && there, "{:?} was acknowledged and is not there", story.body);
}
