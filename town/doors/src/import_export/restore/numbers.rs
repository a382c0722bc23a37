//! Numbers of an export: how often what is here was read.

use ::people::{AccountId, Town};
use talk::numbers::whole::{self, Day, Hour, Of};
use things::sections::SectionId;

use super::{Export, Manner, Names, Report, SiteRow, rows};

/// Takes them in: in a new site all of them; beside what is there those of posts, of which the larger number stays.
pub(super) fn restore(town: &Town, export: &Export, manner: Manner, names: &Names, report: &mut Report) -> anyhow::Result<()> {
    let fresh = manner.fresh;
    let mut zone = town.zone();
    if fresh {
        zone = export.files.read_one::<SiteRow>("site.json")?.site().zone();
        town.db.write_now(move |tx| whole::begin(tx, manner.now))?;
    }
    let names_of_hours = names.clone();
    rows(town, export, "reading_hours.jsonl", report, move |tx, line: &Hour| {
        whole::put_hour(tx, &Hour { of: renamed(line.of, &names_of_hours), ..line.clone() }, fresh)
    })?;
    let names = names.clone();
    rows(town, export, "reading_days.jsonl", report, move |tx, line: &Day| {
        whole::put_day(tx, &Day { of: renamed(line.of, &names), ..line.clone() }, &zone, fresh)
    })?;
    Ok(())
}

/// Accounts and sections may have other ids here.
fn renamed(of: Of, names: &Names) -> Of {
    let shelf = of.shelf.map(|id| {
        let (account, section) = (names.account(AccountId::new(id.get())).get(), names.section(SectionId::new(id.get())).get());
        db::Id::new(if account == id.get() { section } else { account })
    });
    Of { shelf, ..of }
}
