//! The page that says how readers' context works, and how it stands here.

use jiff::tz::TimeZone;
use maud::{Markup, html};
use web::{Frame, Page};

use crate::context::{
    model::{
        ENOUGH, IN_COMMON, LAMBDA_FACTOR, LAMBDA_INTERCEPT, LEAST, LEAST_OF_A_SIDE, SHOWN_FROM, SIDE_FROM, Status, UNHELPFUL_BELOW,
        UNHELPFUL_SLOPE,
    },
    standing::{LEAST_DAYS, LEAST_POSTS, QUIET_DAYS},
    state::State,
};

/// The page. `downloads` are offered to administrators.
pub(in crate::context) fn page(frame: &Frame, state: &State, downloads: bool, now: (i64, TimeZone)) -> Markup {
    let body = html! {
        div.page { div.narrow.prose.contexts {
            h1 { "How readers’ context works" }
            p { "Members can add context to what others post here: a fact that readers should know, with a source. Other members say whether it helps. It is shown under the post when people find it helpful who usually do not agree. Nobody of the staff decides what is shown, and no number of people who think alike can." }
            h2 { "Who takes part" }
            p { "Members who joined at least " (LEAST_DAYS) " days ago, have a confirmed e-mail address, have posted at least " (LEAST_POSTS) " things that others can read, and of whom nothing was taken down within " (QUIET_DAYS) " days. Nobody adds context to their own post, or rates context on it, or context that they wrote. Whoever loses this standing no longer counts. The names of those who write and rate are not shown." }
            h2 { "What is shown" }
            (model())
            (plain())
            (here(state, now))
            @if downloads {
                h2 { "All that goes into it" }
                p { "Raters are numbers that mean nothing outside of the file. " a href="/context/ratings.csv" { "The ratings" } " and " a href="/context/contexts.csv" { "the contexts" } ", as tables." }
            }
        } }
    };
    Page::new("How readers’ context works")
        .description("How context that readers add is rated, and when it is shown.")
        .canonical("/context")
        .draw(frame, &body)
}

fn model() -> Markup {
    html! {
        p { "We use the published bridging model of Community Notes. It explains every rating by four numbers: how generous the town is, how generous the rater is, how helpful the context is, and how much its helpfulness depends on where the rater stands. What only one side likes is explained by the last, and promotes nothing." }
        p { code { "rating = μ + i(rater) + i(context) + f(rater) × f(context)" } }
        ul {
            li { "Helpful counts 1, somewhat helpful 0.5, not helpful 0." }
            li { "Context with at least " (LEAST) " ratings is shown when its i is " (format!("{SHOWN_FROM:.2}")) " or more, and on each side of f at least " (LEAST_OF_A_SIDE) " raters rated it, with a mean of " (SIDE_FROM) " or more." }
            li { "It is called not helpful when its i is below " (format!("{UNHELPFUL_BELOW:.2}")) " − " (UNHELPFUL_SLOPE) " × |f|." }
            li { "All numbers are found by least squares, with strengths of regularization of " (LAMBDA_INTERCEPT) " (i, μ) and " (LAMBDA_FACTOR) " (f)." }
        }
    }
}

fn plain() -> Markup {
    html! {
        p { "While there are fewer than " (ENOUGH) " ratings in all, nothing can be fitted and a plain rule holds. Context is shown with at least " (LEAST) " ratings of a mean of two thirds or more, if two of those who call it helpful usually disagree: they both rated at least " (IN_COMMON) " other contexts, and said the same of fewer than half of them. With a mean of one third or less it is called not helpful." }
    }
}

fn here(state: &State, (now, zone): (i64, TimeZone)) -> Markup {
    html! {
        h2 { "How it stands here" }
        dl.context-state {
            @for (status, count) in Status::ALL.iter().zip(state.statuses) { div { dt { (status.words()) } dd { (text::grouped(count)) } } }
            div { dt { "Ratings that count" } dd { (text::grouped(state.ratings)) } }
            div { dt { "Members who rated" } dd { (text::grouped(state.raters)) } }
            @if state.fitted { div { dt { "μ" } dd { (format!("{:.3}", state.mu as f64 / 10_000.0)) } } }
        }
        @match state.at {
            Some(at) => p.meta { "Judged " (text::times::markup(at, now, &zone)) " by " (if state.fitted { "the model" } else { "the plain rule" }) ". It is judged anew after every rating, and every hour." },
            None => p.meta { "Nothing was judged so far." },
        }
    }
}
