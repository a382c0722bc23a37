#![allow(clippy::unwrap_used)]

mod badges;
mod bars;
mod joining;
mod letters;
mod levels;
mod looks;
mod people;
mod questions;
mod reactions;
mod reviews;
mod sections;

use ::people::testing::TestTown;
use testkit::Kind;

fn town(kind: Kind) -> TestTown {
    TestTown::new(kind, crate::routes().merge(::people::routes()), things::sections::links)
}

const PAGES: [(&str, bool); 41] = [
    // Address, and whether editors may open it.
    ("/admin", true),
    ("/admin/sections", true),
    ("/admin/sections/new", true),
    ("/admin/people", false),
    ("/admin/people/new", false),
    ("/admin/organizations", false),
    ("/admin/joining", true),
    ("/admin/joining/invitations", true),
    ("/admin/joining/rules", false),
    ("/admin/levels", false),
    ("/admin/levels/new", false),
    ("/admin/levels/member", false),
    ("/admin/levels/author/removal", false),
    ("/admin/decisions", false),
    ("/admin/safety", false),
    ("/admin/looks", false),
    ("/admin/menus", false),
    ("/admin/questions", false),
    ("/admin/questions/new", false),
    ("/admin/badges", false),
    ("/admin/badges/new", false),
    ("/admin/badges/1", false),
    ("/admin/reactions", false),
    ("/admin/reactions/new", false),
    ("/admin/reactions/thanks", false),
    ("/admin/reviews", true),
    ("/admin/reviews/criteria", true),
    ("/admin/reviews/criteria/0", true),
    ("/admin/letters", false),
    ("/admin/letters/joining.admitted", false),
    ("/admin/queue", false),
    ("/admin/queue/appeals", false),
    ("/admin/queue/decided", false),
    ("/admin/queue/held", false),
    ("/admin/blocks", false),
    ("/admin/filters", false),
    ("/admin/filters/new", false),
    ("/admin/queue/rules", false),
    ("/admin/queue/rules/1", false),
    ("/admin/site", false),
    ("/admin/undone", false),
];

const FORMS: [(&str, bool); 42] = [
    ("/admin/sections", true),
    ("/admin/sections/1", true),
    ("/admin/sections/1/position", true),
    ("/admin/sections/1/removal", true),
    ("/admin/people", false),
    ("/admin/people/1/suspension", false),
    ("/admin/people/1/link", false),
    ("/admin/organizations/1/kind", false),
    ("/admin/organizations/1/owner", false),
    ("/admin/levels", false),
    ("/admin/levels/new", false),
    ("/admin/levels/member", false),
    ("/admin/levels/author/removal", false),
    ("/admin/looks", false),
    ("/admin/looks/icon", false),
    ("/admin/looks/logo/removal", false),
    ("/admin/menus/footer", false),
    ("/admin/questions/new", false),
    ("/admin/questions/1/removal", false),
    ("/admin/badges/new", false),
    ("/admin/badges/1", false),
    ("/admin/badges/1/holders", false),
    ("/admin/reviews/1/approval", true),
    ("/admin/reviews/1/refusal", true),
    ("/admin/reviews/watches/1/end", true),
    ("/admin/reviews/criteria/0", true),
    ("/admin/letters/joining.admitted", false),
    ("/admin/queue/cases/1/decision", false),
    ("/admin/queue/cases/1/notes", false),
    ("/admin/queue/statements/1/undo", false),
    ("/admin/queue/appeals/1", false),
    ("/admin/queue/held/comment/1/approval", false),
    ("/admin/queue/held/note/1/refusal", false),
    ("/admin/filters/new", false),
    ("/admin/filters/1/removal", false),
    ("/admin/filters/porch", false),
    ("/admin/blocks", false),
    ("/admin/blocks/1/removal", false),
    ("/admin/queue/rules/new", false),
    ("/admin/queue/log", false),
    ("/admin/safety", false),
    ("/admin/site", false),
];

