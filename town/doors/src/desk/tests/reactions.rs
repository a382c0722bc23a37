use crate::newsroom::{DAY, Newsroom};

testkit::on_both! {
    async fn the_site_chooses_its_reactions(kind) {
        let news = Newsroom::new(kind);
        let (boss, rosa) = (news.town.actor("Boss", "administrator"), news.town.actor("Rosa", "member"));
        let story = news.story("Rain at last", news.water, DAY);
        let address = format!("/stories/{story}/rain-at-last");
        assert_eq!(rosa.client.get(&address).await.select_text(".react-menu li form .emoji"), ["❤️", "🙏", "💡", "👏", "😄", "😢"]);
        let page = boss.client.get("/admin/reactions/new").await;
        for (emoji, words, problem) in [
            ("rain", "Rain", "Put one emoji here and nothing else"),
            ("🌧🌧", "Rain", "Put one emoji here and nothing else"),
            ("🙏", "Praise", "Another reaction has this emoji"),
            ("❤", "Love", "Another reaction has this emoji"),
            ("🌧", "THANKS", "There is a reaction of this name"),
            ("🌧", "A reaction with far too many words", "in at most 20 characters"),
        ] {
            let wrong = boss.client.submit(&page, "form#reaction", &[("emoji", emoji), ("words", words)]).await;
            wrong.assert_status(422).assert_landmarks().assert_text(problem);
            assert_eq!((wrong.form("form#reaction").value("emoji"), wrong.form("form#reaction").value("words")), (Some(emoji), Some(words)));
        }
        boss.client.submit(&page, "form#reaction", &[("emoji", "🌧"), ("words", "Rain")]).await.assert_status(303);
        boss.client.post("/admin/reactions/rain/position", &[]).await.assert_status(303);
        let page = boss.client.get("/admin/reactions/rain").await;
        boss.client.submit(&page, "form#reaction", &[("words", "Rain at last")]).await.assert_status(303);
        let shown = rosa.client.get(&address).await;
        assert_eq!(shown.select_text(".react-menu li form .emoji"), ["❤️", "🙏", "💡", "👏", "😄", "🌧️", "😢"]);
        rosa.client.post(&format!("/posts/{story}/reaction"), &[("kind", "rain"), ("back", &address)]).await.assert_status(303);
        boss.client.submit(&page, "form[action$='/retirement']", &[]).await.assert_status(303);
        let shown = rosa.client.get(&address).await;
        assert_eq!(shown.select_text(".react-menu li form .emoji").len(), 6, "offered no more");
        assert_eq!(shown.select_text(".reacted .emoji"), ["🌧️"], "and stands where it stood");
        boss.client.get("/admin/reactions").await.assert_status(200).assert_landmarks().assert_text("Retired");
        let page = boss.client.get("/admin/reactions/rain").await;
        page.assert_landmarks();
        boss.client.submit(&page, "form[action$='/retirement/undo']", &[]).await.assert_status(303);
        let decided = boss.client.get("/admin/decisions").await;
        for words in ["Added the reaction 🌧️ “Rain”", "Changed the reaction 🌧️ “Rain” to 🌧️ “Rain at last”", "Retired the reaction 🌧️ “Rain at last”", "Brought back the reaction"] {
            decided.assert_text(words);
        }
    }

    async fn a_menu_holds_so_many(kind) {
        let news = Newsroom::new(kind);
        let boss = news.town.actor("Boss", "administrator");
        for (emoji, words) in [("🌧", "Rain"), ("🌵", "Cactus"), ("🦎", "Lizard")] {
            boss.client.post("/admin/reactions/new", &[("emoji", emoji), ("words", words)]).await.assert_status(303);
        }
        boss.client.post("/admin/reactions/new", &[("emoji", "🐢"), ("words", "New")]).await.assert_status(422).assert_text("Retire one first");
        boss.client.post("/admin/reactions/sad/retirement", &[]).await.assert_status(303);
        boss.client.post("/admin/reactions/new", &[("emoji", "🐢"), ("words", "New")]).await.assert_status(303);
        boss.client.get("/admin/reactions/new-2").await.assert_status(200).assert_text("Retire it");
        boss.client.post("/admin/reactions/sad/retirement/undo", &[]).await.assert_status(422).assert_text("Retire one first");
        for nowhere in ["/admin/reactions/like", "/admin/reactions/nothing"] {
            boss.client.get(nowhere).await.assert_status(404);
            boss.client.post(&format!("{nowhere}/retirement"), &[]).await.assert_status(404);
            boss.client.post(&format!("{nowhere}/position"), &[]).await.assert_status(404);
        }
        news.ana.client.get("/admin/reactions").await.assert_status(403);
        news.ana.client.post("/admin/reactions/new", &[("emoji", "🐢"), ("words", "Mine")]).await.assert_status(403);
        news.ana.client.post("/admin/reactions/thanks", &[("emoji", "🐢"), ("words", "Mine")]).await.assert_status(403);
    }
}
