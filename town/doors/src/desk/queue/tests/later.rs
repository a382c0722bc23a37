//! Decisions that come after one another, and what is brought back by hand between them.

use super::*;

impl Queue {
    /// Takes the decision back that was made last about a case.
    async fn undo(&self, case: &str) {
        let page = self.kit.client.get(case).await;
        self.kit.client.submit(&page, "form[action$=undo]", &[]).await.assert_status(303);
    }

    fn suspended(&self) -> bool {
        let id = self.rosa.id;
        self.news.town.town.db.read_now(move |tx| people::accounts::by_id(tx, id)).unwrap().unwrap().suspended_at.is_some()
    }
}

/// Who took something down, why, whether it is hidden, and for how many days after `since` it is kept.
type Held = (Option<i64>, String, bool, i64);

impl Queue {
    fn held(&self, id: PostId, since: i64) -> Held {
        let sql = "select removed_by, removed_why, hidden, kept_until from posts where id = $1 and deleted_at is not null";
        let row = move |row: &db::Row| {
            let days = (row.get::<Option<i64>>(3)?.unwrap_or(since) - since) / DAY;
            Ok::<Held, db::Error>((row.get(0)?, row.get(1)?, row.get::<i64>(2)? == 1, days))
        };
        self.news.town.town.db.read_now(move |tx| tx.one(sql, db::params![id], row)).unwrap()
    }

    /// The statements of takedowns, the earliest first.
    pub(super) fn takedowns(&self) -> Vec<i64> {
        let sql = "select id from statements where act in ('hide', 'remove') order by id";
        self.news.town.town.db.read_now(move |tx| tx.all(sql, db::params![], |row| row.get(0))).unwrap()
    }

    pub(super) async fn take_back(&self, statement: i64) {
        self.kit.client.post(&format!("/admin/queue/statements/{statement}/undo"), &[]).await.assert_status(303);
    }

    /// A note of Rosa's that Mo removed where it stood, and Kit hid in the queue; and when.
    async fn taken_down_twice(&self) -> (PostId, i64) {
        let (id, case) = self.reported("You are all fools").await;
        let since = self.news.town.town.now();
        self.mo.client.post(&format!("/notes/{id}/takedown"), &[("why", "At sight.")]).await.assert_status(303);
        let page = self.kit.client.get(&case).await;
        let fields = [("act", "hide"), ("reason", "After a look.")];
        self.kit.client.submit(&page, "form[action$=decision]", &fields).await.assert_status(303);
        assert_eq!(self.held(id, since), (Some(self.kit.id.get()), "After a look.".into(), true, 73_000));
        (id, since)
    }
}

