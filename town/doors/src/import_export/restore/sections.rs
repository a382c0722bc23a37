//! Sections of an export: those that are here by id or slug, else new ones where they stood.

use ::people::Town;
use db::{Tx, params};
use things::sections::{self, Colour, MAX_DEPTH, SectionId};
use web::Error;

use super::{Export, Names, broken};
use crate::import_export::{export::rows::SectionRow, import::Report};

/// Sections of one site; more are no overview.
const MAX: usize = 200;
const MAX_NAME: usize = 60;
const MAX_DESCRIPTION: usize = 300;

/// Takes the sections in, and notes which have another id here.
pub(super) fn restore(town: &Town, export: &Export, names: &mut Names, report: &mut Report) -> anyhow::Result<()> {
    let rows: Vec<SectionRow> = export.files.lines_of("sections.jsonl")?.take(MAX).collect::<Result<_, _>>()?;
    let taken = town.db.write_now(move |tx| {
        let mut taken: Vec<(SectionId, SectionId, Option<String>)> = Vec::with_capacity(rows.len());
        for row in &rows {
            let parent = row.parent.map(|parent| taken.iter().find(|(id, ..)| *id == parent).map_or(parent, |(_, here, _)| *here));
            let (here, made) = one(tx, row, parent)?;
            taken.push((row.id, here, made.then(|| row.name.clone())));
        }
        Ok::<_, Error>(taken)
    });
    for (id, here, made) in taken.map_err(broken)? {
        report.sections.extend(made);
        if here != id {
            names.sections.insert(id, here);
        }
    }
    Ok(())
}

fn one(tx: &mut Tx, row: &SectionRow, parent: Option<SectionId>) -> Result<(SectionId, bool), Error> {
    let tree = sections::all(tx)?;
    let slug = text::slug_or(&row.slug, "section");
    let here = tree.get(row.id).map(|section| section.id).or(sections::by_slug(tx, &slug)?.map(|section| section.id));
    let id = here.unwrap_or(row.id);
    if here.is_none() {
        let cut = |words: &str, max: usize| text::clean_line(words).chars().take(max).collect::<String>();
        let name = cut(&row.name, MAX_NAME);
        let parent = parent.filter(|parent| (1..MAX_DEPTH).contains(&tree.path(*parent).len()));
        tx.run(
            "insert into sections (id, parent_id, name, slug, description, colour, position, created_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
            params![
                id,
                parent,
                if name.is_empty() { &slug } else { &name },
                &slug,
                cut(&row.description, MAX_DESCRIPTION),
                row.colour.parse::<Colour>().unwrap_or(Colour::Clay).name(),
                row.position,
                row.created
            ],
        )?;
    }
    for slug in row.slugs.iter().chain([&row.slug]) {
        tx.run(
            "insert into section_addresses (slug, section_id) values ($1, $2) on conflict (slug) do nothing",
            params![text::slug_or(slug, "section"), id],
        )?;
    }
    Ok((id, here.is_none()))
}
