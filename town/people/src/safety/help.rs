//! The page for those at risk: whom to call, and the way to leave it quickly.

use maud::{Markup, html};
use web::kit::icon;

/// Longest help page, in characters.
pub const MAX_HELP: usize = 20_000;

/// What it says where nobody has written another.
pub const USUAL: &str = "\
**If you are in danger now, call the emergency number.** It is 112 in Europe and in many other countries, 911 in North America, \
999 in the United Kingdom, 000 in Australia. Where you cannot speak, many countries take a text message, too.

## If somebody threatens, follows or hurts you

- A crisis line listens at any hour, also when you only want to talk. [findahelpline.com](https://findahelpline.com) names the one of \
your country: for thoughts of suicide, violence at home, abuse, and more.
- Keep what they wrote: take pictures of the screen with names and dates, before it is deleted.
- Tell somebody whom you trust. You need not go through it alone.

## What you can do here

- [Lock your account](/settings/lock): every device is signed out, and nobody but your friends sees you.
- Block somebody from the menu on their page: neither of you sees the other any more, and they are not told.
- Report what breaks the [house rules](/rules) with the button beside it. Whoever you report does not learn that it was you.
- [Choose](/settings/safety) who may name you and who may ask to be your friend.

## If somebody else looks at your device

They may see which pages you opened. “Leave this page” above leads away at once and takes this page's place in the history of the \
browser. Pages that were open before stay in it: a private window keeps none.
";

/// Leads away from a page at once. A link where no script runs; a script also takes the page out of the history.
pub fn leave() -> Markup {
    html! {
        quick-leave {
            a.button.danger href="https://www.wikipedia.org/" rel="noreferrer noopener" data-turbo="false" { (icon("log-out")) "Leave this page" }
            p.hint { "Leads to an encyclopedia at once. Pressing Escape twice does the same." }
        }
    }
}
