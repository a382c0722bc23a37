#![allow(clippy::unwrap_used)]
use crate::newsroom::Newsroom;

/// So long ago was this moment of the site's zone.
fn since(news: &Newsroom, local: &str) -> i64 {
    news.town.town.now() - text::times::parse_local(local, &news.town.town.zone()).unwrap()
}

testkit::on_both! {
    async fn an_empty_archive_says_so(kind) {
        let news = Newsroom::new(kind);
        news.town.guest().get("/archive").await.assert_status(200).assert_landmarks().assert_text("The archive is empty");
        news.town.guest().get("/archive/2020/5").await.assert_status(200).assert_text("Nothing was published then");
    }

    async fn years_and_months_show_only_where_there_are_stories(kind) {
        let news = Newsroom::new(kind);
        for local in ["2019-03-31T23:59", "2019-04-01T00:00", "2019-12-31T23:59", "2022-07-04T12:00"] {
            news.story(local, news.arts, since(&news, local));
        }
        let page = news.town.guest().get("/archive").await;
        page.assert_landmarks();
        assert_eq!(page.select_text("main h2"), ["2022", "2019"]);
        assert_eq!(page.select_text(".months a"), ["July 2022", "December 2019", "April 2019", "March 2019"]);
        let year = news.town.guest().get("/archive/2019").await;
        assert_eq!(year.location(), "/archive#year-2019");
    }

    async fn the_zone_decides_the_day(kind) {
        let news = Newsroom::new(kind);
        news.story("Last minute", news.arts, since(&news, "2019-03-31T23:59"));
        news.story("First minute", news.arts, since(&news, "2019-04-01T00:00"));
        let guest = news.town.guest();
        let march = guest.get("/archive/2019/3").await;
        assert_eq!(march.one("h1"), "March 2019");
        assert_eq!(march.select_text("main .headline"), ["Last minute"]);
        assert_eq!(march.select_text(".days a"), ["31"]);
        assert_eq!(march.select_text(".neighbours a"), ["April 2019"]);
        let day = guest.get("/archive/2019/4/1").await;
        day.assert_status(200).assert_landmarks();
        assert_eq!(day.select_text("main .headline"), ["First minute"]);
        assert_eq!(day.attr(".neighbours a", "href").as_deref(), Some("/archive/2019/3/31"));
        assert_eq!(day.one(".days [aria-current]"), "1");
    }

    async fn no_such_day_is_not_there(kind) {
        let news = Newsroom::new(kind);
        for path in ["/archive/2019/13", "/archive/2019/2/30", "/archive/2019/03", "/archive/0/1", "/archive/99999/1", "/archive/x/1", "/archive/-5/1/1"] {
            news.town.guest().get(path).await.assert_status(404);
        }
    }

    async fn a_busy_month_comes_in_pages_of_one_price(kind) {
        let news = Newsroom::new(kind);
        news.fill(400);
        let guest = news.town.guest();
        let (year, month, _) = text::times::date(news.town.town.now() - 200 * 60_000, &news.town.town.zone());
        let mut address = format!("/archive/{year}/{month}");
        let (mut costs, mut seen) = (Vec::new(), 0);
        loop {
            let before = news.town.town.db.statements();
            let page = guest.get(&address).await;
            costs.push(news.town.town.db.statements() - before);
            seen += page.count("main .headline");
            let Some(next) = page.attr("a[rel=next]", "href") else { break };
            address = next;
        }
        // On the first hours of a month the rest is in the one beside it.
        assert!((199..=400).contains(&seen), "{seen}");
        assert!(costs.iter().all(|cost| *cost == costs[0]), "{costs:?}");
    }
}
