//! Joining on the desk: deciding on people, invitations, rules.

use super::*;
use ::people::{joining::Mode, testing::PASSWORD};
use testkit::Client;

/// Somebody who has asked to join, and proved their address.
async fn applicant(town: &TestTown, handle: &str, reason: &str) -> Client {
    let (client, proof, email) = (town.guest(), town.proof(), format!("{handle}@home.example"));
    let fields = [
        ("display_name", "Rosa Ibarra"),
        ("handle", handle),
        ("email", &email),
        ("password", PASSWORD),
        ("reason", reason),
        ("rules", "1"),
        ("proof", &proof),
    ];
    client.post("/join", &fields).await.assert_status(303);
    client.post(&town.link_in_letter(), &[]).await.assert_status(303);
    client
}

testkit::on_both! {
    async fn whoever_asked_is_let_in_and_told(kind) {
        let town = town(kind);
        town.open_to(Mode::Approval);
        let editor = town.actor("Ana Duarte", "editor");
        let rosa = applicant(&town, "rosa", "I live <b>by</b> the creek.").await;
        editor.client.get("/admin").await.assert_text("1 person waits to be let in");
        town.guest().get("/@rosa").await.assert_status(404);
        town.guest().get("/@rosa.rss").await.assert_status(404);
        let page = editor.client.get("/admin/joining").await;
        page.assert_status(200).assert_landmarks().assert_text("I live <b>by</b> the creek.").assert_text("rosa@home.example");
        let answer = editor.client.submit(&page, "form[action$='/admission']", &[]).await;
        assert_eq!(answer.location(), "/admin/joining?done=admitted");
        editor.client.follow(&answer).await.assert_text("Nobody waits");
        let letter = town.letters().pop().unwrap();
        assert_eq!((letter.email.as_str(), letter.subject.as_str()), ("rosa@home.example", "Welcome to The Mesa Lantern"));
        rosa.get("/settings").await.assert_status(200);
        town.guest().get("/@rosa").await.assert_status(200);
        editor.client.submit(&page, "form[action$='/admission']", &[]).await.assert_status(409);
        editor.client.submit(&page, "form[action$='/refusal']", &[]).await.assert_status(409);
    }

    async fn whoever_is_refused_is_told_why_and_nothing_is_kept(kind) {
        let town = town(kind);
        town.open_to(Mode::Approval);
        let editor = town.actor("Ana Duarte", "editor");
        let rosa = applicant(&town, "rosa", "Buy now.").await;
        let page = editor.client.get("/admin/joining").await;
        let long = "x".repeat(501);
        editor.client.submit(&page, "form[action$='/refusal']", &[("why", &long)]).await.assert_status(422).assert_landmarks();
        let answer = editor.client.submit(&page, "form[action$='/refusal']", &[("why", "We know nobody of this name.")]).await;
        assert_eq!(answer.location(), "/admin/joining?done=refused");
        let letter = town.letters().pop().unwrap();
        assert_eq!(letter.email, "rosa@home.example");
        assert!(letter.text.contains("We know nobody of this name."));
        rosa.get("/join/confirmation").await.assert_status(303);
        assert!(town.town.db.read_now(|tx| ::people::accounts::by_handle(tx, "rosa")).unwrap().is_none());
    }

    async fn invitations_are_made_looked_at_and_withdrawn(kind) {
        let town = town(kind);
        town.open_to(Mode::Invitation);
        let editor = town.actor("Ana Duarte", "editor");
        let form = editor.client.get("/admin/joining/invitations").await;
        form.assert_status(200).assert_landmarks();
        let wrong = editor.client.submit(&form, "main form", &[("note", "Choir"), ("places", "0"), ("days", "999")]).await;
        wrong.assert_status(422).assert_landmarks().assert_text("from 1 to 1,000").assert_text("from 1 to 365");
        assert_eq!(wrong.form("main form").value("note"), Some("Choir"));
        let made = editor.client.submit(&form, "main form", &[("note", "Choir"), ("places", "2"), ("days", "7")]).await;
        made.assert_status(200).assert_landmarks();
        let link = made.one("p.secret").replace("http://localhost", "");

        let (rosa, proof) = (town.guest(), town.proof());
        let page = rosa.get(&link).await;
        page.assert_status(200).assert_text("Ana Duarte invites you.");
        let fields = [("display_name", "Rosa"), ("handle", "rosa"), ("email", "rosa@home.example"), ("password", PASSWORD), ("rules", "1"), ("proof", &proof)];
        rosa.submit(&page, "main form", &fields).await.assert_status(303);
        let list = editor.client.get("/admin/joining").await;
        list.assert_status(200).assert_text("1 of 2");
        assert!(!list.text().contains(link.rsplit('/').next().unwrap()), "the link is shown once");
        let one = editor.client.get(&list.attr("td a", "href").unwrap()).await;
        one.assert_status(200).assert_landmarks().assert_text("@rosa").assert_text("yet to confirm");
        let answer = editor.client.submit(&one, "form[action$='/remove']", &[]).await;
        editor.client.follow(&answer).await.assert_text("Withdrawn");
        town.guest().get(&link).await.assert_status(410);
        editor.client.get("/admin/joining/invitations/1").await.assert_status(404);
    }

    async fn who_may_join_and_the_rules_are_the_administrators(kind) {
        let town = town(kind);
        let (boss, editor) = (town.actor("Ana Duarte", "administrator"), town.actor("Ed", "editor"));
        let page = boss.client.get("/admin/joining/rules").await;
        page.assert_status(200).assert_landmarks();
        assert_eq!(page.form("main form").value("joining"), Some("closed"));
        let wrong = boss.client.post("/admin/joining/rules", &[("joining", "moon"), ("house_rules", "No goats.")]).await;
        wrong.assert_status(422).assert_landmarks();
        assert!(wrong.form("main form").value("house_rules").unwrap().contains("No goats."));
        let long = "x".repeat(20_001);
        boss.client.post("/admin/joining/rules", &[("joining", "open"), ("house_rules", &long)]).await.assert_status(422);
        town.guest().get("/join").await.assert_status(403);
        boss.client.submit(&page, "main form", &[("joining", "open"), ("house_rules", "No *goats*.")]).await.assert_status(303);
        town.guest().get("/join").await.assert_status(200);
        assert_eq!(town.guest().get("/rules").await.one("main .prose em"), "goats");
        boss.client.post("/admin/joining/rules", &[("joining", "open"), ("house_rules", " ")]).await.assert_status(303);
        town.guest().get("/rules").await.assert_text("Be who you are.");
        boss.client.post("/admin/site", &[("name", "The Arroyo"), ("time_zone", "UTC"), ("language", "en")]).await.assert_status(303);
        town.guest().get("/join").await.assert_status(200);
        editor.client.get("/admin/joining/rules").await.assert_status(403);
        editor.client.post("/admin/joining/rules", &[("joining", "closed")]).await.assert_status(403);
    }

    async fn others_have_no_say(kind) {
        let town = town(kind);
        town.open_to(Mode::Approval);
        applicant(&town, "rosa", "I live here.").await;
        let id = town.town.db.read_now(|tx| ::people::accounts::by_handle(tx, "rosa")).unwrap().unwrap().id;
        let author = town.actor("Bert", "author");
        for path in ["/admin/joining", "/admin/joining/invitations", "/admin/joining/invitations/1"] {
            author.client.get(path).await.assert_status(403);
            assert!(town.guest().get(path).await.location().starts_with("/sign-in"));
        }
        for path in [format!("/admin/joining/people/{id}/admission"), format!("/admin/joining/people/{id}/refusal"), "/admin/joining/invitations/1/remove".into()] {
            author.client.post(&path, &[]).await.assert_status(403);
            town.guest().post(&path, &[]).await.assert_status(303);
        }
        author.client.post("/admin/joining/invitations", &[("places", "1"), ("days", "1")]).await.assert_status(403);
        assert_eq!(town.town.db.read_now(|tx| ::people::joining::count_waiting(tx, 9)).unwrap(), 1);
    }

    async fn a_site_says_at_its_setup_who_may_join(kind) {
        let town = TestTown::bare(kind, crate::routes().merge(::people::routes()), things::sections::links);
        let now = town.town.now();
        let token = town.town.db.write_now(move |tx| ::people::sign_in::issue(tx, ::people::sign_in::Purpose::Setup, None, 60_000, now)).unwrap();
        let client = town.guest();
        let page = client.get(&format!("/setup/{token}")).await;
        assert_eq!(page.form("main form").value("joining"), Some("closed"));
        let fields = [("name", "The Arroyo"), ("time_zone", "UTC"), ("display_name", "Ana"), ("handle", "ana"), ("email", "ana@town.example"), ("password", PASSWORD), ("joining", "approval")];
        client.submit(&page, "main form", &fields).await.assert_status(303);
        assert_eq!(town.town.site().joining, Mode::Approval);
    }

    async fn accounts_on_their_way_in_are_marked_and_keep_their_handle_apart(kind) {
        let town = town(kind);
        town.open_to(Mode::Approval);
        let boss = town.actor("Ana Duarte", "administrator");
        applicant(&town, "rosa", "I live here.").await;
        boss.client.get("/admin/people").await.assert_text("Waits to be let in");
        let invited = [("display_name", "Rosa Two"), ("handle", "r0sa"), ("email", "r@home.example"), ("level", "author")];
        boss.client.post("/admin/people", &invited).await.assert_status(422).assert_text("looks too much like");
    }
}
