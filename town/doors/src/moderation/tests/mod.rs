//! Members report, read what was decided about them, and appeal.
#![allow(clippy::unwrap_used)]

mod guests;

use people::testing::Actor;
use talk::PostId;

use crate::newsroom::{DAY, Newsroom};

/// Posts a note and answers its id.
async fn post(by: &Actor, words: &str) -> PostId {
    let posted = by.client.post("/notes", &[("body", words)]).await;
    posted.assert_status(303).location().split(['/', '?']).nth(2).unwrap().parse().unwrap()
}

async fn comment(by: &Actor, under: PostId, words: &str) {
    by.client.post(&format!("/posts/{under}/comments"), &[("body", words)]).await.assert_status(303);
}

testkit::on_both! {
    async fn what_somebody_reads_they_report_and_change_it(kind) {
        let news = Newsroom::new(kind);
        let (rosa, sam) = (news.town.actor("Rosa Ito", "member"), news.town.actor("Sam Park", "member"));
        let id = post(&rosa, "Buy my pills").await;
        let path = format!("/reports/note/{id}");
        assert!(sam.client.get(&format!("/@rosa_ito/{id}")).await.has(&format!("a[href='{path}']")));
        assert!(!rosa.client.get(&format!("/@rosa_ito/{id}")).await.has(&format!("a[href='{path}']")), "nobody reports themself");
        rosa.client.get(&path).await.assert_status(403);
        let page = sam.client.get(&path).await;
        page.assert_status(200).assert_landmarks().assert_text("Buy my pills");
        let wrong = sam.client.submit(&page, "#report", &[("words", "Kept words")]).await;
        wrong.assert_status(422).assert_landmarks().assert_text("Choose the rule");
        assert_eq!(wrong.form("#report").value("words"), Some("Kept words"));
        sam.client.post(&path, &[("rule", "10"), ("words", &"x".repeat(1_001))]).await.assert_status(422).assert_text("at most 1000");
        let done = sam.client.submit(&page, "#report", &[("rule", "10"), ("words", "Spam")]).await;
        let list = sam.client.follow(&done).await;
        list.assert_status(200).assert_landmarks().assert_text("Thank you").assert_text("No flooding").assert_text("Waiting");
        let again = sam.client.get(&path).await;
        again.assert_text("reported this already");
        assert_eq!(again.form("#report").value("words"), Some("Spam"));
        sam.client.submit(&again, "#report", &[("words", "Spam again")]).await.assert_status(303);
        assert_eq!(sam.client.get("/moderation/statements").await.select_text("#reports ~ ul blockquote"), ["Spam again"]);
        for none in ["/reports/note/5", "/reports/story/x", "/reports/moon/5", &format!("/reports/comment/{id}")] {
            sam.client.get(none).await.assert_status(404);
        }
    }

    async fn stories_comments_albums_and_profiles_lead_to_reports(kind) {
        let news = Newsroom::new(kind);
        let (rosa, sam) = (news.town.actor("Rosa Ito", "member"), news.town.actor("Sam Park", "member"));
        let story = news.story("The old pipe leaks", news.water, DAY);
        let there = format!("/stories/{story}/the-old-pipe-leaks");
        assert!(news.town.guest().get(&there).await.has(&format!("a[href='/reports/story/{story}']")));
        sam.client.get(&format!("/reports/story/{story}")).await.assert_status(200).assert_text("The old pipe leaks");
        comment(&rosa, story, "You fool").await;
        let read = sam.client.get(&there).await;
        let report = read.attr("article.comment a[href^='/reports/comment/']", "href").unwrap();
        sam.client.get(&report).await.assert_status(200).assert_text("You fool");
        let profile = format!("/reports/profile/{}", rosa.id);
        assert!(sam.client.get("/@rosa_ito").await.has(&format!("a[href='{profile}']")));
        sam.client.get(&profile).await.assert_status(200).assert_text("Rosa Ito");
        sam.client.post(&profile, &[("rule", "1")]).await.assert_status(303);
        rosa.client.get(&profile).await.assert_status(403);
    }

    async fn what_somebody_may_not_read_they_cannot_report(kind) {
        let news = Newsroom::new(kind);
        let (rosa, sam) = (news.town.actor("Rosa Ito", "member"), news.town.actor("Sam Park", "member"));
        let posted = rosa.client.post("/notes", &[("body", "Mine alone"), ("audience", "only_me")]).await;
        let id: PostId = posted.assert_status(303).location().split(['/', '?']).nth(2).unwrap().parse().unwrap();
        sam.client.get(&format!("/reports/note/{id}")).await.assert_status(404);
        sam.client.post(&format!("/reports/note/{id}"), &[("rule", "1")]).await.assert_status(404);
    }

    async fn the_log_is_for_everybody(kind) {
        let news = Newsroom::new(kind);
        news.town.guest().get("/moderation").await.assert_status(200).assert_landmarks().assert_text("Nothing yet");
        assert!(news.town.guest().get("/rules").await.has("a[href='/moderation']"));
        assert!(news.town.guest().get("/moderation/statements").await.location().starts_with("/sign-in"));
    }
}
