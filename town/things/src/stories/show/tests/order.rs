#![allow(clippy::unwrap_used)]
use super::*;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

/// The words, in this order, each after the one before.
#[track_caller]
fn assert_order(text: &str, words: &[&str]) {
    let mut at = 0;
    for word in words {
        let found = text[at..].find(word);
        assert!(found.is_some(), "{word:?} does not stand after what comes before it: {}", &text[at..]);
        at += found.unwrap() + word.len();
    }
}

testkit::on_both! {
    async fn the_parts_stand_in_their_order(kind) {
        let news = Newsroom::new(kind);
        let picture = people::pictures::Picture { key: format!("{}-1280", "ab".repeat(32)), width: 1280, height: 853, colour: "#aabbcc".into(), ..people::pictures::Picture::default() };
        let (noted, owner) = (picture.clone(), news.ana.id);
        news.town.town.db.write_now(move |tx| people::pictures::insert(tx, &noted, owner, 0)).unwrap();
        let mut content = news.content();
        content.picture = Some(stories::LeadPicture {
            key: picture.key.clone(),
            caption: "The dais.".into(),
            credit: "Photo: Lou Martin".into(),
            alt: "Five chairs".into(),
        });
        let other = news.publish(&Content { headline: "Well six goes quiet".into(), ..news.content() });
        let story = news.publish(&content);
        news.town.pass(2 * HOUR);
        news.publish_again(story, &content, Some("An earlier version gave the wrong length."));
        let page = news.town.guest().get(&format!("/stories/{story}/council-votes-tonight")).await;
        page.assert_status(200).assert_landmarks();
        let words = page.select_text("main").remove(0);
        assert_order(&words, &[
            "City Hall", "Water", "Council votes tonight", "Nine months of hearings", "Ana Duarte", "@ana_duarte", "2 hours ago",
            "updated a few seconds ago", "Analysis", "1 min read", "0 views", "0 comments", "0 likes", "0 reviews", "The dais. Photo: Lou Martin",
            "Five members decide who pays.", "The pipe", "It is eleven miles long.", "Correction, a few seconds ago",
            "An earlier version gave the wrong length.", "See what changed", "Sources", "The minutes", "records.example",
            "A talk with the engineer", "#WaterLine", "#Council", "Mesa Verde Springs", "2 versions of this story", "More from Water", "Well six goes quiet",
        ]);
        assert_eq!(page.attr("main figure img", "alt").as_deref(), Some("Five chairs"));
        assert_eq!(page.attr("main figure img", "fetchpriority").as_deref(), Some("high"));
        assert_eq!(page.attr("main figure img", "width").as_deref(), Some("1280"));
        assert_eq!(page.attr(".sources a", "rel").as_deref(), Some("nofollow noopener"));
        assert_eq!(page.attr(".correction a", "href"), Some(format!("/stories/{story}/history/2")));
        assert_eq!(page.select_text(".more .headline"), ["Well six goes quiet"], "never the story itself ({other} alone)");
        assert_eq!(page.attr("link[rel=canonical]", "href"), Some(format!("http://localhost/stories/{story}/council-votes-tonight")));
        assert_eq!(page.attr("meta[property='og:title']", "content").as_deref(), Some("Council votes tonight"));
        assert!(page.attr("meta[property='og:image']", "content").unwrap().starts_with(&format!("http://localhost/stories/{story}/social.jpg?v=")));
        assert!(!page.has("[style]"), "no inline styles");
    }

    async fn a_bare_story_shows_no_empty_parts(kind) {
        let news = Newsroom::new(kind);
        let content = Content { standfirst: String::new(), topics: vec![], place: String::new(), work: Work::News, sources: vec![], ..news.content() };
        let story = news.publish(&content);
        let page = news.town.guest().get(&format!("/stories/{story}/council-votes-tonight")).await;
        page.assert_status(200);
        assert_eq!(page.one(".work"), "News");
        for absent in ["figure", ".standfirst", ".correction", ".sources", ".tags", ".history", ".more", ".updated"] {
            assert!(!page.has(absent), "{absent}");
        }
    }

    async fn counts_have_their_plurals(kind) {
        let news = Newsroom::new(kind);
        let story = news.publish(&news.content());
        let set = "update post_counts set views = 1204, comments = 1, likes = 2, reviews = 0 where post_id = $1";
        news.town.town.db.write_now(move |tx| tx.run(set, db::params![story])).unwrap();
        let page = news.town.guest().get(&format!("/stories/{story}/council-votes-tonight")).await;
        assert_eq!(page.select_text("header .counts span"), ["1,204 views", "1 comment", "2 likes", "0 reviews"]);
    }

    async fn times_read_as_people_say_them(kind) {
        let news = Newsroom::new(kind);
        let story = news.publish(&news.content());
        let address = format!("/stories/{story}/council-votes-tonight");
        let mut said = Vec::new();
        for pass in [0, 60_000, 11 * 60_000, HOUR, 23 * HOUR, 10 * DAY, 400 * DAY] {
            news.town.pass(pass);
            news.changed(story);
            said.push(news.town.guest().get(&address).await.one(".published time"));
        }
        assert_eq!(said[..4], ["a few seconds ago", "1 minute ago", "12 minutes ago", "1 hour ago"]);
        assert!(said[4].contains(" at ") && said[4].ends_with('M'), "{}", said[4]);
        let published = text::times::day(news.town.town.now() - (411 * DAY + 12 * 60_000 + 23 * HOUR), &news.town.town.zone());
        assert!(text::times::MONTHS.iter().any(|month| said[5].starts_with(month)), "{}", said[5]);
        assert!(said[6].contains(", 20"), "{} of {published}", said[6]);
    }

    async fn what_was_paid_for_says_so(kind) {
        let news = Newsroom::new(kind);
        for (work, words) in [(Work::Sponsored, "Sponsored Paid for by its sender"), (Work::Press, "Press release Sent in by whom it is about")] {
            let story = news.publish(&Content { work, ..news.content() });
            let page = news.town.guest().get(&format!("/stories/{story}/council-votes-tonight")).await;
            assert_eq!(page.one(".work"), words);
            assert!(page.has("article.paid"));
        }
    }

    async fn words_of_any_script_and_none_of_it_markup(kind) {
        let news = Newsroom::new(kind);
        let content = Content { headline: "مجلس المدينة <script>alert(1)</script>".into(), body: "<script>alert(2)</script> نص".into(), ..news.content() };
        let story = news.publish(&content);
        let page = news.town.guest().get(&format!("/stories/{story}")).await;
        let page = news.town.guest().get(&page.location()).await;
        page.assert_status(200).assert_text("<script>alert(2)</script> نص");
        assert_eq!(page.attr("h1", "dir").as_deref(), Some("auto"));
        assert_eq!(page.attr(".prose", "dir").as_deref(), Some("auto"));
        assert!(!page.has("main script"));
    }
}
