//! The page on which an editor arranges the front page. One form; it works without scripts.

use maud::{Markup, html};
use people::Viewer;
use talk::PostId;
use things::{sections::Tree, stories::Card};
use web::{
    Form, Frame, Problems,
    kit::{self, Field, icon},
};

use crate::desk::{Place, draw};

use super::{
    Arrangement,
    arrangement::{LEAD_FIELDS, ROW_FIELDS, STRAND_FIELDS},
};

/// What the form offers to choose from.
pub(super) struct Offer {
    pub stories: Vec<Card>,
    pub tree: Tree,
}

/// The arranging page.
pub(super) fn form(
    frame: &Frame,
    viewer: &Viewer,
    arrangement: &Arrangement,
    offer: &Offer,
    typed: Option<&Form>,
    problems: &Problems,
) -> Markup {
    let typed = |field: &str| typed.map(|form| form.text(field)).unwrap_or_default();
    let body = html! {
        div.arrange-front {
            p { "What you leave open fills itself with what is new and read most. Nothing changes for readers before you publish." }
            (kit::problems(problems))
            // A preview is a page and no redirect, which Turbo would not show.
            form.stack method="post" action="/admin/front" data-turbo="false" {
                fieldset.stack { legend { "Lead" } (place("The story at the top", LEAD_FIELDS, (arrangement.lead, typed(LEAD_FIELDS.1)), offer, problems)) }
                fieldset.stack {
                    legend { "Row under it" }
                    @for (index, fields) in ROW_FIELDS.into_iter().enumerate() {
                        (place(&format!("Place {}", index + 1), fields, (arrangement.row.get(index).copied(), typed(fields.1)), offer, problems))
                    }
                }
                fieldset.stack { legend { "Strands" } (strands(arrangement, offer, problems)) }
                p.actions {
                    button.button.primary name="do" value="preview" { (icon("eye")) "Preview" }
                    button.button name="do" value="publish" { "Publish" }
                    button.button.quiet name="do" value="reset" { (icon("rotate-ccw")) "Let it fill itself" }
                }
            }
        }
    };
    draw(frame, viewer, Place::Front, "Arrange the front page", &body)
}

/// One place: a choice, and under it a line for the address of a story that is not offered. `set` is what stands in both.
fn place(label: &str, (choice, address): (&str, &str), (set, typed): (Option<PostId>, &str), offer: &Offer, problems: &Problems) -> Markup {
    let mut choices = vec![(String::new(), "Fills itself".to_owned())];
    choices.extend(offer.stories.iter().map(|card| (card.id.to_string(), format!("{} · {}", card.headline, card.section_name))));
    let set = set.map(|id| id.to_string()).unwrap_or_default();
    let pasted = format!("{label}: or paste a story’s address");
    html! {
        div.place {
            (Field::choice(choice, label, choices).value(&set).problem(problems))
            (Field::line(address, &pasted).value(typed).max(300).problem(problems))
        }
    }
}

fn strands(arrangement: &Arrangement, offer: &Offer, problems: &Problems) -> Markup {
    html! {
        div.places {
            @for (index, field) in STRAND_FIELDS.into_iter().enumerate() {
                @let set = arrangement.strands.get(index).map(ToString::to_string).unwrap_or_default();
                @let none = (String::new(), if index == 0 { "The busiest sections" } else { "None" }.to_owned());
                @let label = format!("Strand {}", index + 1);
                (Field::choice(field, &label, std::iter::once(none).chain(offer.tree.choices())).value(&set).problem(problems))
            }
        }
    }
}

/// Stands above a preview, and carries what is previewed on.
pub(super) fn banner(arrangement: &Arrangement) -> Markup {
    let id = |id: Option<PostId>| id.map(|id| id.to_string()).unwrap_or_default();
    html! {
        form.flash.info.front-preview method="post" action="/admin/front" data-turbo="false" {
            (icon("eye"))
            p { "This is a preview. Readers still see the front page as it was." }
            input type="hidden" name=(LEAD_FIELDS.0) value=(id(arrangement.lead));
            @for (story, (field, _)) in arrangement.row.iter().zip(ROW_FIELDS) { input type="hidden" name=(field) value=(story); }
            @for (section, field) in arrangement.strands.iter().zip(STRAND_FIELDS) { input type="hidden" name=(field) value=(section); }
            span.actions {
                button.button.primary name="do" value="publish" { "Publish" }
                button.button name="do" value="arrange" { "Change it" }
            }
        }
    }
}
