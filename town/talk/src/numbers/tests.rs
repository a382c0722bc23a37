#![allow(clippy::unwrap_used)]
use super::*;
use axum::{
    Router,
    extract::{Path, State},
    routing::get,
};
use db::params;
use people::{Town, testing::TestTown};
use std::collections::BTreeMap;
use testkit::Client;

use crate::{posts, views::Counter};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const PHONE: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 Version/18.5 Mobile/15E148 Safari/604.1";
const SECTION: i64 = 4_000;
const AUTHOR: i64 = 5_000;

async fn show(State(_): State<Town>, Path(post): Path<i64>) -> axum::response::Response {
    web::viewed(maud::html! { p { "Words." } }, post)
}

/// A town with posts on two shelves, at this moment of its zone.
struct Room {
    town: TestTown,
}

impl Room {
    fn at(kind: testkit::Kind, local: &str) -> Self {
        let routes = Router::new().route("/read/{id}", get(show)).merge(crate::routes());
        let room = Self { town: TestTown::new(kind, routes, |_| Ok(Vec::new())) };
        room.go_to(local);
        room
    }

    /// Moves the clock to half past this hour.
    fn go_to(&self, local: &str) {
        let zone = self.town.town.zone();
        self.town.pass(text::times::parse_local(local, &zone).unwrap() - self.town.town.now());
    }

    fn post(&self, shelves: &'static [i64]) -> PostId {
        let rosa = self.town.actor(&format!("Rosa {}", PostId::fresh()), "author").id;
        let made = self.town.town.db.write_now(move |tx| {
            let post = posts::insert(tx, "story", rosa, 0)?;
            posts::shelve(tx, post, shelves, 5)?;
            Ok::<_, db::Error>(post)
        });
        made.unwrap()
    }

    fn reader(&self, last: u8) -> Client {
        self.town.guest().from_address(&format!("192.0.2.{last}")).at_origin("http://localhost")
    }

    /// As if this had been counted in this hour.
    fn count(&self, post: PostId, hour: i64, tally: Tally, sites: &[(&str, i64)]) {
        let day = day_of(hour, &self.town.town.zone());
        let sites = sites.iter().map(|(site, count)| ((post.get(), site.to_string().into()), *count)).collect();
        let views = Views { tallies: [(post.get(), tally)].into(), sites };
        self.town.town.db.write_now(move |tx| count(tx, &views, hour, day)).unwrap();
    }

    async fn written(&self) {
        Counter::new(self.town.town.clone()).flush().await;
    }

    fn days(&self, whose: Whose, days: std::ops::RangeInclusive<i64>) -> BTreeMap<i64, Tally> {
        let zone = self.town.town.zone();
        self.town.town.db.read_now(move |tx| by_day(tx, whose, &days, &zone)).unwrap()
    }

    fn hours(&self, whose: Whose) -> Vec<Tally> {
        self.town.town.db.read_now(move |tx| by_hour(tx, whose, &(0..i64::MAX))).unwrap().into_values().collect()
    }

    fn top(&self, whose: Whose, days: std::ops::RangeInclusive<i64>, most: usize) -> Vec<(PostId, i64)> {
        let zone = self.town.town.zone();
        let found = self.town.town.db.read_now(move |tx| top(tx, whose, &days, &zone, most)).unwrap();
        found.into_iter().map(|(post, tally)| (post, tally.views)).collect()
    }

    fn sites(&self, whose: Whose) -> Vec<(String, i64)> {
        self.town.town.db.read_now(move |tx| sites(tx, whose, &(0..=i64::MAX))).unwrap()
    }

    fn rows(&self, table: &'static str) -> i64 {
        self.town.town.db.read_now(move |tx| tx.one(&format!("select count(*) from {table}"), params![], |row| row.get(0))).unwrap()
    }

    fn today(&self) -> i64 {
        day_of(hour_of(self.town.town.now()), &self.town.town.zone())
    }
}

