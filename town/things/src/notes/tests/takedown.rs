use super::Square;

testkit::on_both! {
    async fn a_moderator_takes_a_note_down_and_its_author_is_told_why(kind) {
        let square = Square::new(kind);
        let mo = square.town.actor("Mo", "moderator");
        let id = square.post(&square.rosa, &[("body", "Buy my pills")]).await;
        let path = format!("/notes/{id}/takedown");
        assert!(!square.read(&square.sam.client, id).await.has(&format!("a[href='{path}']")));
        square.sam.client.get(&path).await.assert_status(403);
        square.sam.client.post(&path, &[("why", "x")]).await.assert_status(403);
        assert!(square.town.guest().post(&path, &[("why", "x")]).await.location().starts_with("/sign-in"));
        assert!(square.read(&mo.client, id).await.has(&format!("a[href='{path}']")));
        let page = mo.client.get(&path).await;
        page.assert_status(200).assert_landmarks().assert_text("Buy my pills");
        let empty = mo.client.submit(&page, "main form", &[]).await;
        empty.assert_status(422).assert_landmarks().assert_text("Write why");
        let done = mo.client.submit(&page, "main form", &[("why", "No selling here.")]).await;
        let there = mo.client.follow(&done).await;
        there.assert_status(200).assert_landmarks().assert_text("Taken down").assert_text("No selling here.");
        square.town.guest().get(&format!("/@rosa_ito/{id}")).await.assert_status(410);
        let letter = square.town.letters().pop().unwrap();
        assert!(letter.email == "rosa_ito@town.example" && letter.text.contains("No selling here.") && letter.text.contains("Buy my pills"));
        let seen = square.read(&square.rosa.client, id).await;
        seen.assert_status(200).assert_text("No selling here.");
        assert!(!seen.has("main form"), "its author cannot bring it back");
        square.rosa.client.post(&format!("/notes/{id}/removal/undo"), &[]).await.assert_status(403);
        square.sam.client.post(&format!("/notes/{id}/removal/undo"), &[]).await.assert_status(404);
        mo.client.submit(&there, "main form", &[]).await.assert_status(303);
        square.read(&square.town.guest(), id).await.assert_status(200).assert_text("Buy my pills");
        let about = square.rosa.id;
        let logged = square.town.town.db.read_now(move |tx| people::decisions::about(tx, about, 9)).unwrap();
        assert_eq!(logged.iter().map(|one| one.words.as_str()).collect::<Vec<_>>(), ["Brought a post back", "Took down a post"]);
    }

    async fn what_a_moderator_may_not_read_is_not_there_for_them(kind) {
        let square = Square::new(kind);
        let mo = square.town.actor("Mo", "moderator");
        let id = square.post(&square.rosa, &[("body", "For @sam_park alone"), ("audience", "mentioned")]).await;
        mo.client.get(&format!("/notes/{id}/takedown")).await.assert_status(404);
        square.rosa.client.post(&format!("/notes/{id}/removal"), &[]).await.assert_status(303);
        mo.client.post(&format!("/notes/{id}/removal/undo"), &[]).await.assert_status(404);
    }
}
