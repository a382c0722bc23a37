//! Sections of what comes in: those of the site where the name or the address is the same, else new ones.

use db::Tx;
use things::sections::{self, Colour, MAX_DEPTH, NewSection, SectionId, Tree};
use web::Error;

use super::super::item::Label;
use super::report::Report;
use super::store::{self, Known};
use super::write::Rules;
use crate::old_addresses::{self, Target};

const MAX_NAME: usize = 60;
const MAX_DESCRIPTION: usize = 300;
/// More sections than this are no overview; stories of further ones go into the section for all others.
const MAX_SECTIONS: usize = 200;

/// The section at the end of a path of labels; those that are missing are made.
pub(super) fn section(tx: &mut Tx, rules: &Rules, path: &[Label], report: &mut Report, now: i64) -> Result<SectionId, Error> {
    let own = [Label::named(&rules.section)];
    let path = if path.iter().all(|label| text::clean_line(&label.name).is_empty()) { &own } else { path };
    let mut above = None;
    for label in path.iter().take(MAX_DEPTH).filter(|label| !text::clean_line(&label.name).is_empty()) {
        above = Some(one(tx, rules, label, above, report, now)?);
    }
    above.ok_or_else(|| Error::broken("a section without a name"))
}

fn one(tx: &mut Tx, rules: &Rules, label: &Label, above: Option<SectionId>, report: &mut Report, now: i64) -> Result<SectionId, Error> {
    let name: String = text::clean_line(&label.name).chars().take(MAX_NAME).collect();
    let slug = text::slug_or(if label.slug.is_empty() { &name } else { &label.slug }, "section");
    let item = format!("section:{}", store::key(&slug));
    let known = store::one(tx, &rules.source, "section", &item)?;
    // Where the slug leads now: it may have been renamed or joined with another since.
    let there = sections::by_slug(tx, known.as_ref().map_or(slug.as_str(), |known| &known.target))?;
    let tree = sections::all(tx)?;
    let found = there.or_else(|| named(&tree, &name));
    let (id, slug) = match found {
        Some(section) => (section.id, section.slug),
        None if tree.in_order().len() >= MAX_SECTIONS => {
            report.note("there are 200 sections already; stories of further ones stand in the section for all others", &name);
            let first = tree.in_order().first().map(|(_, section)| (section.id, section.slug.clone()));
            first.ok_or_else(|| Error::broken("no section"))?
        }
        None => (make(tx, &tree, label, &name, &slug, above, now)?, slug),
    };
    if known.is_none() {
        if tree.get(id).is_none() {
            report.sections.push(name);
        }
        store::note(
            tx,
            &rules.source,
            "section",
            &item,
            &Known { digest: String::new(), target: slug.clone(), written: String::new(), missing: 0 },
            now,
        )?;
        for address in &label.addresses {
            report.redirects += u64::from(old_addresses::keep(tx, address, &Target::Section(slug.clone()), now)?);
        }
    }
    Ok(id)
}

fn named(tree: &Tree, name: &str) -> Option<sections::Section> {
    let key = text::fold(name);
    tree.in_order().into_iter().map(|(_, section)| section).find(|section| text::fold(&section.name) == key).cloned()
}

fn make(tx: &mut Tx, tree: &Tree, label: &Label, name: &str, slug: &str, above: Option<SectionId>, now: i64) -> Result<SectionId, Error> {
    let parent = above.filter(|above| tree.path(*above).len() < MAX_DEPTH);
    let count = tree.in_order().len();
    let description: String = text::clean_line(&label.description).chars().take(MAX_DESCRIPTION).collect();
    let position = i64::try_from(tree.under(parent).count()).unwrap_or(0) + 1;
    let new = NewSection {
        name: name.to_owned(),
        slug: slug.to_owned(),
        description,
        colour: Colour::ALL[count % Colour::ALL.len()],
        parent,
        position,
    };
    sections::insert(tx, &new, now)
}
