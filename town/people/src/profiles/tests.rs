//! Profiles through the front door, on both databases.
#![allow(clippy::unwrap_used)]

use testkit::{Attachment, Reply, Web};

use super::{Fact, ProveLinks, own, profile::parse_url, proof::is_home, prove_links, store::read, whole};
use crate::{
    AccountId,
    connections::{self, ShownTo},
    pictures, profiles,
    testing::{Actor, TestTown},
};

const FORM: &str = "form[action='/settings/profile']";

async fn run(town: &TestTown) -> usize {
    let (proving, clock) = (town.town.clone(), town.town.clone());
    let queue = jobs::Queue::builder(town.town.db.clone())
        .clock(move || clock.now())
        .on(move |context, links: ProveLinks| prove_links(proving.clone(), context, links))
        .build();
    queue.run_due().await
}

fn profile(town: &TestTown, of: AccountId) -> profiles::Profile {
    town.town.db.read_now(move |tx| own(tx, of)).unwrap()
}

async fn save(actor: &Actor, fields: &[(&str, &str)]) -> testkit::Page {
    let page = actor.client.get("/settings/profile").await;
    actor.client.submit(&page, FORM, fields).await
}

testkit::on_both! {
    async fn facts_and_links_are_kept_with_who_sees_them(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "member");
        assert_eq!(town.guest().get("/settings/profile").await.location(), "/sign-in?next=%2Fsettings%2Fprofile");
        rosa.client.get("/settings/profile").await.assert_status(200).assert_landmarks();
        let fields = [("pronouns", " she / her\t"), ("pronouns_to", "public"), ("place", "Mesquite Flats"), ("place_to", "connections"), ("link_1", "www.rosa.example/me"), ("link_1_to", "members"), ("link_3", "https://www.rosa.example/me")];
        let answer = save(&rosa, &fields).await;
        assert_eq!(answer.location(), "/settings/profile?done=saved");
        let said = profile(&town, rosa.id);
        assert_eq!(said.facts.iter().map(|told| (told.fact, told.value.as_str(), told.shown_to)).collect::<Vec<_>>(), [
            (Fact::Pronouns, "she / her", ShownTo::Public),
            (Fact::Place, "Mesquite Flats", ShownTo::Connections),
        ]);
        assert_eq!(said.links.iter().map(|link| (link.url.as_str(), link.words(), link.proved)).collect::<Vec<_>>(), [("https://www.rosa.example/me", "rosa.example/me", false)], "the same page once");
        let page = rosa.client.get("/settings/profile").await;
        assert_eq!((page.form(FORM).value("place"), page.form(FORM).value("place_to")), (Some("Mesquite Flats"), Some("connections")));
        // Left empty it is taken back.
        save(&rosa, &[("place", ""), ("link_1", "")]).await.assert_status(303);
        let said = profile(&town, rosa.id);
        assert_eq!((said.facts.len(), said.links.len()), (1, 0));
    }

    async fn each_fact_is_seen_by_whom_it_is_for(kind) {
        let town = TestTown::of_people(kind);
        let [rosa, friend, other] = ["Rosa", "Ben", "Dee"].map(|name| town.actor(name, "member"));
        let (rosa_id, friend_id) = (rosa.id, friend.id);
        town.town.db.write_now(move |tx| -> web::Result<()> {
            connections::ask(tx, rosa_id, friend_id, 1)?;
            connections::accept(tx, friend_id, rosa_id, 2)
        }).unwrap();
        for (audience, seen) in [("public", [true, true, true, true]), ("members", [false, true, true, true]), ("connections", [false, false, true, true]), ("only_me", [false, false, false, true]), ("neighbours", [false, false, false, true])] {
            rosa.client.post("/settings/profile", &[("place", "Flats"), ("place_to", audience), ("link_1", "rosa.example"), ("link_1_to", audience)]).await.assert_status(303);
            for (viewer, sees) in [None, Some(other.id), Some(friend.id), Some(rosa.id)].into_iter().zip(seen) {
                let reader = viewer.map_or(0, AccountId::get);
                let found = town.town.db.read_now(move |tx| read(tx, rosa_id, reader)).unwrap();
                assert_eq!((found.facts.len(), found.links.len()), (usize::from(sees), usize::from(sees)), "{audience} {viewer:?}");
            }
        }
    }

    async fn what_cannot_be_taken_comes_back_as_it_was(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "member");
        let long = "a".repeat(81);
        let page = save(&rosa, &[("place", &long), ("link_1", "javascript://x.example/%0aalert(1)"), ("link_2", "https://rosa.example")]).await;
        page.assert_status(422).assert_text("Use at most 80 characters.").assert_text("Write the address of a page");
        let form = page.form(FORM);
        assert_eq!((form.value("place"), form.value("link_1")), (Some(long.as_str()), Some("javascript://x.example/%0aalert(1)")));
        assert_eq!(profile(&town, rosa.id), profiles::Profile::default());
    }

    async fn a_wide_picture_is_used_until_it_is_removed(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "member");
        let mut form = rosa.client.get("/settings/profile").await.form(FORM);
        form.attach(Attachment::new("cover", "wide.png", "image/png", pictures::tests::PNG));
        rosa.client.submit_form(&form).await.assert_status(303);
        let key = profile(&town, rosa.id).cover.unwrap();
        let used = |key: String| town.town.db.read_now(move |tx| crate::uses::used_among(tx, std::slice::from_ref(&key))).unwrap().len();
        assert_eq!(used(key.clone()), 1);
        save(&rosa, &[("without_cover", "1")]).await.assert_status(303);
        assert_eq!((profile(&town, rosa.id).cover, used(key)), (None, 0));
    }

    async fn a_link_is_proved_by_a_page_that_leads_back(kind) {
        let town = TestTown::of_people(kind);
        let rosa = town.actor("Rosa", "member");
        let web = Web::open();
        for host in ["rosa.example", "other.example", "inward.example"] {
            town.pins.set(host, web.address());
        }
        let home = format!("{}/@Rosa/", town.town.origin());
        web.serve("http://rosa.example/", Reply::html(&format!("<a rel='noopener me' href='{home}'>me</a>")));
        web.serve("http://other.example/", Reply::html(&format!("<a href='{home}'>not me</a>")));
        web.serve("http://inward.example/", Reply::redirect("http://127.0.0.1:9/"));
        save(&rosa, &[("link_1", "http://rosa.example"), ("link_2", "http://other.example"), ("link_3", "http://inward.example"), ("link_4", "http://only.example"), ("link_4_to", "only_me")]).await.assert_status(303);
        run(&town).await;
        let proved = |town: &TestTown| profile(town, rosa.id).links.iter().map(|link| link.proved).collect::<Vec<_>>();
        assert_eq!(proved(&town), [true, false, false, false]);
        // Saved again it stays proved, and is not asked again at once.
        assert_eq!(web.asked().len(), 3, "the inward one is asked, and not what it leads to");
        save(&rosa, &[("pronouns", "they")]).await.assert_status(303);
        run(&town).await;
        assert_eq!((proved(&town)[0], web.asked().len()), (true, 0));
        // A month later it leads back no more.
        web.serve("http://rosa.example/", Reply::html("<p>Moved</p>"));
        town.pass(31 * 24 * 60 * 60 * 1000);
        run(&town).await;
        assert_eq!(proved(&town), [false; 4]);
    }

    async fn a_profile_goes_out_and_comes_back_in_without_its_proofs(kind) {
        let town = TestTown::of_people(kind);
        let [rosa, ben] = ["Rosa", "Ben"].map(|name| town.actor(name, "member"));
        save(&rosa, &[("place", "Flats"), ("place_to", "only_me"), ("link_1", "rosa.example")]).await.assert_status(303);
        let (from, to) = (rosa.id, ben.id);
        town.town.db.write_now(move |tx| {
            tx.run("update profile_links set proved_at = 1", db::params![])?;
            let lines = whole::lines(tx, None, 9)?;
            assert_eq!((lines.len(), &lines[0]), (1, &whole::line(tx, from)?));
            let line = whole::Line { account: to, cover: Some("no key".into()), ..lines[0].clone() };
            assert!(whole::put(tx, &line, 5)?);
            assert!(!whole::put(tx, &line, 5)?, "what somebody says here holds");
            let came = own(tx, to)?;
            assert_eq!((came.cover, came.links[0].proved, came.facts[0].shown_to), (None, false, ShownTo::OnlyMe));
            Ok::<_, db::Error>(())
        }).unwrap();
    }
}

#[test]
fn addresses_are_those_of_pages_on_the_web() {
    for (typed, url) in [
        ("rosa.example", "https://rosa.example/"),
        (" HTTP://Rosa.Example/Me?x#y ", "http://rosa.example/Me?x#y"),
        ("rosa.example:8443/x", "https://rosa.example:8443/x"),
    ] {
        assert_eq!(parse_url(typed), Ok(Some(url.into())), "{typed}");
    }
    assert_eq!(parse_url("  "), Ok(None));
    for typed in [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://rosa.example",
        "https://rosa:pw@rosa.example",
        "localhost",
        "https://",
        "two words",
        "rosa.example.",
    ] {
        assert!(parse_url(typed).is_err(), "{typed}");
    }
    assert!(parse_url(&format!("rosa.example/{}", "a".repeat(300))).is_err());
}

#[test]
fn a_home_is_known_whatever_its_case_and_its_last_slash() {
    let home = "https://town.example/@rosa";
    assert!(is_home(" https://town.example/@Rosa/ ", home) && is_home(home, home));
    assert!(!is_home("https://town.example/@rosalba", home) && !is_home("https://town.example.evil.example/@rosa", home));
}
