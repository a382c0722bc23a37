//! The table, and DESIGN's numbers with what became of them.

use std::{fmt::Write as _, time::Duration};

use crate::{
    bridging::Bridging,
    followed::Followed,
    load::Measured,
    pictures::{Pictures, Prepared, Weight},
    scenarios::{Results, Row},
    search,
    sign_ins::SignIns,
    streams::Streams,
};

/// The scenario that no cache helps at the larger size; for information.
pub const COLD: &str = "story, guest, any of all";
/// What five hundred people, sections and topics that somebody follows published last, among ten million follows.
pub const HOME: &str = "home feed, 500 follows";
/// Guests' pages hold at least this part of the limit.
const GUESTS_HOLD: f64 = 0.6;
const SIGNED_IN: (f64, Duration) = (12_000.0, Duration::from_millis(5));
const HOME_FEED: (f64, Duration) = (8_000.0, Duration::from_millis(8));
const WRITES: (f64, Duration) = (7_000.0, Duration::from_millis(30));
/// One question among so many stories.
const FOUND: Duration = Duration::from_millis(30);
const GROWTH: f64 = 1.3;
const START: Duration = Duration::from_millis(100);
const IDLE: u64 = 48 << 20;
const LOAD: u64 = 200 << 20;
const BINARY: u64 = 60 << 20;
/// KiB of one open page: what HTTP keeps for it, and a little.
const STREAM: f64 = 40.0;

/// The whole report in Markdown.
pub fn write(results: &Results) -> String {
    let mut text = table(results);
    text.push_str("\n| what | hold | measured | |\n| --- | --- | --- | --- |\n");
    for Check { what, hold, measured, ok } in checks(results) {
        let _ = writeln!(text, "| {what} | {hold} | {measured} | {} |", if ok { "ok" } else { "MISSED" });
    }
    text
}

/// What open pages cost.
pub fn streams(streams: &Streams) -> String {
    let Streams { count, before, idle, after, heard, ended } = *streams;
    let each = idle.saturating_sub(before) as f64 / count as f64 / 1024.0;
    let mut text =
        format!("\n| {} event streams, idle | each | after posts | before any | a post heard by all | ended in |\n", grouped(count as u64));
    text.push_str("| ---: | ---: | ---: | ---: | ---: | ---: |\n");
    let _ = writeln!(
        text,
        "| {:.0} MiB | {each:.1} KiB | {:.0} MiB | {:.0} MiB | {} | {} |",
        mebibytes(idle),
        mebibytes(after),
        mebibytes(before),
        shown(heard),
        shown(ended)
    );
    let check = at_most("memory of each stream", each, STREAM, "KiB");
    let _ = writeln!(text, "\n{}: {} ({}): {}", check.what, check.measured, check.hold, if check.ok { "ok" } else { "MISSED" });
    text
}

/// What judging readers' context costs.
pub fn bridging(bridging: &Bridging) -> String {
    let Bridging { sizes, rounds, took, memory, shown: shown_of } = *bridging;
    let [ratings, raters, contexts] = sizes.map(|size| grouped(size as u64));
    format!(
        "\n| bridging: ratings | raters | contexts | shown | rounds | took | memory before | at most |\n\
         | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |\n\
         | {ratings} | {raters} | {contexts} | {shown_of} | {rounds} | {} | {:.0} MiB | {:.0} MiB |\n",
        shown(took),
        mebibytes(memory[0]),
        mebibytes(memory[1])
    )
}

/// What it costs to write to very many.
pub fn followed(followed: &Followed) -> String {
    let Followed { theirs, others } = followed;
    let mut text = String::from("\n| a note by somebody with | answered in | at most |\n| --- | ---: | ---: |\n");
    for (who, [median, most]) in [("100,000 followers", theirs), ("a hundred or fewer", others)] {
        let _ = writeln!(text, "| {who} | {} | {} |", shown(*median), shown(*most));
    }
    text
}

