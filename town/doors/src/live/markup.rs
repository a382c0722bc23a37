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
    streams(post, standing).into_iter().map(|(_, stream)| stream).collect()
}

/// Those of them that are not nought: all that a page may lack that was drawn a moment ago. What was taken back to nought in that
/// moment it hears of with the next change.
pub(super) fn counts_there_are(post: i64, standing: &Standing) -> String {
    streams(post, standing).into_iter().filter(|(there_are, _)| *there_are).map(|(_, stream)| stream).collect()
}

/// Each with whether it is more than nought.
fn streams(post: i64, standing: &Standing) -> [(bool, String); 6] {
    let Standing { shares, votes, views, comments, likes, reviews, ref typed } = *standing;
    let counts = Counts { views, comments, likes, reviews };
    let everywhere = |name: &str, there_are: bool, inner: &Markup| {
        let targets = format!("[data-{name}=\"{post}\"]");
        (there_are, html! { turbo-stream action="update" targets=(targets) { template { (inner) } } }.into_string())
    };
    [
        everywhere("shares", shares > 0, &things::notes::shares(shares)),
        everywhere("votes", votes > 0, &html! { (text::count(votes, "vote", "votes")) }),
        everywhere("likes", likes > 0, &reactions::likes(likes)),
        everywhere("reactions", !typed.is_empty(), &reactions::typed(PostId::new(post), typed)),
        everywhere("comments", comments > 0, &talk::comments::said_count(comments)),
        everywhere("counts", counts != Counts::default(), &html! { (counts) }),
    ]
}

fn update(action: &str, target: &str, inner: &Markup) -> String {
    html! { turbo-stream action=(action) target=(target) { template { (inner) } } }.into_string()
}
