//! Whoever has no account reports what they read, with a proof of work, and hears of it by letter.

use http::StatusCode;
use std::net::IpAddr;
use testkit::{Client, Page};

use super::*;

/// What a guest fills in, without what they prove.
const FILLED: [(&str, &str); 5] =
    [("rule", "2"), ("words", "This is rude, in the second line"), ("name", "Ann Lee"), ("email", "ann@home.example"), ("faith", "1")];

/// Sends the form with a proof.
async fn send(news: &Newsroom, client: &Client, path: &str, fields: &[(&str, &str)]) -> Page {
    let proof = news.town.proof();
    let fields: Vec<_> = fields.iter().copied().chain([("proof", proof.as_str())]).collect();
    client.post(path, &fields).await
}

/// A fresh town with a note of Rosa's, and where it is reported.
async fn town(kind: testkit::Kind) -> (Newsroom, Actor, String) {
    let news = Newsroom::new(kind);
    let rosa = news.town.actor("Rosa Ito", "member");
    let id = post(&rosa, "You are all fools").await;
    (news, rosa, format!("/reports/note/{id}"))
}

fn reports(news: &Newsroom) -> i64 {
    news.town.town.db.read_now(|tx| tx.one("select count(*) from reports", db::params![], |row| row.get(0))).unwrap()
}

