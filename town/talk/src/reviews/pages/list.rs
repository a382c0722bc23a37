//! All reviews of a subject, on a page of their own.

use maud::{Markup, html};
use web::{
    Frame, Page,
    kit::{self, icon},
};

use super::{
    Standing,
    card::{Shown, card},
    section::invitation,
    summary::summary,
};
use crate::reviews::{
    review::{MOST_STARS, Order},
    rules::May,
    store::{Head, Listing},
};

impl Listing {
    /// The address of these with something else asked of them.
    fn path(&self, order: Order, stars: Option<i64>, recommend: Option<bool>) -> String {
        let yes = |yes: bool| if yes { "yes" } else { "no" };
        let asked: Vec<String> = [
            (order != Order::default()).then(|| format!("order={}", order.name())),
            stars.map(|stars| format!("stars={stars}")),
            recommend.map(|recommend| format!("recommend={}", yes(recommend))),
        ]
        .into_iter()
        .flatten()
        .collect();
        let path = format!("/posts/{}/reviews", self.head.about.id);
        if asked.is_empty() { path } else { format!("{path}?{}", asked.join("&")) }
    }

    fn is_filtered(&self) -> bool {
        self.stars.is_some() || self.recommend.is_some()
    }
}

/// The page.
pub(in crate::reviews) fn page(frame: &Frame, listing: &Listing, standing: &Standing) -> Markup {
    let (head, tally) = (&listing.head, &listing.tally);
    let title = format!("Reviews of “{}”", head.about.title);
    let own = matches!(head.may, May::Own);
    let shown = Shown { standing, level: 3, answers: own, about: None };
    let body = html! {
        div.page { div.narrow.reviews {
            p { a.link href=(head.about.address) { (icon("arrow-left")) " What this is about" } }
            h1 dir="auto" { (title) }
            @if tally.count() > 0 { (summary(head.about.id, tally, &head.criteria, listing.stars)) }
            @if head.watched { (watched()) }
            (mine(listing, &shown))
            @if tally.count() > 0 { (list(listing, &shown)) }
            @else if listing.mine.is_none() { p.meta { "Nobody has reviewed this yet." } }
        } }
    };
    let path = listing.path(Order::default(), None, None);
    let page = Page::new(&title);
    let page =
        if listing.is_filtered() || !listing.first || listing.order != Order::default() { page.private() } else { page.canonical(&path) };
    page.draw(frame, &body)
}

/// Why a review may not appear at once.
fn watched() -> Markup {
    html! { p.review-waits { (icon("shield")) " Many reviews of this came at once. They are looked at before they appear, and so are new ones for a day." } }
}

/// The viewer's own review, or the way to one.
fn mine(listing: &Listing, shown: &Shown) -> Markup {
    let head = &listing.head;
    html! {
        @if let Some(review) = &listing.mine {
            section.review-mine aria-labelledby="mine" {
                h2 id="mine" { "Your review" }
                (card(review, shown))
            }
        } @else {
            (way(head, shown.standing))
        }
    }
}

fn way(head: &Head, standing: &Standing) -> Markup {
    html! {
        @match &head.may {
            May::Yes => p { a.button.primary href={ "/posts/" (head.about.id) "/review" } { (icon("pen-line")) "Write a review" } },
            May::Guest => p.comment-closed { (icon("star")) " " (invitation(head.about.id, standing)) @if standing.joins { ", or " a href="/join" { "join" } } "." },
            other => p.comment-closed { (icon("info")) " " (other.words().unwrap_or_default()) },
        }
    }
}

fn list(listing: &Listing, shown: &Shown) -> Markup {
    let others = || listing.reviews.iter().filter(|review| !review.mine);
    html! {
        section aria-labelledby="list" {
            h2 id="list" tabindex="-1" { @if listing.is_filtered() { "Some of the reviews" } @else { "All reviews" } }
            (filters(listing))
            (orders(listing))
            ul.review-list { @for review in others() { li { (card(review, shown)) } } }
            @if others().next().is_none() { (nothing(listing)) }
            (pager(listing))
        }
    }
}

fn filters(listing: &Listing) -> Markup {
    let current = |is: bool| is.then_some("true");
    let (order, stars, recommend) = (listing.order, listing.stars, listing.recommend);
    html! {
        nav.orders aria-label="Which reviews" {
            a href={ (listing.path(order, None, None)) "#list" } aria-current=[current(!listing.is_filtered())] rel="nofollow" { "All" }
            @for given in (1..=MOST_STARS).rev() {
                a href={ (listing.path(order, Some(given), recommend)) "#list" } aria-current=[current(stars == Some(given))] rel="nofollow" { (text::count(given, "star", "stars")) }
            }
            @for (yes, words) in [(true, "Recommended"), (false, "Not recommended")] {
                a href={ (listing.path(order, stars, Some(yes))) "#list" } aria-current=[current(recommend == Some(yes))] rel="nofollow" { (words) }
            }
        }
    }
}

fn orders(listing: &Listing) -> Markup {
    html! {
        nav.orders aria-label="Order of reviews" {
            @for order in Order::ALL {
                a href={ (listing.path(order, listing.stars, listing.recommend)) "#list" } aria-current=[(order == listing.order).then_some("true")] rel="nofollow" { (order.words()) }
            }
        }
    }
}

fn nothing(listing: &Listing) -> Markup {
    let all = listing.path(listing.order, None, None);
    html! {
        @if listing.is_filtered() { (kit::empty("No such review", "Nobody judged it this way, or nobody else.", Some((&all, "All reviews")))) }
        @else if !listing.first { (kit::empty("That was all", "There are no more reviews.", Some((&all, "To the first")))) }
        @else if listing.mine.is_some() { p.meta { "Yours is the only one so far." } }
    }
}

fn pager(listing: &Listing) -> Markup {
    let first = listing.path(listing.order, listing.stars, listing.recommend);
    let joint = if first.contains('?') { '&' } else { '?' };
    html! {
        @if !listing.first || listing.past.is_some() {
            nav.pager aria-label="Pages of reviews" {
                @if !listing.first { a.button rel="nofollow" href={ (first) "#list" } { (icon("arrow-left")) "To the first" } }
                @if let Some(past) = listing.past { a.button rel="next nofollow" href={ (first) (joint) "past=" (past) "#list" } { "More reviews" (icon("chevron-right")) } }
            }
        }
    }
}