/// What sign-ins cost those who read.
pub fn sign_ins(sign_ins: &SignIns) -> String {
    let mut text = String::from("\n| story, signed in | /s | p50 | p99 |\n| --- | ---: | ---: | ---: |\n");
    let busy = format!("while {:.1} people a second sign in", sign_ins.per_second);
    for (when, measured) in [("while nobody signs in", &sign_ins.quiet), (busy.as_str(), &sign_ins.busy)] {
        let _ = writeln!(text, "| {when} | {} | {} | {} |", grouped(measured.per_second as u64), shown(measured.p50), shown(measured.p99));
    }
    text
}

/// What pictures cost, in tables of their own.
pub fn pictures(pictures: &Pictures) -> String {
    let mut text = String::new();
    let kilobytes = |bytes: usize| format!("{:.0} KB", bytes as f64 / 1000.0);
    if let Some(first) = pictures.weights.first() {
        let _ = writeln!(text, "\n| story page with {} pictures | page | pictures as WebP | as JPEG |", first.pictures);
        text.push_str("| --- | ---: | ---: | ---: |\n");
    }
    for Weight { screen, html, webp, jpeg, .. } in &pictures.weights {
        let _ = writeln!(text, "| {screen} | {} | {} | {} |", kilobytes(*html), kilobytes(*webp), kilobytes(*jpeg));
    }
    if let Some(first) = pictures.prepared.first() {
        let _ = writeln!(text, "\n| pictures prepared, 24 megapixels, JPEG of {} | a minute | memory at most |", kilobytes(first.file));
        text.push_str("| --- | ---: | ---: |\n");
    }
    for Prepared { threads, per_minute, peak, .. } in &pictures.prepared {
        let at_once = if *threads == 1 { "one at a time, as the program does" } else { "two at a time" };
        let _ = writeln!(text, "| {at_once} | {per_minute:.0} | {:.0} MiB |", mebibytes(*peak));
    }
    text
}

fn table(results: &Results) -> String {
    let mut text = String::from("| scenario |");
    for size in &results.sizes {
        let _ = write!(text, " {} stories: /s | p50 | p99 |", grouped(*size as u64));
    }
    text.push_str(" the limit: /s | of the limit | growth | page |\n| --- |");
    text.push_str(&" ---: | ---: | ---: |".repeat(results.sizes.len()));
    text.push_str(" ---: | ---: | ---: | ---: |\n");
    for row in &results.rows {
        let _ = write!(text, "| {} |", row.name);
        for town in &row.towns {
            let _ = write!(text, " {} | {} | {} |", grouped(town.per_second as u64), shown(town.p50), shown(town.p99));
        }
        let limit = row.limit.as_ref().map_or("–".into(), |limit| grouped(limit.per_second as u64));
        let share = share(row).map_or("–".into(), |share| format!("{:.0} %", share * 100.0));
        let page = if row.bytes == 0 { "–".into() } else { format!("{:.1} KB", row.bytes as f64 / 1000.0) };
        let growth = growth(row).map_or("–".into(), |growth| format!("{growth:.2} ×"));
        let _ = writeln!(text, " {limit} | {share} | {growth} | {page} |");
    }
    text
}

struct Check {
    what: String,
    hold: String,
    measured: String,
    ok: bool,
}

fn checks(results: &Results) -> Vec<Check> {
    let mut checks: Vec<Check> = results.rows.iter().flat_map(of_row).collect();
    checks.push(at_most("start to first answer", results.start.as_secs_f64() * 1e3, START.as_secs_f64() * 1e3, "ms"));
    checks.push(at_most("memory of its own, idle", mebibytes(results.idle), mebibytes(IDLE), "MiB"));
    checks.push(at_most("memory of its own, under load", mebibytes(results.load), mebibytes(LOAD), "MiB"));
    if let Ok(binary) = std::fs::metadata("target/release/ocotillo") {
        checks.push(at_most("the program's one file", mebibytes(binary.len()), mebibytes(BINARY), "MiB"));
    }
    checks
}

