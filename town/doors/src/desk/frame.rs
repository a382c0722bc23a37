//! What all pages of the desk share: the list of places at the side.

use maud::{Markup, html};
use people::{Me, Permission, Viewer};
use web::{Error, Frame, Page, kit::icon};

/// A place on the desk.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// What waits.
    Overview,
    /// The arrangement of the front page.
    Front,
    /// How the site is read.
    Numbers,
    /// The tree of sections.
    Sections,
    /// Pages elsewhere that link to stories.
    Mentions,
    /// What was reported.
    Queue,
    /// What posts are looked through for before they appear.
    Filters,
    /// Accounts.
    People,
    /// Pages that several members run.
    Organizations,
    /// Who waits to be let in, invitations, house rules.
    Joining,
    /// From where nobody joins.
    Bars,
    /// What is written to members.
    Messages,
    /// What levels may do.
    Levels,
    /// What was decided.
    Decisions,
    /// The site's name and rules.
    Site,
    /// Help for those at risk, and who is a minor.
    Safety,
    /// Its colours, logo and icon.
    Looks,
    /// Its own links.
    Menus,
    /// What it mails.
    Letters,
    /// What members are asked.
    Questions,
    /// Marks beside names.
    Badges,
    /// What posts are answered with in one press.
    Reactions,
    /// What members think of stories, as far as it waits.
    Reviews,
    /// Work that failed for good.
    Undone,
}

const PLACES: [(Place, &str, &str, &str, Option<Permission>); 24] = [
    (Place::Overview, "/admin", "layout-dashboard", "Overview", None),
    (Place::Front, "/admin/front", "newspaper", "Front page", Some(Permission::ArrangeFront)),
    (Place::Numbers, "/admin/numbers", "chart-column", "Numbers", Some(Permission::EditStories)),
    (Place::Sections, "/admin/sections", "folder-tree", "Sections", Some(Permission::EditSections)),
    (Place::Mentions, "/admin/mentions", "link", "Mentions elsewhere", Some(Permission::EditStories)),
    (Place::Queue, "/admin/queue", "flag", "Reports", Some(Permission::Moderate)),
    (Place::Reviews, "/admin/reviews", "star", "Reviews", Some(Permission::ModerateNotes)),
    (Place::Filters, "/admin/filters", "funnel", "Filters", Some(Permission::Moderate)),
    (Place::People, "/admin/people", "users", "People", Some(Permission::ManagePeople)),
    (Place::Organizations, "/admin/organizations", "building-2", "Organizations", Some(Permission::ManagePeople)),
    (Place::Joining, "/admin/joining", "user-plus", "Joining", Some(Permission::WelcomePeople)),
    (Place::Bars, "/admin/blocks", "shield-ban", "Blocks", Some(Permission::ManagePeople)),
    (Place::Messages, "/admin/messages", "mail", "Messages", Some(Permission::ManagePeople)),
    (Place::Levels, "/admin/levels", "key-round", "Levels", Some(Permission::ManagePeople)),
    (Place::Badges, "/admin/badges", "badge-check", "Badges", Some(Permission::GiveBadges)),
    (Place::Questions, "/admin/questions", "circle-question-mark", "Questions", Some(Permission::ManageSite)),
    (Place::Reactions, "/admin/reactions", "smile-plus", "Reactions", Some(Permission::ManageSite)),
    (Place::Decisions, "/admin/decisions", "history", "Decisions", Some(Permission::ManagePeople)),
    (Place::Site, "/admin/site", "settings", "Site", Some(Permission::ManageSite)),
    (Place::Safety, "/admin/safety", "shield", "Safety", Some(Permission::ManageSite)),
    (Place::Looks, "/admin/looks", "palette", "Looks", Some(Permission::ManageSite)),
    (Place::Menus, "/admin/menus", "list", "Menus", Some(Permission::ManageSite)),
    (Place::Letters, "/admin/letters", "mail", "Letters", Some(Permission::ManageSite)),
    (Place::Undone, "/admin/undone", "triangle-alert", "Undone work", Some(Permission::ManageSite)),
];

/// Draws a page of the desk: its heading, and its body beside the list of places that this viewer may go to.
pub fn draw(frame: &Frame, viewer: &Viewer, current: Place, title: &str, body: &Markup) -> Markup {
    draw_with(frame, viewer, current, title, body, &[])
}

/// The same with scripts that only this page needs.
pub(super) fn draw_with(frame: &Frame, viewer: &Viewer, current: Place, title: &str, body: &Markup, scripts: &[&str]) -> Markup {
    let page = html! {
        div.page { div.desk {
            nav.sidenav aria-label="The desk" {
                ul {
                    @for (place, address, sign, words, permission) in PLACES {
                        @if permission.is_none_or(|permission| viewer.may(permission)) {
                            li { a href=(address) aria-current=[(place == current).then_some("page")] {
                                (icon(sign)) (words)
                                @if place == Place::Queue { (waiting(viewer)) }
                            } }
                        }
                    }
                }
            }
            div {
                h1 { (title) }
                (body)
            }
        } }
    };
    Page::new(title).private().with(scripts, &[]).draw(frame, &page)
}

/// How many cases and appeals wait.
fn waiting(viewer: &Viewer) -> Markup {
    let cases = viewer.me.as_ref().map_or(0, |me| me.cases);
    html! { @if cases > 0 { span.count { (cases) span.visually-hidden { " waiting" } } } }
}

/// The member, if there is anything on the desk for them.
pub(super) fn must_have_a_desk(viewer: &Viewer) -> Result<&Me, Error> {
    let me = viewer.must_be_member()?;
    let any = viewer.may(Permission::EditStories) || PLACES.iter().any(|place| place.4.is_some_and(|permission| viewer.may(permission)));
    if any {
        Ok(me)
    } else {
        Err(Error::Forbidden("The desk is for editors and administrators. An administrator can change your level.".into()))
    }
}
