use super::Square;
use crate::notes::MAX_BODY;

testkit::on_both! {
    async fn a_note_is_liked_in_every_feed_by_those_who_read_it(kind) {
        let square = Square::new(kind);
        let open = square.post(&square.rosa, &[("body", "Open to all")]).await;
        let own = square.post(&square.rosa, &[("body", "For me"), ("audience", "only_me")]).await;
        let shown = square.read(&square.sam.client, open).await;
        square.sam.client.submit(&shown, ".post form.react", &[]).await.assert_status(303);
        let shown = square.read(&square.sam.client, open).await;
        assert_eq!((shown.one(".post .react button"), shown.attr(".react button", "aria-pressed").unwrap()), ("Like 1 like".into(), "true".into()));
        let shown = square.read(&square.rosa.client, open).await;
        assert_eq!((shown.one(".post .react button"), shown.attr(".react button", "aria-pressed").unwrap()), ("Like 1 like".into(), "false".into()));
        assert!(square.read(&square.town.guest(), open).await.has(".post .react button"), "a guest's leads to sign in");
        assert!(!square.read(&square.rosa.client, own).await.has(".react"));
        square.sam.client.post(&format!("/posts/{own}/reaction"), &[]).await.assert_status(404);
    }

    async fn a_note_is_written_and_read_at_its_address(kind) {
        let square = Square::new(kind);
        let words = "Who has seen a grey cat? Ask @sam_park or @nobody_here.\nWhite paws.\n\n#LostPets https://cats.example/grey";
        let id = square.post(&square.rosa, &[("body", words)]).await;
        let guest = square.town.guest();
        let lead = guest.get(&format!("/notes/{id}")).await;
        assert_eq!(lead.assert_status(301).location(), format!("/@rosa_ito/{id}"));
        let page = guest.get(&format!("/@rosa_ito/{id}")).await;
        page.assert_status(200).assert_landmarks().assert_text("White paws.");
        assert_eq!(page.select_text(".post-words p").len(), 2);
        assert_eq!(page.attr(".post-words a.mention", "href").unwrap(), "/@sam_park");
        assert_eq!(page.count(".post-words a.mention"), 1, "who is not here is no link");
        assert_eq!(page.attr(".post-words a.topic", "href").unwrap(), "/topics/lostpets");
        assert_eq!(page.attr(".post-words a[rel~=ugc]", "href").unwrap(), "https://cats.example/grey");
        assert_eq!(page.attr("meta[property='og:title']", "content").unwrap().split(':').next(), Some("Rosa Ito"));
        for wrong in [format!("/@sam_park/{id}"), format!("/@Rosa_Ito/{id}")] {
            assert_eq!(guest.get(&wrong).await.assert_status(301).location(), format!("/@rosa_ito/{id}"));
        }
        for nowhere in ["/@rosa_ito/7", "/@rosa_ito/x", "/notes/7", "/notes/x", "/notes/7/history"] {
            guest.get(nowhere).await.assert_status(404);
        }
    }

    async fn a_note_says_where_it_is(kind) {
        let square = Square::new(kind);
        let id = square.post(&square.rosa, &[("body", "A grey cat was here."), ("place", "Depot  Street")]).await;
        square.post(&square.sam, &[("body", "It is mine."), ("place", "DEPOT STREET")]).await;
        let page = square.read(&square.sam.client, id).await;
        assert_eq!((page.one(".post-place"), page.attr(".post-place a", "href").unwrap().as_str()), ("Depot Street".into(), "/places/depot-street"));
        let edit = square.rosa.client.get(&format!("/notes/{id}/edit")).await;
        assert_eq!(edit.form("form#compose").value("place"), Some("Depot Street"));
        square.rosa.client.submit(&edit, "form#compose", &[("place", "The tank")]).await.assert_status(303);
        let standing = move |tx: &mut db::Tx| talk::places::of(tx, id);
        assert_eq!(square.town.town.db.read_now(standing).unwrap().unwrap().key, "the-tank");
        let history = square.rosa.client.get(&format!("/notes/{id}/history")).await;
        history.assert_text("Place: The tank.").assert_text("Place: Depot Street.");
        square.rosa.client.submit(&edit, "form#compose", &[("place", "")]).await.assert_status(303);
        assert!(!square.read(&square.sam.client, id).await.has(".post-place"));
        square.rosa.client.get(&format!("/notes/{id}/history")).await.assert_text("Its place was taken out.");
        let long = "a".repeat(81);
        for wrong in ["—", long.as_str()] {
            let page = square.compose(&square.rosa, &[("body", "Where?"), ("place", wrong)]).await;
            page.assert_status(422).assert_text("Name a place with letters or digits");
            assert_eq!((page.form("form#compose").value("body"), page.form("form#compose").value("place")), (Some("Where?"), Some(wrong)));
        }
        let kept = square.compose(&square.rosa, &[("body", "Later."), ("place", "The tank"), ("do", "draft")]).await;
        kept.assert_status(303);
        let drafts = square.rosa.client.get("/notes/drafts").await;
        let draft = drafts.attr("main a[href^='/notes/drafts/']", "href").unwrap();
        assert_eq!(square.rosa.client.get(&draft).await.form("form#compose").value("place"), Some("The tank"));
    }

    async fn nothing_in_a_note_is_more_than_text(kind) {
        let square = Square::new(kind);
        let hostile = "<script>alert(1)</script> javascript:alert(1) <img src=x onerror=alert(1)> [a](javascript:x)";
        let id = square.post(&square.rosa, &[("body", hostile), ("warning", "<b>bold</b>")]).await;
        let page = square.read(&square.sam.client, id).await;
        assert!(!page.has("main script, main img[onerror], main b, main a[href^='javascript']"));
        page.assert_text("<script>alert(1)</script>").assert_text("<b>bold</b>");
    }

    async fn what_cannot_be_posted_comes_back_with_its_words(kind) {
        let square = Square::new(kind);
        let long = "é".repeat(MAX_BODY + 1);
        let page = square.compose(&square.rosa, &[("body", &long), ("audience", "members"), ("warning", "Long")]).await;
        page.assert_status(422).assert_landmarks().assert_text("1001 characters long");
        let form = page.form("form#compose");
        assert_eq!((form.value("body"), form.value("audience"), form.value("warning")), (Some(&*long), Some("members"), Some("Long")));
        square.compose(&square.rosa, &[("body", &long[2..])]).await.assert_status(303);
        square.compose(&square.rosa, &[("body", " \n ")]).await.assert_status(422).assert_text("Write something first");
        let topics: String = (0..13).map(|number| format!("#t{number} ")).collect();
        square.compose(&square.rosa, &[("body", &topics)]).await.assert_status(422).assert_text("at most 12 topics");
        let everybody: String = (0..31).map(|number| format!("@somebody{number} ")).collect();
        square.compose(&square.rosa, &[("body", &everybody)]).await.assert_status(422).assert_text("at most 30 people");
    }

    async fn only_members_whose_level_may_post(kind) {
        let square = Square::new(kind);
        let guest = square.town.guest();
        assert!(guest.get("/notes/new").await.location().starts_with("/sign-in"));
        assert!(guest.post("/notes", &[("body", "x")]).await.location().starts_with("/sign-in"));
        square.town.town.db.write_now(|tx| people::levels::grant(tx, "member", &[])).unwrap();
        square.town.reload();
        square.rosa.client.get("/notes/new").await.assert_status(403);
        square.rosa.client.post("/notes", &[("body", "x")]).await.assert_status(403).assert_text("town square");
        square.rosa.client.get("/notes/completions?q=%40sa").await.assert_status(403);
        // Whoever only comments names people, too.
        square.town.town.db.write_now(|tx| people::levels::grant(tx, "member", &[people::Permission::WriteComments])).unwrap();
        square.town.reload();
        square.rosa.client.get("/notes/completions?q=%40sa").await.assert_status(200).assert_text("@sam_park");
    }

    async fn one_member_cannot_flood_the_square(kind) {
        let square = Square::new(kind);
        for number in 0..20 {
            square.rosa.client.post("/notes", &[("body", &number.to_string())]).await.assert_status(303);
        }
        square.rosa.client.post("/notes", &[("body", "once more")]).await.assert_status(429);
        square.sam.client.post("/notes", &[("body", "another member")]).await.assert_status(303);
    }

    async fn a_language_is_chosen_or_found_in_the_words(kind) {
        let square = Square::new(kind);
        let spanish = "El ayuntamiento ha decidido esta noche que la fuente del parque central se repare antes de las fiestas de agosto, y los vecinos que estaban en la sala se han levantado para aplaudir.";
        let id = square.post(&square.rosa, &[("body", spanish)]).await;
        assert_eq!(square.read(&square.sam.client, id).await.attr(".post-words", "lang").as_deref(), Some("es"));
        let chosen = square.post(&square.rosa, &[("body", "Ahoj"), ("language", "cs")]).await;
        assert_eq!(square.read(&square.sam.client, chosen).await.attr(".post-words", "lang").as_deref(), Some("cs"));
        let unknown = square.post(&square.rosa, &[("body", "Hm"), ("language", "")]).await;
        assert_eq!(square.read(&square.sam.client, unknown).await.attr(".post-words", "lang"), None);
    }

    async fn a_warning_folds_the_note_away(kind) {
        let square = Square::new(kind);
        let id = square.post(&square.rosa, &[("body", "It was the gardener."), ("warning", "How the film ends")]).await;
        let page = square.read(&square.town.guest(), id).await;
        assert!(page.one("details.post-warning summary").contains("How the film ends"));
        assert!(page.has("details.post-warning .post-words") && !page.has("details.post-warning[open]"));
        let told = page.attr("meta[property='og:description']", "content").unwrap() + &page.attr("meta[name=description]", "content").unwrap();
        assert!(!told.contains("gardener"), "{told}");
        assert!(!page.one("head title").contains("gardener"));
    }

    async fn people_and_topics_are_completed(kind) {
        let square = Square::new(kind);
        square.town.actor("Sandy", "member");
        square.post(&square.rosa, &[("body", "#Water #WaterLine #Roads")]).await;
        let texts = |page: testkit::Page| {
            let found = page.json()["completions"].as_array().unwrap().clone();
            found.iter().map(|one| one["text"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let ask = async |q: &str| texts(square.rosa.client.get(&format!("/notes/completions?q={q}")).await);
        assert_eq!(ask("%40SA").await, ["@sam_park", "@sandy"]);
        assert_eq!(ask("%23wat").await, ["#Water", "#WaterLine"]);
        for nothing in ["%40", "%23", "sam", "%40%C3%A9", ""] {
            assert!(ask(nothing).await.is_empty(), "{nothing}");
        }
        let sandy = square.town.town.db.read_now(|tx| people::accounts::by_handle(tx, "sandy")).unwrap().unwrap().id;
        square.town.town.db.write_now(move |tx| people::accounts::set_suspended(tx, sandy, true, 1)).unwrap();
        assert_eq!(ask("%40sa").await, ["@sam_park"]);
        assert!(square.town.guest().get("/notes/completions?q=%40sa").await.location().starts_with("/sign-in"));
    }
}
