use crate::newsroom::Newsroom;

testkit::on_both! {
    async fn a_badge_stands_beside_the_name_of_whoever_has_it(kind) {
        let news = Newsroom::new(kind);
        let (ana, rosa) = (news.town.actor("Boss", "administrator"), news.town.actor("Rosa", "member"));
        rosa.client.post("/notes", &[("body", "Hello, town")]).await.assert_status(303);
        let guest = news.town.guest();
        assert!(!guest.get("/square/local").await.has(".badge"));
        let page = ana.client.get("/admin/badges/new").await;
        let wrong = ana.client.submit(&page, "form#badge", &[("name", "CITY"), ("meaning", "Speaks for it")]).await;
        wrong.assert_status(422).assert_landmarks().assert_text("There is a badge of this name");
        let made = ana.client.submit(&page, "form#badge", &[("name", "Trail keeper"), ("meaning", "Keeps the trails"), ("icon", "leaf"), ("colour", "gold")]).await;
        let one = ana.client.follow(&made).await;
        one.assert_status(200).assert_landmarks().assert_text("Nobody yet.");
        let nobody = ana.client.submit(&one, "form#give", &[("handle", "@nobody")]).await;
        nobody.assert_status(422).assert_landmarks().assert_text("No member has this handle");
        assert_eq!(nobody.form("form#give").value("handle"), Some("@nobody"));
        ana.client.submit(&one, "form#give", &[("handle", "@ROSA")]).await.assert_status(303);
        assert_eq!(guest.get("/@rosa").await.one(".profile .badge"), "Trail keeper");
        assert_eq!(guest.get("/square/local").await.one("article .badge"), "Trail keeper");
        guest.get("/@rosa/about").await.assert_landmarks().assert_text("Keeps the trails");
        let one = ana.client.get(&one_path(&made.location())).await;
        ana.client.submit(&one, "form[action*='/holders/']", &[]).await.assert_status(303);
        assert!(!guest.get("/@rosa").await.has(".badge"));
        let id = rosa.id;
        let logged = news.town.town.db.read_now(move |tx| people::decisions::about(tx, id, 9)).unwrap();
        assert_eq!(logged.iter().map(|one| one.words.as_str()).collect::<Vec<_>>(), ["Took back the badge “Trail keeper”", "Gave the badge “Trail keeper”"]);
        ana.client.submit(&one, "form[action$='/removal']:not([action*=holders])", &[]).await.assert_status(303);
        ana.client.get(&one_path(&made.location())).await.assert_status(404);
    }
}

fn one_path(location: &str) -> String {
    location.split('?').next().unwrap().to_owned()
}
