//! Moderators clear the queue, and whoever it concerns hears of it.
#![allow(clippy::unwrap_used)]

mod held;
mod later;
mod readers;

use people::testing::Actor;
use talk::{PostId, moderation};
use testkit::{Kind, Page};

use crate::newsroom::{DAY, Newsroom};

/// A town with two who moderate, one who writes and one who reports.
struct Queue {
    news: Newsroom,
    mo: Actor,
    kit: Actor,
    rosa: Actor,
    sam: Actor,
}

impl Queue {
    fn new(kind: Kind) -> Self {
        let news = Newsroom::new(kind);
        let (mo, kit) = (news.town.actor("Mo Reyes", "moderator"), news.town.actor("Kit Lane", "moderator"));
        let (rosa, sam) = (news.town.actor("Rosa Ito", "member"), news.town.actor("Sam Park", "member"));
        // Somebody always looks after people and the site.
        news.town.actor("Eve Oak", "administrator");
        Self { news, mo, kit, rosa, sam }
    }

    async fn note(&self, words: &str) -> PostId {
        let posted = self.rosa.client.post("/notes", &[("body", words)]).await;
        posted.assert_status(303).location().split(['/', '?']).nth(2).unwrap().parse().unwrap()
    }

    async fn report(&self, path: &str) {
        self.sam.client.post(path, &[("rule", "2"), ("words", "This is rude")]).await.assert_status(303);
    }

    /// A note of Rosa's that Sam reported, and the address of its case.
    async fn reported(&self, words: &str) -> (PostId, String) {
        let id = self.note(words).await;
        self.report(&format!("/reports/note/{id}")).await;
        (id, self.first().await)
    }

    /// The first case that waits, and that is not about Kit.
    async fn first(&self) -> String {
        self.kit.client.get("/admin/queue").await.attr(".queue a", "href").unwrap()
    }

    async fn decide(&self, case: &str, fields: &[(&str, &str)]) -> Page {
        let page = self.mo.client.get(case).await;
        page.assert_status(200).assert_landmarks();
        self.mo.client.submit(&page, "form[action$=decision]", fields).await
    }

    /// The address of the statement that Rosa has a notice of.
    async fn statement(&self) -> String {
        let page = self.rosa.client.get("/moderation/statements").await;
        page.assert_status(200).assert_landmarks();
        page.attr("main a[href^='/moderation/statements/']", "href").unwrap()
    }

    async fn sees(&self, id: PostId) -> u16 {
        self.news.town.guest().get(&format!("/@rosa_ito/{id}")).await.status.as_u16()
    }

    fn exact(&self) {
        let drift =
            self.news.town.town.db.read_now(|tx| Ok::<_, db::Error>((moderation::drift(tx, false)?, talk::comments::drift(tx, false)?)));
        assert_eq!(drift.unwrap(), (vec![], vec![]));
    }
}

