#![allow(clippy::unwrap_used)]
use crate::newsroom::{HOUR, Newsroom};
use people::{
    connections,
    profiles::{self, Fact},
};
use testkit::Attachment;

const FORM: &str = "form[action='/welcome']";
const PNG: &[u8] = include_bytes!("../../../../frontend/icons/apple-touch-icon.png");

testkit::on_both! {
    async fn a_new_member_settles_in_with_one_form(kind) {
        let news = Newsroom::new(kind);
        news.story("The new pipe", news.city, HOUR);
        let rosa = news.town.actor("Rosa Mora", "member");
        let page = rosa.client.get("/welcome").await;
        page.assert_status(200).assert_landmarks().assert_text("Welcome, Rosa Mora").assert_text("Ana Duarte");
        let mut form = page.form(FORM);
        form.attach(Attachment::new("picture", "me.png", "image/png", PNG));
        form.fill(&[("place", " Mesquite \t Flats "), ("follow", &news.city.to_string()), ("follow", &news.ana.id.to_string())]);
        let answer = rosa.client.submit_form(&form).await;
        assert_eq!(answer.location(), "/square?done=settled-in");
        rosa.client.follow(&answer).await.assert_text("The new pipe");
        let (me, ana, city) = (rosa.id, news.ana.id, news.city);
        let (place, follows, targets) = news.town.town.db.read_now(move |tx| -> Result<_, db::Error> {
            let place = profiles::own(tx, me)?.fact(Fact::Place).cloned();
            Ok((place, connections::follows(tx, me, ana.get())? && connections::follows(tx, me, city.get())?, connections::targets(tx, me)?))
        }).unwrap();
        assert_eq!((place.unwrap().value.as_str(), follows, targets.len()), ("Mesquite Flats", true, 2));
        // What is not there, or is oneself, is passed over.
        let own = me.to_string();
        let odd = rosa.client.post("/welcome", &[("place", "Mesquite Flats"), ("follow", "77"), ("follow", "no number"), ("follow", &own)]).await;
        assert_eq!(odd.location(), "/square?done=settled-in");
        // Whoever comes again finds what is done, and takes nothing back by leaving it.
        let page = rosa.client.get("/welcome").await;
        assert!(page.has("img.avatar.large") && page.has("input[name=follow][checked]"));
        assert_eq!(page.form(FORM).value("place"), Some("Mesquite Flats"));
    }

    async fn what_cannot_be_taken_comes_back_as_it_was(kind) {
        let news = Newsroom::new(kind);
        let rosa = news.town.actor("Rosa Mora", "member");
        let mut form = rosa.client.get("/welcome").await.form(FORM);
        let place = "a".repeat(81);
        form.fill(&[("place", &place), ("follow", &news.city.to_string())]);
        let page = rosa.client.submit_form(&form).await;
        page.assert_status(422).assert_text("Use at most 80 characters.");
        assert_eq!(page.form(FORM).value("place"), Some(place.as_str()));
        assert!(page.has("input[name=follow][checked]"));
        let mut form = rosa.client.get("/welcome").await.form(FORM);
        form.attach(Attachment::new("picture", "me.png", "image/png", b"no picture"));
        rosa.client.submit_form(&form).await.assert_status(422);
        assert!(!rosa.client.get("/welcome").await.has("img.avatar.large"));
        assert_eq!(news.town.guest().get("/welcome").await.location(), "/sign-in?next=%2Fwelcome");
    }
}
