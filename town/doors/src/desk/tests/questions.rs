use super::town;

testkit::on_both! {
    async fn what_is_asked_is_answered_and_shown_to_whom_it_is_for(kind) {
        let town = town(kind);
        let (ana, rosa, sam) = (town.actor("Ana", "administrator"), town.actor("Rosa", "member"), town.actor("Sam", "member"));
        ana.client.get("/admin/questions").await.assert_text("Nothing is asked yet");
        let page = ana.client.get("/admin/questions/new").await;
        let wrong = ana.client.submit(&page, "form#question", &[("words", "Which part of town?"), ("kind", "choice"), ("choices", "North")]).await;
        wrong.assert_status(422).assert_landmarks().assert_text("from 2 to 30 choices");
        assert_eq!(wrong.form("form#question").value("words"), Some("Which part of town?"));
        let fields = [("words", "Which part of town?"), ("kind", "choice"), ("choices", "North\nSouth"), ("required", "1")];
        ana.client.submit(&page, "form#question", &fields).await.assert_status(303);
        ana.client.submit(&page, "form#question", &[("words", "Your website"), ("kind", "link")]).await.assert_status(303);
        let list = ana.client.get("/admin/questions").await;
        list.assert_landmarks();
        assert_eq!(list.select_text("tbody a"), ["Which part of town?", "Your website"]);
        ana.client.submit(&list, "form[action$='/position']", &[]).await.assert_status(303);
        assert_eq!(ana.client.get("/admin/questions").await.select_text("tbody a"), ["Your website", "Which part of town?"]);

        let form = rosa.client.get("/settings/about").await;
        let names: Vec<String> = form.html().select(&scraper::Selector::parse("[name^=answer-]").unwrap()).map(|field| field.value().attr("name").unwrap().to_owned()).collect();
        let shown: Vec<String> = names.iter().map(|name| name.replace("answer", "shown")).collect();
        let answers = [(names[0].as_str(), "rosa.example"), (shown[0].as_str(), "public"), (names[1].as_str(), "South"), (shown[1].as_str(), "members")];
        rosa.client.submit(&form, "main form", &answers).await.assert_status(303);
        let seen = town.guest().get("/@rosa/about").await;
        seen.assert_status(200).assert_landmarks();
        assert_eq!(seen.attr(".about dd a", "href").as_deref(), Some("https://rosa.example"));
        assert!(!seen.has_text("South"));
        sam.client.get("/@rosa/about").await.assert_text("South");
        rosa.client.get("/@rosa/about").await.assert_text("(members of this site)");
        let gone = ana.client.get(&list.attr("tbody a", "href").unwrap()).await;
        ana.client.submit(&gone, "form[action$='/removal']", &[]).await.assert_status(303);
        assert!(!sam.client.get("/@rosa/about").await.has_text("South"));
        ana.client.get("/admin/decisions").await.assert_text("Removed the question “Which part of town?” and its answers");
        ana.client.get("/admin/questions/7").await.assert_status(404);
    }
}
