#![allow(clippy::unwrap_used)]

mod catcher;

use std::fs;
use std::os::unix::fs::PermissionsExt;

use proptest::prelude::*;

use super::*;
use catcher::Catcher;

fn address(text: &str) -> Address {
    text.parse().unwrap()
}

fn message() -> Message {
    Message {
        to: address("Ana Duarte <ana@example.org>"),
        subject: "Your link — ready".into(),
        text: "Hello Ana,\n.\nhttps://site.example/reset/SECRETLINK\n".into(),
        html: None,
        unsubscribe: None,
    }
}

/// What one message became in a folder.
async fn written(message: &Message) -> Result<String, Error> {
    let folder = tempfile::tempdir().unwrap();
    Outbox::folder(folder.path(), address("Site <site@example.org>")).unwrap().send(message).await?;
    let file = fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap();
    Ok(fs::read_to_string(file.path()).unwrap())
}

fn header_names(eml: &str) -> Vec<&str> {
    let head = eml.split("\r\n\r\n").next().unwrap().split("\r\n");
    head.filter(|line| !line.starts_with([' ', '\t'])).map(|line| line.split(':').next().unwrap()).collect()
}

#[tokio::test]
async fn a_folder_gets_whole_private_files() {
    let parent = tempfile::tempdir().unwrap();
    let path = parent.path().join("var/mail");
    let outbox = Outbox::folder(&path, address("site@example.org")).unwrap();
    outbox.send(&message()).await.unwrap();
    outbox.send(&message()).await.unwrap();
    let files: Vec<_> = fs::read_dir(&path).unwrap().map(Result::unwrap).collect();
    assert_eq!(files.len(), 2);
    for file in files {
        let name = file.file_name().into_string().unwrap();
        assert!(name.starts_with("20") && name.contains("Z-") && name.ends_with(".eml"), "{name}");
        assert_eq!(file.metadata().unwrap().permissions().mode() & 0o777, 0o600);
    }
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o700);
}

