use super::{counted, told, work};
use crate::newsroom::Newsroom;

testkit::on_both! {
    async fn a_message_reaches_one_member(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam] = ["Rosa Mora", "Sam Oak"].map(|name| news.town.actor(name, "member"));
        let admin = news.town.actor("Willa Reed", "administrator");
        let page = admin.client.get("/admin/messages").await;
        page.assert_status(200).assert_landmarks();
        let fields = [("to", "@Rosa_Mora"), ("subject", "Your picture"), ("body", "It is lovely.\n\nMay we print it?")];
        let sent = admin.client.submit(&page, "main form", &fields).await;
        assert_eq!(sent.assert_status(303).location(), "/admin/messages?done=message-sent");
        admin.client.get("/admin/messages").await.assert_text("Your picture").assert_text("@rosa_mora");
        assert_eq!(told(&rosa).await, ["Those who run the site wrote to you"]);
        let address = rosa.client.get("/notifications").await.attr(".notice-words a", "href").unwrap();
        let message = rosa.client.get(&address).await;
        message.assert_status(200).assert_landmarks().assert_text("May we print it?").assert_text("From Willa Reed, The Mesa Lantern");
        assert_eq!(counted(&rosa).await, "0", "whoever opens it has read it");
        sam.client.get(&address).await.assert_status(404);
        assert!(news.town.guest().get(&address).await.location().starts_with("/sign-in"));
        work(&news).await;
        assert!(news.town.letters().is_empty(), "no letter about what is read");
    }

    async fn a_message_reaches_everybody(kind) {
        let news = Newsroom::new(kind);
        let [rosa, sam] = ["Rosa Mora", "Sam Oak"].map(|name| news.town.actor(name, "member"));
        let admin = news.town.actor("Willa Reed", "administrator");
        let (blocker, willa) = (sam.id, admin.id);
        news.town.town.db.write_now(move |tx| people::blocks::block(tx, blocker, willa, 0)).unwrap();
        admin.client.post("/admin/messages", &[("everybody", "1"), ("subject", "Water"), ("body", "Boil it.")]).await.assert_status(303);
        work(&news).await;
        for who in [&rosa, &sam] {
            assert_eq!(counted(who).await, "1", "whatever stands between people");
        }
        let to: Vec<String> = news.town.letters().into_iter().map(|letter| letter.email).collect();
        assert!(to.contains(&"rosa_mora@town.example".to_owned()) && to.contains(&"sam_oak@town.example".to_owned()));
        news.town.pass(1000);
        let late = news.town.actor("Late Comer", "member");
        let address = rosa.client.get("/notifications").await.attr(".notice-words a", "href").unwrap();
        late.client.get(&address).await.assert_status(404);
    }

    async fn a_message_that_cannot_be_sent_comes_back(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa Mora", "member");
        let admin = news.town.actor("Willa Reed", "administrator");
        let long = "x".repeat(121);
        for (fields, words) in [
            (vec![("subject", "Hi"), ("body", "Words")], "Name whom it is for"),
            (vec![("to", "rosa_mora"), ("everybody", "1"), ("subject", "Hi"), ("body", "Words")], "one member or for all"),
            (vec![("to", "nobody"), ("subject", "Hi"), ("body", "Words")], "No member here is called @nobody."),
            (vec![("to", "rosa_mora"), ("subject", " "), ("body", "Words")], "what it is about"),
            (vec![("to", "rosa_mora"), ("subject", &long), ("body", "Words")], "at most 120 characters"),
            (vec![("to", "rosa_mora"), ("subject", "Hi"), ("body", "")], "Write the message."),
        ] {
            let page = admin.client.post("/admin/messages", &fields).await;
            page.assert_status(422).assert_landmarks().assert_text(words);
            if fields.contains(&("body", "Words")) {
                page.assert_text("Words");
            }
        }
        for (who, answer) in [(&rosa.client, 403), (&news.ana.client, 403)] {
            who.get("/admin/messages").await.assert_status(answer);
            who.post("/admin/messages", &[("everybody", "1"), ("subject", "Hi"), ("body", "Words")]).await.assert_status(answer);
        }
        assert_eq!(counted(&rosa).await, "0");
    }
}