testkit::on_both! {
    async fn of_two_takedowns_the_earlier_holds_when_the_later_is_taken_back(kind) {
        let queue = Queue::new(kind);
        let (id, since) = queue.taken_down_twice().await;
        let both = queue.takedowns();
        queue.take_back(both[1]).await;
        assert_eq!(queue.held(id, since), (Some(queue.mo.id.get()), "At sight.".into(), false, 366), "as the earlier one said");
        assert_eq!(queue.sees(id).await, 410);
        queue.rosa.client.post(&format!("/notes/{id}/removal/undo"), &[]).await.assert_status(403);
        queue.take_back(both[0]).await;
        assert_eq!(queue.sees(id).await, 200);
        queue.exact();
    }

    async fn of_two_takedowns_the_later_holds_when_the_earlier_is_taken_back(kind) {
        let queue = Queue::new(kind);
        let (id, since) = queue.taken_down_twice().await;
        let both = queue.takedowns();
        queue.take_back(both[0]).await;
        assert_eq!(queue.held(id, since), (Some(queue.kit.id.get()), "After a look.".into(), true, 73_000));
        assert_eq!(queue.sees(id).await, 410);
        queue.take_back(both[1]).await;
        assert_eq!(queue.sees(id).await, 200, "nothing holds any more");
        queue.exact();
    }

    async fn who_took_it_down_may_have_left_when_it_holds_again(kind) {
        let queue = Queue::new(kind);
        let (id, since) = queue.taken_down_twice().await;
        let (both, mo) = (queue.takedowns(), queue.mo.id);
        queue.news.town.town.db.write_now(move |tx| moderation::forget(tx, mo)).unwrap();
        queue.take_back(both[1]).await;
        assert_eq!(queue.held(id, since), (Some(queue.kit.id.get()), "At sight.".into(), false, 366));
        queue.rosa.client.post(&format!("/notes/{id}/removal/undo"), &[]).await.assert_status(403);
    }

    async fn an_earlier_decision_that_is_taken_back_leaves_a_later_one(kind) {
        let queue = Queue::new(kind);
        let (_, first) = queue.reported("You are all fools").await;
        queue.news.town.pass(1_000);
        // What somebody wrote who is suspended is reported by nobody.
        let (_, second) = queue.reported("And you are, too").await;
        queue.decide(&first, &[("act", "suspend"), ("days", "7")]).await.assert_status(303);
        queue.decide(&second, &[("act", "ban"), ("reason", "Enough.")]).await.assert_status(303);
        queue.undo(&first).await;
        assert!(queue.suspended(), "the ban holds");
        queue.undo(&second).await;
        assert!(!queue.suspended(), "nothing holds any more");
        queue.exact();
    }

    async fn what_was_hidden_and_then_removed_comes_back_when_both_are_taken_back(kind) {
        let queue = Queue::new(kind);
        let (id, case) = queue.reported("You are all fools").await;
        queue.decide(&case, &[("act", "hide")]).await.assert_status(303);
        let hidden = queue.statement().await;
        // The same case again, by another report of before.
        let page = queue.kit.client.get(&case).await;
        page.assert_text("removed or hidden");
        queue.rosa.client.submit(&queue.rosa.client.get(&hidden).await, "#appeal", &[("words", "It was a joke.")]).await.assert_status(303);
        queue.undo(&case).await;
        assert_eq!(queue.sees(id).await, 200);
        queue.kit.client.get("/admin/queue/appeals").await.assert_status(200);
        assert!(!queue.kit.client.get("/admin/queue/appeals").await.has(".queue a"), "the appeal got what it asked for");
        queue.rosa.client.get(&hidden).await.assert_text("taken back");
        queue.exact();
    }

    async fn what_its_author_deleted_is_theirs_again_after_an_undo(kind) {
        let queue = Queue::new(kind);
        let (id, case) = queue.reported("You are all fools").await;
        queue.rosa.client.post(&format!("/notes/{id}/removal"), &[]).await.assert_status(303);
        queue.decide(&case, &[("act", "hide")]).await.assert_status(303);
        queue.rosa.client.post(&format!("/notes/{id}/removal/undo"), &[]).await.assert_status(403);
        queue.undo(&case).await;
        assert_eq!(queue.sees(id).await, 410, "it stays deleted");
        queue.rosa.client.post(&format!("/notes/{id}/removal/undo"), &[]).await.assert_status(303);
        assert_eq!(queue.sees(id).await, 200);
        queue.exact();
    }

    async fn what_the_queue_decided_is_brought_back_by_moderators_alone_and_not_by_its_author(kind) {
        let queue = Queue::new(kind);
        let (editor, ana) = (queue.news.town.actor("Ed Stone", "editor"), queue.news.town.actor("Ana Boss", "administrator"));
        let posted = queue.mo.client.post("/notes", &[("body", "A moderator speaks")]).await;
        let id: PostId = posted.assert_status(303).location().split(['/', '?']).nth(2).unwrap().parse().unwrap();
        queue.report(&format!("/reports/note/{id}")).await;
        let case = queue.first().await;
        let page = ana.client.get(&case).await;
        ana.client.submit(&page, "form[action$=decision]", &[("act", "remove")]).await.assert_status(303);
        let undo = format!("/notes/{id}/removal/undo");
        queue.mo.client.post(&undo, &[]).await.assert_status(403);
        editor.client.post(&undo, &[]).await.assert_status(403).assert_text("The moderators decided");
        queue.kit.client.post(&undo, &[]).await.assert_status(303);
        assert_eq!(queue.news.town.guest().get(&format!("/@mo_reyes/{id}")).await.status.as_u16(), 200);
        assert!(!queue.news.town.guest().get("/moderation").await.has_text("A post was removed"), "it holds no more");
        queue.exact();
    }

    async fn an_appeal_never_waits_for_somebody_who_may_not_decide(kind) {
        let queue = Queue::new(kind);
        let editor = queue.news.town.actor("Ed Stone", "editor");
        let ana = queue.news.town.actor("Ana Boss", "administrator");
        for (name, level) in [("Mo Reyes", "member"), ("Kit Lane", "member"), ("Eve Oak", "member")] {
            let sql = "update accounts set level = $2 where name = $1";
            queue.news.town.town.db.write_now(move |tx| tx.run(sql, db::params![name, level])).unwrap();
        }
        queue.news.town.actor("Moe Small", "moderator");
        let posted = editor.client.post("/notes", &[("body", "An editor speaks")]).await;
        let id: PostId = posted.assert_status(303).location().split(['/', '?']).nth(2).unwrap().parse().unwrap();
        queue.report(&format!("/reports/note/{id}")).await;
        let case = ana.client.get("/admin/queue").await.attr(".queue a", "href").unwrap();
        let page = ana.client.get(&case).await;
        ana.client.submit(&page, "form[action$=decision]", &[("act", "warn")]).await.assert_status(303);
        let statement = editor.client.get("/moderation/statements").await.attr("main a[href^='/moderation/statements/']", "href").unwrap();
        let page = editor.client.get(&statement).await;
        editor.client.submit(&page, "#appeal", &[("words", "Why?")]).await.assert_status(303);
        let appeal = ana.client.get("/admin/queue/appeals").await.attr(".queue a", "href").unwrap();
        let page = ana.client.get(&appeal).await;
        page.assert_text("nobody else could decide");
        ana.client.submit(&page, "form[data-queue]", &[("outcome", "upheld"), ("words", "It stands.")]).await.assert_status(303);
        queue.exact();
    }
}
