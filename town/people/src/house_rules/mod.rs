//! House rules: what members promise when they join. The administrators write them on the desk; until they have, the
//! usual ones hold. Neighbours: [`crate::joining`], whose form asks for the promise.

use axum::{Router, extract::State, routing::get};
use maud::{PreEscaped, html};
use std::time::Duration;
use web::{Cacheable, Page, Problems, Result, html, kept};

use crate::{Caller, Town, town::SITE};

/// Longest rules, in characters: longer ones are read by nobody.
pub const MAX: usize = 20_000;
const FRESH: Duration = Duration::from_secs(24 * 60 * 60);

/// What holds where nobody has written rules.
pub const USUAL: &str = "\
This is a place for neighbours. Whoever joins agrees to this:

1. **Be who you are.** Use a name people can call you by. Do not pretend to be somebody else, or to speak for the site.
2. **Be kind, also when you disagree.** Argue with what people say, not with what they are. No threats, no harassment, \
no contempt for whole groups of people.
3. **Say what is true, as far as you know.** When you were wrong, say so. Mark what is advertising.
4. **Leave private things private.** Addresses, telephone numbers, pictures of people who did not agree and other people’s \
letters stay out.
5. **Share what is yours.** Post your own words and pictures, or ones you may pass on, and say where they come from.
6. **Keep it lawful, and fit for a town square** that children cross as well.
7. **No flooding.** The same thing once is enough.

## What happens when somebody does not keep to them

The people who run this site may take down what breaks these rules, and shut out whoever keeps breaking them. They say why. \
If you think they are mistaken, answer their letter: somebody else will look at it again.
";

/// The address of this room.
pub fn routes() -> Router<Town> {
    Router::new().route("/rules", get(show))
}

async fn show(State(town): State<Town>, caller: Caller) -> Result {
    let viewer = town.viewer(&caller).await?;
    let site = town.site();
    let body = html! {
        div.page { div.narrow {
            h1 { "House rules" }
            div.prose dir="auto" { (PreEscaped(text::markdown::render(in_force(&site.rules), &|_| None))) }
            p { "Whatever breaks them can be reported, by guests too: “Report” stands beside it. " a href="/moderation" { "What the moderators decided" } }
            p { "In danger, or afraid of somebody? " a href="/help" { "Whom to call, and what you can do here" } "." }
            @if site.joining.offers() && viewer.me.is_none() { p.actions { a.button.primary href="/join" { "Join" } } }
        } }
    };
    let page = Page::new("House rules").canonical("/rules").draw(&town.frame(&viewer, &caller), &body);
    if viewer.me.is_some() {
        return Ok(html(page));
    }
    Ok(kept(page, Cacheable { tags: vec![SITE], fresh_for: FRESH, subject: None }))
}

/// The rules that hold: the site's own, or the usual ones.
pub fn in_force(written: &str) -> &str {
    if written.trim().is_empty() { USUAL } else { written }
}

/// Reads rules that somebody wrote. The usual ones, unchanged, are none of one's own.
pub fn parse(typed: &str, problems: &mut Problems) -> String {
    let rules = typed.trim();
    if rules.chars().count() > MAX {
        problems.add("house_rules", format!("Use at most {MAX} characters for the rules."));
    }
    if rules == USUAL.trim() { String::new() } else { rules.to_owned() }
}
