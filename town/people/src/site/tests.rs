#![allow(clippy::unwrap_used)]
use super::*;
use crate::testing::{TestTown, test_site};
use web::layout::Link;

const GOOD: [(&str, &str); 8] = [
    ("name", "The Mesa Lantern"),
    ("tagline", "News"),
    ("sentence", "Ours."),
    ("place", "Mesa"),
    ("time_zone", "America/Los_Angeles"),
    ("language", "en"),
    ("licence", "by"),
    ("hub", "https://hub.example/?a=b"),
];

/// The fields that have a problem when one of them is changed.
fn problems_with(field: &'static str, value: &str) -> Vec<&'static str> {
    let pairs = GOOD.into_iter().map(|(name, good)| (name, if name == field { value } else { good }));
    let mut problems = Problems::default();
    Site::parse(&Form::from_pairs(pairs), &mut problems);
    problems.iter().map(|(field, _)| field).collect()
}

#[test]
fn each_field_has_its_own_problem() {
    assert!(problems_with("name", "The Mesa Lantern").is_empty());
    for (field, longest) in [("name", 80), ("tagline", 160), ("sentence", 600), ("place", 80)] {
        assert!(problems_with(field, &"é".repeat(longest)).is_empty(), "{field}");
        assert_eq!(problems_with(field, &"é".repeat(longest + 1)), [field]);
    }
    for (field, value) in [
        ("name", " \u{200b} "),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", ""),
        ("time_zone", "../../etc/passwd"),
        ("language", "tlh"),
        ("language", ""),
        ("licence", "CC"),
        ("hub", "hub.example"),
        ("hub", "http://hub.example/"),
        ("hub", "https://127.0.0.1/"),
        ("hub", "https://[::1]/"),
        ("hub", "https://hub/"),
        ("hub", "https://me:secret@hub.example/"),
        ("hub", "https://hub.example:8443/"),
    ] {
        assert_eq!(problems_with(field, value), [field], "{value:?}");
    }
}

#[test]
fn lines_are_cleaned() {
    let form = Form::from_pairs([("name", " The\u{202e} Mesa\n Lantern "), ("review_required", "1")]);
    let site = Site::parse(&form, &mut Problems::default());
    assert_eq!((site.name.as_str(), site.review_required), ("The Mesa Lantern", true));
}

#[test]
fn languages_read_their_own_way() {
    for (language, direction) in [("en", "ltr"), ("ar", "rtl"), ("he-IL", "rtl"), ("", "ltr")] {
        assert_eq!(Site { language: language.into(), ..Site::nameless() }.direction(), direction);
    }
}

testkit::on_both! {
    fn a_site_is_set_up_once(kind) {
        let town = TestTown::bare(kind, crate::routes(), |_| Ok(Vec::new()));
        assert!(!town.town.is_set_up());
        let site = test_site();
        town.town.db.write_now(move |tx| create(tx, &site, 0)).unwrap();
        town.reload();
        assert!(town.town.is_set_up());
        let other = Site { name: "Taken over".into(), ..test_site() };
        let error = town.town.db.write_now(move |tx| create(tx, &other, 0)).unwrap_err();
        assert!(matches!(error.kind(), db::Kind::Unique { .. }));
        assert_eq!(town.town.db.read_now(load).unwrap(), Some(test_site()));
    }

    async fn what_every_page_shows_follows_the_site_and_its_sections(kind) {
        let levels_as_sections = |tx: &mut db::Tx| tx.all("select title from levels where rank > 20 order by rank", db::params![], |row| {
            let title: String = row.get(0)?;
            Ok(Link::new(format!("/sections/{}", title.to_lowercase()), title))
        });
        let town = TestTown::new(kind, crate::routes(), levels_as_sections);
        let page = town.guest().get("/sign-in").await;
        assert_eq!(page.select_text("nav.sections li"), ["Front page", "Editor", "Moderator", "Administrator"]);
        page.assert_text("The Mesa Lantern belongs to those who write in it.");
        let changed = Site { name: "The Arroyo".into(), language: "ar".into(), ..test_site() };
        town.town.db.write_now(move |tx| save(tx, &changed, 1)).unwrap();
        town.town.reload().await.unwrap();
        let page = town.guest().get("/sign-in").await;
        assert_eq!((page.one("a.nameplate"), page.attr("html", "dir")), ("The Arroyo".into(), Some("rtl".into())));
        let lost = town.guest().get("/nowhere").await;
        lost.assert_status(404).assert_landmarks().assert_text("The Arroyo");
    }
}
