//! The four numbers under every story.

use maud::{Markup, Render, html};
use web::kit::icon;

/// Views, comments, likes and reviews, from stored counters that change in the same transaction as their cause.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Readers, one a half-hour each.
    pub views: i64,
    /// Comments shown.
    pub comments: i64,
    /// Likes standing.
    pub likes: i64,
    /// Reviews shown.
    pub reviews: i64,
}

impl Render for Counts {
    fn render(&self) -> Markup {
        html! {
            p.counts {
                span { (icon("eye")) (text::count(self.views, "view", "views")) }
                span { (icon("message-circle")) (text::count(self.comments, "comment", "comments")) }
                span { (icon("heart")) (text::count(self.likes, "like", "likes")) }
                span { (icon("star")) (text::count(self.reviews, "review", "reviews")) }
            }
        }
    }
}
