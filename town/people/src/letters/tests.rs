#![allow(clippy::unwrap_used)]
use super::*;
use crate::testing::TestTown;

fn letter(given: &Given) -> (String, String) {
    let (site, name, link) = (given.get("site"), given.get("name"), given.get("link"));
    (format!("News from {site}"), format!("Hello {name},\n\nthis is {site}.\nRead on:\n\n{link}\n\nBye.\n"))
}

const KIND: Kind = Kind { name: "test", when: "In a test", placeholders: &["site", "name"], draw: letter };

fn parsed(subject: &str, intro: &str) -> (Own, Problems) {
    let mut problems = Problems::default();
    (KIND.parse(&Form::from_pairs([("subject", subject), ("intro", intro)]), &mut problems), problems)
}

#[test]
fn a_letter_keeps_its_link_whatever_its_beginning_says() {
    assert_eq!(KIND.usual(), Own { subject: "News from {site}".into(), intro: "this is {site}. Read on:".into() });
    let (own, problems) = parsed("{site} for {name}", "Dear {name},\nhere we are.\n\nTwo paragraphs.");
    assert!(problems.is_empty());
    let values: Values = &[("site", "The Lantern"), ("name", "Rosa {site}"), ("link", "https://a.example/x")];
    let (subject, text) = KIND.written(Some(&own), values);
    assert_eq!(subject, "The Lantern for Rosa {site}", "what somebody is called is no placeholder");
    assert_eq!(text, "Hello Rosa {site},\n\nDear Rosa {site},\nhere we are.\n\nTwo paragraphs.\n\nhttps://a.example/x\n\nBye.\n");
    assert_eq!(KIND.written(None, values), letter(&Given::new(values)));
    let (subject, _) = KIND.written(Some(&own), &[("site", "A\r\nBcc: all@b.example"), ("name", "")]);
    assert!(!subject.contains('\n') && !subject.contains('\r'));
}

#[test]
fn what_nothing_stands_for_is_refused() {
    for (subject, intro, field) in [
        ("{link}", "x", "subject"),
        ("x", "Hello {nane}", "intro"),
        ("", "x", "subject"),
        ("x", " ", "intro"),
        ("x", "{site", "intro"),
        ("x}", "x", "subject"),
        ("{ site }", "x", "subject"),
    ] {
        assert!(parsed(subject, intro).1.of(field).is_some(), "{subject} {intro}");
    }
    assert!(parsed("{link}", "x").1.of("subject").unwrap().contains("{site}, {name}"));
    assert!(parsed(&"x".repeat(121), "x").1.of("subject").is_some());
}

#[test]
fn every_letter_of_this_wing_has_a_beginning_without_links() {
    let kinds = kinds();
    for kind in &kinds {
        let usual = kind.usual();
        assert!(
            !usual.intro.is_empty() && !usual.intro.contains("{link}") && !usual.intro.contains("{origin}"),
            "{}: {usual:?}",
            kind.name
        );
        let mut problems = Problems::default();
        kind.parse(&Form::from_pairs([("subject", usual.subject.as_str()), ("intro", &usual.intro)]), &mut problems);
        assert!(problems.is_empty(), "{}: {problems:?}", kind.name);
        assert_eq!(kinds.iter().filter(|other| other.name == kind.name).count(), 1);
    }
}

testkit::on_both! {
    async fn a_site_writes_its_letters_itself(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.member("Rosa", "member");
        let own = Own { subject: "{site}: your link, {name}".into(), intro: "Somebody knocks.".into() };
        let now = town.town.now();
        let put = own.clone();
        town.town.db.write_now(move |tx| save(tx, "sign_in.link", &put, now)).unwrap();
        assert_eq!(town.town.db.read_now(|tx| of(tx, "sign_in.link")).unwrap(), Some(own));
        town.guest().post("/sign-in/link", &[("email", "rosa@town.example")]).await.assert_status(200);
        let letter = town.letters().pop().unwrap();
        assert_eq!(letter.subject, "The Mesa Lantern: your link, Rosa");
        assert!(letter.text.starts_with("Hello Rosa,\n\nSomebody knocks.\n\nhttp://localhost/sign-in/link/"), "{}", letter.text);
        town.town.db.write_now(|tx| forget(tx, "sign_in.link")).unwrap();
        town.guest().post("/sign-in/link", &[("email", "rosa@town.example")]).await.assert_status(200);
        assert_eq!(town.letters().pop().unwrap().subject, "Your link to sign in to The Mesa Lantern");
        drop(rosa);
    }
}
