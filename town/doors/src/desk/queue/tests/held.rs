//! What stands where something was taken down: its author and the staff read why, nobody else learns anything.

use people::{pictures, testing::Actor};
use things::albums;

use super::*;

const REASON: &str = "It names a child.";

impl Queue {
    /// Somebody reports this, and Mo decides.
    async fn decided(&self, path: &str, act: &str) -> String {
        self.report(path).await;
        let case = self.first().await;
        self.decide(&case, &[("act", act), ("reason", REASON)]).await.assert_status(303);
        case
    }

    /// Its author reads why and where to appeal, a moderator why and the case, and nobody else anything.
    async fn held_back(&self, address: &str, author: &Actor, words: &str) {
        let own = author.client.get(address).await;
        own.assert_status(200).assert_landmarks().assert_text(words).assert_text(REASON).assert_text("Be kind");
        let appeal = own.attr("main a[href^='/moderation/statements/']", "href").unwrap();
        author.client.get(&appeal).await.assert_status(200).assert_text(REASON);
        assert!(!own.has("main a[href^='/admin/']"), "who reported it is in the case");
        let staff = self.kit.client.get(address).await;
        staff.assert_status(200).assert_landmarks().assert_text(REASON).assert_text("its author and the people who run this site");
        let case = staff.attr("main a[href^='/admin/queue/cases/']", "href").unwrap();
        self.kit.client.get(&case).await.assert_status(200);
        for other in [&self.sam.client, &self.news.town.guest()] {
            let page = other.get(address).await;
            page.assert_status(410);
            assert!(!page.has_text(REASON) && !page.has_text("The old pipe"));
        }
    }
}

testkit::on_both! {
    async fn the_author_of_a_hidden_story_reads_why_and_appeals(kind) {
        let queue = Queue::new(kind);
        let story = queue.news.story("The old pipe leaks", queue.news.water, DAY);
        let address = format!("/stories/{story}/the-old-pipe-leaks");
        let case = queue.decided(&format!("/reports/story/{story}"), "hide").await;
        queue.held_back(&address, &queue.news.ana, "Your story is hidden").await;
        queue.news.ana.client.get(&address).await.assert_text("The old pipe leaks");
        queue.held_back(&format!("/stories/{story}"), &queue.news.ana, "Your story is hidden").await;
        let page = queue.kit.client.get(&case).await;
        queue.kit.client.submit(&page, "form[action$=undo]", &[]).await.assert_status(303);
        let back = queue.news.ana.client.get(&address).await;
        back.assert_status(200);
        assert!(!back.has_text(REASON), "it stands again");
    }

    async fn the_author_of_an_album_that_was_taken_down_reads_why_over_it(kind) {
        let queue = Queue::new(kind);
        let ana = queue.news.ana.id;
        let now = queue.news.town.town.now();
        let key = format!("{:032x}-1080", 7);
        let picture = pictures::Picture { key: key.clone(), width: 1080, height: 720, words: pictures::Words { alt: "A dam".into(), ..pictures::Words::default() }, ..pictures::Picture::default() };
        let album = queue.news.town.town.db.write_now(move |tx| {
            pictures::insert(tx, &picture, ana, now)?;
            albums::bring(tx, ana, ("The old pipe", ""), std::slice::from_ref(&picture.key), now)
        }).unwrap();
        let address = format!("/albums/{album}/the-old-pipe");
        queue.news.town.guest().get(&address).await.assert_status(200);
        for (act, words) in [("hide", "Your album is hidden"), ("remove", "took your album down")] {
            let case = queue.decided(&format!("/reports/album/{album}"), act).await;
            queue.held_back(&address, &queue.news.ana, words).await;
            queue.held_back(&format!("{address}/{key}"), &queue.news.ana, words).await;
            let page = queue.kit.client.get(&case).await;
            queue.kit.client.submit(&page, "form[action$=undo]", &[]).await.assert_status(303);
            queue.news.town.guest().get(&address).await.assert_status(200);
            let case = queue.first().await;
            queue.decide(&case, &[("act", "keep")]).await.assert_status(303);
        }
    }

    async fn notes_and_comments_say_where_to_appeal(kind) {
        let queue = Queue::new(kind);
        let (id, case) = queue.reported("You are all fools").await;
        queue.decide(&case, &[("act", "hide"), ("reason", REASON)]).await.assert_status(303);
        let own = queue.rosa.client.get(&format!("/@rosa_ito/{id}")).await;
        own.assert_status(200).assert_landmarks().assert_text(REASON);
        assert!(own.has("main a[href^='/moderation/statements/']"));
        assert_eq!(queue.sees(id).await, 410);
        let story = queue.news.story("The old pipe leaks", queue.news.water, DAY);
        queue.rosa.client.post(&format!("/posts/{story}/comments"), &[("body", "You fool")]).await.assert_status(303);
        let there = queue.sam.client.get(&format!("/stories/{story}/the-old-pipe-leaks")).await;
        let report = there.attr("article.comment a[href^='/reports/comment/']", "href").unwrap();
        queue.decided(&report, "remove").await;
        let own = queue.rosa.client.get(&report.replace("/reports/comment/", "/comments/")).await;
        own.assert_status(200).assert_landmarks().assert_text(REASON);
        assert!(own.has("main a[href^='/moderation/statements/']"));
    }
}
