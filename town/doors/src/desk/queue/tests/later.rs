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

testkit::on_both! {
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
