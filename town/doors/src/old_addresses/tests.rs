#![allow(clippy::unwrap_used)]
use super::{Target, keep, normal};
use crate::newsroom::{HOUR, Newsroom};
use proptest::prelude::*;

fn with(news: &Newsroom, path: &str, target: Target) {
    let path = path.to_owned();
    news.town.town.db.write_now(move |tx| keep(tx, &path, &target, 0)).unwrap();
}

testkit::on_both! {
    async fn old_paths_lead_to_where_things_are_now(kind) {
        let news = Newsroom::with_old_addresses(kind);
        let story = news.story("A burst pipe", news.water, HOUR);
        let new = format!("/stories/{story}/a-burst-pipe");
        with(&news, "https://old.example/2020/01/Burst-Pipe/?utm=1", Target::Story(story));
        with(&news, "/?p=77", Target::Story(story));
        with(&news, "/category/water/", Target::Section("water".into()));
        with(&news, "/author/ana", Target::Account(news.ana.id));
        with(&news, "/rss/", Target::Page("/feed.rss".into()));
        let guest = news.town.guest();
        for (old, new) in [
            ("/2020/01/burst-pipe", new.as_str()),
            ("/2020/01/burst-pipe/", &new),
            ("/2020/01/burst-pipe/?utm_source=x", &new),
            ("/2020/01/Burst%2DPipe/index.html", &new),
            ("/2020/01/burst-pipe/amp/", &new),
            ("/2020/01/burst-pipe/feed/", &new),
            ("/?p=77", &new),
            ("/?page_id=77&preview=x", &new),
            ("/category/water", "/sections/water"),
            ("/category/water/page/3/", "/sections/water"),
            ("/category/water/feed/", "/sections/water.rss"),
            ("/author/ana/", "/@ana_duarte"),
            ("/rss", "/feed.rss"),
        ] {
            let page = guest.get(old).await;
            page.assert_status(301);
            assert_eq!(page.header("location"), Some(new), "{old}");
        }
        guest.get("/2020/01/another").await.assert_status(404);
        guest.get("/?p=78").await.assert_status(200);
        news.unpublish(story);
        guest.get("/2020/01/burst-pipe").await.assert_status(404);
    }

    async fn a_real_address_is_never_hidden(kind) {
        let news = Newsroom::with_old_addresses(kind);
        let story = news.story("A burst pipe", news.water, HOUR);
        for path in ["/archive", "/sections/water", "/sign-in"] {
            with(&news, path, Target::Story(story));
            news.town.guest().get(path).await.assert_status(200);
        }
        with(&news, "/gone", Target::Page("/gone".into()));
        news.town.guest().get("/gone").await.assert_status(404);
        news.town.guest().post("/gone", &[]).await.assert_status(404);
    }

    async fn what_a_path_led_to_first_stays(kind) {
        let news = Newsroom::with_old_addresses(kind);
        let (first, second) = (news.story("One", news.water, HOUR), news.story("Two", news.water, HOUR));
        with(&news, "/x", Target::Story(first));
        with(&news, "/X/", Target::Story(second));
        assert_eq!(news.town.guest().get("/x").await.header("location"), Some(format!("/stories/{first}/one").as_str()));
    }
}

proptest! {
    #[test]
    fn any_address_has_one_form(address in "\\PC{0,60}") {
        if let Some(path) = normal(&address) {
            prop_assert!(path.starts_with('/') && !path.contains('\0') && path.len() <= 1_000);
        }
    }
}
