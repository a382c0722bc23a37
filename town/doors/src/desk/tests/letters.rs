use super::town;

testkit::on_both! {
    async fn the_words_of_a_letter_are_the_sites_own(kind) {
        let town = town(kind);
        let ana = town.actor("Ana Duarte", "administrator");
        let list = ana.client.get("/admin/letters").await;
        assert_eq!(list.count("tbody tr"), list.select_text("tbody tr td:nth-child(3)").iter().filter(|words| *words == "The usual ones").count());
        let here = "/admin/letters/people.suspended";
        let page = ana.client.get(here).await;
        page.assert_text("Your account at The Mesa Lantern is suspended").assert_text("(the reason stands here)");
        let wrong = ana.client.submit(&page, "form#letter", &[("subject", "Dear {nobody}"), ("intro", "Hello.")]).await;
        wrong.assert_status(422).assert_landmarks().assert_text("Nothing stands for {nobody} in this letter");
        assert_eq!(wrong.form("form#letter").value("intro"), Some("Hello."));
        let words = [("subject", "A pause, {name}"), ("intro", "We need a pause until {until}.")];
        let look = ana.client.submit(&page, "form#letter", &[words[0], words[1], ("do", "preview")]).await;
        look.assert_status(200).assert_landmarks().assert_text("A pause, Ana Duarte").assert_text("We need a pause until");
        let test = ana.client.submit(&page, "form#letter", &[words[0], words[1], ("do", "test")]).await;
        test.assert_status(200).assert_landmarks().assert_text("A test letter is on its way to you");
        let letter = town.letters().pop().unwrap();
        assert_eq!((letter.email.as_str(), letter.subject.as_str()), ("ana_duarte@town.example", "A pause, Ana Duarte"));
        assert!(!ana.client.get("/admin/letters").await.has_text("Your own"), "nothing was saved");
        ana.client.submit(&page, "form#letter", &words).await.assert_status(303);
        ana.client.get("/admin/letters").await.assert_text("Your own");
        let bo = town.actor("Bo", "member");
        ana.client.post(&format!("/admin/people/{}/suspension", bo.id), &[("days", "0"), ("why", "Rude.")]).await.assert_status(303);
        let letter = town.letters().pop().unwrap();
        assert_eq!(letter.subject, "A pause, Bo");
        assert!(letter.text.starts_with("Hello Bo,\n\nWe need a pause until the people who run the site lift it.\n\nThe reason:\n\nRude."), "{}", letter.text);
        ana.client.post(here, &[("do", "usual")]).await.assert_status(303);
        assert!(!ana.client.get("/admin/letters").await.has_text("Your own"));
        ana.client.get("/admin/decisions").await.assert_text("Changed the words of a letter: Somebody is suspended");
        ana.client.get("/admin/letters/no.such").await.assert_status(404);
    }

    async fn every_letter_can_be_looked_at(kind) {
        let town = town(kind);
        let ana = town.actor("Ana", "administrator");
        let list = ana.client.get("/admin/letters").await;
        list.assert_landmarks();
        let text = list.text();
        let links: Vec<&str> = text.split("href=\"/admin/letters/").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        assert_eq!(links.len(), list.count("tbody tr"));
        for link in links {
            let page = ana.client.get(&format!("/admin/letters/{link}")).await;
            page.assert_status(200).assert_landmarks();
            let text = page.one("pre.letter");
            assert!(!text.contains('{'), "{link}: {text}");
            ana.client.submit(&page, "form#letter", &[]).await.assert_status(303);
        }
        assert!(!ana.client.get("/admin/letters").await.has_text("Your own"), "the usual words sent as they are stay the usual ones");
    }
}