fn of_row(row: &Row) -> Vec<Check> {
    let mut checks = Vec::new();
    let Some(town) = row.towns.last() else { return checks };
    match row.name {
        "story, guest" | "front page, guest" | "section page, guest" => {
            let share = share(row).unwrap_or_default();
            let measured = format!("{:.0} %", share * 100.0);
            checks.push(Check { what: row.name.into(), hold: "60 % of the limit".into(), measured, ok: share >= GUESTS_HOLD });
        }
        "story, signed in, any of all" => checks.push(fast_enough(row.name, town, SIGNED_IN)),
        HOME => checks.push(fast_enough(row.name, town, HOME_FEED)),
        "draft saved, durable" | "comment posted, durable" | "story liked, durable" | "note posted, durable" => {
            checks.push(fast_enough(row.name, town, WRITES));
        }
        name if name.starts_with(search::KIND) => checks.push(soon_enough(row, town)),
        _ => {}
    }
    if let Some(growth) = growth(row) {
        let (what, measured) = (format!("{}: cost of growth", row.name), format!("{growth:.2} ×"));
        checks.push(Check { what, hold: format!("at most {GROWTH} ×"), measured, ok: growth <= GROWTH });
    }
    checks
}

fn fast_enough(what: &str, town: &Measured, (rate, p99): (f64, Duration)) -> Check {
    Check {
        what: what.into(),
        hold: format!("{}/s, p99 under {}", grouped(rate as u64), shown(p99)),
        measured: format!("{}/s, p99 {}", grouped(town.per_second as u64), shown(town.p99)),
        ok: town.per_second >= rate && town.p99 < p99,
    }
}

fn at_most(what: &str, measured: f64, hold: f64, unit: &str) -> Check {
    Check { what: what.into(), hold: format!("under {hold:.0} {unit}"), measured: format!("{measured:.0} {unit}"), ok: measured < hold }
}

fn soon_enough(row: &Row, town: &Measured) -> Check {
    Check {
        what: row.name.into(),
        hold: format!("answered in under {}", shown(FOUND)),
        measured: format!("p50 {}, p99 {}", shown(town.p50), shown(town.p99)),
        ok: town.p99 < FOUND,
    }
}

/// The largest town's part of the limit.
fn share(row: &Row) -> Option<f64> {
    Some(row.towns.last()?.per_second / row.limit.as_ref()?.per_second)
}

/// How many times dearer the largest town is than the smallest. A small town's guests' pages all fit into the memory for
/// them, a large one's do not: asking for any of all compares two different things. A search has its own number to hold.
fn growth(row: &Row) -> Option<f64> {
    if row.name == COLD || row.name.starts_with(search::KIND) {
        return None;
    }
    let (first, last) = (row.towns.first()?, row.towns.last()?);
    (row.towns.len() > 1).then(|| first.per_second / last.per_second)
}

fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / f64::from(1 << 20)
}

fn shown(time: Duration) -> String {
    format!("{:.1} ms", time.as_secs_f64() * 1e3)
}

fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let parts: Vec<&str> = digits.as_bytes().rchunks(3).rev().filter_map(|part| std::str::from_utf8(part).ok()).collect();
    parts.join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_by_thousands() {
        assert_eq!([7, 1_000, 65_432_100].map(grouped), ["7", "1,000", "65,432,100"]);
    }

    #[test]
    fn growth_compares_the_largest_town_with_the_smallest() {
        let measured = |per_second| Measured { per_second, p50: Duration::ZERO, p99: Duration::ZERO };
        let row = Row { name: "x", towns: vec![measured(200.0), measured(100.0)], limit: Some(measured(400.0)), bytes: 1 };
        assert_eq!((growth(&row), share(&row)), (Some(2.0), Some(0.25)));
        let alone = Row { towns: vec![measured(1.0)], ..row };
        assert_eq!(growth(&alone), None);
    }
}
