#![allow(clippy::unwrap_used)]

mod limits;

use crate::newsroom::{DAY, HOUR, Newsroom, content};
use people::{
    AccountId,
    connections::{self, ShownTo},
    finding,
    testing::Actor,
};
use testkit::Client;
use things::stories::Content;

const STREAM: &str = "text/vnd.turbo-stream.html, text/html, application/xhtml+xml";

fn turbo(actor: &Actor) -> Client {
    actor.client.clone().with_header("accept", STREAM)
}

fn three(news: &Newsroom) -> [Actor; 3] {
    ["Rosa Mora", "Ben Oak", "Dee Alvarez"].map(|name| news.town.actor(name, "member"))
}

fn follows(news: &Newsroom, account: AccountId, target: i64) -> bool {
    news.town.town.db.read_now(move |tx| connections::follows(tx, account, target)).unwrap()
}

fn friends(news: &Newsroom, one: AccountId, other: AccountId) -> bool {
    news.town.town.db.read_now(move |tx| connections::are_connected(tx, one, other)).unwrap()
}

async fn act(actor: &Actor, who: &Actor, path: &str) -> testkit::Page {
    actor.client.post(&format!("/connections/{}/{path}", who.id), &[("back", "/connections"), ("part", "")]).await
}

testkit::on_both! {
    async fn people_sections_and_topics_are_followed_by_their_buttons(kind) {
        let news = Newsroom::new(kind);
        let [rosa, ..] = three(&news);
        news.publish(&Content { topics: vec!["Waterline".into()], ..content("The new pipe", news.water) }, HOUR);
        for page in ["/sections/water", "/topics/waterline", "/@ana_duarte"] {
            let shown = rosa.client.get(page).await;
            shown.assert_status(200).assert_landmarks();
            assert!(shown.one("form.follow button").starts_with("Follow "), "{page}");
            let answer = rosa.client.submit(&shown, "form.follow", &[]).await;
            assert_eq!(answer.location(), format!("{page}?done=followed"));
            let after = rosa.client.get(&answer.location()).await;
            after.assert_text("You follow this now.");
            assert!(after.one("form.follow button").starts_with("Following"), "{page}");
            let undone = rosa.client.submit(&after, "form.follow", &[]).await;
            assert_eq!(undone.location(), format!("{page}?done=unfollowed"));
        }
        assert!(!follows(&news, rosa.id, news.water.get()));
    }

    async fn with_scripts_only_the_button_changes(kind) {
        let news = Newsroom::new(kind);
        let [rosa, ..] = three(&news);
        let path = format!("/connections/{}/follow", news.water);
        let answer = turbo(&rosa).post(&path, &[("back", "/sections/water"), ("part", "button")]).await;
        answer.assert_status(200);
        assert!(answer.header("content-type").unwrap().starts_with("text/vnd.turbo-stream.html"));
        assert!(answer.text().contains(&format!("targets=\"form.follow[data-target='{}']\"", news.water)));
        assert!(answer.text().contains("Following") && follows(&news, rosa.id, news.water.get()));
        // On somebody's page all that can be done with them changes with it.
        let answer = turbo(&rosa).post(&format!("/connections/{}/follow", news.ana.id), &[("back", "/@ana_duarte"), ("part", "panel")]).await;
        assert!(answer.text().contains(&format!("targets=\".connect[data-target='{}']\"", news.ana.id)));
        assert!(answer.text().contains("You follow this now.") && follows(&news, rosa.id, news.ana.id.get()));
    }

    async fn a_guest_signs_in_first_and_comes_back(kind) {
        let news = Newsroom::new(kind);
        let guest = news.town.guest();
        let shown = guest.get("/sections/water").await;
        let answer = guest.submit(&shown, "form.follow", &[]).await;
        assert_eq!(answer.location(), "/sign-in?next=%2Fsections%2Fwater");
        assert_eq!(guest.get("/square").await.location(), "/square/local", "what everyone here says is there for guests");
        for path in ["/connections", "/connections/blocked", "/lists"] {
            assert!(guest.get(path).await.location().starts_with("/sign-in"), "{path}");
        }
    }

    async fn what_is_not_there_cannot_be_followed_nor_befriended(kind) {
        let news = Newsroom::new(kind);
        let [rosa, ben, _] = three(&news);
        for id in ["1", "x", "-5", "99999999999999999999"] {
            for path in ["follow", "request", "mute", "block", "lists", "dismissal"] {
                let answer = rosa.client.post(&format!("/connections/{id}/{path}"), &[("back", "/"), ("lasts", "day")]).await;
                assert_eq!(answer.status.as_u16(), 404, "{id} {path}");
            }
        }
        rosa.client.post(&format!("/connections/{}/request", news.water), &[]).await.assert_status(404);
        for path in ["follow", "request", "mute", "block"] {
            rosa.client.post(&format!("/connections/{}/{path}", rosa.id), &[("lasts", "day")]).await.assert_status(403);
        }
        let id = ben.id;
        news.town.town.db.write_now(move |tx| people::accounts::set_suspended(tx, id, true, 1)).unwrap();
        act(&rosa, &ben, "follow").await.assert_status(404);
        rosa.client.post(&format!("/connections/{}/mute", ben.id), &[("lasts", "day")]).await.assert_status(404);
    }

    async fn a_way_back_leads_nowhere_else(kind) {
        let news = Newsroom::new(kind);
        let [rosa, ben, _] = three(&news);
        let answer = rosa.client.post(&format!("/connections/{}/follow", ben.id), &[("back", "//evil.example")]).await;
        assert_eq!(answer.location(), "/?done=followed");
        let answer = rosa.client.post(&format!("/connections/{}/mute", ben.id), &[("back", "https://evil.example/"), ("lasts", "day")]).await;
        assert_eq!(answer.location(), "/?done=muted");
    }

    async fn friendship_is_asked_for_and_agreed_to(kind) {
        let news = Newsroom::new(kind);
        let [rosa, ben, _] = three(&news);
        let shown = rosa.client.get("/@ben_oak").await;
        let asked = rosa.client.submit(&shown, "form[action$='/request']", &[]).await;
        rosa.client.get(&asked.location()).await.assert_text("You are friends as soon as they agree.").assert_text("Take back the request");
        let menu = ben.client.get("/").await;
        menu.assert_text("Connections (1 request)");
        assert_eq!(menu.one(".masthead .menu .waiting"), "1");
        let overview = ben.client.get("/connections").await;
        overview.assert_status(200).assert_landmarks().assert_text("They ask to be your friends");
        ben.client.get("/@rosa_mora").await.assert_text("Rosa Mora asks to be your friend.");
        let agreed = ben.client.submit(&overview, "form[action$='/request/acceptance']", &[]).await;
        assert_eq!(agreed.location(), "/connections?done=friends");
        let after = ben.client.get(&agreed.location()).await;
        after.assert_text("You are friends now");
        assert!(!after.has(".masthead .menu .waiting") && !after.has_text("They ask to be your friends"));
        assert!(friends(&news, rosa.id, ben.id) && follows(&news, rosa.id, ben.id.get()) && follows(&news, ben.id, rosa.id.get()));
        let page = rosa.client.get("/@ben_oak").await;
        page.assert_text("Friends").assert_text("Follows you");
        rosa.client.submit(&page, "form[action$='/friendship/removal']", &[]).await.assert_status(303);
        assert!(!friends(&news, rosa.id, ben.id) && follows(&news, rosa.id, ben.id.get()));
    }

    async fn a_refusal_is_not_told_and_what_was_asked_can_be_taken_back(kind) {
        let news = Newsroom::new(kind);
        let [rosa, ben, _] = three(&news);
        act(&rosa, &ben, "request").await.assert_status(303);
        act(&ben, &rosa, "request/refusal").await.assert_status(303);
        rosa.client.get("/connections").await.assert_text("You asked them").assert_text("Ben Oak");
        act(&rosa, &ben, "request/removal").await.assert_status(303);
        assert!(!rosa.client.get("/connections").await.has_text("You asked them"));
        act(&ben, &rosa, "request/acceptance").await.assert_status(409).assert_text("taken back meanwhile");
        assert!(!friends(&news, rosa.id, ben.id));
    }

    async fn a_block_makes_two_people_invisible_to_each_other(kind) {
        let news = Newsroom::new(kind);
        let [rosa, ben, dee] = three(&news);
        for (one, other) in [(&rosa, &ben), (&ben, &dee), (&rosa, &dee)] {
            act(one, other, "follow").await.assert_status(303);
        }
        act(&ben, &rosa, "request").await.assert_status(303);
        let page = rosa.client.get("/@ben_oak").await;
        let blocked = rosa.client.submit(&page, "form[action$='/block']", &[]).await;
        assert_eq!(blocked.location(), "/@ben_oak?done=blocked");
        // Who blocks sees that they do, and can lift it; who is blocked sees what anybody sees where nobody is.
        rosa.client.get("/@ben_oak").await.assert_status(200).assert_landmarks().assert_text("You block them");
        let (gone, never) = (ben.client.get("/@rosa_mora").await, ben.client.get("/@nobody_here").await);
        gone.assert_status(404);
        let seen = |page: &testkit::Page| (page.select_text("main"), page.select_text("title"));
        assert_eq!(seen(&gone), seen(&never));
        for tab in ["followers", "following", "friends"] {
            ben.client.get(&format!("/@rosa_mora/{tab}")).await.assert_status(404);
        }
        for path in ["follow", "request"] {
            act(&ben, &rosa, path).await.assert_status(404);
            act(&rosa, &ben, path).await.assert_status(404);
        }
        assert!(!follows(&news, rosa.id, ben.id.get()) && !rosa.client.get("/connections").await.has_text("They ask to be your friends"));
        // Nor on the pages of others, nor by name.
        assert_eq!(rosa.client.get("/@dee_alvarez/followers").await.select_text(".connected h3 a"), ["Rosa Mora"]);
        assert_eq!(ben.client.get("/@dee_alvarez/followers").await.select_text(".connected h3 a"), ["Ben Oak"]);
        assert!(!ben.client.get("/connections?q=rosa").await.has(".connected h3 a[href='/@rosa_mora']"));
        let list = rosa.client.get("/connections/blocked").await;
        list.assert_landmarks().assert_text("Ben Oak");
        rosa.client.submit(&list, "form[action$='/block/removal']", &[]).await.assert_status(303);
        ben.client.get("/@rosa_mora").await.assert_status(200);
        assert!(!follows(&news, rosa.id, ben.id.get()), "what it ended stays ended");
    }

    async fn stories_stay_readable_with_their_bylines(kind) {
        let news = Newsroom::new(kind);
        let [rosa, ..] = three(&news);
        let story = news.story("The new pipe", news.water, HOUR);
        act(&rosa, &news.ana, "block").await.assert_status(303);
        for actor in [&rosa, &news.ana] {
            actor.client.get(&format!("/stories/{story}/the-new-pipe")).await.assert_status(200).assert_text("Ana Duarte");
            actor.client.get("/sections/water").await.assert_text("The new pipe");
        }
        assert!(!rosa.client.get("/authors").await.has_text("Ana Duarte"), "but not as a person among persons");
        news.town.guest().get("/authors").await.assert_text("Ana Duarte");
    }

    async fn a_mute_lasts_as_long_as_was_said(kind) {
        let news = Newsroom::new(kind);
        let [rosa, ben, _] = three(&news);
        let page = rosa.client.get("/@ben_oak").await;
        rosa.client.submit(&page, "form[action$='/mute']", &[("lasts", "day")]).await.assert_status(303);
        rosa.client.get("/connections/blocked").await.assert_landmarks().assert_text("Ben Oak").assert_text("Until");
        rosa.client.get("/@ben_oak").await.assert_text("Muted: what they write");
        ben.client.get("/@rosa_mora").await.assert_status(200);
        news.town.pass(DAY);
        rosa.client.get("/connections/blocked").await.assert_text("Nobody but you sees this page");
        assert!(!rosa.client.get("/connections/blocked").await.has_text("Ben Oak"));
        rosa.client.post(&format!("/connections/{}/mute", ben.id), &[("lasts", "ever")]).await.assert_status(422);
        rosa.client.post(&format!("/connections/{}/mute", ben.id), &[("lasts", "always")]).await.assert_status(303);
        news.town.pass(400 * DAY);
        let muted = news.town.town.db.read_now({ let (rosa, now) = (rosa.id, news.town.town.now()); move |tx| people::blocks::muted_by(tx, rosa, now) }).unwrap();
        assert_eq!(muted, [ben.id].into());
    }

    async fn a_follower_can_be_removed(kind) {
        let news = Newsroom::new(kind);
        let [rosa, ben, _] = three(&news);
        act(&ben, &rosa, "follow").await.assert_status(303);
        let list = rosa.client.get("/@rosa_mora/followers").await;
        list.assert_landmarks().assert_text("Your followers");
        assert_eq!(list.select_text(".connected h3 a"), ["Ben Oak"]);
        let removed = rosa.client.submit(&list, "form[action$='/follower/removal']", &[]).await;
        assert_eq!(removed.location(), "/@rosa_mora/followers?done=follower-removed");
        rosa.client.get(&removed.location()).await.assert_text("Nobody follows you yet");
        assert!(!follows(&news, ben.id, rosa.id.get()));
    }

    async fn tabs_are_seen_by_whom_their_owner_chose(kind) {
        let news = Newsroom::new(kind);
        let [rosa, ben, dee] = three(&news);
        act(&rosa, &ben, "request").await.assert_status(303);
        act(&ben, &rosa, "request/acceptance").await.assert_status(303);
        let guest = news.town.guest();
        let mut seen = Vec::new();
        for shown_to in ShownTo::ALL {
            let answer = rosa.client.post("/connections/choices", &[("shown_to", shown_to.name())]).await;
            assert_eq!(answer.location(), "/connections?done=saved");
            let mut row = Vec::new();
            for client in [&guest, &dee.client, &ben.client, &rosa.client] {
                let page = client.get("/@rosa_mora/friends").await;
                let shown = page.status.as_u16() == 200 && page.has_text("Ben Oak");
                assert_eq!(client.get("/@rosa_mora").await.has(".ties"), shown, "{shown_to:?}");
                row.push(shown);
            }
            seen.push(row);
        }
        assert_eq!(seen, [[true, true, true, true], [false, true, true, true], [false, false, true, true], [false, false, false, true]]);
        assert!(guest.get("/@rosa_mora/friends").await.location().starts_with("/sign-in"));
        dee.client.get("/@rosa_mora/friends").await.assert_status(403).assert_landmarks();
        rosa.client.post("/connections/choices", &[("shown_to", "everybody")]).await.assert_status(422).assert_landmarks();
    }

    async fn lists_of_connections_are_paged_and_searched(kind) {
        let news = Newsroom::new(kind);
        let [rosa, ..] = three(&news);
        let target = rosa.id;
        news.town.town.db.write_now(move |tx| {
            for number in 0..45_i64 {
                let handle = format!("reader_{number}");
                let new = people::accounts::NewAccount { handle: text::handle::parse(&handle).unwrap(), name: format!("Reader {number}"), email: None, level: "member".into() };
                let reader = people::accounts::insert(tx, &new, None, 0)?;
                connections::follow(tx, reader, target.get(), number)?;
            }
            Ok::<_, web::Error>(())
        }).unwrap();
        let first = rosa.client.get("/@rosa_mora/followers").await;
        assert_eq!(first.count(".connected > li"), 40);
        let rest = rosa.client.get(&first.attr("a[rel=next]", "href").unwrap()).await;
        assert_eq!(rest.select_text(".connected h3 a").last().unwrap(), "Reader 0");
        assert_eq!(rest.count(".connected > li"), 5);
        let found = rosa.client.get("/@rosa_mora/followers?q=reader_7").await;
        assert_eq!(found.select_text(".connected h3 a"), ["Reader 7"]);
        found.assert_landmarks();
        rosa.client.get("/@rosa_mora/followers?q=nobody").await.assert_text("Nobody by this name");
        rosa.client.get("/@rosa_mora/followers?before=x").await.assert_status(400);
        news.town.guest().get("/@nobody_here/followers").await.assert_status(404);
        assert!(rosa.client.get("/@rosa_mora").await.has_text("45 followers"));
    }

    async fn suggestions_have_a_reason_and_can_be_waved_off(kind) {
        let news = Newsroom::new(kind);
        let [rosa, ben, dee] = three(&news);
        let zoe = news.town.actor("Zoe Lind", "member");
        // Rosa's friend Ben is Dee's friend; Ana writes in what Rosa follows; Zoe follows it, too.
        for (one, other) in [(&rosa, &ben), (&ben, &dee)] {
            act(one, other, "request").await.assert_status(303);
            act(other, one, "request/acceptance").await.assert_status(303);
        }
        news.story("The new pipe", news.water, HOUR);
        for actor in [&rosa, &zoe] {
            actor.client.post(&format!("/connections/{}/follow", news.water), &[]).await.assert_status(303);
        }
        let page = rosa.client.get("/connections").await;
        page.assert_landmarks();
        assert_eq!(page.select_text("#suggestions h3 a"), ["Dee Alvarez", "Ana Duarte", "Zoe Lind"]);
        let reasons = page.select_text("#suggestions p.meta");
        assert_eq!(reasons, ["Friend of Ben Oak", "Writes in Water", "Follows, as you do, Water"]);
        let dismissed = rosa.client.post(&format!("/connections/{}/dismissal", dee.id), &[("back", "/connections")]).await;
        assert_eq!(dismissed.location(), "/connections?done=dismissed");
        act(&rosa, &news.ana, "follow").await.assert_status(303);
        act(&zoe, &rosa, "block").await.assert_status(303);
        assert!(!rosa.client.get("/connections").await.has("#suggestions"));
    }

    async fn people_are_found_by_name_and_by_handle(kind) {
        let news = Newsroom::new(kind);
        let [rosa, ..] = three(&news);
        for typed in ["oak", "@ben_oak", "BEN"] {
            let page = rosa.client.get(&format!("/connections?q={typed}")).await;
            page.assert_landmarks();
            assert_eq!(page.select_text("#find h3 a"), ["Ben Oak"], "{typed}");
            assert_eq!(page.attr("#find input", "value").unwrap(), typed);
        }
        rosa.client.get("/connections?q=nobody").await.assert_text("Nobody by this name");
        assert!(!rosa.client.get("/connections?q=rosa").await.has("#find form.follow"), "nobody follows themself");
        rosa.client.get("/connections?q=%3Cb%3E").await.assert_status(200);
    }

    async fn contacts_find_those_who_asked_to_be_found(kind) {
        let news = Newsroom::new(kind);
        let [rosa, ben, dee] = three(&news);
        let chosen = ben.client.post("/connections/choices", &[("shown_to", "members"), ("by_email", "1")]).await;
        ben.client.get(&chosen.location()).await.assert_text("Saved.");
        assert!(ben.client.get("/connections").await.has("input[name=by_email][checked]"));
        let page = rosa.client.get("/connections").await;
        let salt = page.attr("find-contacts", "data-salt").unwrap();
        assert_eq!(salt, dee.client.get("/connections").await.attr("find-contacts", "data-salt").unwrap());
        assert!(!page.has("find-contacts textarea[name], find-contacts input[type=file][name]"), "addresses are not sent");
        let sent = ["ben_oak@town.example", "dee_alvarez@town.example"].map(|email| web::token::hex(&finding::digest(&salt, email))).join("\n");
        let found = rosa.client.post("/connections/contacts", &[("digests", &sent)]).await;
        found.assert_status(200).assert_landmarks();
        assert_eq!(found.select_text("#find h3 a"), ["Ben Oak"]);
        rosa.client.post("/connections/contacts", &[("digests", &"0".repeat(64))]).await.assert_text("None of your contacts is here");
        let again = rosa.client.post("/connections/contacts", &[("digests", "ben_oak@town.example")]).await;
        again.assert_status(422).assert_landmarks().assert_text("There was no e-mail address among them");
        for _ in 0..2 {
            rosa.client.post("/connections/contacts", &[("digests", &sent)]).await.assert_status(200);
        }
        rosa.client.post("/connections/contacts", &[("digests", &sent)]).await.assert_status(429);
    }

    async fn asking_many_people_in_a_hurry_is_stopped(kind) {
        let news = Newsroom::new(kind);
        let [rosa, ben, _] = three(&news);
        let mut answers = Vec::new();
        for _ in 0..31 {
            answers.push(act(&rosa, &ben, "request").await.status.as_u16());
        }
        assert_eq!((answers[29], answers[30]), (303, 429));
        act(&ben, &rosa, "follow").await.assert_status(303);
    }

    async fn lists_are_chosen_on_somebodys_page(kind) {
        let news = Newsroom::new(kind);
        let [rosa, ben, _] = three(&news);
        let made = news.town.town.db.write_now({ let rosa = rosa.id; move |tx| {
            Ok::<_, web::Error>((people::lists::make(tx, rosa, "Choir", 1)?, people::lists::make(tx, rosa, "Street", 1)?))
        } }).unwrap();
        let page = rosa.client.get("/@ben_oak").await;
        assert_eq!(page.select_text(".more .check"), ["Choir", "Street"]);
        let path = format!("/connections/{}/lists", ben.id);
        rosa.client.post(&path, &[("list", &made.0.to_string()), ("back", "/@ben_oak")]).await.assert_status(303);
        assert_eq!(rosa.client.get("/@ben_oak").await.count(".more .check input[checked]"), 1);
        rosa.client.post(&path, &[("list", &made.1.to_string())]).await.assert_status(303);
        let (rosa_id, ben_id) = (rosa.id, ben.id);
        assert_eq!(news.town.town.db.read_now(move |tx| people::lists::with(tx, rosa_id, ben_id)).unwrap(), [made.1]);
        // The list of another is not there.
        ben.client.post(&format!("/connections/{}/lists", rosa.id), &[("list", &made.0.to_string())]).await.assert_status(404);
    }
}
