//! Views over time as a picture: bars in SVG that stretch to any width, words around them in HTML so that they keep their
//! size. The table below it says the same to the digit.

use maud::{Markup, html};

/// One bar.
pub(super) struct Column<'a> {
    pub words: &'a str,
    pub short: &'a str,
    pub value: i64,
}

/// Units of the drawing: a bar's place, of which a part stays free, and the height of all.
const PLACE: usize = 10;
const GAP: usize = 2;
const HEIGHT: i64 = 100;

/// The picture with its title and the words that say what it shows.
pub(super) fn chart(title: &str, columns: &[Column]) -> Markup {
    let most = columns.iter().map(|column| column.value).max().unwrap_or(0);
    let top = rounded_up(most);
    let width = columns.len() * PLACE;
    html! {
        figure.chart {
            div.scale aria-hidden="true" { @for mark in [top, top / 2, 0] { span { (text::grouped(mark)) } } }
            svg role="img" aria-labelledby="chart-title chart-words" viewBox={ "0 0 " (width) " " (HEIGHT) } preserveAspectRatio="none" {
                title id="chart-title" { (title) }
                desc id="chart-words" { (described(columns)) }
                @for y in [0, HEIGHT / 2, HEIGHT] { line.rule x1="0" x2=(width) y1=(y) y2=(y) {} }
                @for (at, column) in columns.iter().enumerate() {
                    @let height = if column.value == 0 { 0.0 } else { (column.value as f64 * HEIGHT as f64 / top as f64).max(1.0) };
                    rect.bar x=(at * PLACE + GAP / 2) width=(PLACE - GAP) y=(round(HEIGHT as f64 - height)) height=(round(height)) {
                        title { (column.words) ": " (text::count(column.value, "view", "views")) }
                    }
                }
            }
            div.times aria-hidden="true" { @for label in labels(columns) { span { (label) } } }
        }
    }
}

/// Two digits after the point are finer than any screen.
fn round(length: f64) -> f64 {
    (length * 100.0).round() / 100.0
}

/// The first, the middle and the last.
fn labels<'a>(columns: &[Column<'a>]) -> Vec<&'a str> {
    let mut at = vec![0, columns.len() / 2, columns.len().saturating_sub(1)];
    at.dedup();
    at.into_iter().filter_map(|at| columns.get(at)).map(|column| column.short).collect()
}

/// What the picture shows, in a sentence.
fn described(columns: &[Column]) -> String {
    match columns.iter().rev().max_by_key(|column| column.value) {
        Some(most) if most.value > 0 => {
            format!("{} bars. The highest is {}, with {}.", columns.len(), most.words, text::count(most.value, "view", "views"))
        }
        _ => format!("{} bars, all of them empty.", columns.len()),
    }
}

/// The next of 2, 4, 6, 10, 20, 40, 60, 100 and so on: halves of them are whole.
fn rounded_up(most: i64) -> i64 {
    let mut ten = 1;
    loop {
        for step in [2, 4, 6, 10] {
            if step * ten >= most {
                return step * ten;
            }
        }
        ten *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_ends_at_a_round_number() {
        for (most, top) in [(0, 2), (1, 2), (3, 4), (5, 6), (7, 10), (11, 20), (48, 60), (61, 100), (4_812, 6_000)] {
            assert_eq!(rounded_up(most), top, "{most}");
        }
    }

    #[test]
    fn the_picture_is_told_in_words() {
        let column = |words, value| Column { words, short: words, value };
        assert_eq!(described(&[column("Monday", 3), column("Tuesday", 9)]), "2 bars. The highest is Tuesday, with 9 views.");
        assert_eq!(described(&[column("Monday", 0)]), "1 bars, all of them empty.");
        let drawn = chart("Views", &[column("Monday", 0), column("Tuesday", 1)]).into_string();
        assert!(drawn.contains("<title>Tuesday: 1 view</title>") && drawn.contains("height=\"50\""), "{drawn}");
        assert!(!drawn.contains("style="));
    }
}
