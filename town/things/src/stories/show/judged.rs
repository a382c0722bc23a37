//! The reviews of a story in the words of schema.org: as many as its page shows, and what all say together.

use serde::Serialize;
use talk::reviews::{Review, Summary};

use super::data::Person;

const MOST: i64 = 5;
const FEWEST: i64 = 1;

/// What a story's data says of its reviews.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Reviewed<'a> {
    aggregate_rating: Aggregate,
    review: Vec<One<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Aggregate {
    #[serde(rename = "@type")]
    kind: &'static str,
    rating_value: String,
    review_count: i64,
    best_rating: i64,
    worst_rating: i64,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct One<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    url: String,
    author: Person<'a>,
    date_published: String,
    name: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    review_body: &'a str,
    review_rating: Rating,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Rating {
    #[serde(rename = "@type")]
    kind: &'static str,
    rating_value: i64,
    best_rating: i64,
    worst_rating: i64,
}

impl<'a> Reviewed<'a> {
    /// What readers of the page see, and no other number.
    pub fn of(summary: &'a Summary, origin: &str) -> Self {
        let tally = &summary.tally;
        let aggregate_rating = Aggregate {
            kind: "AggregateRating",
            rating_value: tally.in_figures(),
            review_count: tally.count(),
            best_rating: MOST,
            worst_rating: FEWEST,
        };
        Self { aggregate_rating, review: summary.first.iter().map(|review| One::of(review, origin)).collect() }
    }
}

impl<'a> One<'a> {
    fn of(review: &'a Review, origin: &str) -> Self {
        let (author, content) = (&review.author, &review.content);
        Self {
            kind: "Review",
            url: format!("{origin}{}", review.address()),
            author: Person::of(&author.name, format!("{origin}{}", author.address())),
            date_published: text::times::iso(review.posted_at),
            name: &content.title,
            review_body: &content.body,
            review_rating: Rating { kind: "Rating", rating_value: content.stars, best_rating: MOST, worst_rating: FEWEST },
        }
    }
}
