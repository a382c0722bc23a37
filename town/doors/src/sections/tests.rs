#![allow(clippy::unwrap_used)]
use crate::newsroom::{DAY, HOUR, Newsroom, section};
use things::sections;

testkit::on_both! {
    async fn a_section_lists_its_own_stories_and_those_below_it(kind) {
        let news = Newsroom::new(kind);
        news.story("The old pipe", news.city, 3 * DAY);
        news.story("The new pipe", news.water, HOUR);
        news.story("A brass band", news.arts, HOUR);
        let page = news.town.guest().get("/sections/city-hall").await;
        page.assert_status(200).assert_landmarks();
        assert_eq!(page.one("h1"), "City Hall");
        assert_eq!(page.select_text("main .headline"), ["The new pipe", "The old pipe"]);
        assert_eq!(page.select_text(".section-header .tags a"), ["Water"]);
        assert_eq!(page.one("nav.sections [aria-current]"), "City Hall");
        assert!(!page.has("[style]"));
        let below = news.town.guest().get("/sections/water").await;
        assert_eq!(below.select_text("main .headline"), ["The new pipe"]);
        assert_eq!(below.select_text(".breadcrumbs a"), ["City Hall"]);
        assert_eq!(below.one("nav.sections [aria-current]"), "City Hall", "the bar shows the section above");
    }

    async fn an_old_address_leads_to_the_new_one(kind) {
        let news = Newsroom::new(kind);
        let arts = news.arts;
        news.town.town.db.write_now(move |tx| sections::save(tx, arts, &section("Culture", "culture", None, 2))).unwrap();
        let guest = news.town.guest();
        let page = guest.get("/sections/arts?before=5-5").await;
        page.assert_status(301);
        assert_eq!(page.location(), "/sections/culture?before=5-5");
        guest.get("/sections/nothing").await.assert_status(404);
        guest.get("/sections/culture?before=yesterday").await.assert_status(400);
    }

    async fn an_empty_section_says_so(kind) {
        let news = Newsroom::new(kind);
        news.town.guest().get("/sections/arts").await.assert_status(200).assert_landmarks().assert_text("Nothing here yet");
    }

    async fn all_sections_stand_in_their_tree_with_their_newest(kind) {
        let news = Newsroom::new(kind);
        news.story("The new pipe", news.water, HOUR);
        let page = news.town.guest().get("/sections").await;
        page.assert_status(200).assert_landmarks();
        assert_eq!(page.select_text(".section-tree h2"), ["City Hall", "Arts"]);
        assert_eq!(page.select_text(".section-tree h3"), ["Water"]);
        assert_eq!(page.select_text(".section-tree p.meta a"), ["The new pipe"]);
    }

    async fn page_one_hundred_costs_what_page_one_does(kind) {
        let news = Newsroom::new(kind);
        news.fill(3_000);
        let (guest, mut costs, mut seen) = (news.town.guest(), Vec::new(), Vec::new());
        let mut address = "/sections/arts".to_owned();
        for number in 1..=100 {
            let before = news.town.town.db.statements();
            let page = guest.get(&address).await;
            if number == 1 || number == 100 {
                costs.push(news.town.town.db.statements() - before);
            }
            let headlines = page.select_text("main .headline");
            assert_eq!(headlines.len(), 20, "page {number}");
            seen.extend(headlines);
            address = page.attr("a[rel=next]", "href").unwrap();
        }
        assert_eq!(costs[0], costs[1]);
        let expected: Vec<String> = (1..=2_000).map(|number| format!("Story {number}")).collect();
        assert!(seen == expected, "every story once, newest first");
    }
}
