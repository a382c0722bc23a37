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
    /// Accounts.
    People,
    /// What levels may do.
    Levels,
    /// The site's name and rules.
    Site,
    /// Work that failed for good.
    Undone,
}

const PLACES: [(Place, &str, &str, &str, Option<Permission>); 9] = [
    (Place::Overview, "/admin", "layout-dashboard", "Overview", None),
    (Place::Front, "/admin/front", "newspaper", "Front page", Some(Permission::ArrangeFront)),
    (Place::Numbers, "/admin/numbers", "chart-column", "Numbers", Some(Permission::EditStories)),
    (Place::Sections, "/admin/sections", "folder-tree", "Sections", Some(Permission::EditSections)),
    (Place::Mentions, "/admin/mentions", "link", "Mentions elsewhere", Some(Permission::EditStories)),
    (Place::People, "/admin/people", "users", "People", Some(Permission::ManagePeople)),
    (Place::Levels, "/admin/levels", "key-round", "Levels", Some(Permission::ManagePeople)),
    (Place::Site, "/admin/site", "settings", "Site", Some(Permission::ManageSite)),
    (Place::Undone, "/admin/undone", "triangle-alert", "Undone work", Some(Permission::ManageSite)),
];

/// Draws a page of the desk: its heading, and its body beside the list of places that this viewer may go to.
pub fn draw(frame: &Frame, viewer: &Viewer, current: Place, title: &str, body: &Markup) -> Markup {
    let page = html! {
        div.page { div.desk {
            nav.sidenav aria-label="The desk" {
                ul {
                    @for (place, address, sign, words, permission) in PLACES {
                        @if permission.is_none_or(|permission| viewer.may(permission)) {
                            li { a href=(address) aria-current=[(place == current).then_some("page")] { (icon(sign)) (words) } }
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
    Page::new(title).private().draw(frame, &page)
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