testkit::on_both! {
    async fn each_page_is_for_those_whose_level_includes_it(kind) {
        let town = town(kind);
        let (guest, author) = (town.guest(), town.actor("Bo", "author"));
        let (editor, administrator) = (town.actor("Ed", "editor"), town.actor("Ana", "administrator"));
        for (page, for_editors) in PAGES {
            let sent_away = guest.get(page).await;
            sent_away.assert_status(303);
            assert!(sent_away.location().starts_with("/sign-in?next="), "{page}");
            author.client.get(page).await.assert_status(403);
            editor.client.get(page).await.assert_status(if for_editors { 200 } else { 403 });
            administrator.client.get(page).await.assert_status(200).assert_landmarks();
        }
        for (form, for_editors) in FORMS {
            assert_eq!(guest.post(form, &[]).await.location(), "/sign-in", "{form}");
            author.client.post(form, &[]).await.assert_status(403);
            let refused = editor.client.post(form, &[]).await.status.as_u16() == 403;
            assert_eq!(refused, !for_editors, "{form}");
        }
    }

    async fn the_list_of_places_shows_only_what_the_viewer_may(kind) {
        let town = town(kind);
        let (editor, administrator) = (town.actor("Ed", "editor"), town.actor("Ana", "administrator"));
        let seen = editor.client.get("/admin").await.select_text("nav.sidenav li");
        assert_eq!(seen, ["Overview", "Front page", "Numbers", "Sections", "Mentions elsewhere", "Reviews", "Joining"]);
        assert_eq!(administrator.client.get("/admin").await.count("nav.sidenav li"), 24);
    }

    async fn the_site_is_changed_for_everybody_at_once(kind) {
        let town = town(kind);
        let ana = town.actor("Ana", "administrator");
        let page = ana.client.get("/admin/site").await;
        let wrong = ana.client.submit(&page, "main form", &[("name", "  "), ("time_zone", "Nowhere"), ("place", "Kept words")]).await;
        wrong.assert_status(422).assert_text("Give the site a name").assert_text("Choose a time zone");
        assert_eq!(wrong.form("main form").value("place"), Some("Kept words"));
        let done = ana.client.submit(&page, "main form", &[("name", "The New Lantern"), ("review_required", "1")]).await;
        ana.client.follow(&done).await.assert_text("The New Lantern").assert_text("Saved.");
        assert!(town.town.site().review_required);
        assert!(ana.client.get("/admin/site").await.form("main form").has("review_required"));
    }

    async fn undone_work_is_tried_again_or_forgotten(kind) {
        let town = town(kind);
        let ana = town.actor("Ana", "administrator");
        let letter = ("Subject".to_owned(), "Text".to_owned());
        let now = town.town.now();
        let put = move |tx: &mut db::Tx| ::people::town::post_mail(tx, "Bo", "bo@town.example", letter.clone(), now);
        town.town.db.write(put).await.unwrap();
        let refuse = |_, _: ::people::town::Letter| async { Err(jobs::give_up(anyhow::anyhow!("no such mailbox"))) };
        let queue = jobs::Queue::builder(town.town.db.clone()).on(refuse).build();
        assert_eq!(queue.run_due().await, 1);
        ana.client.get("/admin").await.assert_text("1 errand failed");
        let page = ana.client.get("/admin/undone").await;
        page.assert_text("no such mailbox").assert_landmarks();
        ana.client.submit(&page, "form[action$=retry]", &[]).await.assert_status(303);
        ana.client.get("/admin/undone").await.assert_text("Nothing is undone");
        assert_eq!(queue.run_due().await, 1);
        let page = ana.client.get("/admin/undone").await;
        ana.client.submit(&page, "form[action$=remove]", &[]).await.assert_status(303);
        assert_eq!(town.town.db.read(jobs::waiting).await.unwrap(), 0);
        ana.client.post("/admin/undone/7/retry", &[]).await.assert_status(404);
    }
}
