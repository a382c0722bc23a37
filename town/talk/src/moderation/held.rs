//! What stands where something was taken down: for whoever it is of, and for the staff, that it was, why, and the way to an appeal.
//! Nobody else learns anything.

use db::Tx;
use maud::{Markup, html};
use people::{AccountId, Permission, Viewer, organizations};
use web::{Error, kit::icon};

use super::{CaseId, Kind, Subject, keeps_down, statements::address};
use crate::posts;

/// That something was taken down, as one viewer reads it.
#[derive(Clone, Debug)]
pub struct Held {
    /// What.
    kind: Kind,
    /// Whether it is hidden rather than removed.
    hidden: bool,
    /// Why.
    why: String,
    /// The rule it broke; empty where none was named.
    rule: String,
    /// What it said then.
    facts: String,
    /// The decision, for whoever may appeal it.
    statement: Option<String>,
    /// The case, for moderators.
    case: Option<CaseId>,
    /// Whether it is the viewer's.
    own: bool,
}

/// That this post was taken down by the staff, if it was and the viewer is one of its authors or of the staff.
///
/// # Errors
/// When the database does not answer.
pub fn held_for(tx: &mut Tx, viewer: &Viewer, subject: Subject) -> Result<Option<Held>, Error> {
    let (Some(post), Ok(me)) = (subject.post(), viewer.must_be_member()) else { return Ok(None) };
    let Some(why) = posts::taken_down(tx, post)? else { return Ok(None) };
    let authors: Vec<AccountId> = posts::authors_of(tx, post)?.iter().map(|author| author.id).collect();
    let own = organizations::speaks_as(tx, me.id, &authors)?.is_some();
    let staff = [Permission::Moderate, Permission::ModerateNotes, Permission::EditStories].into_iter().any(|power| viewer.may(power));
    if !own && !staff {
        return Ok(None);
    }
    let decided = keeps_down(tx, subject)?;
    let account = decided.as_ref().and_then(|statement| statement.account.as_ref().map(|who| who.id));
    let theirs = match account {
        Some(account) => me.id == account || organizations::role_of(tx, me.id, account)?.is_some_and(organizations::Role::owns),
        None => false,
    };
    let hidden = decided.as_ref().is_some_and(|statement| statement.act == super::Act::Hide);
    let statement = decided.as_ref().filter(|_| theirs).map(|statement| address(statement.id));
    let case = decided.as_ref().filter(|_| viewer.may(Permission::Moderate) && !own).and_then(|statement| statement.case);
    let (rule, facts) = decided.map(|statement| (statement.rule, statement.facts)).unwrap_or_default();
    Ok(Some(Held { kind: subject.kind, hidden, why, rule, facts, statement, case, own }))
}

impl Held {
    /// What the page is called.
    pub fn title(&self) -> &'static str {
        if self.hidden { "Hidden" } else { "Taken down" }
    }

    /// What stands over it, or in its place.
    pub fn banner(&self) -> Markup {
        let what = self.kind.words();
        html! {
            section.panel.held aria-labelledby="held" {
                div.flash.warn { (icon("eye-off"))
                    p #held {
                        @match (self.own, self.hidden) {
                            (true, true) => { "Your " (what) " is hidden. Nobody sees it but you and the people who run this site." },
                            (true, false) => { "The people who run this site took your " (what) " down. Nobody sees it but you and them." },
                            (false, true) => { "This " (what) " is hidden. Nobody sees it but its author and the people who run this site." },
                            (false, false) => { "This " (what) " was taken down. Nobody sees it but its author and the people who run this site." },
                        }
                    }
                }
                @if !self.rule.is_empty() || !self.why.is_empty() { dl.reasons {
                    @if !self.rule.is_empty() { dt { "The rule of the house" } dd dir="auto" { (self.rule) } }
                    @if !self.why.is_empty() { dt { "Why" } dd.words dir="auto" { (self.why) } }
                } }
                (self.ways())
            }
        }
    }

    /// Where somebody appeals, and where moderators read the case.
    pub fn ways(&self) -> Markup {
        html! {
            @if let Some(statement) = &self.statement { p.actions { a.button href=(statement) { "Read the decision, or appeal" } } }
            @else if self.own { p { "Whoever the decision is about has a letter with the way to appeal." } }
            @if let Some(case) = self.case { p.actions { a.button href={ "/admin/queue/cases/" (case) } { "The case" } } }
        }
    }

    /// What it said when it was taken down; nothing where that is not known.
    pub fn said(&self) -> Markup {
        html! { @if !self.facts.is_empty() { section.panel { h2 { "What it said" } blockquote.reported dir="auto" { (self.facts) } } } }
    }
}
