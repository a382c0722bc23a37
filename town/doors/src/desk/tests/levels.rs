use super::town;
use people::{Permission, testing::TestTown};

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
}