testkit::on_both! {
    async fn a_case_is_read_with_everything_that_bears_on_it(kind) {
        let queue = Queue::new(kind);
        let (id, case) = queue.reported("You are all fools").await;
        assert!(queue.mo.client.get("/admin").await.has_text("Reports1 waiting"));
        queue.mo.client.get("/admin/queue?kind=story").await.assert_status(200).assert_text("Nothing waits");
        queue.mo.client.get("/admin/queue?kind=note&order=most").await.assert_status(200).assert_landmarks().assert_text("You are all fools");
        let page = queue.mo.client.get(&case).await;
        page.assert_status(200).assert_landmarks().assert_text("You are all fools").assert_text("This is rude").assert_text("Sam Park").assert_text("Be kind");
        assert!(page.has(&format!("a[href='/@rosa_ito/{id}']")));
        assert_eq!(page.form("form[action$=decision]").value("rule"), Some("2"), "the rule that reports name is chosen");
        queue.sam.client.get(&case).await.assert_status(403);
        let noted = queue.mo.client.submit(&page, "form[action$=notes]", &[("note", "Look at last week")]).await;
        queue.kit.client.follow(&noted).await.assert_status(200).assert_text("Look at last week");
        queue.mo.client.submit(&page, "form[action$=notes]", &[("note", " ")]).await.assert_status(422).assert_text("Write something");
        queue.mo.client.get("/admin/queue/cases/7").await.assert_status(404);
    }

    async fn what_is_removed_is_gone_and_its_author_knows_why(kind) {
        let queue = Queue::new(kind);
        let (id, case) = queue.reported("You are all fools").await;
        let wrong = queue.decide(&case, &[("act", "label"), ("reason", "Kept words")]).await;
        wrong.assert_status(422).assert_landmarks().assert_text("Write the sentence");
        assert_eq!(wrong.form("form[action$=decision]").value("reason"), Some("Kept words"));
        queue.decide(&case, &[]).await.assert_status(422).assert_text("Choose what is done");
        let done = queue.decide(&case, &[("act", "remove")]).await;
        assert_eq!(done.location(), "/admin/queue?done=decided");
        assert_eq!(queue.sees(id).await, 410);
        queue.exact();
        let letter = queue.news.town.letters().pop().unwrap();
        assert_eq!(letter.email, "rosa_ito@town.example");
        for words in ["A decision about you", "Be kind", "attacks people", "You are all fools", "/moderation/statements/", "No program"] {
            assert!(letter.subject.contains(words) || letter.text.contains(words), "{words}");
        }
        queue.rosa.client.get("/notifications").await.assert_text("decided about something of yours");
        queue.sam.client.get("/notifications").await.assert_text("decided about what you reported");
        queue.sam.client.get("/moderation/statements").await.assert_text("Something was done");
        let statement = queue.statement().await;
        queue.rosa.client.get(&statement).await.assert_status(200).assert_landmarks().assert_text("was removed").assert_text("You are all fools");
        queue.sam.client.get(&statement).await.assert_status(404);
        queue.mo.client.get(&statement).await.assert_status(404);
        assert!(queue.news.town.guest().get(&statement).await.location().starts_with("/sign-in"));
        let log = queue.news.town.guest().get("/moderation").await;
        log.assert_text("A post was removed").assert_text("Be kind");
        assert!(!log.has_text("Rosa Ito"), "names are told where the site wants it");
        queue.rosa.client.post(&format!("/notes/{id}/removal/undo"), &[]).await.assert_status(403);
        queue.mo.client.get("/admin/queue/decided").await.assert_status(200).assert_landmarks().assert_text("You are all fools");
    }

    async fn who_comes_second_is_told(kind) {
        let queue = Queue::new(kind);
        let (id, case) = queue.reported("You are all fools").await;
        let page = queue.kit.client.get(&case).await;
        queue.decide(&case, &[("act", "keep")]).await.assert_status(303);
        let late = queue.kit.client.submit(&page, "form[action$=decision]", &[("act", "remove")]).await;
        late.assert_status(409).assert_landmarks().assert_text("Somebody else has decided");
        assert_eq!(queue.sees(id).await, 200);
        queue.sam.client.get("/moderation/statements").await.assert_text("It keeps to the rules");
        queue.rosa.client.get("/moderation/statements").await.assert_text("There are none");
    }

    async fn a_sentence_stands_over_it_until_that_is_taken_back(kind) {
        let queue = Queue::new(kind);
        let (id, case) = queue.reported("The mayor is a lizard").await;
        queue.decide(&case, &[("act", "label"), ("label", "Nobody has proved this.")]).await.assert_status(303);
        let there = format!("/@rosa_ito/{id}");
        queue.news.town.guest().get(&there).await.assert_status(200).assert_text("Nobody has proved this.");
        let page = queue.mo.client.get(&case).await;
        let undone = queue.mo.client.submit(&page, "form[action$=undo]", &[]).await;
        queue.mo.client.follow(&undone).await.assert_status(200).assert_landmarks().assert_text("Taken back");
        assert!(!queue.news.town.guest().get(&there).await.has_text("Nobody has proved this."));
        assert!(queue.first().await == case, "it waits again");
        queue.exact();
    }

    async fn stories_comments_and_albums_come_back_as_they_were(kind) {
        let queue = Queue::new(kind);
        let story = queue.news.story("The old pipe leaks", queue.news.water, DAY);
        let there = format!("/stories/{story}/the-old-pipe-leaks");
        queue.rosa.client.post(&format!("/posts/{story}/comments"), &[("body", "You fool")]).await.assert_status(303);
        let report = queue.sam.client.get(&there).await.attr("article.comment a[href^='/reports/comment/']", "href").unwrap();
        for (report, words) in [(report, "You fool"), (format!("/reports/story/{story}"), "The old pipe leaks")] {
            queue.report(&report).await;
            let case = queue.first().await;
            queue.decide(&case, &[("act", "hide"), ("reason", "Not here.")]).await.assert_status(303);
            queue.exact();
            assert!(!queue.news.town.guest().get(&there).await.has_text(words));
            assert!(!queue.news.town.guest().get("/sections/water").await.has_text(words));
            let page = queue.kit.client.get(&case).await;
            page.assert_text("removed or hidden").assert_text(words);
            queue.kit.client.submit(&page, "form[action$=undo]", &[]).await.assert_status(303);
            queue.news.town.guest().get(&there).await.assert_status(200).assert_text(words);
            queue.exact();
            let again = queue.first().await;
            queue.decide(&again, &[("act", "keep")]).await.assert_status(303);
        }
    }

    async fn whoever_is_limited_only_reads_for_a_while(kind) {
        let queue = Queue::new(kind);
        let (_, case) = queue.reported("You are all fools").await;
        queue.mo.client.post(&format!("{case}/decision"), &[("act", "limit"), ("rule", "2"), ("days", "4"), ("version", "1")]).await.assert_status(422).assert_text("Choose for how long");
        queue.decide(&case, &[("act", "limit"), ("days", "3")]).await.assert_status(303);
        queue.rosa.client.post("/notes", &[("body", "More")]).await.assert_status(403).assert_text("only read here for a while");
        queue.rosa.client.get("/square/local").await.assert_status(200);
        queue.news.town.pass(3 * DAY + 1_000);
        queue.rosa.client.post("/notes", &[("body", "More")]).await.assert_status(303);
    }

    async fn whoever_is_banned_reads_their_letter_and_appeals(kind) {
        let queue = Queue::new(kind);
        let (_, case) = queue.reported("You are all fools").await;
        queue.decide(&case, &[("act", "ban"), ("reason", "For the tenth time.")]).await.assert_status(303);
        assert!(queue.rosa.client.get("/settings").await.location().starts_with("/sign-in"), "they are signed out");
        let address = queue.news.town.link_in_letter();
        let guest = queue.news.town.guest();
        let page = guest.get(&address).await;
        page.assert_status(200).assert_landmarks().assert_text("cannot sign in any more").assert_text("For the tenth time.");
        assert!(guest.get(&format!("{address}x")).await.location().starts_with("/sign-in"));
        guest.submit(&page, "#appeal", &[]).await.assert_status(422).assert_text("Write why");
        let done = guest.submit(&page, "#appeal", &[("words", "It was my brother.")]).await;
        guest.follow(&done).await.assert_status(200).assert_text("It was my brother.").assert_text("Your appeal is with the moderators");
        guest.submit(&page, "#appeal", &[("words", "Again.")]).await.assert_status(409);
        let appeals = queue.mo.client.get("/admin/queue/appeals").await;
        appeals.assert_status(200).assert_landmarks().assert_text("It was my brother.");
        let appeal = appeals.attr(".queue a", "href").unwrap();
        queue.mo.client.get(&appeal).await.assert_status(200).assert_text("another moderator decides");
        queue.mo.client.post(&appeal, &[("outcome", "upheld"), ("words", "No.")]).await.assert_status(403);
        let page = queue.kit.client.get(&appeal).await;
        page.assert_status(200).assert_landmarks().assert_text("You are all fools");
        queue.kit.client.submit(&page, "form[data-queue]", &[("outcome", "reversed")]).await.assert_status(422).assert_text("Write an answer");
        queue.kit.client.submit(&page, "form[data-queue]", &[("outcome", "reversed"), ("words", "We believe you.")]).await.assert_status(303);
        let letter = queue.news.town.letters().pop().unwrap();
        assert!(letter.text.contains("We believe you.") && letter.text.contains("taken back"));
        guest.get(&address).await.assert_text("You were right").assert_text("We believe you.");
        let back = queue.rosa.id;
        let account = queue.news.town.town.db.read_now(move |tx| people::accounts::by_id(tx, back)).unwrap().unwrap();
        assert_eq!(account.suspended_at, None);
        queue.exact();
    }

    async fn an_appeal_that_is_not_right_changes_nothing(kind) {
        let queue = Queue::new(kind);
        let (id, case) = queue.reported("You are all fools").await;
        queue.decide(&case, &[("act", "remove")]).await.assert_status(303);
        let statement = queue.statement().await;
        let page = queue.rosa.client.get(&statement).await;
        queue.rosa.client.submit(&page, "#appeal", &[("words", "It was a joke.")]).await.assert_status(303);
        let appeal = queue.kit.client.get("/admin/queue/appeals").await.attr(".queue a", "href").unwrap();
        let page = queue.kit.client.get(&appeal).await;
        queue.kit.client.submit(&page, "form[data-queue]", &[("outcome", "upheld"), ("words", "Nobody laughed.")]).await.assert_status(303);
        assert_eq!(queue.sees(id).await, 410);
        queue.rosa.client.get(&statement).await.assert_text("The decision stands").assert_text("Nobody laughed.");
        queue.kit.client.post(&appeal, &[("outcome", "upheld"), ("words", "Again.")]).await.assert_status(409);
        queue.news.town.guest().get("/moderation").await.assert_text("Appealed, and upheld");
        queue.exact();
    }

    async fn nobody_decides_about_themself_or_about_who_may_more(kind) {
        let queue = Queue::new(kind);
        let ana = queue.news.town.actor("Ana Boss", "administrator");
        for whose in [&queue.mo, &ana] {
            let posted = whose.client.post("/notes", &[("body", "Staff speaks")]).await;
            let id: PostId = posted.assert_status(303).location().split(['/', '?']).nth(2).unwrap().parse().unwrap();
            queue.report(&format!("/reports/note/{id}")).await;
            let case = queue.first().await;
            let page = queue.mo.client.get(&case).await;
            assert!(!page.has("form[action$=decision]"));
            // Who reported somebody is not theirs to read.
            assert!(!page.has_text("Sam Park") || whose.id != queue.mo.id);
            queue.mo.client.post(&format!("{case}/decision"), &[("act", "keep"), ("version", "1")]).await.assert_status(403);
        }
        let about_ana = queue.first().await;
        ana.client.get(&about_ana).await.assert_status(403).assert_text("This is about you");
        ana.client.post(&format!("{about_ana}/notes"), &[("note", "It was a joke")]).await.assert_status(403);
        assert!(!ana.client.get("/admin/queue").await.has(&format!("a[href='{about_ana}']")));
    }

    async fn rules_and_the_log_are_the_administrators(kind) {
        let queue = Queue::new(kind);
        let ana = queue.news.town.actor("Ana Boss", "administrator");
        queue.mo.client.get("/admin/queue/rules").await.assert_status(200).assert_landmarks().assert_text("Be kind");
        queue.mo.client.get("/admin/queue/rules/1").await.assert_status(403);
        ana.client.post("/admin/queue/rules/new", &[("name", ""), ("reason", "Kept")]).await.assert_status(422).assert_text("Give the rule a short name");
        ana.client.post("/admin/queue/rules/new", &[("name", "No dogs"), ("reason", "This is about dogs.")]).await.assert_status(303);
        ana.client.post("/admin/queue/rules/2", &[("name", "Be kind, please"), ("reason", "It was not."), ("retired", "1")]).await.assert_status(303);
        let (id, _) = { let id = queue.note("Woof").await; (id, ()) };
        let choices = queue.sam.client.get(&format!("/reports/note/{id}")).await;
        choices.assert_text("No dogs");
        assert!(!choices.has_text("Be kind, please"));
        queue.sam.client.post(&format!("/reports/note/{id}"), &[("rule", "1")]).await.assert_status(303);
        queue.decide(&queue.first().await, &[("act", "warn")]).await.assert_status(303);
        assert!(!queue.news.town.guest().get("/moderation").await.has_text("Rosa Ito"));
        ana.client.post("/admin/queue/log", &[("names", "1")]).await.assert_status(303);
        queue.news.town.guest().get("/moderation").await.assert_text("Rosa Ito").assert_text("A member was warned");
    }
}
