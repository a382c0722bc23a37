#![allow(clippy::unwrap_used)]
use super::*;

const DAY: i64 = 24 * 60 * 60 * 1000;

/// A form that gives so many stars.
fn form<'a>(stars: &'a str, title: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![
        ("stars", stars),
        ("criterion-1", "4"),
        ("recommend", "yes"),
        ("title", title),
        ("pros", "Short"),
        ("cons", "Dry"),
        ("body", "Read it twice."),
    ]
}

/// A story, and two members who are no newcomers.
fn with_members(kind: Kind) -> (Newsroom, PostId, Actor, Actor) {
    let news = Newsroom::new(kind);
    let [sam, eve] = ["Sam Park", "Eve Oak"].map(|name| news.town.actor(name, "member"));
    let age = |tx: &mut db::Tx| tx.run("update accounts set created_at = created_at - $1", db::params![10 * DAY]);
    news.town.town.db.write_now(age).unwrap();
    let story = news.publish(&news.content());
    (news, story, sam, eve)
}

/// The id of the one review on a page.
#[track_caller]
fn review_on(page: &testkit::Page) -> String {
    page.attr("article.review", "id").unwrap().trim_start_matches("review-").to_owned()
}

testkit::on_both! {
    async fn a_member_reviews_changes_deletes_and_brings_back(kind) {
        let (news, story, sam, _) = with_members(kind);
        let address = format!("/stories/{story}/council-votes-tonight");
        let guest = news.town.guest();
        let page = guest.get(&address).await;
        page.assert_text("Nobody has reviewed this yet.");
        assert_eq!(page.attr("#reviews header a", "href"), Some(format!("/sign-in?next=%2Fposts%2F{story}%2Freview")));
        let path = format!("/posts/{story}/review");
        assert!(guest.get(&path).await.location().starts_with("/sign-in?next="));
        let wrong = sam.client.post(&path, &[("stars", "9"), ("title", " "), ("body", "My words"), ("criterion-1", "3")]).await;
        wrong.assert_status(422).assert_text("Choose how many stars you give").assert_text("Write a title").assert_text("My words");
        assert_eq!(wrong.attr("input[name=criterion-1][checked]", "value").as_deref(), Some("3"));
        let sent = sam.client.post(&path, &form("4", "Clear and dry")).await;
        assert_eq!(sent.location(), format!("/posts/{story}/reviews?done=reviewed"));
        let page = guest.get(&address).await;
        page.assert_text("Clear and dry").assert_text("Recommends it").assert_text("100% recommend it").assert_landmarks();
        assert_eq!(page.select_text("header .counts span")[3], "1 review");
        assert_eq!(page.attr("#reviews article .stars", "aria-label").as_deref(), Some("4 of 5 stars"));
        let review = review_on(&page);
        let own = sam.client.get(&format!("/posts/{story}/reviews")).await;
        own.assert_text("Your review").assert_landmarks();
        assert_eq!(own.attr("article.review", "id"), Some(format!("review-{review}")));
        let edit = sam.client.get(&path).await;
        edit.assert_text("Change your review");
        assert_eq!(edit.attr("input[name=stars][checked]", "value").as_deref(), Some("4"));
        sam.client.post(&path, &form("2", "Dry after all")).await.assert_status(303);
        let page = guest.get(&address).await;
        page.assert_text("Dry after all").assert_text("edited");
        assert_eq!((review_on(&page), page.select_text("header .counts span").remove(3)), (review.clone(), "1 review".into()));
        guest.get(&format!("/reviews/{review}/history")).await.assert_text("Version 2").assert_text("Clear and dry");
        sam.client.post(&format!("/reviews/{review}/removal"), &[]).await.assert_status(303);
        guest.get(&format!("/reviews/{review}")).await.assert_status(410);
        guest.get(&address).await.assert_text("Nobody has reviewed this yet.");
        let gone = sam.client.get(&format!("/reviews/{review}")).await;
        gone.assert_text("can be restored for 30 days");
        sam.client.post(&format!("/reviews/{review}/removal/undo"), &[]).await.assert_status(303);
        guest.get(&format!("/reviews/{review}")).await.assert_status(200).assert_text("Dry after all").assert_landmarks();
    }

    async fn authors_answer_once_and_review_nothing_of_their_own(kind) {
        let (news, story, sam, eve) = with_members(kind);
        let path = format!("/posts/{story}/review");
        news.ana.client.get(&path).await.assert_status(403).assert_text("your own work");
        news.ana.client.post(&path, &form("5", "Superb")).await.assert_status(403);
        sam.client.post(&path, &form("4", "Clear and dry")).await.assert_status(303);
        let page = news.ana.client.get(&format!("/stories/{story}/council-votes-tonight")).await;
        assert!(!page.has("#reviews header a"), "no invitation to authors");
        let review = review_on(&page);
        let answer = format!("/reviews/{review}/answer");
        eve.client.get(&answer).await.assert_status(403);
        eve.client.post(&answer, &[("body", "Me!")]).await.assert_status(403);
        news.ana.client.post(&answer, &[("body", " ")]).await.assert_status(422);
        news.ana.client.post(&answer, &[("body", "Thank you, Sam.")]).await.assert_status(303);
        let shown = news.town.guest().get(&format!("/reviews/{review}")).await;
        shown.assert_text("Thank you, Sam.");
        news.ana.client.post(&answer, &[("body", "Thank you very much.")]).await.assert_status(303);
        let shown = news.town.guest().get(&format!("/reviews/{review}")).await;
        assert_eq!(shown.select_text(".review-answer .post-words"), ["Thank you very much."]);
        news.ana.client.post(&format!("{answer}/removal"), &[]).await.assert_status(303);
        assert!(!news.town.guest().get(&format!("/reviews/{review}")).await.has(".review-answer"));
        // Others find it helpful, its author does not.
        let helpful = format!("/reviews/{review}/helpful");
        sam.client.post(&helpful, &[]).await.assert_status(403);
        assert!(news.town.guest().post(&helpful, &[("back", "/stories/1")]).await.location().starts_with("/sign-in?next="));
        for _ in 0..2 {
            assert_eq!(eve.client.post(&helpful, &[("back", "/stories/1?a=b")]).await.location(), format!("/stories/1?a=b#review-{review}"));
        }
        assert_eq!(eve.client.get(&format!("/reviews/{review}")).await.attr("form.helpful button", "aria-pressed").as_deref(), Some("true"));
        sam.client.get(&format!("/reviews/{review}")).await.assert_text("1 reader finds it helpful");
        eve.client.post(&format!("{helpful}/undo"), &[]).await.assert_status(303);
        assert!(!sam.client.get(&format!("/reviews/{review}")).await.text().contains("finds it helpful"));
        // A review is liked, saved and talked about by nobody.
        eve.client.post(&format!("/posts/{review}/reaction"), &[]).await.assert_status(404);
        eve.client.post(&format!("/posts/{review}/comments"), &[("body", "Hm")]).await.assert_status(404);
        eve.client.post(&format!("/posts/{review}/review"), &form("1", "Meta")).await.assert_status(404);
    }

    async fn newcomers_wait_and_are_told_so(kind) {
        let (news, story, _, eve) = with_members(kind);
        let new = news.town.actor("Neo New", "member");
        let sent = new.client.post(&format!("/posts/{story}/review"), &form("1", "Boo")).await;
        assert_eq!(sent.location(), format!("/posts/{story}/reviews?done=review-waits"));
        let page = new.client.get(&sent.location()).await;
        page.assert_text("Until then you alone see it").assert_text("as soon as somebody has looked at it");
        let review = review_on(&page);
        for other in [&news.town.guest(), &eve.client, &news.ana.client] {
            other.get(&format!("/reviews/{review}")).await.assert_status(404);
            assert!(!other.get(&format!("/posts/{story}/reviews")).await.has("article.review"));
        }
        let page = news.town.guest().get(&format!("/stories/{story}/council-votes-tonight")).await;
        assert_eq!(page.select_text("header .counts span")[3], "0 reviews");
    }

    async fn lists_are_filtered_by_links_and_staff_takes_down(kind) {
        let (news, story, sam, eve) = with_members(kind);
        let editor = news.town.actor("Ed Stone", "editor");
        sam.client.post(&format!("/posts/{story}/review"), &form("4", "Clear")).await.assert_status(303);
        let against = [("stars", "1"), ("recommend", "no"), ("title", "Murky")];
        eve.client.post(&format!("/posts/{story}/review"), &against).await.assert_status(303);
        let guest = news.town.guest();
        let titles = |page: testkit::Page| page.select_text("article.review .review-title");
        let list = format!("/posts/{story}/reviews");
        assert_eq!(titles(guest.get(&format!("{list}?order=lowest")).await), ["Murky", "Clear"]);
        assert_eq!(titles(guest.get(&format!("{list}?stars=4")).await), ["Clear"]);
        assert_eq!(titles(guest.get(&format!("{list}?recommend=no")).await), ["Murky"]);
        let none = guest.get(&format!("{list}?stars=5")).await;
        none.assert_status(200).assert_text("No such review");
        assert!(none.has("meta[name=robots]") || none.has("link[rel=canonical]") || none.status.is_success());
        assert_eq!(guest.get(&list).await.select_text(".histogram li").len(), 5);
        let page = guest.get(&format!("{list}?stars=1")).await;
        let murky = review_on(&page);
        sam.client.get(&format!("/reviews/{murky}/takedown")).await.assert_status(403);
        editor.client.post(&format!("/reviews/{murky}/takedown"), &[("why", "")]).await.assert_status(422);
        editor.client.post(&format!("/reviews/{murky}/takedown"), &[("why", "Not of this story")]).await.assert_status(303);
        assert_eq!(titles(guest.get(&list).await), ["Clear"]);
        eve.client.get(&format!("/reviews/{murky}")).await.assert_text("Not of this story");
        eve.client.post(&format!("/reviews/{murky}/removal/undo"), &[]).await.assert_status(403);
        eve.client.post(&format!("/posts/{story}/review"), &against).await.assert_status(403);
        editor.client.post(&format!("/reviews/{murky}/removal/undo"), &[]).await.assert_status(303);
        assert_eq!(titles(guest.get(&format!("{list}?order=lowest")).await), ["Murky", "Clear"]);
    }

    async fn programs_are_told_what_readers_see_and_nothing_ends_the_block(kind) {
        let (news, story, sam, eve) = with_members(kind);
        let hostile = "</script><script>alert(1)</script><img src=x onerror=alert(2)>";
        let address = format!("/stories/{story}/council-votes-tonight");
        let before = news.town.guest().get(&address).await;
        assert!(!before.select_text("head script[type='application/ld+json']")[0].contains("aggregateRating"));
        let sent = [("stars", "5"), ("recommend", "yes"), ("title", hostile), ("pros", hostile), ("cons", hostile), ("body", hostile)];
        sam.client.post(&format!("/posts/{story}/review"), &sent).await.assert_status(303);
        eve.client.post(&format!("/posts/{story}/review"), &form("4", "Good")).await.assert_status(303);
        let page = news.town.guest().get(&address).await;
        assert!(!page.has("main script") && !page.has("#reviews img[src=x]") && !page.has("[onerror]"));
        page.assert_text(hostile);
        let blocks = page.select_text("head script[type='application/ld+json']");
        let data: serde_json::Value = serde_json::from_str(&blocks[0]).unwrap();
        let article = &data["@graph"][0];
        assert_eq!(article["aggregateRating"], serde_json::json!({
            "@type": "AggregateRating", "ratingValue": "3.9", "reviewCount": 2, "bestRating": 5, "worstRating": 1
        }));
        let titles: Vec<_> = article["review"].as_array().unwrap().iter().map(|review| (review["@type"].clone(), review["reviewRating"]["ratingValue"].clone())).collect();
        assert_eq!(titles.len(), 2);
        assert!(titles.contains(&("Review".into(), 5.into())) && titles.contains(&("Review".into(), 4.into())));
        assert_eq!(blocks.len(), 1);
    }
}
