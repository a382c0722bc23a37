//! The follow button, and all that a member can do with somebody, on that person's page.

use db::Tx;
use maud::{Markup, html};
use people::{
    AccountId, Viewer,
    blocks::Lasts,
    connections::{self, Between},
    lists::{self, List, ListId},
};
use web::kit::icon;

/// The button that follows something, or no longer. `back` is the page it stands on, where browsers without scripts come back
/// to; `name` is for those who do not see what it stands beside.
pub(crate) fn follow_button(target: i64, follows: bool, back: &str, name: &str) -> Markup {
    follow(target, follows, back, name, "button")
}

fn follow(target: i64, follows: bool, back: &str, name: &str, part: &str) -> Markup {
    let (path, class) = if follows { ("follow/removal", "button small on") } else { ("follow", "button small") };
    html! {
        form.follow method="post" action={ "/connections/" (target) "/" (path) } data-target=(target) {
            (hidden(back, part))
            // Its name lets Turbo find it again after the exchange, and give the focus back.
            button id={ "follow-" (target) } class=(class) {
                @if follows { (icon("check")) "Following" span.visually-hidden { " " bdi { (name) } ". Stop following" } }
                @else { (icon("plus")) "Follow" span.visually-hidden { " " bdi { (name) } } }
            }
        }
    }
}

pub(super) fn hidden(back: &str, part: &str) -> Markup {
    html! {
        input type="hidden" name="back" value=(back);
        input type="hidden" name="part" value=(part);
    }
}

/// What a member can do with somebody.
pub(crate) struct Panel {
    who: AccountId,
    name: String,
    address: String,
    between: Between,
    /// Organizations are followed and nobody's friend.
    organization: bool,
    lists: Vec<List>,
    on: Vec<ListId>,
}

/// What a viewer can do with somebody; `None` for guests and for oneself.
pub(crate) fn panel_of(tx: &mut Tx, viewer: &Viewer, account: &people::accounts::Account, now: i64) -> Result<Option<Panel>, db::Error> {
    let Some(me) = viewer.must_be_member().ok().map(|me| me.id).filter(|me| *me != account.id) else { return Ok(None) };
    Ok(Some(Panel {
        who: account.id,
        name: account.name.clone(),
        address: account.author().address(),
        between: connections::between(tx, me, account.id, now)?,
        organization: account.is_organization,
        lists: lists::all_of(tx, me)?,
        on: lists::with(tx, me, account.id)?,
    }))
}

impl Panel {
    /// Whether a block stands between the two.
    pub fn between(&self) -> Between {
        self.between
    }

    pub(super) fn selector(&self) -> String {
        format!(".connect[data-target='{}']", self.who)
    }
}

/// All that can be done with somebody. `done` is for those who do not see it change.
pub(crate) fn panel(panel: &Panel, done: &str) -> Markup {
    let Panel { who, name, address, between, .. } = panel;
    html! {
        div.connect data-target=(who) {
            div.actions {
                @if between.blocks {
                    form method="post" action={ "/connections/" (who) "/block/removal" } { (hidden(address, "")) button.button.small { "Lift the block" } }
                } @else {
                    (follow(who.get(), between.follows, address, name, "panel"))
                    @if !panel.organization { (friendship(panel)) }
                    (more(panel))
                }
            }
            @if between.asks && !between.blocks { p.asks { strong { bdi { (name) } } " asks to be your friend." } }
            @if between.followed && !between.blocks { p.meta { "Follows you" } }
            p.visually-hidden role="status" { (done) }
        }
    }
}

fn act(panel: &Panel, path: &str, class: &str, words: &Markup) -> Markup {
    // What stands in the place of the button that was pressed gets the focus.
    let id = (path != "request/refusal").then(|| format!("friendship-{}", panel.who));
    html! {
        form method="post" action={ "/connections/" (panel.who) "/" (path) } {
            (hidden(&panel.address, "panel"))
            button id=[id] class=(class) { (words) }
        }
    }
}

fn friendship(panel: &Panel) -> Markup {
    let between = panel.between;
    html! {
        @if between.friends {
            span.label.ok { "Friends" }
        } @else if between.asks {
            (act(panel, "request/acceptance", "button small primary", &html! { "Become friends" }))
            (act(panel, "request/refusal", "button small", &html! { "Refuse" }))
        } @else if between.asked {
            (act(panel, "request/removal", "button small on", &html! { "Take back the request" }))
        } @else {
            (act(panel, "request", "button small", &html! { (icon("user-plus")) "Ask to be friends" }))
        }
    }
}

/// What is done seldom, folded away.
fn more(panel: &Panel) -> Markup {
    let Panel { who, name, between, .. } = panel;
    html! {
        details.menu.more {
            summary.button.small { (icon("ellipsis")) span.visually-hidden { "More about " bdi { (name) } } }
            div {
                (on_lists(panel))
                @if between.mutes {
                    form.stack method="post" action={ "/connections/" (who) "/mute/removal" } {
                        (hidden(&panel.address, "panel"))
                        span { "Muted: what they write stays off your square." }
                        button.button.small { "Unmute" }
                    }
                } @else {
                    form.stack method="post" action={ "/connections/" (who) "/mute" } {
                        (hidden(&panel.address, "panel"))
                        label { "Mute" select name="lasts" { @for lasts in Lasts::ALL { option value=(lasts.name()) selected[lasts == Lasts::Week] { (lasts.words()) } } } }
                        button.button.small { "Mute" }
                    }
                }
                @if between.followed { (confirmed(panel, "follower/removal", "panel", ["Remove as a follower", "Remove them from those who follow you? They are not told.", "Remove"])) }
                @if between.friends { (confirmed(panel, "friendship/removal", "panel", ["End the friendship", "End this friendship? Who follows whom stays as it is.", "End it"])) }
                a.button.small href={ "/reports/profile/" (who) } rel="nofollow" { (icon("flag")) "Report…" }
                // The whole page changes with it.
                (confirmed(panel, "block", "", ["Block", "Block this person? Neither of you sees the other any more. It ends follows, friendship and places on lists, and they are not told.", "Block"]))
            }
        }
    }
}

fn on_lists(panel: &Panel) -> Markup {
    html! {
        @if panel.lists.is_empty() {
            p { a href="/lists" { "Make a list to keep people on" } }
        } @else {
            form.stack method="post" action={ "/connections/" (panel.who) "/lists" } {
                (hidden(&panel.address, "panel"))
                fieldset.choices {
                    legend { "On your lists" }
                    @for list in &panel.lists {
                        label.check { input type="checkbox" name="list" value=(list.id) checked[panel.on.contains(&list.id)]; bdi { (list.name) } }
                    }
                }
                button.button.small { "Save lists" }
            }
        }
    }
}

fn confirmed(panel: &Panel, path: &str, part: &str, [words, question, yes]: [&str; 3]) -> Markup {
    html! {
        form method="post" action={ "/connections/" (panel.who) "/" (path) } data-confirm=(question) data-confirm-yes=(yes) {
            (hidden(&panel.address, part))
            button.button.small.danger { (words) }
        }
    }
}
