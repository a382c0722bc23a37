//! What an editor sets on the front page, and how the form that sets it is read.

use serde::{Deserialize, Serialize};
use talk::PostId;
use things::sections::{SectionId, Tree};
use web::{Form, Problems};

/// Stories in the row at most.
pub const ROW: usize = 6;
/// Strands at most.
pub const STRANDS: usize = 6;

/// The fields of each place: the choice, and the address that is stronger than it.
pub(super) const LEAD_FIELDS: (&str, &str) = ("lead", "lead_address");
pub(super) const ROW_FIELDS: [(&str, &str); ROW] = [
    ("row_1", "row_1_address"),
    ("row_2", "row_2_address"),
    ("row_3", "row_3_address"),
    ("row_4", "row_4_address"),
    ("row_5", "row_5_address"),
    ("row_6", "row_6_address"),
];
pub(super) const STRAND_FIELDS: [&str; STRANDS] = ["strand_1", "strand_2", "strand_3", "strand_4", "strand_5", "strand_6"];

/// What an editor set. Everything left out fills itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Arrangement {
    /// The story at the top.
    pub lead: Option<PostId>,
    /// Those under it, in order, at most [`ROW`].
    pub row: Vec<PostId>,
    /// Sections with a strand of their own, in order, at most [`STRANDS`].
    pub strands: Vec<SectionId>,
}

impl Arrangement {
    /// Reads the form. Whether the stories are published is for the database to say; a story named twice counts once.
    pub fn parse(form: &Form, tree: &Tree, problems: &mut Problems) -> Self {
        let lead = place(form, LEAD_FIELDS, problems);
        let mut row: Vec<PostId> = Vec::new();
        for fields in ROW_FIELDS {
            row.extend(place(form, fields, problems).filter(|story| Some(*story) != lead && !row.contains(story)));
        }
        let mut strands: Vec<SectionId> = Vec::new();
        for field in STRAND_FIELDS {
            let chosen = form.text(field);
            match chosen.parse() {
                Ok(section) if tree.get(section).is_some() => strands.extend((!strands.contains(&section)).then_some(section)),
                _ if chosen.is_empty() => {}
                _ => problems.add(field, "That section no longer exists. Choose another."),
            }
        }
        Self { lead, row, strands }
    }

    /// Every story it names.
    pub fn stories(&self) -> Vec<PostId> {
        self.lead.into_iter().chain(self.row.iter().copied()).collect()
    }
}

fn place(form: &Form, (choice, address): (&'static str, &'static str), problems: &mut Problems) -> Option<PostId> {
    let pasted = form.text(address).trim();
    if pasted.is_empty() {
        return form.text(choice).parse().ok();
    }
    let story = story_in(pasted);
    if story.is_none() {
        problems.add(address, "Paste the address of a story here, such as /stories/123/headline, or its number.");
    }
    story
}

/// The story that an address or a bare number names.
fn story_in(pasted: &str) -> Option<PostId> {
    if let Ok(id) = pasted.parse() {
        return Some(id);
    }
    let (_, rest) = pasted.split_once("/stories/")?;
    rest.split(['/', '?', '#']).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::story_in;
    use talk::PostId;

    #[test]
    fn a_story_is_named_by_address_or_number() {
        let id = Some(PostId::new(77));
        for pasted in ["77", "/stories/77", "/stories/77/a-slug", "https://town.example/stories/77/a-slug?x=1#y"] {
            assert_eq!(story_in(pasted), id, "{pasted}");
        }
        for pasted in ["", "seventy-seven", "/sections/77", "/stories/", "/stories/x/77"] {
            assert_eq!(story_in(pasted), None, "{pasted}");
        }
    }
}