#[tokio::test]
async fn mail_programs_are_told_how_to_end_it() {
    let address = format!("https://site.example/notifications/unsubscribe/{}", "a".repeat(400));
    let eml = written(&Message { unsubscribe: Some(address.clone()), ..message() }).await.unwrap();
    assert!(eml.contains(&format!("List-Unsubscribe: <{address}>\r\n")), "{eml}");
    assert!(eml.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"), "{eml}");
    assert!(!written(&message()).await.unwrap().contains("List-Unsubscribe"));
    let split = "https://site.example/\r\nBcc: all@example.org".to_owned();
    assert!(written(&Message { unsubscribe: Some(split), ..message() }).await.is_err());
}

#[tokio::test]
async fn a_message_is_whole() {
    let eml = written(&message()).await.unwrap();
    assert!(eml.contains("From: \"Site\" <site@example.org>") || eml.contains("From: Site <site@example.org>"), "{eml}");
    assert!(eml.contains("Auto-Submitted: auto-generated\r\n") && eml.contains("\r\nDate: "), "{eml}");
    assert!(eml.contains("@example.org>\r\n") && eml.contains("Message-ID: <"), "{eml}");
    assert!(eml.contains("https://site.example/reset/SECRETLINK"), "{eml}");
    let both = written(&Message { html: Some("<p>Hello</p>".into()), ..message() }).await.unwrap();
    let (plain, html) = (both.find("text/plain").unwrap(), both.find("text/html").unwrap());
    assert!(both.contains("multipart/alternative") && plain < html, "the richest part comes last (RFC 2046 §5.1.4)");
}

#[tokio::test]
async fn nothing_typed_becomes_a_header() {
    for subject in ["Hi\r\nBcc: all@example.org", "Hi\nBcc: x@y.z", "Hi\rBcc: x", "Hi\u{2028}Bcc: x", "a\0b"] {
        let refused = written(&Message { subject: subject.into(), ..message() }).await.unwrap_err();
        assert!(matches!(refused, Error::Line { what: "subject", .. }) && refused.is_permanent(), "{subject:?}");
    }
    assert!(matches!(Address::new("Ana\r\nBcc: x@y.z", "ana@example.org"), Err(Error::Line { what: "name", .. })));
    for email in ["ana@example.org\r\nBcc: x@y.z", "ana@example.org, b@c.d", "<a@b.c>", "a b@c.d", "", "a@", &"a".repeat(300)] {
        assert!(matches!(Address::new("Ana", email), Err(Error::Address(_))), "{email:?}");
    }
    let long = Message { subject: "x".repeat(301), ..message() };
    assert!(written(&long).await.is_err());
    let big = Message { text: "x".repeat(3 << 20), ..message() };
    assert!(matches!(written(&big).await, Err(Error::TooLong(_))));
}

proptest! {
    #[test]
    fn whatever_is_accepted_makes_the_same_headers(name in any::<String>(), subject in any::<String>(), text in any::<String>()) {
        let from = address("site@example.org");
        if let Ok(to) = Address::new(&name, "ana@example.org") {
            let message = Message { to, subject, text, html: None, unsubscribe: None };
            if let Ok(composed) = message.compose(&from) {
                let eml = String::from_utf8(composed.formatted()).unwrap();
                let mut names = header_names(&eml);
                names.sort_unstable();
                let expected = ["Auto-Submitted", "Content-Transfer-Encoding", "Content-Type", "Date", "From", "MIME-Version", "Message-ID", "Subject", "To"];
                prop_assert_eq!(names, expected, "{}", eml);
            }
        }
    }

    #[test]
    fn an_address_read_is_an_address_written(text in any::<String>()) {
        if let Ok(address) = text.parse::<Address>() {
            prop_assert!(!address.to_string().contains(['\r', '\n']));
            prop_assert!(Address::new(address.name(), address.email()).is_ok());
        }
    }
}

#[tokio::test]
async fn a_server_gets_the_message_signed_in() {
    let catcher = Catcher::start();
    let outbox = Outbox::smtp(&catcher.url("ana:p%40ss@"), address("Site <site@example.org>")).unwrap();
    outbox.send(&message()).await.unwrap();
    let said = catcher.said();
    assert!(said.contains("AUTH PLAIN AGFuYQBwQHNz"), "\\0ana\\0p@ss in base64: {said}");
    assert!(said.contains("MAIL FROM:<site@example.org>") && said.contains("RCPT TO:<ana@example.org>"), "{said}");
    assert!(said.contains("SECRETLINK") && said.contains("\n..\r\n"), "a lone dot is stuffed (RFC 5321 §4.5.2): {said}");
}

#[tokio::test]
async fn a_refusal_is_told_from_a_delay() {
    let catcher = Catcher::start();
    let outbox = Outbox::smtp(&catcher.url(""), address("site@example.org")).unwrap();
    let refused = outbox.send(&Message { to: address("nobody@example.org"), ..message() }).await.unwrap_err();
    assert!(matches!(refused, Error::Refused(_)) && refused.is_permanent(), "{refused}");
    let later = outbox.send(&Message { to: address("later@example.org"), ..message() }).await.unwrap_err();
    assert!(matches!(later, Error::Unreachable(_)) && !later.is_permanent(), "{later}");
    let gone = Outbox::smtp("smtp://127.0.0.1:1", address("site@example.org")).unwrap();
    assert!(!gone.send(&message()).await.unwrap_err().is_permanent());
}

#[tokio::test]
async fn a_server_without_tls_is_refused_where_tls_is_required() {
    let catcher = Catcher::start();
    let outbox = Outbox::smtp(&format!("{}?tls=required", catcher.url("ana:secret@")), address("a@example.org")).unwrap();
    outbox.send(&message()).await.unwrap_err();
    assert!(!catcher.said().contains("AUTH"), "the password was not sent");
}

#[test]
fn wrong_server_addresses_say_what_is_right() {
    for url in [
        "",
        "mail.example.org",
        "http://mail.example.org",
        "smtp://",
        "smtp://a:SECRET@mail.example.org",
        "smtp://a:SECRET@mail.example.org?tls=opportunistic",
        "smtp://a:SECRET@mail.example.org?tsl=required",
        "smtp://a:SECRET@mail.example.org?tls=yes",
        "smtps://a@mail.example.org",
        "smtp://a:SECRET@host:99999",
    ] {
        let error = Outbox::smtp(url, address("a@example.org")).unwrap_err();
        assert!(matches!(error, Error::Server(_)), "{url}");
        assert!(error.to_string().contains("expected smtps://") && !error.to_string().contains("SECRET"), "{error}");
    }
    for url in ["smtps://a:b@mail.example.org", "smtp://a:b@mail.example.org:587?tls=required", "smtp://[::1]:25", "smtp://relay"] {
        assert!(Outbox::smtp(url, address("a@example.org")).is_ok(), "{url}");
    }
}

#[test]
fn secrets_are_not_shown() {
    let outbox = Outbox::smtp("smtps://ana:SECRET@mail.example.org:465", address("a@example.org")).unwrap();
    let shown = format!("{outbox:?} {outbox} {:?}", message());
    assert!(!shown.contains("SECRET") && !shown.contains("ana:"), "{shown}");
    assert!(shown.contains("smtps://mail.example.org:465"), "{shown}");
}
