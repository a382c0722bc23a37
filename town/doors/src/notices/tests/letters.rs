use people::town::Letter;
use testkit::Client;

use super::{post, work};
use crate::newsroom::Newsroom;

const DAY: i64 = 24 * 60 * 60 * 1000;

async fn wants(client: &Client, fields: &[(&str, &str)]) {
    client.post("/settings/notifications", fields).await.assert_status(303);
}

fn end_of(letter: &Letter) -> String {
    letter.unsubscribe.as_deref().unwrap().trim_start_matches("http://localhost").to_owned()
}

testkit::on_both! {
    async fn a_letter_tells_at_once_and_one_press_ends_letters_like_it(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam] = ["Rosa Mora", "Sam Oak"].map(|name| news.town.actor(name, "member"));
        wants(&rosa.client, &[("mention-site", "1"), ("mention-email", "once"), ("follow-email", "once")]).await;
        let note = post(&sam, &[("body", "The market moves to Friday, @rosa_mora")]).await;
        work(&news).await;
        let letter = news.town.letters().pop().unwrap();
        assert_eq!((letter.email.as_str(), letter.subject.as_str()), ("rosa_mora@town.example", "Sam Oak named you in a post"));
        assert!(letter.text.contains("“The market moves to Friday, @rosa_mora”"));
        assert!(letter.text.contains(&format!("http://localhost/@sam_oak/{note}")));
        let end = end_of(&letter);
        assert!(letter.text.contains(&end));
        // Mail programs look at it, too: that ends nothing.
        let guest = news.town.guest();
        let page = guest.get(&end).await;
        page.assert_status(200).assert_landmarks().assert_text("End these letters?");
        let program = news.town.guest();
        program.post(&end, &[("List-Unsubscribe", "One-Click")]).await.assert_status(200).assert_landmarks().assert_text("They have ended.");
        guest.submit(&page, "main form", &[]).await.assert_status(200);
        post(&sam, &[("body", "Again, @rosa_mora")]).await;
        work(&news).await;
        assert_eq!(news.town.letters().len(), 1);
        let form = rosa.client.get("/settings/notifications").await.form("main form");
        assert_eq!((form.value("mention-email"), form.value("mention-site"), form.value("follow-email")), (Some("never"), Some("1"), Some("once")));
    }

    async fn a_made_up_link_ends_nothing(kind) {
        let news = Newsroom::new(kind);
        for token in ["x", "AAAA", &"a".repeat(300)] {
            let address = format!("/notifications/unsubscribe/{token}");
            news.town.guest().get(&address).await.assert_status(410).assert_landmarks();
            news.town.guest().post(&address, &[]).await.assert_status(410);
        }
    }

    async fn the_daily_letter_gathers_what_is_unread(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam, lina] = ["Rosa Mora", "Sam Oak", "Lina Paz"].map(|name| news.town.actor(name, "member"));
        wants(&rosa.client, &[("mention-site", "1"), ("mention-email", "daily"), ("share-email", "daily"), ("share-site", "1")]).await;
        let own = post(&rosa, &[("body", "A cat was found")]).await;
        post(&sam, &[("body", "one @rosa_mora")]).await;
        let gone = post(&sam, &[("body", "two @rosa_mora")]).await;
        post(&lina, &[("body", "three @rosa_mora")]).await;
        lina.client.post(&format!("/notes/{own}/share"), &[]).await.assert_status(303);
        sam.client.post(&format!("/notes/{gone}/removal"), &[]).await.assert_status(303);
        work(&news).await;
        assert!(news.town.letters().is_empty(), "not before the morning");
        news.town.pass(DAY);
        work(&news).await;
        let letters = news.town.letters();
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].subject, "3 pieces of news for you at The Mesa Lantern");
        assert!(!letters[0].text.contains("two @rosa_mora"));
        for words in ["one @rosa_mora", "three @rosa_mora", "Lina Paz shared your post: “A cat was found”"] {
            assert!(letters[0].text.contains(words), "{words}: {}", letters[0].text);
        }
        news.town.pass(DAY);
        work(&news).await;
        assert_eq!(news.town.letters().len(), 1, "nothing happened, no letter");
        news.town.guest().post(&end_of(&letters[0]), &[]).await.assert_status(200);
        let form = rosa.client.get("/settings/notifications").await.form("main form");
        assert_eq!((form.value("mention-email"), form.value("share-email")), (Some("never"), Some("never")));
    }

    async fn the_daily_letter_leads_to_where_a_comment_is_answered(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam] = ["Rosa Mora", "Sam Oak"].map(|name| news.town.actor(name, "member"));
        let daily = ["comment", "reply", "like", "mention"].map(|kind| (format!("{kind}-site"), format!("{kind}-email")));
        let fields: Vec<(&str, &str)> = daily.iter().flat_map(|(site, email)| [(site.as_str(), "1"), (email.as_str(), "daily")]).collect();
        wants(&rosa.client, &fields).await;
        let note = post(&rosa, &[("body", "A cat was found")]).await;
        let comment = async |by: &Client, path: String, body: &str| {
            let sent = by.post(&path, &[("body", body)]).await;
            sent.assert_status(303).location().rsplit('-').next().unwrap().to_owned()
        };
        let said = comment(&sam.client, format!("/posts/{note}/comments"), "It is mine").await;
        let own = comment(&rosa.client, format!("/comments/{said}/reply"), "Which colour?").await;
        let reply = comment(&sam.client, format!("/comments/{own}/reply"), "Grey").await;
        sam.client.post(&format!("/posts/{own}/reaction"), &[("kind", "like")]).await.assert_status(303);
        news.town.pass(DAY);
        work(&news).await;
        let letters = news.town.letters();
        let text = &letters.iter().find(|letter| letter.email == "rosa_mora@town.example").unwrap().text;
        for id in [&said, &reply] {
            let told = format!("http://localhost/comments/{id}\nAnswer: http://localhost/comments/{id}/reply\n");
            assert!(text.contains(&told), "{text}");
        }
        assert!(!text.contains(&format!("/comments/{own}/reply")), "nobody answers themselves: {text}");
        // There the form is open under what is answered; whoever is signed out comes to it by signing in.
        let page = rosa.client.get(&format!("/comments/{reply}/reply")).await;
        page.assert_status(200).assert_landmarks().assert_text("Grey");
        assert!(page.has("main .comment-form textarea[autofocus]"));
        assert!(news.town.guest().get(&format!("/comments/{reply}/reply")).await.location().starts_with("/sign-in?next="));
    }

    async fn what_was_read_meanwhile_is_not_mailed(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam] = ["Rosa Mora", "Sam Oak"].map(|name| news.town.actor(name, "member"));
        wants(&rosa.client, &[("mention-site", "1"), ("mention-email", "once")]).await;
        post(&sam, &[("body", "one @rosa_mora")]).await;
        let page = rosa.client.get("/notifications").await;
        rosa.client.submit(&page, "form.read-all", &[]).await.assert_status(303);
        work(&news).await;
        assert!(news.town.letters().is_empty());
    }
}
