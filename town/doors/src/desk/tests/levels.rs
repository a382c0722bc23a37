use super::town;
use people::{
    Permission,
    levels::{Limit, Limits},
    testing::TestTown,
};

fn has(town: &TestTown, level: &str, permission: Permission) -> bool {
    town.town.levels().permissions(level).has(permission)
}

testkit::on_both! {
    async fn boxes_change_what_people_may_do_from_their_next_click(kind) {
        let town = town(kind);
        let (ana, bo) = (town.actor("Ana", "administrator"), town.actor("Bo", "author"));
        bo.client.get("/admin/sections").await.assert_status(403);
        let page = ana.client.get("/admin/levels").await;
        page.assert_landmarks();
        let done = ana.client.submit(&page, "form#levels", &[("author:sections.edit", "1")]).await;
        ana.client.follow(&done).await.assert_text("Saved.");
        bo.client.get("/admin/sections").await.assert_status(200);
        assert!(has(&town, "author", Permission::WriteStories), "other boxes stay");
        assert!(!page.text().contains("guest:"), "guests have no account to do anything with");
    }

    async fn administrators_keep_what_would_lock_everybody_out(kind) {
        let town = town(kind);
        let ana = town.actor("Ana", "administrator");
        ana.client.post("/admin/levels", &[]).await.assert_status(303);
        assert!(has(&town, "administrator", Permission::ManagePeople) && has(&town, "administrator", Permission::ManageSite));
        assert!(!has(&town, "administrator", Permission::WriteStories) && !has(&town, "editor", Permission::EditStories));
        // What nobody may do any more can be given again.
        let page = ana.client.get("/admin/levels").await;
        let ticked = [("administrator:stories.edit", "1"), ("editor:stories.edit", "1")];
        ana.client.submit(&page, "form#levels", &ticked).await.assert_status(303);
        assert!(has(&town, "administrator", Permission::EditStories) && has(&town, "editor", Permission::EditStories));
    }

    async fn a_box_for_what_one_may_not_do_counts_for_nothing(kind) {
        let town = town(kind);
        town.actor("Ana", "administrator");
        let ed = town.actor("Ed", "editor");
        let granted = [Permission::ManagePeople];
        town.town.db.write(move |tx| people::levels::grant(tx, "editor", &granted)).await.unwrap();
        town.town.reload().await.unwrap();
        let forged = [("editor:site.manage", "1"), ("editor:stories.edit", "1"), ("editor:people.manage", "1")];
        ed.client.post("/admin/levels", &forged).await.assert_status(303);
        assert!(!has(&town, "editor", Permission::ManageSite) && !has(&town, "editor", Permission::EditStories));
        assert!(has(&town, "administrator", Permission::EditStories), "and takes nothing away");
    }

    async fn limits_are_set_in_the_same_table(kind) {
        let town = town(kind);
        let ana = town.actor("Ana", "administrator");
        let page = ana.client.get("/admin/levels").await;
        let wrong = ana.client.submit(&page, "form#levels", &[("member:notes.hour", "lots"), ("author:stories.day", "7")]).await;
        wrong.assert_status(422).assert_landmarks().assert_text("Member, posts in the square within an hour: Write a number from 1 to 10,000,000");
        let form = wrong.form("form#levels");
        assert_eq!((form.value("member:notes.hour"), form.value("author:stories.day")), (Some("lots"), Some("7")));
        let done = ana.client.submit(&page, "form#levels", &[("member:notes.hour", "5"), ("author:stories.day", "")]).await;
        ana.client.follow(&done).await.assert_text("Saved.");
        let levels = town.town.levels();
        assert_eq!(levels.limits("member").of(Limit::NotesAnHour), Some(5));
        assert_eq!(levels.limits("author"), Limits::default());
        ana.client.get("/admin/decisions").await.assert_text("Member, posts in the square within an hour: 5").assert_text("Ana");
    }

    async fn levels_are_made_renamed_and_removed(kind) {
        let town = town(kind);
        let (ana, bo) = (town.actor("Ana", "administrator"), town.actor("Bo", "member"));
        let page = ana.client.get("/admin/levels/new").await;
        let twice = ana.client.submit(&page, "main form", &[("title", "MEMBER"), ("like", "author")]).await;
        twice.assert_status(422).assert_landmarks().assert_text("There is a level of this name");
        let made = ana.client.submit(&page, "main form", &[("title", "Good Neighbour"), ("like", "author")]).await;
        assert_eq!(made.location(), "/admin/levels/good-neighbour?done=saved");
        let names: Vec<String> = town.town.levels().all().iter().map(|level| level.name.clone()).collect();
        assert_eq!(names, ["guest", "member", "author", "good-neighbour", "editor", "moderator", "administrator"]);
        assert!(has(&town, "good-neighbour", Permission::WriteStories));

        let page = ana.client.get("/admin/levels/good-neighbour").await;
        page.assert_status(200).assert_landmarks();
        let wrong = ana.client.submit(&page, "form#level", &[("from", "editor"), ("days", "x")]).await;
        wrong.assert_status(422).assert_text("Choose a level below").assert_text("from 0 to 10,000");
        let at_once = ana.client.submit(&page, "form#level", &[("from", "member")]).await;
        at_once.assert_status(422).assert_text("otherwise everybody");
        let fields = [("title", "Correspondent"), ("above", "member"), ("from", "member"), ("days", "30"), ("posts", "10"), ("email", "1")];
        ana.client.submit(&page, "form#level", &fields).await.assert_status(303);
        let levels = town.town.levels();
        let level = levels.named("good-neighbour").unwrap();
        assert_eq!((level.title.as_str(), level.conditions.as_ref().unwrap().days), ("Correspondent", 30));
        assert_eq!(levels.all()[2].name, "good-neighbour");

        ana.client.post(&format!("/admin/people/{}/level", bo.id), &[("level", "good-neighbour")]).await.assert_status(303);
        let page = ana.client.get("/admin/levels/good-neighbour/removal").await;
        page.assert_status(200).assert_landmarks();
        ana.client.post("/admin/levels/good-neighbour/removal", &[("to", "guest")]).await.assert_status(422);
        ana.client.submit(&page, "main form", &[("to", "author")]).await.assert_status(303);
        assert!(town.town.levels().named("good-neighbour").is_none());
        bo.client.get("/settings/level").await.assert_text("Author");
        for fixed in ["administrator", "member"] {
            ana.client.get(&format!("/admin/levels/{fixed}/removal")).await.assert_status(403);
            ana.client.post(&format!("/admin/levels/{fixed}/removal"), &[("to", "author")]).await.assert_status(403);
        }
        for nowhere in ["guest", "nobody"] {
            ana.client.get(&format!("/admin/levels/{nowhere}")).await.assert_status(404);
        }
        let page = ana.client.get("/admin/levels/administrator").await;
        assert!(!page.has("select[name=from]"));
        let forged = [("title", "Boss"), ("from", "member"), ("days", "1")];
        ana.client.post("/admin/levels/administrator", &forged).await.assert_status(422);
        ana.client.submit(&page, "form#level", &[("title", "Boss")]).await.assert_status(303);
        ana.client.get("/admin/decisions").await.assert_text("Made the level “Good Neighbour”, like “Author”").assert_text("Removed the level “Correspondent”");
    }

    async fn nobody_changes_a_level_that_may_more_than_they(kind) {
        let town = town(kind);
        town.actor("Ana", "administrator");
        let ed = town.actor("Ed", "editor");
        let granted = [
            Permission::ManagePeople,
            Permission::React,
            Permission::WriteStories,
            Permission::WriteNotes,
            Permission::WriteComments,
            Permission::WriteReviews,
            Permission::FoundOrganizations,
            Permission::PublishStories,
        ];
        town.town.db.write(move |tx| people::levels::grant(tx, "editor", &granted)).await.unwrap();
        town.town.reload().await.unwrap();
        ed.client.get("/admin/levels/administrator").await.assert_status(403);
        ed.client.post("/admin/levels/administrator", &[("title", "Nobody")]).await.assert_status(403);
        ed.client.post("/admin/levels/new", &[("title", "Mine"), ("like", "administrator")]).await.assert_status(422);
        ed.client.post("/admin/levels", &[("administrator:notes.hour", "1"), ("member:notes.hour", "9")]).await.assert_status(303);
        assert_eq!(town.town.levels().limits("administrator"), Limits::default());
        assert_eq!(town.town.levels().limits("member").of(Limit::NotesAnHour), Some(9));
    }
}