fn views(views: i64) -> Tally {
    Tally { views, ..Tally::default() }
}

testkit::on_both! {
    async fn a_view_is_counted_for_its_post_its_shelves_and_the_site(kind) {
        let room = Room::at(kind, "2026-11-23T10:30");
        let (post, other) = (room.post(&[SECTION, AUTHOR]), room.post(&[AUTHOR]));
        let read = format!("/read/{post}");
        room.reader(1).as_agent(PHONE).with_header("referer", "https://www.google.de/").get(&read).await.assert_status(200);
        room.reader(2).with_header("referer", "http://localhost/sections/water").get(&read).await;
        room.reader(3).get(&read).await;
        room.reader(3).get(&read).await;
        room.reader(3).with_header("referer", "https://www.desert.example/a/b?c").get(&format!("/read/{other}")).await;
        room.written().await;
        let tally = Tally { views: 3, phones: 1, here: 1, ..Tally::default() };
        assert_eq!(room.hours(Whose::Post(post)), [tally]);
        assert_eq!(room.hours(Whose::Shelf(SECTION)), [tally]);
        assert_eq!(room.hours(Whose::Shelf(AUTHOR)), [Tally { views: 4, ..tally }]);
        assert_eq!(room.hours(Whose::Site), [Tally { views: 4, ..tally }]);
        assert_eq!(room.sites(Whose::Post(post)), [("google.com".to_owned(), 1)]);
        assert_eq!(room.sites(Whose::Site), [("desert.example".to_owned(), 1), ("google.com".to_owned(), 1)]);
        assert_eq!(room.days(Whose::Site, room.today()..=room.today())[&room.today()].views, 4);
    }

    async fn a_busy_seconds_views_keep_their_sites_and_devices(kind) {
        let room = Room::at(kind, "2026-11-23T10:30");
        let post = room.post(&[SECTION]);
        room.reader(1).as_agent(PHONE).with_header("referer", "https://t.co/x").get(&format!("/read/{post}")).await;
        // Posts that are gone take part in the numbers of the site alone.
        let busy = (1..1_200).map(|post| (post, views(1))).collect();
        room.town.town.audience.put_back(Views { tallies: busy, ..Views::default() });
        let mut counter = Counter::new(room.town.town.clone());
        counter.flush().await;
        assert_eq!((room.rows("view_batches"), room.rows("reading_hours")), (1, 0));
        room.town.pass(2_000);
        counter.flush().await;
        while counter.count_part().await {}
        assert_eq!(room.hours(Whose::Shelf(SECTION)), [Tally { views: 1, phones: 1, ..Tally::default() }]);
        assert_eq!(room.hours(Whose::Site)[0].views, 1_200);
        assert_eq!(room.sites(Whose::Site), [("x.com".to_owned(), 1)]);
    }

    async fn a_batch_of_before_there_were_tallies_is_counted(kind) {
        let room = Room::at(kind, "2026-11-23T10:30");
        let post = room.post(&[SECTION]);
        let packed: Vec<u8> = [post.get().to_le_bytes(), 3i64.to_le_bytes()].concat();
        room.town.town.db.write_now(move |tx| tx.run("insert into view_batches (id, noted_at, views) values (7, 0, $1)", params![&packed])).unwrap();
        let mut counter = Counter::new(room.town.town.clone());
        while counter.count_part().await {}
        assert_eq!(room.hours(Whose::Shelf(SECTION)), [views(3)]);
    }

    async fn finished_hours_are_added_to_their_days_once(kind) {
        let room = Room::at(kind, "2026-11-23T10:30");
        let post = room.post(&[SECTION]);
        let (now, today) = (hour_of(room.town.town.now()), room.today());
        for hour in [now - 12, now - 11, now - 10, now - 2, now] {
            room.count(post, hour, views(10), &[]);
        }
        let all = BTreeMap::from([(today - 1, views(20)), (today, views(30))]);
        for _ in 0..3 {
            assert_eq!(room.days(Whose::Post(post), 0..=today), all);
            assert_eq!(room.days(Whose::Shelf(SECTION), 0..=today), all);
            keep_days(room.town.town.clone()).await.unwrap();
        }
        let stands = room.town.town.db.read_now(|tx| tx.all("select views from reading_days where owner_id > 0 order by day", params![], |row| row.get::<i64>(0)));
        assert_eq!(stands.unwrap(), [20, 20], "this hour is not over");
        room.count(post, now, views(1), &[]);
        room.town.pass(2 * HOUR);
        keep_days(room.town.town.clone()).await.unwrap();
        assert_eq!(room.days(Whose::Post(post), 0..=today)[&today], views(31));
    }

    async fn many_rows_are_added_in_parts(kind) {
        let room = Room::at(kind, "2026-11-23T10:30");
        let hour = hour_of(room.town.town.now()) - 3;
        room.town.town.db.write_now(move |tx| {
            for owner in 1..=1_200 {
                let entry = Entry { owner, tally: views(owner), sites: Vec::new() };
                write(tx, &[entry], hour, 0)?;
            }
            Ok::<_, db::Error>(())
        }).unwrap();
        keep_days(room.town.town.clone()).await.unwrap();
        assert_eq!(room.rows("reading_days"), 1_200);
        assert_eq!(room.days(Whose::Post(PostId::new(777)), 0..=room.today()).into_values().collect::<Vec<_>>(), [views(777)]);
    }

    async fn hours_are_forgotten_after_two_weeks_and_days_are_not(kind) {
        let room = Room::at(kind, "2026-11-23T10:30");
        let post = room.post(&[]);
        let today = room.today();
        room.count(post, hour_of(room.town.town.now()), views(5), &[]);
        room.town.pass(16 * 24 * HOUR);
        keep_days(room.town.town.clone()).await.unwrap();
        assert_eq!((room.rows("reading_hours"), room.rows("reading_days")), (0, 2));
        assert_eq!(room.days(Whose::Post(post), 0..=today), BTreeMap::from([(today, views(5))]));
        let zone = room.town.town.zone();
        let first = room.town.town.db.read_now(move |tx| first_day(tx, Whose::Site, &zone)).unwrap();
        assert_eq!(first, Some(today));
    }

    async fn the_clocks_change_and_every_view_stays_in_its_day(kind) {
        let room = Room::at(kind, "2026-11-01T00:30");
        let post = room.post(&[]);
        let day = room.today();
        // Twenty-five hours, one view in each.
        for reader in 0..25 {
            room.reader(reader).get(&format!("/read/{post}")).await;
            room.written().await;
            room.town.pass(HOUR);
        }
        assert_eq!(room.today(), day + 1);
        room.town.pass(HOUR);
        keep_days(room.town.town.clone()).await.unwrap();
        assert_eq!(room.days(Whose::Post(post), 0..=day + 1), BTreeMap::from([(day, views(25))]));
    }

    async fn made_up_sites_do_not_fill_the_table(kind) {
        let room = Room::at(kind, "2026-11-23T10:30");
        let post = room.post(&[]);
        let hour = hour_of(room.town.town.now());
        let made_up: Vec<(String, i64)> = (0..300).map(|number| (format!("spam{number}.example"), 1)).collect();
        let sites: Vec<(&str, i64)> = made_up.iter().map(|(site, count)| (site.as_str(), *count)).collect();
        room.count(post, hour, views(300), &sites);
        room.count(post, hour, views(7), &[("google.com", 7)]);
        let kept = room.sites(Whose::Post(post));
        assert!(kept.len() <= 201, "{}", kept.len());
        assert_eq!(kept.iter().map(|(_, views)| views).sum::<i64>(), 307, "none is lost");
        room.town.pass(24 * HOUR);
        keep_days(room.town.town.clone()).await.unwrap();
        let kept = room.sites(Whose::Post(post));
        assert_eq!((kept.len(), kept.iter().map(|(_, views)| views).sum::<i64>()), (21, 307));
        keep_days(room.town.town.clone()).await.unwrap();
        assert_eq!(room.sites(Whose::Post(post)), kept);
    }

    async fn the_most_read_are_found_wherever_they_stand(kind) {
        let room = Room::at(kind, "2026-11-23T10:30");
        let (old, new, fresh, other) = (room.post(&[SECTION]), room.post(&[SECTION]), room.post(&[SECTION]), room.post(&[]));
        let (hour, today) = (hour_of(room.town.town.now()), room.today());
        for back in 1..20 {
            room.count(old, hour - back * 24, views(2), &[]);
        }
        room.count(new, hour - 24, views(20), &[]);
        room.count(other, hour - 48, views(90), &[]);
        keep_days(room.town.town.clone()).await.unwrap();
        room.count(fresh, hour, views(30), &[]);
        assert_eq!(room.top(Whose::Site, today - 30..=today, 3), [(other, 90), (old, 38), (fresh, 30)]);
        assert_eq!(room.top(Whose::Shelf(SECTION), today - 30..=today, 9), [(old, 38), (fresh, 30), (new, 20)]);
        assert_eq!(room.top(Whose::Shelf(SECTION), today - 6..=today, 9), [(fresh, 30), (new, 20), (old, 12)]);
        assert_eq!(room.top(Whose::Site, today..=today, 9), [(fresh, 30)]);
        assert!(room.top(Whose::Shelf(AUTHOR), today - 30..=today, 9).is_empty());
    }

    async fn what_is_deleted_for_good_leaves_no_numbers_of_its_own(kind) {
        let room = Room::at(kind, "2026-11-23T10:30");
        let post = room.post(&[]);
        room.count(post, hour_of(room.town.town.now()) - 3, views(2), &[("desert.example", 1)]);
        keep_days(room.town.town.clone()).await.unwrap();
        room.town.town.db.write_now(move |tx| {
            posts::remove(tx, post, 0)?;
            posts::purge_removed(tx, i64::MAX)
        }).unwrap();
        assert!(room.hours(Whose::Post(post)).is_empty() && room.sites(Whose::Post(post)).is_empty());
        assert!(room.days(Whose::Post(post), 0..=room.today()).is_empty());
        assert_eq!(room.hours(Whose::Site), [views(2)]);
    }

    async fn a_browser_says_how_long_its_reader_read(kind) {
        let room = Room::at(kind, "2026-11-23T10:30");
        let post = room.post(&[SECTION]);
        let address = format!("/posts/{post}/reading");
        let reader = room.reader(1);
        let says = async |reader: &Client, seconds: &str, end: &str| reader.post(&address, &[("seconds", seconds), ("end", end)]).await.status.as_u16();
        assert_eq!(says(&reader, "30", "1").await, 204, "nobody learns whether it counted");
        reader.get(&format!("/read/{post}")).await;
        assert_eq!([says(&reader, "30", "0").await, says(&reader, "75", "1").await, says(&reader, "75", "1").await], [204; 3]);
        // Others who say so: another site's page, a program, somebody who never read it, one who asked to be left alone.
        reader.another().with_header("sec-fetch-site", "cross-site").post(&address, &[("seconds", "900")]).await.assert_status(403);
        let silent = room.reader(1).without_header("sec-fetch-site").without_header("origin");
        assert_eq!(says(&silent, "900", "1").await, 204);
        assert_eq!(says(&room.reader(9), "900", "1").await, 204);
        for header in ["sec-gpc", "dnt"] {
            let declining = room.reader(2).with_header(header, "1");
            declining.get(&format!("/read/{post}")).await;
            assert_eq!(says(&declining, "900", "1").await, 204);
        }
        room.written().await;
        assert_eq!(room.hours(Whose::Shelf(SECTION)), [Tally { views: 2, readings: 1, seconds: 75, ended: 1, ..Tally::default() }]);
    }

    async fn what_is_no_reading_is_refused(kind) {
        let room = Room::at(kind, "2026-11-23T10:30");
        let post = room.post(&[]);
        let (address, reader) = (format!("/posts/{post}/reading"), room.reader(1));
        reader.get(&format!("/read/{post}")).await;
        let none: &[(&str, &str)] = &[];
        for fields in [none, &[("seconds", "0")], &[("seconds", "-5")], &[("seconds", "a")], &[("who", "me")], &[("seconds", "99999999999")]] {
            reader.post(&address, fields).await.assert_status(400);
        }
        reader.post(&address, &[("seconds", &"1".repeat(200))]).await.assert_status(413);
        reader.post("/posts/none/reading", &[("seconds", "5")]).await.assert_status(404);
        reader.get(&address).await.assert_status(405);
        room.town.town.audience.take();
        let mut status = 204;
        for _ in 0..200 {
            status = reader.post(&address, &[("seconds", "5")]).await.status.as_u16();
        }
        assert_eq!(status, 429);
    }
}

