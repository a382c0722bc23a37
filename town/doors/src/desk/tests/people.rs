use super::town;
use people::{
    AccountId, Permission,
    accounts::{self, Account},
    levels,
    testing::TestTown,
};

const WEEK: [(&str, &str); 2] = [("days", "7"), ("why", "Rude to Bo.")];
const DAY: i64 = 24 * 60 * 60 * 1000;

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
        ana.client.post(&format!("{here}/suspension"), &WEEK).await.assert_status(422).assert_text("Nobody would be left");
        assert_eq!((account(&town, ana.id).level.as_str(), account(&town, ana.id).suspended_at), ("administrator", None));
        ana.client.post(&format!("/admin/people/{}/level", bo.id), &[("level", "administrator")]).await.assert_status(303);
        ana.client.post(&format!("{here}/suspension"), &WEEK).await.assert_status(303);
        assert!(account(&town, ana.id).suspended_at.is_some());
        ana.client.get("/admin").await.assert_status(303);
        bo.client.post(&format!("/admin/people/{}/suspension", bo.id), &WEEK).await.assert_status(422);
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
            ed.client.post(&format!("/admin/people/{}/{act}", ana.id), &[("level", "member"), ("days", "7"), ("why", "x")]).await.assert_status(403);
        }
        let page = ed.client.get(&format!("/admin/people/{}", ana.id)).await;
        page.assert_status(200);
        assert_eq!(page.count("main form"), 0, "nothing that could be changed");
        let fields = [("display_name", "Eve"), ("handle", "eve"), ("email", "eve@town.example"), ("level", "administrator")];
        ed.client.post("/admin/people", &fields).await.assert_status(422);
        ed.client.post(&format!("/admin/people/{}/suspension", bo.id), &WEEK).await.assert_status(303);
        ed.client.get("/admin/people/77").await.assert_status(404);
    }

    async fn people_are_found_by_name_handle_and_address(kind) {
        let town = town(kind);
        let ana = town.actor("Ana Duarte", "administrator");
        for (name, level) in [("Rosa Pena", "member"), ("Rosalind Ito", "author"), ("Sam Park", "member")] {
            town.actor(name, level);
        }
        let found = async |query: &str| ana.client.get(&format!("/admin/people?{query}")).await.assert_status(200).select_text("tbody td:nth-child(2)");
        assert_eq!(found("q=rosa").await, ["@rosalind_ito", "@rosa_pena"]);
        assert_eq!(found("q=%40sam").await, ["@sam_park"]);
        assert_eq!(found("q=SAM_PARK%40town.example").await, ["@sam_park"]);
        assert_eq!(found("q=ito&level=author").await, ["@rosalind_ito"]);
        assert_eq!(found("level=author").await, ["@rosalind_ito"]);
        assert_eq!(found("q=ito&level=member").await, Vec::<String>::new());
        assert_eq!(found("state=waiting").await, Vec::<String>::new());
        assert_eq!(found("state=active").await.len(), 4);
        let page = ana.client.get("/admin/people?q=nobody_at_all&level=author").await;
        page.assert_landmarks().assert_text("Nobody is found");
        let form = page.form("form.filters");
        assert_eq!((form.value("q"), form.value("level")), (Some("nobody_at_all"), Some("author")));
    }

    async fn the_list_goes_on_page_by_page(kind) {
        let town = town(kind);
        let ana = town.actor("Ana", "administrator");
        for number in 0..52 {
            town.actor(&format!("Reader {number}"), "member");
        }
        let first = ana.client.get("/admin/people?level=member&state=active").await;
        assert_eq!(first.count("tbody tr"), 50);
        let second = ana.client.get(&first.attr("nav.pager a[rel=next]", "href").unwrap()).await;
        assert_eq!(second.select_text("tbody td:nth-child(2)"), ["@reader_1", "@reader_0"]);
        assert!(!second.has("nav.pager a[rel=next]"));
        assert_eq!(second.attr("nav.pager a[rel=prev]", "href").as_deref(), Some("/admin/people?level=member&state=active"));
    }

    async fn a_suspension_is_told_with_its_reason_and_ends_by_itself(kind) {
        let town = town(kind);
        let (ana, bo) = (town.actor("Ana", "administrator"), town.actor("Bo", "member"));
        let here = format!("/admin/people/{}", bo.id);
        let page = ana.client.get(&here).await;
        page.assert_landmarks();
        let wrong = ana.client.submit(&page, "form.suspension", &[("days", "3"), ("why", " ")]).await;
        wrong.assert_status(422).assert_landmarks().assert_text("Write why");
        assert_eq!(wrong.form("form.suspension").value("days"), Some("3"));
        ana.client.post(&format!("{here}/suspension"), &[("days", "5"), ("why", "x")]).await.assert_status(422).assert_text("Choose for how long");
        bo.client.get("/settings").await.assert_status(200);
        ana.client.submit(&page, "form.suspension", &[("days", "3"), ("why", "Shouted at Sam.")]).await.assert_status(303);
        bo.client.get("/settings").await.assert_status(303);
        let letter = town.letters().pop().unwrap();
        assert!(letter.email == "bo@town.example" && letter.text.contains("Shouted at Sam.") && letter.text.contains("until "));
        let page = ana.client.get(&here).await;
        page.assert_text("Suspended until").assert_text("Shouted at Sam.").assert_text("Ana");
        let due = || crate::desk::Ends { account: bo.id };
        crate::desk::end_suspension(town.town.clone(), due()).await.unwrap();
        assert!(account(&town, bo.id).suspended_at.is_some(), "its time is not over");
        town.pass(3 * DAY);
        crate::desk::end_suspension(town.town.clone(), due()).await.unwrap();
        assert!(account(&town, bo.id).suspended_at.is_none());
        assert_eq!(town.letters().pop().unwrap().subject, "You can sign in to The Mesa Lantern again");
        ana.client.get("/admin/decisions").await.assert_text("Let back in: the time was over");
        ana.client.get(&format!("/admin/decisions?by={}", ana.id)).await.assert_text("Suspended until");
    }
}
