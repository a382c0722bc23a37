//! What is posted in the name of an organization.

use people::organizations::Role;
use talk::PostId;
use testkit::Page;

use super::{Actor, Shop};

async fn post(shop: &Shop, by: &Actor, words: &str) -> Page {
    by.client.post("/notes", &[("body", words), ("speaker", &shop.id.to_string())]).await
}

fn id(posted: &Page) -> PostId {
    posted.assert_status(303).location().split(['/', '?']).nth(2).unwrap().parse().unwrap()
}

testkit::on_both! {
    async fn its_people_post_in_its_name_and_nobody_else_knows_who(kind) {
        let shop = Shop::open(kind).await;
        shop.join(&shop.ben, Role::Contributor).await;
        let page = shop.ben.client.get("/square/local").await;
        let voice = shop.id.to_string();
        assert_eq!(page.form("form#compose").value("speaker"), Some(""), "as themselves, unless they choose");
        let posted = shop.ben.client.submit(&page, "form#compose", &[("body", "New maps are in"), ("speaker", &voice)]).await;
        let note: PostId = posted.assert_status(303).location().rsplit_once("#note-").unwrap().1.parse().unwrap();
        let address = format!("/@juniper_books/{note}");
        let guest = shop.news.town.guest();
        let seen = guest.get(&address).await;
        seen.assert_status(200).assert_landmarks().assert_text("Juniper Books");
        for client in [&guest, &shop.dee.client] {
            assert!(!client.get(&address).await.text().contains("@ben"), "who wrote it is nobody else's");
            assert!(!client.get("/@juniper_books/posts").await.text().contains("@ben"));
            assert!(!client.get("/square/local").await.text().contains("/@ben\""));
        }
        let boss = shop.news.town.actor("Boss", "administrator");
        for client in [&shop.rosa.client, &shop.ben.client, &boss.client] {
            assert_eq!(client.get(&address).await.one("article .byline a[href='/@ben']"), "Ben");
        }
        // It is the organization's and not theirs.
        assert_eq!(guest.get("/@ben/posts").await.count("article.post"), 0);
        assert_eq!(guest.get("/@juniper_books").await.count("article.post"), 1);
    }

    async fn nobody_posts_in_the_name_of_what_they_do_not_run(kind) {
        let shop = Shop::open(kind).await;
        post(&shop, &shop.dee, "We close for ever").await.assert_status(403);
        shop.invite(&shop.dee, Role::Owner).await.assert_status(303);
        post(&shop, &shop.dee, "We close for ever").await.assert_status(403);
        // Nor as somebody, nor as what is nothing.
        let rosa = shop.rosa.id.to_string();
        for speaker in [rosa.as_str(), "1", "9223372036854775807"] {
            shop.dee.client.post("/notes", &[("body", "Not me"), ("speaker", speaker)]).await.assert_status(403);
        }
        shop.dee.client.post("/notes", &[("body", "Not me"), ("speaker", "x")]).await.assert_status(422).assert_text("in whose name");
        let voice = shop.id.to_string();
        shop.dee.client.post("/notes", &[("body", "Later"), ("speaker", &voice), ("do", "draft")]).await.assert_status(403);
        assert_eq!(shop.news.town.guest().get("/square/local").await.count("article.post"), 0);
        // Its posts are for those whom all its people may be.
        let narrow = shop.rosa.client.post("/notes", &[("body", "Only us"), ("speaker", &voice), ("audience", "connections")]).await;
        narrow.assert_status(422).assert_landmarks().assert_text("What an organization posts is for everyone");
        assert_eq!(narrow.form("form#compose").value("speaker"), Some(voice.as_str()));
    }

    async fn its_posts_are_changed_by_those_whose_role_includes_it(kind) {
        let shop = Shop::open(kind).await;
        shop.join(&shop.ben, Role::Contributor).await;
        shop.join(&shop.dee, Role::Contributor).await;
        let note = id(&post(&shop, &shop.ben, "Open on Monday").await);
        let acts = ["edit", "removal", "pin"];
        for act in acts {
            shop.dee.client.post(&format!("/notes/{note}/{act}"), &[("body", "Mine")]).await.assert_status(403);
            shop.news.ana.client.post(&format!("/notes/{note}/{act}"), &[("body", "Mine")]).await.assert_status(403);
        }
        shop.ben.client.post(&format!("/notes/{note}/edit"), &[("body", "Open on Tuesday")]).await.assert_status(303);
        shop.rosa.client.post(&format!("/notes/{note}/edit"), &[("body", "Open on Friday")]).await.assert_status(303);
        let seen = shop.rosa.client.get(&format!("/@juniper_books/{note}")).await;
        seen.assert_text("Open on Friday");
        assert_eq!(seen.one("article .byline a[href='/@ben']"), "Ben", "who wrote it first");
        shop.rosa.client.post(&format!("/notes/{note}/pin"), &[("back", "/@juniper_books")]).await.assert_status(303);
        assert_eq!(shop.news.town.guest().get("/@juniper_books").await.count(".pinned article"), 1);
        let page = shop.rosa.client.get("/@juniper_books").await;
        assert!(page.has("form[action$='/pin/removal']"));
        shop.ben.client.post(&format!("/notes/{note}/removal"), &[]).await.assert_status(303);
        shop.news.town.guest().get(&format!("/@juniper_books/{note}")).await.assert_status(410);
        shop.dee.client.post(&format!("/notes/{note}/removal/undo"), &[]).await.assert_status(404);
        shop.rosa.client.get(&format!("/@juniper_books/{note}")).await.assert_text("Undo");
        shop.rosa.client.post(&format!("/notes/{note}/removal/undo"), &[]).await.assert_status(303);
        shop.news.town.guest().get(&format!("/@juniper_books/{note}")).await.assert_status(200);
        // Whoever is no more among its people changes nothing of it.
        shop.rosa.client.post(&format!("/organizations/{}/people/{}/removal", shop.id, shop.ben.id), &[]).await.assert_status(303);
        shop.ben.client.post(&format!("/notes/{note}/edit"), &[("body", "Still mine")]).await.assert_status(403);
        assert!(!shop.ben.client.get(&format!("/@juniper_books/{note}")).await.has("article .byline a[href='/@ben']"));
    }

    async fn what_is_posted_later_asks_again_who_may(kind) {
        let shop = Shop::open(kind).await;
        shop.join(&shop.ben, Role::Editor).await;
        let (town, zone, voice) = (shop.news.town.town.clone(), shop.news.town.town.zone(), shop.id.to_string());
        let at = text::times::to_local(town.now() + 3_600_000, &zone);
        shop.ben.client.post("/notes", &[("body", "Good morning"), ("post_at", &at), ("speaker", &voice)]).await.assert_status(303);
        let drafts = shop.ben.client.get("/notes/drafts").await;
        let note: PostId = drafts.attr("ul.list a[href^='/notes/drafts/']", "href").unwrap().rsplit('/').next().unwrap().parse().unwrap();
        let page = shop.ben.client.get(&format!("/notes/drafts/{note}")).await;
        assert_eq!(page.form("form#compose").value("speaker"), Some(voice.as_str()));
        shop.rosa.client.post(&format!("/organizations/{}/people/{}/removal", shop.id, shop.ben.id), &[]).await.assert_status(303);
        shop.news.town.pass(2 * 3_600_000);
        things::notes::post_due(town.clone(), things::notes::Due { note }).await.unwrap();
        shop.news.town.guest().get(&format!("/@juniper_books/{note}")).await.assert_status(404);
        shop.join(&shop.ben, Role::Editor).await;
        let page = shop.ben.client.get(&format!("/notes/drafts/{note}")).await;
        shop.ben.client.submit(&page, "form#compose", &[("post_at", ""), ("do", "post")]).await.assert_status(303);
        shop.news.town.guest().get(&format!("/@juniper_books/{note}")).await.assert_status(200).assert_text("Good morning");
    }

    async fn what_is_said_under_its_posts_its_owners_and_editors_hear(kind) {
        let shop = Shop::open(kind).await;
        shop.join(&shop.ben, Role::Contributor).await;
        let note = id(&post(&shop, &shop.ben, "What shall we read next?").await);
        shop.dee.client.post(&format!("/notes/{note}/share"), &[]).await.assert_status(303);
        shop.rosa.client.get("/notifications").await.assert_text("Dee shared your post");
        assert!(!shop.ben.client.get("/notifications").await.text().contains("Dee shared"));
    }

    async fn a_suspended_one_is_hidden_and_silent(kind) {
        let shop = Shop::open(kind).await;
        let boss = shop.news.town.actor("Boss", "administrator");
        let note = id(&post(&shop, &shop.rosa, "Open").await);
        boss.client.post(&format!("/admin/people/{}/suspension", shop.id), &[("days", "7"), ("why", "Spam")]).await.assert_status(303);
        let guest = shop.news.town.guest();
        guest.get(&format!("/@juniper_books/{note}")).await.assert_status(404);
        assert_eq!(guest.get("/organizations").await.count(".people > li"), 0);
        post(&shop, &shop.rosa, "We are back").await.assert_status(403);
        boss.client.post(&format!("/admin/people/{}/suspension/remove", shop.id), &[]).await.assert_status(303);
        guest.get(&format!("/@juniper_books/{note}")).await.assert_status(200);
        post(&shop, &shop.rosa, "We are back").await.assert_status(303);
    }
}