/// What a site has of numbers, as files would have it.
fn written(town: &Town) -> (Vec<whole::Hour>, Vec<whole::Day>) {
    let zone = town.zone();
    let read = town.db.read_now(move |tx| {
        let (mut hours, mut days) = (Vec::new(), Vec::new());
        let mut after = whole::Place::FIRST;
        loop {
            let page = whole::hours(tx, after)?;
            let Some(last) = page.last() else { break };
            after = last.place();
            hours.extend(page);
        }
        after = whole::Place::FIRST;
        loop {
            let page = whole::days(tx, after, &zone)?;
            let Some(last) = page.last() else { return Ok::<_, db::Error>((hours, days)) };
            after = last.place();
            days.extend(page);
        }
    });
    read.unwrap()
}

fn take_back(town: &Town, (hours, days): &(Vec<whole::Hour>, Vec<whole::Day>), fresh: bool) {
    let (hours, days, now, zone) = (hours.clone(), days.clone(), town.now(), town.zone());
    town.db
        .write_now(move |tx| {
            if fresh {
                whole::begin(tx, now)?;
            }
            hours.iter().try_for_each(|line| whole::put_hour(tx, line, fresh).map(drop))?;
            days.iter().try_for_each(|line| whole::put_day(tx, line, &zone, fresh).map(drop))
        })
        .unwrap();
}

