#![allow(clippy::unwrap_used)]
use crate::newsroom::{HOUR, Newsroom};

testkit::on_both! {
    async fn a_list_is_made_filled_renamed_and_deleted(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa Mora", "member");
        news.town.actor("Ben Oak", "member");
        let index = rosa.client.get("/lists").await;
        index.assert_status(200).assert_landmarks().assert_text("No lists yet");
        let made = rosa.client.submit(&index, "main form[action='/lists']", &[("name", "  Choir  friends ")]).await;
        assert!(made.location().ends_with("/edit?done=list-made"), "{}", made.location());
        let edit = rosa.client.get(&made.location()).await;
        edit.assert_landmarks().assert_text("Change “Choir friends”").assert_text("Nobody so far.");
        let put = rosa.client.submit(&edit, "form[action$='/members']", &[("handle", " @Ben_Oak ")]).await;
        let edit = rosa.client.get(&put.location()).await;
        assert_eq!(edit.select_text(".connected h3 a"), ["Ben Oak"]);
        let nobody = rosa.client.submit(&edit, "form[action$='/members']", &[("handle", "nobody")]).await;
        nobody.assert_status(422).assert_landmarks().assert_text("Nobody here is called @nobody.");
        assert_eq!(nobody.attr("#handle", "value").unwrap(), "nobody");
        rosa.client.submit(&edit, "form[action$='/members']", &[("handle", "rosa_mora")]).await.assert_status(422).assert_text("Your own lists are of other people.");
        rosa.client.submit(&edit, "form.form[action^='/lists/']:not([action$='/members'])", &[("name", "Choir")]).await.assert_status(303);
        assert_eq!(rosa.client.get("/lists").await.select_text(".lists h2"), ["Choir"]);
        rosa.client.submit(&edit, "form[action*='/members/']", &[]).await.assert_status(303);
        assert!(!rosa.client.get(&put.location()).await.has(".connected li"));
        let removed = rosa.client.submit(&edit, "form[action$='/removal']:not([action*='members'])", &[]).await;
        assert_eq!(removed.location(), "/lists?done=list-removed");
        rosa.client.get("/lists").await.assert_text("No lists yet");
        rosa.client.get(&put.location()).await.assert_status(404);
    }

    async fn a_name_that_cannot_be_comes_back_with_the_form(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa Mora", "member");
        rosa.client.post("/lists", &[("name", "Choir")]).await.assert_status(303);
        for (name, words) in [("", "Give the list a name"), ("CHOIR", "You have a list of this name"), (&"a".repeat(61) as &str, "at most 60 characters")] {
            let again = rosa.client.post("/lists", &[("name", name)]).await;
            again.assert_status(422).assert_landmarks().assert_text(words);
            assert_eq!(again.attr("#name", "value").unwrap(), name);
        }
    }

    async fn nobody_sees_the_list_of_another(kind) {
        let news = Newsroom::new(kind);
        let (rosa, ben) = (news.town.actor("Rosa Mora", "member"), news.town.actor("Ben Oak", "member"));
        let made = rosa.client.post("/lists", &[("name", "Choir")]).await.location();
        let list = made.split('/').nth(2).unwrap().to_owned();
        for path in ["", "/edit"] {
            ben.client.get(&format!("/lists/{list}{path}")).await.assert_status(404);
        }
        for (path, fields) in [("", [("name", "Mine")]), ("/members", [("handle", "rosa_mora")]), ("/removal", [("x", "")])] {
            ben.client.post(&format!("/lists/{list}{path}"), &fields).await.assert_status(404);
        }
        rosa.client.get(&format!("/lists/{list}")).await.assert_status(200);
    }

    async fn a_list_is_a_feed_of_those_on_it(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa Mora", "member");
        let made = rosa.client.post("/lists", &[("name", "Choir")]).await.location();
        let list = made.split('/').nth(2).unwrap().to_owned();
        let here = format!("/lists/{list}");
        rosa.client.get(&here).await.assert_landmarks().assert_text("Nobody is on this list");
        rosa.client.post(&format!("{here}/members"), &[("handle", "ana_duarte")]).await.assert_status(303);
        rosa.client.get(&here).await.assert_text("Nothing here yet");
        news.story("The old pipe", news.water, 2 * HOUR);
        news.story("A brass band", news.arts, HOUR);
        let page = rosa.client.get(&here).await;
        page.assert_landmarks().assert_text("You are caught up");
        assert_eq!(page.select_text("main .headline"), ["A brass band", "The old pipe"]);
        assert_eq!(page.select_text(".tabs a[aria-current]"), ["Choir"]);
        assert!(!page.has(".why"), "why is plain: they are on it");
        rosa.client.post(&format!("/connections/{}/mute", news.ana.id), &[("lasts", "hour")]).await.assert_status(303);
        assert!(!rosa.client.get(&here).await.has_text("A brass band"));
    }
}
