//! Mentions of an export: what other pages say of stories that are here, and whom these told.

use ::people::Town;
use talk::mentions::{
    State,
    whole::{self, Block, Line, Sent},
};

use super::{Export, Manner, Names, Report, rows, store};
use crate::mentions::{Check, is_ours, web_address};

/// Longest name of a host (RFC 1035 §2.3.4).
const MAX_HOST: usize = 253;

/// Takes them in: in a new site as they were; beside what is there readers see none before an editor here has approved it, and
/// whom nothing is taken from is the affair of the editors here.
pub(super) fn restore(town: &Town, export: &Export, manner: Manner, names: &Names, report: &mut Report) -> anyhow::Result<()> {
    if manner.fresh {
        let accounts = names.clone();
        rows(town, export, "mention_blocks.jsonl", report, move |tx, block: &Block| {
            if block.host.is_empty() || block.host.len() > MAX_HOST {
                return Ok(false);
            }
            let by = store::owner(tx, block.by, &accounts)?;
            whole::put_block(tx, &block.host, by, block.created)
        })?;
    }
    let origin = town.origin().to_owned();
    report.mentions += rows(town, export, "mentions.jsonl", report, move |tx, line: &Line| {
        let (Some(host), Ok(state)) = (host_of(&line.source, &origin), line.state.parse::<State>()) else { return Ok(false) };
        let state = if state == State::Shown && !manner.fresh { State::Waiting } else { state };
        let Some(id) = whole::put(tx, line, &host, state)? else { return Ok(false) };
        if state == State::Asked {
            jobs::enqueue_unique(tx, &Check::key(id), &Check { mention: id }, manner.now)?;
        }
        Ok(true)
    })?;
    let origin = town.origin().to_owned();
    rows(town, export, "mentions_sent.jsonl", report, move |tx, sent: &Sent| {
        if host_of(&sent.target, &origin).is_none() {
            return Ok(false);
        }
        whole::put_sent(tx, sent)
    })?;
    Ok(())
}

/// The host of an address as mentions have them: of another site, in one spelling.
fn host_of(address: &str, origin: &str) -> Option<String> {
    let url = web_address(address).filter(|url| url.as_str() == address && !is_ours(url, origin))?;
    url.host_str().map(ToOwned::to_owned)
}