testkit::on_both! {
    async fn numbers_go_out_whole_and_come_back_with_every_hour_counted_once(kind) {
        let room = Room::at(kind, "2026-10-31T15:30");
        let post = room.post(&[SECTION, AUTHOR]);
        let (now, views) = (hour_of(room.town.town.now()), |views| Tally { views, phones: 1, seconds: 40, ..Tally::default() });
        for (ago, count) in [(50, 10), (26, 4), (3, 7), (1, 2), (0, 5)] {
            room.count(post, now - ago, views(count), &[("a.example", 1), ("other", 1)]);
        }
        // Two of the hours are in their days, the last ones are not.
        room.town.pass(-2 * HOUR);
        keep_days(room.town.town.clone()).await.unwrap();
        room.town.pass(2 * HOUR);
        let lines = written(&room.town.town);
        assert_eq!((lines.0.len(), lines.1.len()), (20, 12), "{lines:?}");
        let of_site: Vec<(String, i64)> =
            lines.1.iter().filter(|day| day.of.post.is_none() && day.of.shelf.is_none()).map(|day| (day.day.to_string(), day.sums.views)).collect();
        assert_eq!(of_site, [("2026-10-29".into(), 10), ("2026-10-30".into(), 4), ("2026-10-31".into(), 14)]);
        let json = serde_json::to_string(&lines).unwrap();
        assert!(json.contains(&format!("{{\"post\":\"{post}\",\"day\":\"2026-10-29\",\"views\":10,")), "{json}");
        let lines: (Vec<whole::Hour>, Vec<whole::Day>) = serde_json::from_str(&json).unwrap();

        // Into a new site; cut off, and again, at once or in another hour; and while more is read there.
        let half = (lines.0.clone(), lines.1[..5].to_vec());
        for wait in [0, HOUR] {
            let other = Room::at(kind, "2026-10-31T15:30");
            let ana = other.town.actor("Ana", "author").id;
            other.town.town.db.write_now(move |tx| {
                tx.run("insert into posts (id, kind, author_id, visibility, created_at, updated_at) values ($1, 'story', $2, 'public', 0, 0)", params![post, ana])?;
                tx.run("insert into post_counts (post_id) values ($1)", params![post])?;
                posts::shelve(tx, post, &[SECTION, AUTHOR], 5)
            }).unwrap();
            take_back(&other.town.town, &half, true);
            other.town.pass(wait);
            take_back(&other.town.town, &lines, true);
            assert_eq!(written(&other.town.town), lines);
            other.count(post, hour_of(other.town.town.now()), views(3), &[]);
            other.town.pass(3 * HOUR);
            keep_days(other.town.town.clone()).await.unwrap();
            let today = day_of(now, &other.town.town.zone());
            for whose in [Whose::Site, Whose::Post(post), Whose::Shelf(SECTION)] {
                let sums: Vec<i64> = other.days(whose, today - 2..=today).into_values().map(|tally| tally.views).collect();
                assert_eq!(sums, [10, 4, 17], "{whose:?}");
            }
            // Beside what is there: the larger number of a post stays, and what was read here by section and in all is left alone.
            let before = written(&other.town.town);
            take_back(&other.town.town, &lines, false);
            assert_eq!(written(&other.town.town), before);
        }
    }

    async fn many_days_are_written_page_by_page(kind) {
        let room = Room::at(kind, "2026-10-31T15:30");
        let posts: Vec<PostId> = (0..3).map(|_| room.post(&[])).collect();
        room.town.town.db.write_now(move |tx| {
            for post in &posts {
                for day in 0..400_i64 {
                    tx.run("insert into reading_days (owner_id, day, views, phones, tablets, here, readings, seconds, ended) values ($1, $2, 1, 0, 0, 0, 0, 0, 0)", params![*post, day])?;
                    for site in 0..if day < 20 { 60 } else { 1 } {
                        tx.run("insert into reading_sites (owner_id, day, site, views) values ($1, $2, $3, 1)", params![*post, day, format!("s{site}.example")])?;
                    }
                }
            }
            Ok::<_, db::Error>(())
        }).unwrap();
        let (_, days) = written(&room.town.town);
        assert_eq!(days.len(), 1_200);
        assert!(days.is_sorted_by_key(whole::Day::place));
        assert_eq!(days.iter().map(|day| day.sites.len()).sum::<usize>(), 3 * (20 * 60 + 380));
        assert!(days.iter().all(|day| day.sums.views == 1));
    }
}

#[tokio::test]
async fn lines_that_name_nothing_are_passed_over() {
    let room = Room::at(testkit::Kind::Sqlite, "2026-10-31T15:30");
    let line = |of: &str| {
        format!(
            "{{{of}\"day\":\"2026-10-29\",\"views\":-4,\"phones\":0,\"tablets\":0,\"here\":0,\"readings\":0,\"seconds\":0,\"ended\":0,\"sites\":{{\"<b>\":3,\"a.example\":2}}}}"
        )
    };
    let days: Vec<whole::Day> = ["", "\"post\":\"5\",", "\"post\":\"0\",", "\"post\":\"5\",\"shelf\":\"6\","]
        .map(|of| serde_json::from_str(&line(of)).unwrap())
        .into();
    take_back(&room.town.town, &(Vec::new(), days), true);
    let (_, days) = written(&room.town.town);
    assert_eq!((days.len(), days[0].sums.views, days[0].sites.len()), (1, 0, 1));
    assert!(serde_json::from_str::<whole::Day>(&line("").replace("2026-10-29", "yesterday")).is_err());
}
