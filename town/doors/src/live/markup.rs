//! What goes over a stream.

use maud::{Markup, html};
use talk::{Counts, PostId, reactions};

use super::store::Standing;

/// Fewer readers than this are not told: it would say who.
const FEWEST: usize = 3;

/// Another number in the bell.
pub(super) fn unread(count: i64) -> String {
    update("replace", "unread", &web::layout::unread(count))
}

/// There is a new post. A page that has it already pays no heed.
pub(super) fn new_post(post: PostId) -> String {
    update("append", "new-posts", &html! { li id={ "new-" (post) } {} })
}

/// How many read a story.
pub(super) fn reading(story: i64, readers: usize) -> String {
    update("update", &format!("reading-{story}"), &html! { @if readers >= FEWEST { (readers) " reading" } })
}

/// Whether a number of readers reads the same as another.
pub(super) fn reads_the_same(one: usize, other: usize) -> bool {
    one == other || (one < FEWEST && other < FEWEST)
}

/// The counts of a post, wherever a page shows them.
pub(super) fn counts(post: i64, standing: &Standing) -> String {
    let Standing { shares, votes, views, comments, likes, reviews, ref typed } = *standing;
    let counts = Counts { views, comments, likes, reviews };
    html! {
        (everywhere(&format!("[data-shares=\"{post}\"]"), &things::notes::shares(shares)))
        (everywhere(&format!("[data-votes=\"{post}\"]"), &html! { (text::count(votes, "vote", "votes")) }))
        (everywhere(&format!("[data-likes=\"{post}\"]"), &reactions::likes(likes)))
        (everywhere(&format!("[data-reactions=\"{post}\"]"), &reactions::typed(PostId::new(post), typed)))
        (everywhere(&format!("[data-comments=\"{post}\"]"), &talk::comments::said_count(comments)))
        (everywhere(&format!("[data-counts=\"{post}\"]"), &html! { (counts) }))
    }
    .into_string()
}

fn update(action: &str, target: &str, inner: &Markup) -> String {
    html! { turbo-stream action=(action) target=(target) { template { (inner) } } }.into_string()
}

fn everywhere(targets: &str, inner: &Markup) -> Markup {
    html! { turbo-stream action="update" targets=(targets) { template { (inner) } } }
}
