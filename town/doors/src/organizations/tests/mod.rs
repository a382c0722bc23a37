//! Organizations through the front door, on both databases.
#![allow(clippy::unwrap_used)]

mod posting;
mod reviewing;

use people::{
    AccountId,
    organizations::{self, Role},
    testing::Actor,
};
use testkit::{Kind, Page};

use crate::newsroom::Newsroom;

/// A town in which Rosa founded a bookshop.
struct Shop {
    news: Newsroom,
    rosa: Actor,
    ben: Actor,
    dee: Actor,
    id: AccountId,
}

const FORM: [(&str, &str); 5] = [
    ("display_name", "Juniper Books"),
    ("handle", "juniper_books"),
    ("kind", "business"),
    ("bio", "Old and new books"),
    ("website", "juniper.example"),
];

impl Shop {
    async fn open(kind: Kind) -> Self {
        let news = Newsroom::new(kind);
        let [rosa, ben, dee] = ["Rosa", "Ben", "Dee"].map(|name| news.town.actor(name, "member"));
        let page = rosa.client.get("/organizations/new").await;
        page.assert_status(200).assert_landmarks();
        let founded = rosa.client.submit(&page, "form[action='/organizations']", &FORM).await;
        assert_eq!(founded.assert_status(303).location(), "/@juniper_books?done=founded");
        let find = |tx: &mut db::Tx| people::accounts::by_handle(tx, "juniper_books");
        let id = news.town.town.db.read_now(find).unwrap().unwrap().id;
        Self { news, rosa, ben, dee, id }
    }

    fn path(&self, rest: &str) -> String {
        format!("/organizations/{}{rest}", self.id)
    }

    async fn invite(&self, who: &Actor, role: Role) -> Page {
        let page = self.rosa.client.get(&self.path("/people")).await;
        self.rosa.client.submit(&page, "form#invite", &[("handle", &format!("@{}", who.handle)), ("role", role.name())]).await
    }

    async fn join(&self, who: &Actor, role: Role) {
        self.invite(who, role).await.assert_status(303);
        who.client.post(&self.path("/membership"), &[]).await.assert_status(303);
    }

    fn role(&self, who: AccountId) -> Option<Role> {
        let id = self.id;
        self.news.town.town.db.read_now(move |tx| organizations::role_of(tx, who, id)).unwrap()
    }
}

