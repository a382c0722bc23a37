//! Readers of the demo town: when, on what and from where its stories were read. Made up, the same way every time.

use db::Tx;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use talk::{
    PostId,
    numbers::{self, Tally, Views, day_of, hour_of, hours_of},
};

/// Hours that are told one by one; of the time before only days.
const FINE_HOURS: i64 = 13 * 24;

/// A story and how often it was read in all.
pub(super) struct Read {
    pub post: PostId,
    pub published_at: i64,
    pub views: i64,
    pub words: i64,
}

/// Writes how all of them were read until now.
pub(super) fn write(tx: &mut Tx, stories: &[Read], now: i64, zone: &TimeZone) -> Result<(), db::Error> {
    let mut hours: BTreeMap<i64, Views> = BTreeMap::new();
    for story in stories {
        for (hour, views) in spread(story, hour_of(now), zone) {
            read(hours.entry(hour).or_default(), story, hour, views);
        }
    }
    for (hour, views) in hours {
        numbers::count(tx, &views, hour, day_of(hour, zone))?;
    }
    Ok(())
}

/// A story's views over its hours: most in the first day, by day more than by night, none lost.
fn spread(story: &Read, now: i64, zone: &TimeZone) -> Vec<(i64, i64)> {
    let first = hour_of(story.published_at);
    let fine = first.max(hours_of(day_of(now - FINE_HOURS, zone), zone).start);
    let days = day_of(first, zone)..day_of(fine, zone);
    // The noon of a day stands for all of it.
    let coarse = days.map(|day| (hours_of(day, zone).start + 12).max(first)).filter(|hour| *hour < fine).map(|hour| (hour, 24.0));
    let hours: Vec<(i64, f64)> = coarse
        .chain((fine..=now).map(|hour| (hour, 1.0)))
        .map(|(hour, length)| {
            let daily = if length > 1.0 { 0.6 } else { by_the_clock(hour - hours_of(day_of(hour, zone), zone).start) };
            (hour, length * daily * interest((hour - first) as f64) * (0.7 + 0.6 * dice(story.post.get(), hour, 0)))
        })
        .collect();
    let whole: f64 = hours.iter().map(|(_, weight)| weight).sum();
    let (mut weight, mut given, mut views) = (0.0, 0, Vec::new());
    for (hour, part) in hours {
        weight += part;
        let by_now = ((weight / whole) * story.views as f64).round() as i64;
        views.push((hour, by_now - given));
        given = by_now;
    }
    views.retain(|(_, views)| *views > 0);
    views
}

/// How much a story is asked for, so many hours after it came out.
fn interest(age: f64) -> f64 {
    1.0 / (1.0 + age / 5.0).powf(1.4) + 0.002
}

/// Asleep, at breakfast, at lunch, in the evening.
fn by_the_clock(hour: i64) -> f64 {
    const BY_HOUR: [u8; 24] = [14, 8, 5, 4, 6, 16, 38, 66, 78, 62, 54, 58, 80, 70, 52, 48, 54, 62, 76, 92, 100, 84, 56, 28];
    f64::from(BY_HOUR[hour.clamp(0, 23) as usize]) / 100.0
}

/// So many views of one hour: each from somewhere, on something, read for a while.
fn read(into: &mut Views, story: &Read, hour: i64, views: i64) {
    // Some stories hold their readers better than others.
    let hold = 0.35 + 0.4 * dice(story.post.get(), 0, 1);
    let whole = story.words as f64 * 60.0 / 220.0;
    let tally = into.tallies.entry(story.post.get()).or_default();
    for view in 0..views {
        let die = |which| dice(story.post.get() ^ hour, view, which);
        let device = die(2);
        let mut more =
            Tally { views: 1, phones: (device < 0.61).into(), tablets: (0.61..0.68).contains(&device).into(), ..Tally::default() };
        if die(3) < 0.64 {
            let ended = die(4) < hold;
            let part = if ended { 0.8 + 0.5 * die(5) } else { 0.05 + 0.6 * die(5) };
            more = Tally { readings: 1, seconds: ((whole * part) as i64).clamp(2, 1_800), ended: ended.into(), ..more };
        }
        match from(die(6)) {
            Some("") => more.here = 1,
            Some(site) => *into.sites.entry((story.post.get(), site.into())).or_default() += 1,
            None => {}
        }
        *tally += more;
    }
}

/// Where a reader comes from; `""` is the paper itself, and nowhere is nowhere that can be named.
fn from(die: f64) -> Option<&'static str> {
    const FROM: [(f64, &str); 12] = [
        (0.34, ""),
        (0.47, "google.com"),
        (0.58, "facebook.com"),
        (0.64, "nextdoor.com"),
        (0.67, "bing.com"),
        (0.695, "duckduckgo.com"),
        (0.715, "reddit.com"),
        (0.73, "bsky.app"),
        (0.743, "mail.google.com"),
        (0.754, "tinajacounty.example"),
        (0.762, "desertbirders.example"),
        (0.768, "mastodon.social"),
    ];
    FROM.iter().find(|(until, _)| die < *until).map(|(_, site)| *site)
}

/// A number from 0 to 1 that looks thrown and is not (the finalizer of splitmix64).
pub(super) fn dice(a: i64, b: i64, c: i64) -> f64 {
    let mut state = (a as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ (b as u64).rotate_left(21) ^ (c as u64).rotate_left(47);
    for factor in [0xbf58_476d_1ce4_e5b9, 0x94d0_49bb_1331_11eb] {
        state = (state ^ (state >> 30)).wrapping_mul(factor);
    }
    ((state ^ (state >> 31)) >> 11) as f64 / (1u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_view_has_its_hour_and_none_is_in_the_future() {
        let zone = TimeZone::get("America/Phoenix").unwrap();
        let now = 1_795_000_000_000;
        for (age, views) in [(42_000, 3), (80 * 60_000, 4_812), (9 * 24 * 3_600_000, 148), (400 * 24 * 3_600_000, 5_588)] {
            let story = Read { post: PostId::new(7_001), published_at: now - age, views, words: 900 };
            let spread = spread(&story, hour_of(now), &zone);
            assert_eq!(spread.iter().map(|(_, views)| views).sum::<i64>(), views);
            assert!(spread.iter().all(|(hour, _)| (hour_of(now - age)..=hour_of(now)).contains(hour)));
            let mut all = Views::default();
            spread.iter().for_each(|(hour, views)| read(&mut all, &story, *hour, *views));
            let tally = all.tallies[&7_001];
            assert!(tally.ended <= tally.readings && tally.readings <= tally.views && tally.phones + tally.tablets <= tally.views);
        }
    }
}
