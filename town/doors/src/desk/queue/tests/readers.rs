//! What readers think of a story and add to it is decided about like everything else.

use db::params;
use talk::{context, reviews};

use super::*;

const REVIEW: [(&str, &str); 4] = [("stars", "1"), ("recommend", "no"), ("title", "Written by a fool"), ("body", "I said it.")];

/// Nothing that is counted of reviews and contexts drifts.
fn exact(queue: &Queue) {
    queue.exact();
    let drift =
        queue.news.town.town.db.read_now(|tx| Ok::<_, db::Error>((reviews::drift(tx, false)?, context::drift(tx, false)?))).unwrap();
    assert_eq!(drift, (vec![], vec![]));
}

/// Context of Rosa's that is shown under a story of Ana's.
fn shown(queue: &Queue, story: PostId) -> i64 {
    let (author, id) = (queue.rosa.id, 4_711_i64);
    let made = queue.news.town.town.db.write_now(move |tx| {
        let sql =
            "insert into contexts (id, subject_id, author_id, body, sources, written_at, status) values ($1, $2, $3, $4, $5, 0, 'shown')";
        tx.run(sql, params![id, story, author, "The vote was closer.", "https://example.org/vote"])?;
        tx.run("update post_counts set contexts = 1 where post_id = $1", params![story])
    });
    made.unwrap();
    queue.news.changed();
    id
}

