#![allow(clippy::unwrap_used)]
use crate::newsroom::{DAY, HOUR, Newsroom};
use talk::{
    PostId,
    numbers::{self, Tally, Views, day_of, hour_of},
};
use testkit::Page;

/// As if this had been read so long ago.
fn read(news: &Newsroom, story: PostId, age: i64, tally: Tally, sites: &[(&str, i64)]) {
    let hour = hour_of(news.town.town.now() - age);
    let day = day_of(hour, &news.town.town.zone());
    let sites = sites.iter().map(|(site, count)| ((story.get(), site.to_string().into()), *count)).collect();
    let views = Views { tallies: [(story.get(), tally)].into(), sites };
    news.town.town.db.write_now(move |tx| numbers::count(tx, &views, hour, day)).unwrap();
}

fn views(views: i64) -> Tally {
    Tally { views, ..Tally::default() }
}

/// Noon of a day on which nothing happens to the clocks.
fn at_noon(news: &Newsroom) {
    let noon = text::times::parse_local("2026-11-26T12:30", &news.town.town.zone()).unwrap();
    news.town.pass(noon - news.town.town.now());
}

fn row(page: &Page, table: &str, words: &str) -> Vec<String> {
    let rows = page.select_text(&format!(".of-{table} tbody tr"));
    let found = rows.iter().find(|row| row.contains(words)).unwrap_or_else(|| panic!("no {words} in {rows:?}"));
    found.split_whitespace().map(str::to_owned).collect()
}