testkit::on_both! {
    async fn a_guest_reports_and_hears_what_was_decided(kind) {
        let (news, _, path) = town(kind).await;
        let (guest, mo) = (news.town.guest(), news.town.actor("Mo Reyes", "moderator"));
        let form = guest.get(&path).await;
        form.assert_status(200).assert_landmarks().assert_text("You are all fools").assert_text("in good faith");
        let proof = news.town.proof();
        let wrong = guest.submit(&form, "#report", &[("words", ""), ("name", "Ann <Lee>"), ("email", "ann"), ("proof", &proof)]).await;
        wrong.assert_status(422).assert_landmarks().assert_text("Choose the rule").assert_text("Say in a sentence why").assert_text("Write an e-mail address").assert_text("Tick this");
        let kept = wrong.form("#report");
        assert_eq!((kept.value("name"), kept.value("email")), (Some("Ann <Lee>"), Some("ann")), "nothing written is lost");
        let sent = guest.submit(&wrong, "#report", &[("rule", "2"), ("words", "This is rude"), ("email", "ann@home.example"), ("faith", "1"), ("proof", &proof)]).await;
        assert_eq!(sent.location(), format!("{path}/received?told=1"));
        guest.follow(&sent).await.assert_status(200).assert_landmarks().assert_text("Thank you").assert_text("A letter to the address");
        let came = news.town.letters().pop().unwrap();
        assert_eq!((came.email.as_str(), came.name.as_str()), ("ann@home.example", ""));
        assert!(came.subject.contains("has reached") && came.text.contains("http://localhost/@rosa_ito/") && !came.text.contains("rude"), "{}", came.text);
        let case = mo.client.get("/admin/queue").await.attr(".queue a", "href").unwrap();
        let page = mo.client.get(&case).await;
        page.assert_landmarks().assert_text("A guest, by their own words Ann <Lee>").assert_text("This is rude").assert_text("1 report").assert_text("is told by letter");
        assert!(!page.has_text("ann@home.example"), "where they are told is nobody's to see");
        mo.client.submit(&page, "form[action$=decision]", &[("act", "remove")]).await.assert_status(303);
        let told = news.town.letters().into_iter().rfind(|letter| letter.email == "ann@home.example").unwrap();
        assert!(told.subject.contains("is decided") && told.text.contains("Something was done"), "{}", told.text);
        guest.get(&path).await.assert_status(404);
        news.town.guest().get("/moderation").await.assert_text("by anybody").assert_text("A post was removed");
        assert!(!news.town.guest().get("/moderation").await.has_text("Ann"));
    }

    async fn what_is_sent_without_a_proof_is_not_taken(kind) {
        let (news, _, path) = town(kind).await;
        let guest = news.town.guest();
        guest.post(&path, &FILLED).await.assert_status(422).assert_text("open for too long");
        let proof = news.town.proof();
        let fields: Vec<_> = FILLED.iter().copied().chain([("proof", proof.as_str())]).collect();
        guest.post(&path, &fields).await.assert_status(303);
        guest.post(&path, &fields).await.assert_status(422).assert_text("sent before");
        let forged = guest.clone().with_header("sec-fetch-site", "cross-site");
        send(&news, &forged, &path, &FILLED).await.assert_status(403);
        assert_eq!(reports(&news), 1);
    }

    async fn without_javascript_the_form_takes_half_a_minute_and_few_are_taken(kind) {
        let (news, _, path) = town(kind).await;
        let guest = news.town.guest();
        let page = guest.get(&path).await;
        assert!(page.has("main noscript"));
        let early = guest.submit(&page, "#report", &FILLED).await;
        early.assert_status(422).assert_text("send it again in 30 seconds");
        news.town.pass(people::proof::TICKET_WAIT_MS);
        guest.submit(&early, "#report", &[]).await.assert_status(303);
        for last in [303, 303, 422] {
            let page = guest.get(&path).await;
            news.town.pass(people::proof::TICKET_WAIT_MS);
            let fields: Vec<_> = FILLED.iter().copied().filter(|(name, _)| *name != "email").collect();
            guest.submit(&page, "#report", &fields).await.assert_status(last);
        }
        assert_eq!(reports(&news), 3);
    }

    async fn nobody_floods_the_queue_from_one_place(kind) {
        let (news, _, path) = town(kind).await;
        while news.town.town.limits.report_guest.by_address(IpAddr::from([192, 0, 2, 10])).is_ok() {}
        let limited = send(&news, &news.town.guest(), &path, &FILLED).await;
        limited.assert_status(429).assert_landmarks().assert_text("Much was reported");
        assert_eq!(limited.form("#report").value("words"), Some(FILLED[1].1));
        let elsewhere = news.town.guest().from_address("198.51.100.7");
        send(&news, &elsewhere, &path, &FILLED).await.assert_status(303);
        while news.town.town.limits.report_network.by_network(IpAddr::from([198, 51, 100, 9])).is_ok() {}
        send(&news, &elsewhere, &path, &FILLED).await.assert_status(429);
        assert_eq!(reports(&news), 1);
    }

    async fn letters_to_an_address_that_nobody_proved_are_few(kind) {
        let (news, _, path) = town(kind).await;
        let guests = ["198.51.100.7", "198.51.101.7", "198.51.102.7", "198.51.103.7"].map(|address| news.town.guest().from_address(address));
        for guest in &guests[..3] {
            send(&news, guest, &path, &FILLED).await.assert_status(303);
        }
        send(&news, &guests[3], &path, &FILLED).await.assert_status(422).assert_text("Several letters went");
        let without: Vec<_> = FILLED.iter().copied().filter(|(name, _)| *name != "email").collect();
        let sent = send(&news, &guests[3], &path, &without).await;
        guests[3].follow(&sent).await.assert_text("You left no e-mail address");
        assert_eq!((news.town.letters().len(), reports(&news)), (3, 4));
    }

    async fn whoever_is_barred_signs_in_to_report(kind) {
        let (news, _, path) = town(kind).await;
        let eve = news.town.actor("Eve Oak", "administrator");
        let bar = [("value", "198.51.100.0/24"), ("reason", "Robots"), ("for", "7")];
        eve.client.clone().from_address("203.0.113.1").post("/admin/blocks", &bar).await.assert_status(303);
        let barred = news.town.guest().from_address("198.51.100.7");
        send(&news, &barred, &path, &FILLED).await.assert_status(422).assert_text("from this network");
        let sam = news.town.actor("Sam Park", "member");
        sam.client.clone().from_address("198.51.100.7").post(&path, &[("rule", "2")]).await.assert_status(303);
        assert_eq!(reports(&news), 1);
    }

    async fn guests_report_what_they_can_read_and_nothing_else(kind) {
        let (news, rosa, _) = town(kind).await;
        let guest = news.town.guest();
        for audience in ["members", "only_me"] {
            let posted = rosa.client.post("/notes", &[("body", "Not for all"), ("audience", audience)]).await;
            let id: PostId = posted.assert_status(303).location().split(['/', '?']).nth(2).unwrap().parse().unwrap();
            guest.get(&format!("/reports/note/{id}")).await.assert_status(404);
            send(&news, &guest, &format!("/reports/note/{id}"), &FILLED).await.assert_status(404);
            guest.get(&format!("/reports/note/{id}/received")).await.assert_status(404);
        }
        let profile = format!("/reports/profile/{}", rosa.id);
        assert!(news.town.guest().get("/@rosa_ito").await.has(&format!("a[href='{profile}']")));
        guest.get(&profile).await.assert_status(200);
        let id = rosa.id;
        news.town.town.db.write_now(move |tx| tx.run("update accounts set locked_at = 1 where id = $1", db::params![id])).unwrap();
        guest.get(&profile).await.assert_status(404);
        assert_eq!(reports(&news), 0);
    }

    async fn everything_that_guests_read_leads_to_its_report(kind) {
        let (news, rosa, path) = town(kind).await;
        let story = news.story("The old pipe leaks", news.water, DAY);
        comment(&rosa, story, "You fool").await;
        let guest = news.town.guest();
        let there = guest.get(&format!("/stories/{story}/the-old-pipe-leaks")).await;
        assert!(there.has(&format!("a[href='/reports/story/{story}']")) && there.has("article.comment a[href^='/reports/comment/']"));
        let id = path.rsplit('/').next().unwrap();
        assert!(guest.get(&format!("/@rosa_ito/{id}")).await.has(&format!("a[href='{path}']")));
        assert!(guest.get(&path).await.has(&format!("a[href='/sign-in?next=%2Freports%2Fnote%2F{id}']")));
        assert_eq!(guest.get(&path).await.status, StatusCode::OK);
    }
}
