use super::town;
use people::{
    AccountId, Permission,
    accounts::{self, Account},
    levels,
    testing::TestTown,
};

fn account(town: &TestTown, id: AccountId) -> Account {
    town.town.db.read_now(move |tx| accounts::by_id(tx, id)).unwrap().unwrap()
}

/// Editors who may manage people, and nothing else of an administrator's.
async fn let_editors_manage_people(town: &TestTown) {
    let granted = [Permission::WriteStories, Permission::EditStories, Permission::ManagePeople];
    town.town.db.write(move |tx| levels::grant(tx, "editor", &granted)).await.unwrap();
    town.town.reload().await.unwrap();
}

testkit::on_both! {
    async fn an_invited_person_chooses_a_password_and_is_in(kind) {
        let town = town(kind);
        let ana = town.actor("Ana", "administrator");
        let page = ana.client.get("/admin/people/new").await;
        let fields = [("display_name", "Rosa Vega"), ("handle", "rosa"), ("email", "rosa@town.example"), ("level", "editor")];
        let invited = ana.client.submit(&page, "main form", &fields).await;
        invited.assert_status(200).assert_text("rosa@town.example").assert_landmarks();
        let link = invited.one(".secret");
        let path = link.strip_prefix("http://localhost").unwrap();
        assert_eq!(town.town.db.read(jobs::waiting).await.unwrap(), 1, "a letter is on its way");
        let rosa = town.guest();
        let page = rosa.get(path).await;
        let done = rosa.submit(&page, "main form", &[("password", "four unrelated words here")]).await;
        done.assert_status(303);
        rosa.get("/admin").await.assert_status(200);
        town.guest().get(path).await.assert_status(410);
        ana.client.get("/admin/people").await.assert_text("Rosa Vega").assert_text("@rosa");
    }

    async fn an_invitation_that_cannot_be_keeps_what_was_typed(kind) {
        let town = town(kind);
        let ana = town.actor("Ana", "administrator");
        let taken = [("display_name", "Other"), ("handle", "ANA"), ("email", "other@town.example"), ("level", "author")];
        let page = ana.client.post("/admin/people", &taken).await;
        page.assert_status(422).assert_text("Somebody has this handle");
        assert_eq!(page.form("main form").value("display_name"), Some("Other"));
        let taken = [("display_name", "Other"), ("handle", "other"), ("email", "Ana@town.example"), ("level", "author")];
        ana.client.post("/admin/people", &taken).await.assert_status(422).assert_text("account with this e-mail");
        let wrong = [("display_name", ""), ("handle", "-"), ("email", "x"), ("level", "guest")];
        let page = ana.client.post("/admin/people", &wrong).await;
        page.assert_status(422).assert_text("Write the name").assert_text("handle").assert_text("e-mail").assert_text("one of the levels");
        assert_eq!(town.town.db.read(jobs::waiting).await.unwrap(), 0);
    }

    async fn the_last_administrator_is_neither_demoted_nor_suspended(kind) {
        let town = town(kind);
        let (ana, bo) = (town.actor("Ana", "administrator"), town.actor("Bo", "editor"));
        let here = format!("/admin/people/{}", ana.id);
        ana.client.post(&format!("{here}/level"), &[("level", "author")]).await.assert_status(422).assert_text("Nobody would be left");
        ana.client.post(&format!("{here}/suspension"), &[]).await.assert_status(422).assert_text("Nobody would be left");
        assert_eq!((account(&town, ana.id).level.as_str(), account(&town, ana.id).suspended_at), ("administrator", None));
        ana.client.post(&format!("/admin/people/{}/level", bo.id), &[("level", "administrator")]).await.assert_status(303);
        ana.client.post(&format!("{here}/suspension"), &[]).await.assert_status(303);
        assert!(account(&town, ana.id).suspended_at.is_some());
        ana.client.get("/admin").await.assert_status(303);
        bo.client.post(&format!("/admin/people/{}/suspension", bo.id), &[]).await.assert_status(422);
        bo.client.post(&format!("{here}/suspension/remove"), &[]).await.assert_status(303);
        assert!(account(&town, ana.id).suspended_at.is_none());
    }

    async fn nobody_gives_or_takes_what_they_may_not_do_themselves(kind) {
        let town = town(kind);
        let (ana, ed) = (town.actor("Ana", "administrator"), town.actor("Ed", "editor"));
        let bo = town.actor("Bo", "member");
        let_editors_manage_people(&town).await;
        for who in [ed.id, bo.id] {
            let path = format!("/admin/people/{who}/level");
            ed.client.post(&path, &[("level", "administrator")]).await.assert_status(422).assert_text("one of the levels");
        }
        for act in ["level", "suspension", "suspension/remove", "link"] {
            ed.client.post(&format!("/admin/people/{}/{act}", ana.id), &[("level", "member")]).await.assert_status(403);
        }
        let page = ed.client.get(&format!("/admin/people/{}", ana.id)).await;
        page.assert_status(200);
        assert_eq!(page.count("main form"), 0);
        let fields = [("display_name", "Eve"), ("handle", "eve"), ("email", "eve@town.example"), ("level", "administrator")];
        ed.client.post("/admin/people", &fields).await.assert_status(422);
        ed.client.post(&format!("/admin/people/{}/suspension", bo.id), &[]).await.assert_status(303);
        ed.client.get("/admin/people/77").await.assert_status(404);
    }
}