testkit::on_both! {
    async fn an_author_sees_how_a_story_of_theirs_is_read(kind) {
        let news = Newsroom::new(kind);
        at_noon(&news);
        let story = news.story("The old pipe", news.water, 20 * DAY);
        let address = format!("/stories/{story}/numbers");
        let empty = news.ana.client.get(&address).await;
        empty.assert_status(200).assert_landmarks().assert_text("Nothing counted yet");
        read(&news, story, 2 * HOUR, Tally { views: 40, phones: 25, tablets: 5, here: 10, readings: 20, seconds: 1_600, ended: 9 }, &[("google.com", 12), ("desert.example", 3)]);
        read(&news, story, 8 * DAY, views(20), &[]);
        read(&news, story, 16 * DAY, views(5), &[]);
        let page = news.ana.client.get(&address).await;
        page.assert_landmarks();
        assert_eq!(page.one("h1"), "The old pipe");
        assert_eq!(page.one(".numbers > .standfirst"), "40 views in the last 7 days, 100% more than in the 7 days before (20).");
        assert_eq!(page.select_text(".figure b"), ["40", "1 min 20 s", "45%", "20"]);
        assert_eq!(page.count(".chart rect"), 7);
        assert_eq!(page.one(".chart svg > desc"), "7 bars. The highest is Thu, November 26, with 40 views.");
        assert_eq!(row(&page, "sites", "Google"), ["Google", "12", "30%"]);
        assert_eq!(row(&page, "sites", "Pages of this site")[4..], ["10", "25%"]);
        assert_eq!(row(&page, "sites", "Directly")[4..], ["15", "38%"]);
        assert_eq!(row(&page, "devices", "Phones"), ["Phones", "25", "63%"]);
        assert_eq!(row(&page, "devices", "Computers"), ["Computers", "10", "25%"]);
        assert!(!page.has(".of-stories"), "a story has no list of stories");
        let month = news.ana.client.get(&format!("{address}?period=30-days")).await;
        month.assert_text("65 views in the last 30 days. There is nothing to compare it with yet.");
        let today = news.ana.client.get(&format!("{address}?period=today")).await;
        today.assert_text("40 views so far today. There were none yesterday by this time.");
        assert_eq!((today.count(".chart rect"), today.select_text("details tbody th")[0].clone()), (24, "12:00 PM".into()));
        assert_eq!(news.ana.client.get(&format!("{address}?period=12-months")).await.count(".chart rect"), 12);
        news.ana.client.get(&format!("{address}?period=ever")).await.assert_status(400);
    }

    async fn numbers_are_for_authors_and_editors_alone(kind) {
        let news = Newsroom::new(kind);
        let story = news.story("The old pipe", news.water, DAY);
        let (bo, ed, rosa) = (news.town.actor("Bo", "author"), news.town.actor("Ed", "editor"), news.town.actor("Rosa", "member"));
        for ending in ["", "/times.csv"] {
            let of_story = format!("/stories/{story}/numbers{ending}");
            assert!(news.town.guest().get(&of_story).await.location().starts_with("/sign-in"));
            for (somebody, status) in [(&news.ana, 200), (&ed, 200), (&bo, 403), (&rosa, 403)] {
                somebody.client.get(&of_story).await.assert_status(status);
            }
            for (somebody, status) in [(&news.ana, 200), (&ed, 200), (&rosa, 403)] {
                somebody.client.get(&format!("/numbers{ending}")).await.assert_status(status);
            }
            for page in ["/admin/numbers", "/admin/numbers/sections/water"] {
                let page = format!("{page}{ending}");
                assert!(news.town.guest().get(&page).await.location().starts_with("/sign-in"));
                for (somebody, status) in [(&news.ana, 403), (&ed, 200), (&rosa, 403)] {
                    somebody.client.get(&page).await.assert_status(status);
                }
            }
        }
        news.unpublish(story);
        news.ana.client.get(&format!("/stories/{story}/numbers")).await.assert_status(200).assert_text("The old pipe");
        bo.client.get(&format!("/stories/{story}/numbers")).await.assert_status(404);
        for gone in ["/stories/1/numbers", "/stories/x/numbers", "/admin/numbers/sections/none", "/admin/numbers/nothing.csv", "/admin/numbers/times.xls"] {
            ed.client.get(gone).await.assert_status(404);
        }
    }

    async fn authors_sections_and_the_site_have_the_sums_of_their_stories(kind) {
        let news = Newsroom::new(kind);
        at_noon(&news);
        let (pipe, band) = (news.story("The old pipe", news.water, 2 * DAY), news.story("A brass band", news.arts, 3 * DAY));
        read(&news, pipe, DAY, views(30), &[("google.com", 3)]);
        read(&news, band, HOUR, views(12), &[]);
        numbers::keep_days(news.town.town.clone()).await.unwrap();
        let ed = news.town.actor("Ed", "editor");
        let own = news.ana.client.get("/numbers").await;
        own.assert_landmarks().assert_text("42 views in the last 7 days");
        assert_eq!(own.select_text(".of-stories tbody th"), ["The old pipe", "A brass band"]);
        assert_eq!(own.attr(".of-stories a[href*='/stories/']", "href").unwrap(), format!("/stories/{pipe}/numbers?period=7-days"));
        ed.client.get("/numbers").await.assert_landmarks().assert_text("Nothing counted yet");
        let site = ed.client.get("/admin/numbers").await;
        site.assert_landmarks().assert_text("42 views in the last 7 days");
        assert_eq!(row(&site, "sections", "City Hall"), ["City", "Hall", "30", "71%"]);
        assert_eq!(row(&site, "sections", "Water"), ["–", "Water", "30", "71%"]);
        assert_eq!(row(&site, "sections", "Arts"), ["Arts", "12", "29%"]);
        let today = ed.client.get("/admin/numbers?period=today").await;
        assert_eq!(row(&today, "sections", "Arts"), ["Arts", "12", "100%"]);
        assert_eq!(row(&today, "sections", "City Hall"), ["City", "Hall", "0", "0%"]);
        let water = ed.client.get(&site.attr(".of-sections a[href*='sections/water']", "href").unwrap()).await;
        water.assert_landmarks().assert_text("30 views in the last 7 days");
        assert_eq!(water.select_text(".of-stories tbody th"), ["The old pipe"]);
    }

    async fn every_table_is_a_file(kind) {
        let news = Newsroom::new(kind);
        at_noon(&news);
        let story = news.story("=SUM(\"A1\"), he said", news.water, 2 * DAY);
        read(&news, story, DAY, Tally { views: 3, readings: 2, seconds: 61, ended: 1, ..Tally::default() }, &[("google.com", 1)]);
        let ed = news.town.actor("Ed", "editor");
        let page = ed.client.get("/admin/numbers").await;
        let files = ["times", "sites", "devices", "stories", "sections"];
        for (at, name) in files.into_iter().enumerate() {
            let link = page.attr(&format!("a[href*='/{name}.csv']"), "href").unwrap();
            assert!(page.has(&format!("a[href='{link}'][download][data-turbo=false]")), "{at}");
            let file = ed.client.get(&link).await;
            file.assert_status(200);
            assert_eq!(file.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
            assert_eq!(file.header("content-disposition"), Some(&*format!("attachment; filename=\"site-{name}-7-days.csv\"")));
        }
        let file = |name| format!("/admin/numbers/{name}.csv");
        let stories = ed.client.get(&file("stories")).await.text();
        assert_eq!(
            stories,
            "\u{feff}Story,Views,Average time read (seconds),Read to the end (%)\r\n\"'=SUM(\"\"A1\"\"), he said\",3,30,50.0\r\n"
        );
        let times = ed.client.get(&file("times")).await.text();
        let lines: Vec<&str> = times.lines().collect();
        assert_eq!(lines[1..3], ["2026-11-26,0,,", "2026-11-25,3,30,50.0"]);
        let hours = ed.client.get("/admin/numbers/times.csv?period=today").await.text();
        assert_eq!((hours.lines().count(), hours.lines().nth(1)), (14, Some("2026-11-26T12:00-08:00,0,,")));
        assert!(ed.client.get(&file("sites")).await.text().contains("Google,1,33.3\r\n"));
        let of_story = ed.client.get(&format!("/stories/{story}/numbers/times.csv")).await;
        assert_eq!(of_story.header("content-disposition"), Some(&*format!("attachment; filename=\"story-{story}-times-7-days.csv\"")));
    }

    async fn there_are_ways_to_the_numbers(kind) {
        let news = Newsroom::new(kind);
        let story = news.story("The old pipe", news.water, DAY);
        let numbers = format!("/stories/{story}/numbers");
        let page = news.ana.client.get(&format!("/stories/{story}/the-old-pipe")).await;
        assert!(page.has(&format!(".story-byline a[href='{numbers}']")));
        assert!(page.has(&format!(".prose reading-time[data-post='{story}']")));
        let write = news.ana.client.get("/write").await;
        assert!(write.has("main a[href='/numbers']") && write.has(&format!("main a[href='{numbers}']")));
        let ed = news.town.actor("Ed", "editor");
        assert!(ed.client.get("/admin").await.has(".sidenav a[href='/admin/numbers']"));
        assert!(!news.town.guest().get(&format!("/stories/{story}/the-old-pipe")).await.has("main a[href$='/numbers']"));
    }
}