testkit::on_both! {
    async fn a_member_founds_one_and_everybody_finds_it(kind) {
        let shop = Shop::open(kind).await;
        let guest = shop.news.town.guest();
        let page = guest.get("/@juniper_books").await;
        page.assert_status(200).assert_landmarks().assert_text("@juniper_books · Business");
        assert_eq!(page.select_text("nav.tabs[aria-label='Of Juniper Books'] a"), ["Posts", "Photos", "Reviews", "People", "About"]);
        assert!(!page.has("a[href$='/edit']"));
        guest.get("/@juniper_books/about").await.assert_landmarks().assert_text("juniper.example").assert_text("Business");
        guest.get("/@juniper_books/people").await.assert_landmarks().assert_text("Nobody is named here");
        guest.get("/@rosa/people").await.assert_status(404);
        let all = guest.get("/organizations").await;
        all.assert_landmarks();
        assert_eq!(all.select_text(".people h3 a"), ["Juniper Books"]);
        assert_eq!(guest.get("/organizations?q=jun&kind=business").await.count(".people > li"), 1);
        guest.get("/organizations?kind=official").await.assert_landmarks().assert_text("None found");
        assert_eq!(guest.get("/organizations/new").await.location(), "/sign-in?next=%2Forganizations%2Fnew");
        assert_eq!(guest.post("/organizations", &FORM).await.location(), "/sign-in");
    }

    async fn what_cannot_be_taken_comes_back_with_a_word(kind) {
        let shop = Shop::open(kind).await;
        for (field, value, words) in [
            ("handle", "rosa", "Somebody has this handle"),
            ("handle", "juniper_b00ks", "looks too much like one"),
            ("handle", "admin", "kept for the site"),
            ("display_name", "", "Write the name"),
            ("display_name", "The Mesa Lantern", "belongs to the site"),
            ("kind", "empire", "Choose what it is"),
            ("website", "javascript:alert(1)", "Write the address of a page"),
            ("bio", &"x".repeat(501), "Use at most 500"),
        ] {
            let mut form: Vec<(&str, &str)> = vec![("display_name", "Corner Bakery"), ("handle", "corner_bakery"), ("kind", "business"), ("hours", "From six")];
            form.retain(|(name, _)| *name != field);
            form.push((field, value));
            let page = shop.ben.client.post("/organizations", &form).await;
            page.assert_status(422).assert_landmarks().assert_text(words);
            assert_eq!(page.form("form[action='/organizations']").value("hours"), Some("From six"), "{field}");
        }
    }

    async fn those_who_are_invited_run_it_by_their_roles(kind) {
        let shop = Shop::open(kind).await;
        shop.invite(&shop.ben, Role::Editor).await.assert_status(303);
        shop.ben.client.get("/notifications").await.assert_text("Juniper Books invites you to run its page");
        shop.ben.client.get(&shop.path("/edit")).await.assert_status(403);
        let all = shop.ben.client.get("/organizations").await;
        all.assert_landmarks().assert_text("You are invited: editor");
        shop.ben.client.submit(&all, "form[action$='/membership']", &[]).await.assert_status(303);
        assert_eq!(shop.role(shop.ben.id), Some(Role::Editor));
        let page = shop.ben.client.get(&shop.path("/edit")).await;
        page.assert_status(200).assert_landmarks();
        let saved = shop.ben.client.submit(&page, "form[enctype]", &[("display_name", "Juniper Books and Maps"), ("hours", "Tuesday\nFriday")]).await;
        assert_eq!(saved.assert_status(303).location(), "/@juniper_books?done=saved");
        shop.news.town.guest().get("/@juniper_books/about").await.assert_text("Juniper Books and Maps").assert_text("Tuesday");
        let wrong = shop.ben.client.post(&shop.path("/edit"), &[("display_name", ""), ("place", "Kept")]).await;
        wrong.assert_status(422).assert_landmarks();
        assert_eq!(wrong.form("form[enctype]").value("place"), Some("Kept"));
        // An editor decides nothing about people; whoever is nothing there, nothing at all.
        for (who, statuses) in [(&shop.ben, [200, 403, 403, 403, 403]), (&shop.dee, [403, 403, 403, 403, 403])] {
            assert_eq!(who.client.get(&shop.path("/people")).await.status.as_u16(), statuses[0]);
            for (at, path) in ["/people", &format!("/people/{}/role", shop.rosa.id), &format!("/people/{}/removal", shop.rosa.id), "/closing"].iter().enumerate() {
                let answer = who.client.post(&shop.path(path), &[("handle", "dee"), ("role", "owner")]).await;
                assert_eq!(answer.status.as_u16(), statuses[at + 1], "{path}");
            }
        }
        shop.dee.client.post(&shop.path("/edit"), &[("display_name", "Mine now")]).await.assert_status(403);
        shop.dee.client.post(&shop.path("/membership"), &[]).await.assert_status(404);
        shop.dee.client.post(&shop.path("/membership/name"), &[("named", "1")]).await.assert_status(403);
        // Who wishes to be is named.
        shop.ben.client.post(&shop.path("/membership/name"), &[("named", "1")]).await.assert_status(303);
        let people = shop.news.town.guest().get("/@juniper_books/people").await;
        assert_eq!(people.select_text(".people h3 a"), ["Ben"]);
    }

    async fn the_last_owner_hands_over_before_they_go(kind) {
        let shop = Shop::open(kind).await;
        shop.join(&shop.ben, Role::Contributor).await;
        shop.rosa.client.post(&shop.path("/membership/removal"), &[]).await.assert_status(409).assert_text("Somebody has to own");
        let page = shop.rosa.client.get(&shop.path("/people")).await;
        page.assert_landmarks();
        let role = format!("form[action$='/people/{}/role']", shop.ben.id);
        shop.rosa.client.submit(&page, &role, &[("role", "owner")]).await.assert_status(303);
        shop.ben.client.get("/notifications").await.assert_text("changed your role");
        let gone = shop.rosa.client.post(&shop.path("/membership/removal"), &[]).await;
        assert_eq!(gone.assert_status(303).location(), "/organizations?done=left-organization");
        assert_eq!((shop.role(shop.rosa.id), shop.role(shop.ben.id)), (None, Some(Role::Owner)));
        shop.rosa.client.get(&shop.path("/people")).await.assert_status(403);
        let nobody = shop.ben.client.post(&shop.path("/people"), &[("handle", "nobody"), ("role", "editor")]).await;
        nobody.assert_status(422).assert_landmarks().assert_text("No member has this handle");
        // Another organization runs nothing.
        shop.ben.client.post(&shop.path("/people"), &[("handle", "juniper_books"), ("role", "editor")]).await.assert_status(422);
    }

    async fn one_is_closed_and_opened_again(kind) {
        let shop = Shop::open(kind).await;
        let guest = shop.news.town.guest();
        guest.get("/@juniper_books").await.assert_status(200);
        shop.rosa.client.post(&shop.path("/closing"), &[("posts", "stay")]).await.assert_status(303);
        guest.get("/@juniper_books").await.assert_status(410);
        assert_eq!(guest.get("/organizations").await.count(".people > li"), 0);
        let page = shop.rosa.client.get(&shop.path("/people")).await;
        page.assert_landmarks().assert_text("It is closed, and will be forgotten");
        shop.rosa.client.submit(&page, "form[action$='/closing/withdrawal']", &[]).await.assert_status(303);
        guest.get("/@juniper_books").await.assert_status(200);
        shop.rosa.client.post(&shop.path("/closing"), &[("posts", "go")]).await.assert_status(303);
        shop.news.town.pass(15 * 24 * 60 * 60 * 1000);
        crate::departures::carry_out(shop.news.town.town.clone()).await.unwrap();
        guest.get("/@juniper_books").await.assert_status(410);
        shop.rosa.client.get(&shop.path("/people")).await.assert_status(404);
        let all = shop.rosa.client.get("/organizations").await;
        assert!(!all.has("#yours"));
    }

    async fn the_staff_say_what_is_official_and_appoint_owners(kind) {
        let shop = Shop::open(kind).await;
        let boss = shop.news.town.actor("Boss", "administrator");
        let page = shop.rosa.client.get(&shop.path("/edit")).await;
        shop.rosa.client.submit(&page, "form[enctype]", &[("official", "1")]).await.assert_status(303);
        shop.news.town.guest().get("/@juniper_books").await.assert_text("Business");
        let desk = boss.client.get("/admin/organizations").await;
        desk.assert_landmarks().assert_text("Juniper Books");
        let here = format!("/admin/organizations/{}", shop.id);
        let one = boss.client.get(&here).await;
        one.assert_status(200).assert_landmarks().assert_text("It says to be an official body");
        boss.client.submit(&one, "form[action$='/kind']", &[("kind", "official")]).await.assert_status(303);
        shop.news.town.guest().get("/@juniper_books").await.assert_text("Official body");
        boss.client.get("/admin/organizations").await.assert_text("None asks.");
        let wrong = boss.client.submit(&one, "form#owner", &[("handle", "@nobody")]).await;
        wrong.assert_status(422).assert_landmarks();
        boss.client.submit(&one, "form#owner", &[("handle", "@dee")]).await.assert_status(303);
        assert_eq!(shop.role(shop.dee.id), Some(Role::Owner));
        let id = shop.id;
        let logged = shop.news.town.town.db.read_now(move |tx| people::decisions::about(tx, id, 9)).unwrap();
        assert_eq!(logged.iter().map(|one| one.words.as_str()).collect::<Vec<_>>(), ["Made @dee an owner", "Kind of organization: “Official body”"]);
        // Nobody signs in as an organization: there is no link, and no level.
        let account = format!("/admin/people/{}", shop.id);
        boss.client.get(&account).await.assert_landmarks().assert_text("This is an organization");
        boss.client.post(&format!("{account}/link"), &[]).await.assert_status(409);
        boss.client.post(&format!("{account}/level"), &[("level", "administrator")]).await.assert_status(409);
    }

    async fn it_is_followed_blocked_and_nobodys_friend(kind) {
        let shop = Shop::open(kind).await;
        let page = shop.ben.client.get("/@juniper_books").await;
        assert!(!page.has("form[action$='/request']"));
        shop.ben.client.post(&format!("/connections/{}/request", shop.id), &[]).await.assert_status(403);
        shop.ben.client.submit(&page, "form.follow", &[]).await.assert_status(303);
        shop.rosa.client.post("/notes", &[("body", "Open on Sunday"), ("speaker", &shop.id.to_string())]).await.assert_status(303);
        let home = shop.ben.client.get("/square").await;
        home.assert_text("Open on Sunday").assert_text("Because you follow the organization Juniper Books");
        shop.ben.client.post(&format!("/connections/{}/block", shop.id), &[]).await.assert_status(303);
        let all = shop.ben.client.get("/organizations").await;
        assert_eq!(all.count(".people > li"), 0);
        assert!(!shop.ben.client.get("/square/local").await.has("article.post"));
    }
}
