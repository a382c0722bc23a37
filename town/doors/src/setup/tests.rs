#![allow(clippy::unwrap_used)]

use people::{
    sign_in::{Purpose, issue},
    testing::TestTown,
};
use things::sections;

const FILLED: [(&str, &str); 10] = [
    ("name", "The Mesa Lantern"),
    ("tagline", "Neighbours and their news"),
    ("sentence", "The Lantern belongs to those who write in it."),
    ("place", "Mesa Verde Springs"),
    ("time_zone", "America/Los_Angeles"),
    ("language", "en"),
    ("display_name", "Ana Duarte"),
    ("handle", "ana"),
    ("email", "ana@town.example"),
    ("password", "correct horse battery"),
];

fn new_town(kind: testkit::Kind) -> TestTown {
    TestTown::bare(kind, crate::routes(), sections::links)
}

fn link(town: &TestTown, lasts_ms: i64) -> String {
    let now = town.town.now();
    let token = town.town.db.write_now(move |tx| issue(tx, Purpose::Setup, None, lasts_ms, now)).unwrap();
    format!("/setup/{token}")
}

testkit::on_both! {
    async fn the_link_sets_the_site_up_once(kind) {
        let town = new_town(kind);
        let (link, ana) = (link(&town, 60_000), town.guest());
        let page = ana.get(&link).await;
        page.assert_status(200).assert_landmarks();
        let mut form = page.form("main form");
        form.fill(&FILLED).fill(&[("sections", "sports"), ("sections", "news")]);
        let done = ana.submit_form(&form).await;
        done.assert_status(303);
        assert_eq!(done.location(), "/admin?done=saved");
        ana.follow(&done).await.assert_status(200).assert_text("The Mesa Lantern").assert_text("Ana Duarte");
        let tree = town.town.db.read_now(sections::all).unwrap();
        assert_eq!(tree.under(None).map(|section| section.slug.as_str()).collect::<Vec<_>>(), ["news", "sports"]);
        let site = town.town.site();
        assert_eq!((site.place.as_str(), site.time_zone.as_str()), ("Mesa Verde Springs", "America/Los_Angeles"));

        let late = town.guest();
        late.get(&link).await.assert_status(410).assert_text("set up already");
        late.post(&link, &FILLED).await.assert_status(410);
    }

    async fn a_form_that_cannot_be_taken_comes_back_with_everything_but_the_password(kind) {
        let town = new_town(kind);
        let (link, ana) = (link(&town, 60_000), town.guest());
        let mut wrong = FILLED;
        wrong[0].1 = "";
        wrong[4].1 = "Mars/Olympus";
        wrong[7].1 = "a na";
        wrong[8].1 = "nobody";
        wrong[9].1 = "tooshort";
        let mut fields = wrong.to_vec();
        fields.push(("sections", "food"));
        let page = ana.post(&link, &fields).await;
        page.assert_status(422).assert_landmarks();
        for words in ["Give the site a name", "Choose a time zone", "Use only the letters", "Write an e-mail address", "at least 10 characters"] {
            page.assert_text(words);
        }
        let form = page.form("main form");
        for (field, value) in [("tagline", wrong[1].1), ("time_zone", "Mars/Olympus"), ("handle", "a na"), ("sections", "food")] {
            assert_eq!(form.value(field), Some(value), "{field}");
        }
        assert!(!page.text().contains("tooshort"));
        assert!(!town.town.is_set_up());
        ana.get(&link).await.assert_status(200);
    }

    async fn links_that_are_wrong_replaced_or_expired_are_gone(kind) {
        let town = new_town(kind);
        let replaced = link(&town, 60_000);
        let expiring = link(&town, 60_000);
        let guest = town.guest();
        for path in ["/setup/0000", &replaced] {
            guest.get(path).await.assert_status(410).assert_text("no longer works");
            guest.post(path, &FILLED).await.assert_status(410);
        }
        guest.get(&expiring).await.assert_status(200);
        town.pass(61_000);
        guest.get(&expiring).await.assert_status(410);
        guest.post(&expiring, &FILLED).await.assert_status(410);
        assert!(!town.town.is_set_up());
    }
}
