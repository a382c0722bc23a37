use super::town;
use people::testing::{Actor, TestTown};
use things::sections::{self, Section, Tree};

fn tree(town: &TestTown) -> Tree {
    town.town.db.read_now(sections::all).unwrap()
}

fn named(town: &TestTown, slug: &str) -> Section {
    tree(town).in_order().into_iter().find(|(_, section)| section.slug == slug).unwrap().1.clone()
}

fn order(town: &TestTown) -> Vec<String> {
    tree(town).in_order().into_iter().map(|(depth, section)| format!("{}{}", "-".repeat(depth), section.slug)).collect()
}

async fn add(editor: &Actor, name: &str, parent: &str) {
    let done = editor.client.post("/admin/sections", &[("name", name), ("parent", parent), ("colour", "teal")]).await;
    done.assert_status(303);
}

testkit::on_both! {
    async fn sections_are_added_changed_and_keep_their_old_addresses(kind) {
        let town = town(kind);
        let ed = town.actor("Ed", "editor");
        add(&ed, "Town Hall", "").await;
        let hall = named(&town, "town-hall");
        ed.client.get("/admin/sections").await.assert_text("Town Hall").assert_landmarks();
        let page = ed.client.get(&format!("/admin/sections/{}", hall.id)).await;
        assert_eq!(page.form("main form").value("colour"), Some("teal"));
        let done = ed.client.submit(&page, "main form", &[("name", "City Hall"), ("slug", "city-hall"), ("colour", "plum")]).await;
        ed.client.follow(&done).await.assert_text("City Hall").assert_text("Saved.");
        let moved = town.town.db.read_now(|tx| sections::by_slug(tx, "town-hall")).unwrap().unwrap();
        assert_eq!((moved.id, moved.slug.as_str()), (hall.id, "city-hall"));
        let bar = town.guest().get("/sign-in").await;
        assert!(bar.select_text("nav.sections a").contains(&"City Hall".to_owned()), "the bar on every page follows");
    }

    async fn what_cannot_be_is_said_and_the_words_are_kept(kind) {
        let town = town(kind);
        let ed = town.actor("Ed", "editor");
        add(&ed, "News", "").await;
        let again = ed.client.post("/admin/sections", &[("name", "Also news"), ("slug", "news"), ("colour", "clay")]).await;
        again.assert_status(422).assert_text("leads to “News”");
        assert_eq!(again.form("main form").value("name"), Some("Also news"));
        let wrong = ed.client.post("/admin/sections", &[("name", ""), ("colour", "mauve"), ("parent", "12345")]).await;
        wrong.assert_status(422).assert_text("Give the section a name").assert_text("Choose one of the colours").assert_text("no longer exists");
        ed.client.get("/admin/sections/12345").await.assert_status(404);
        ed.client.post("/admin/sections/12345", &[("name", "x"), ("colour", "clay")]).await.assert_status(404);
        assert_eq!(order(&town), ["news"]);
    }

    async fn sections_go_three_deep_and_never_into_themselves(kind) {
        let town = town(kind);
        let ed = town.actor("Ed", "editor");
        let mut parent = String::new();
        for name in ["One", "Two", "Three"] {
            add(&ed, name, &parent).await;
            parent = named(&town, &name.to_lowercase()).id.to_string();
        }
        let fourth = ed.client.post("/admin/sections", &[("name", "Four"), ("parent", &parent), ("colour", "clay")]).await;
        fourth.assert_status(422).assert_text("3 deep at most");
        let one = named(&town, "one").id;
        let inside = ed.client.post(&format!("/admin/sections/{one}"), &[("name", "One"), ("parent", &parent), ("colour", "clay")]).await;
        inside.assert_status(422).assert_text("cannot stand in itself");
        assert_eq!(order(&town), ["one", "-two", "--three"]);
    }

    async fn siblings_change_places(kind) {
        let town = town(kind);
        let ed = town.actor("Ed", "editor");
        for name in ["A", "B", "C"] {
            add(&ed, name, "").await;
        }
        let (a, c) = (named(&town, "a").id, named(&town, "c").id);
        for (id, way, expected) in [(c, "up", ["a", "c", "b"]), (a, "up", ["a", "c", "b"]), (a, "down", ["c", "a", "b"])] {
            ed.client.post(&format!("/admin/sections/{id}/position"), &[("do", way)]).await.assert_status(303);
            assert_eq!(order(&town), expected);
        }
        ed.client.post("/admin/sections/99/position", &[("do", "up")]).await.assert_status(404);
    }

    async fn a_removed_section_leaves_its_address_to_its_successor(kind) {
        let town = town(kind);
        let ed = town.actor("Ed", "editor");
        add(&ed, "Sports", "").await;
        let sports = named(&town, "sports").id;
        ed.client.get(&format!("/admin/sections/{sports}/removal")).await.assert_text("It is the only one");
        add(&ed, "Chess", &sports.to_string()).await;
        add(&ed, "News", "").await;
        let (chess, news) = (named(&town, "chess").id, named(&town, "news").id);
        let path = format!("/admin/sections/{sports}/removal");
        for successor in ["", "77", &sports.to_string(), &chess.to_string()] {
            ed.client.post(&path, &[("successor", successor)]).await.assert_status(422).assert_text("Choose");
        }
        let page = ed.client.get(&path).await;
        assert_eq!(page.form("main form").choices("successor"), [news.to_string()]);
        ed.client.submit(&page, "main form", &[]).await.assert_status(303);
        assert_eq!(order(&town), ["chess", "news"]);
        let old = town.town.db.read_now(|tx| sections::by_slug(tx, "sports")).unwrap().unwrap();
        assert_eq!(old.id, news);
    }
}
