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
