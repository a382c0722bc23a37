//! The button that saves a post, and takes it off again.

use maud::{Markup, html};
use web::kit::icon;

use crate::PostId;

/// The button. `back` is the page it stands on, where browsers without scripts come back to.
pub fn button(post: PostId, saved: bool, back: &str) -> Markup {
    with_words(post, saved, back, "")
}

/// The same after it was pressed, with words for those who do not see it change.
pub(super) fn pressed(post: PostId, saved: bool, back: &str) -> Markup {
    with_words(post, saved, back, if saved { "On your list of what you saved." } else { "Taken off your list." })
}

fn with_words(post: PostId, saved: bool, back: &str, words: &str) -> Markup {
    let (path, class) = if saved { ("saved/removal", "button small kept") } else { ("saved", "button small") };
    html! {
        form.save method="post" action={ "/posts/" (post) "/" (path) } data-post=(post) {
            input type="hidden" name="back" value=(back);
            // Its name lets Turbo find it again after the exchange, and give the focus back.
            button id={ "save-" (post) } class=(class) {
                (icon("bookmark"))
                @if saved { span.words { "Saved" } span.visually-hidden { ". Take it off your list" } } @else { span.words { "Save" } }
            }
            span.visually-hidden role="status" { (words) }
        }
    }
}
