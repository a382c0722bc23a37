//! Nobody goes by the name of another.

use super::*;

testkit::on_both! {
    async fn a_handle_that_looks_like_anothers_is_refused(kind) {
        let town = open_town(kind);
        town.actor("Paul", "author");
        for (handle, words) in [
            ("paul", "Somebody has this handle."),
            ("PAUL", "Somebody has this handle."),
            ("pau1", "looks too much like"),
            ("pauI", "looks too much like"),
            ("аdmin", "Use only the letters"),
            ("admin", "kept for the site"),
            ("Adm1n", "kept for the site"),
        ] {
            let page = send(&town, &town.guest(), &typed(handle, "Rosa", "rosa@home.example")).await;
            page.assert_status(422);
            assert!(page.one("#handle-problem").contains(words), "{handle}: {}", page.one("#handle-problem"));
        }
        joined(&town, "mary", "mary@home.example").await;
        send(&town, &town.guest(), &typed("rnary", "Rosa", "rosa@home.example")).await.assert_status(422).assert_text("looks too much like");
        joined(&town, "Maria", "maria@home.example").await;
    }

    async fn a_name_that_imitates_staff_or_mixes_alphabets_is_refused(kind) {
        let town = open_town(kind);
        town.actor("Ana Duarte", "editor");
        town.actor("Bert Lind", "member");
        for (name, words) in [
            ("Ana Duarte", "who works here"),
            ("ana.duarte", "who works here"),
            // Greek letters, whole words of them.
            ("Αna Duarte", "letters of different alphabets"),
            ("Anа Duarte", "letters of different alphabets"),
            ("The Mesa Lantern", "belongs to the site"),
            ("Moderator", "belongs to the site"),
            ("!!!", "at least one letter"),
        ] {
            let page = send(&town, &town.guest(), &typed("rosa", name, "rosa@home.example")).await;
            page.assert_status(422);
            assert!(page.one("#display_name-problem").contains(words), "{name}: {}", page.one("#display_name-problem"));
        }
        for (handle, name) in [("bert2", "Bert Lind"), ("ana_luz", "Ana Luz Duarte"), ("maria", "Мария Иванова")] {
            let email = format!("{handle}@home.example");
            send(&town, &town.guest(), &typed(handle, name, &email)).await.assert_status(303);
        }
    }

    async fn a_member_cannot_take_such_a_name_later(kind) {
        let town = open_town(kind);
        let (ana, bert) = (town.actor("Ana Duarte", "editor"), town.actor("Bert Lind", "member"));
        let page = bert.client.get("/settings").await;
        let answer = bert.client.submit(&page, "form[action='/settings']", &[("display_name", "Ana  Duarte")]).await;
        answer.assert_status(422).assert_text("who works here");
        bert.client.submit(&page, "form[action='/settings']", &[("display_name", "Bert L. Lind")]).await.assert_status(303);
        let page = ana.client.get("/settings").await;
        ana.client.submit(&page, "form[action='/settings']", &[("display_name", "Ana  Duarte"), ("bio", "Water.")]).await.assert_status(303);
    }

    fn handles_that_came_before_likenesses_have_one_by_the_same_rule(kind) {
        let town = TestTown::of_people(kind);
        for name in ["Mary0", "PauI", "ana_d"] {
            town.actor(name, "member");
        }
        let sql = "select handle, handle_likeness, replace(lower(replace(replace(replace(handle, 'I', 'l'), '1', 'l'), '0', 'O')), 'm', 'rn') from accounts";
        let rows: Vec<(String, String, String)> = town.town.db.read_now(move |tx| tx.all(sql, db::params![], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))).unwrap();
        assert_eq!(rows.len(), 3);
        for (handle, ours, sqls) in rows {
            assert_eq!(ours, sqls, "{handle}");
        }
    }
}