testkit::on_both! {
    async fn a_review_is_reported_labelled_hidden_and_comes_back(kind) {
        let queue = Queue::new(kind);
        let story = queue.news.story("The old pipe leaks", queue.news.water, DAY);
        queue.news.town.pass(10 * DAY);
        queue.rosa.client.post(&format!("/posts/{story}/review"), &REVIEW).await.assert_status(303);
        let list = format!("/posts/{story}/reviews");
        let report = queue.sam.client.get(&list).await.attr("article.review a[href^='/reports/review/']", "href").unwrap();
        assert!(!queue.rosa.client.get(&list).await.has("a[href^='/reports/review/']"), "one's own");
        assert!(queue.news.town.guest().get(&list).await.has("a[href^='/reports/review/']"), "guests report, too");
        queue.report(&report).await;
        let case = queue.first().await;
        queue.mo.client.get(&case).await.assert_text("Written by a fool");
        queue.decide(&case, &[("act", "label"), ("label", "About the author, not the story.")]).await.assert_status(303);
        queue.news.town.guest().get(&list).await.assert_text("About the author, not the story.");
        queue.report(&report).await;
        let case = queue.first().await;
        queue.decide(&case, &[("act", "hide"), ("reason", "Not here.")]).await.assert_status(303);
        exact(&queue);
        assert!(!queue.news.town.guest().get(&list).await.has_text("Written by a fool"));
        queue.rosa.client.post(&format!("/posts/{story}/review"), &REVIEW).await.assert_status(403);
        let page = queue.kit.client.get(&case).await;
        queue.kit.client.submit(&page, "form[action$=undo]", &[]).await.assert_status(303);
        queue.news.town.guest().get(&list).await.assert_text("Written by a fool");
        exact(&queue);
    }

    async fn a_review_that_is_taken_down_where_it_stands_can_be_appealed(kind) {
        let queue = Queue::new(kind);
        let story = queue.news.story("The old pipe leaks", queue.news.water, DAY);
        queue.news.town.pass(10 * DAY);
        queue.rosa.client.post(&format!("/posts/{story}/review"), &REVIEW).await.assert_status(303);
        let down = queue.mo.client.get(&format!("/posts/{story}/reviews")).await.attr("a[href$='/takedown']", "href").unwrap();
        queue.mo.client.post(&down, &[("why", "It is about a person.")]).await.assert_status(303);
        let letter = queue.news.town.letters().pop().unwrap();
        assert!(letter.text.contains("It is about a person.") && letter.text.contains("Written by a fool"), "{}", letter.text);
        let statement = queue.statement().await;
        let page = queue.rosa.client.get(&statement).await;
        page.assert_text("It is about a person.").assert_text("Written by a fool");
        queue.rosa.client.submit(&page, "#appeal", &[("words", "It is about the story.")]).await.assert_status(303);
        let appeal = queue.kit.client.get("/admin/queue/appeals").await.attr(".queue a", "href").unwrap();
        let page = queue.kit.client.get(&appeal).await;
        queue.kit.client.submit(&page, "form[data-queue]", &[("outcome", "reversed"), ("words", "So it is.")]).await.assert_status(303);
        queue.news.town.guest().get(&format!("/posts/{story}/reviews")).await.assert_text("Written by a fool");
        exact(&queue);
    }

    async fn context_is_reported_and_removed_and_comes_back_and_nobody_reads_whose_it_is(kind) {
        let queue = Queue::new(kind);
        let story = queue.news.story("The old pipe leaks", queue.news.water, DAY);
        let (there, id) = (format!("/stories/{story}/the-old-pipe-leaks"), shown(&queue, story));
        queue.news.town.guest().get(&there).await.assert_text("The vote was closer.");
        let report = queue.sam.client.get(&format!("/posts/{story}/context")).await.attr("a[href^='/reports/context/']", "href").unwrap();
        assert_eq!(report, format!("/reports/context/{id}"));
        let form = queue.sam.client.get(&report).await;
        form.assert_status(200).assert_landmarks().assert_text("The vote was closer.");
        assert!(!form.has_text("Rosa Ito"));
        queue.rosa.client.get(&report).await.assert_status(403);
        queue.report(&report).await;
        let case = queue.first().await;
        queue.mo.client.get(&case).await.assert_text("Rosa Ito");
        queue.mo.client.post(&format!("{case}/decision"), &[("act", "hide"), ("rule", "2"), ("version", "1")]).await.assert_status(422);
        queue.decide(&case, &[("act", "remove"), ("reason", "The source says otherwise.")]).await.assert_status(303);
        exact(&queue);
        assert!(!queue.news.town.guest().get(&there).await.has_text("The vote was closer."));
        queue.sam.client.get(&report).await.assert_status(404);
        queue.news.town.guest().get("/moderation").await.assert_text("A context note was removed");
        let page = queue.kit.client.get(&case).await;
        queue.kit.client.submit(&page, "form[action$=undo]", &[]).await.assert_status(303);
        queue.news.town.guest().get(&there).await.assert_text("The vote was closer.");
        exact(&queue);
    }
    async fn of_two_who_took_a_context_down_the_one_who_still_says_so_is_named(kind) {
        let queue = Queue::new(kind);
        let story = queue.news.story("The old pipe leaks", queue.news.water, DAY);
        let id = shown(&queue, story);
        queue.report(&format!("/reports/context/{id}")).await;
        let case = queue.first().await;
        queue.mo.client.post(&format!("/contexts/{id}/takedown"), &[("why", "At sight.")]).await.assert_status(303);
        let page = queue.kit.client.get(&case).await;
        let fields = [("act", "remove"), ("reason", "After a look.")];
        queue.kit.client.submit(&page, "form[action$=decision]", &fields).await.assert_status(303);
        let marks = || {
            let sql = "select removed_by, removed_why from contexts where id = $1 and removed_at is not null";
            queue.news.town.town.db.read_now(move |tx| tx.one(sql, params![id], |row| Ok((row.get::<i64>(0)?, row.get::<String>(1)?)))).unwrap()
        };
        let both = queue.takedowns();
        assert_eq!((both.len(), marks()), (2, (queue.mo.id.get(), "At sight.".into())));
        queue.take_back(both[0]).await;
        assert_eq!(marks(), (queue.kit.id.get(), "After a look.".into()));
        exact(&queue);
        queue.take_back(both[1]).await;
        queue.news.town.guest().get(&format!("/stories/{story}/the-old-pipe-leaks")).await.assert_text("The vote was closer.");
        exact(&queue);
    }
}
