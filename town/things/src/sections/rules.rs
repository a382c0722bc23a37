//! What a section must be like.

use web::{Form, Problems};

use super::section::{Colour, MAX_DEPTH, SectionId, Tree};

const MAX_NAME: usize = 60;
const MAX_DESCRIPTION: usize = 300;
/// More sections than this are no overview.
const MAX_SECTIONS: usize = 200;

/// A section as a form describes it.
#[derive(Clone, Debug)]
pub struct NewSection {
    /// As readers know it.
    pub name: String,
    /// Its address.
    pub slug: String,
    /// A sentence on what is in it.
    pub description: String,
    /// Its colour.
    pub colour: Colour,
    /// The section it stands in.
    pub parent: Option<SectionId>,
    /// Its place among its siblings.
    pub position: i64,
}

impl NewSection {
    /// Reads the form. `changed` is the section that is being changed, if it is not a new one.
    pub fn parse(form: &Form, tree: &Tree, changed: Option<SectionId>, problems: &mut Problems) -> Self {
        let name = text::clean_line(form.text("name"));
        if name.is_empty() {
            problems.add("name", "Give the section a name.");
        } else if name.chars().count() > MAX_NAME {
            problems.add("name", format!("Use at most {MAX_NAME} characters for the name."));
        }
        let typed = text::clean_line(form.text("slug"));
        let slug = text::slug_or(if typed.is_empty() { &name } else { &typed }, "section");
        let description = text::clean_line(form.text("description"));
        if description.chars().count() > MAX_DESCRIPTION {
            problems.add("description", format!("Use at most {MAX_DESCRIPTION} characters for the description."));
        }
        let colour = form.text("colour").parse().unwrap_or_else(|()| {
            problems.add("colour", "Choose one of the colours.");
            Colour::Clay
        });
        let parent = parse_parent(form.text("parent"), tree, changed, problems);
        if changed.is_none() && tree.in_order().len() >= MAX_SECTIONS {
            problems.add("name", format!("A site has at most {MAX_SECTIONS} sections. Remove one first."));
        }
        let position = form.number("position").unwrap_or(0).clamp(0, 100_000);
        Self { name, slug, description, colour, parent, position }
    }
}

fn parse_parent(typed: &str, tree: &Tree, changed: Option<SectionId>, problems: &mut Problems) -> Option<SectionId> {
    if typed.is_empty() {
        return None;
    }
    let Ok(parent) = typed.parse() else {
        problems.add("parent", "That section no longer exists. Choose another.");
        return None;
    };
    if let Err(words) = may_stand_in(tree, changed, parent) {
        problems.add("parent", words);
        return None;
    }
    Some(parent)
}

/// Whether a section, or a new one, may stand in this parent.
pub(super) fn may_stand_in(tree: &Tree, changed: Option<SectionId>, parent: SectionId) -> Result<(), String> {
    if tree.get(parent).is_none() {
        return Err("That section no longer exists. Choose another.".into());
    }
    if changed.is_some_and(|changed| tree.contains(changed, parent)) {
        return Err("A section cannot stand in itself or in one of its own.".into());
    }
    let below = changed.map_or(0, |changed| tree.height(changed));
    if tree.path(parent).len() + 1 + below > MAX_DEPTH {
        return Err(format!("Sections go {MAX_DEPTH} deep at most. Choose one nearer to the top."));
    }
    Ok(())
}
