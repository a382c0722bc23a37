//! How a front page comes about: a pure function from what the editor set and what there is.

use std::collections::HashSet;
use talk::PostId;
use things::{
    sections::{Section, SectionId, Tree},
    stories::{Card, Work},
};

use super::{
    Arrangement,
    arrangement::{ROW, STRANDS},
};

/// Cards in a row that fills itself: one line of the page.
const ROW_ITSELF: usize = 3;
/// Strands when none are set.
const STRANDS_ITSELF: usize = 4;
/// Cards in a strand.
const STRAND: usize = 3;
/// Lines of "Latest".
const LATEST: usize = 6;

/// A story is half as interesting after so long: last night's still leads in the morning, yesterday's seldom.
const HALF_LIFE_HOURS: f64 = 18.0;
/// What a reader does weighs more the more it takes; a view is 1.
const COMMENT: f64 = 5.0;
const LIKE: f64 = 3.0;
const REVIEW: f64 = 8.0;

/// What a front page can be made of.
#[derive(Clone, Debug, Default)]
pub struct Candidates {
    /// All sections.
    pub tree: Tree,
    /// The stories that the arrangement names, as far as they are published.
    pub arranged: Vec<Card>,
    /// The newest stories of all, newest first.
    pub newest: Vec<Card>,
    /// The newest on the shelves of sections that may get a strand, newest first.
    pub shelves: Vec<(SectionId, Vec<Card>)>,
}

/// A composed front page.
#[derive(Clone, Debug, Default)]
pub struct FrontPage {
    /// The story at the top.
    pub lead: Option<Card>,
    /// Those under it.
    pub row: Vec<Card>,
    /// Strands of sections.
    pub strands: Vec<Strand>,
    /// What else is new, for the rail.
    pub latest: Vec<Card>,
}

/// A section's strand.
#[derive(Clone, Debug)]
pub struct Strand {
    /// The section.
    pub section: Section,
    /// Its cards, newest first.
    pub cards: Vec<Card>,
}

impl FrontPage {
    /// Every story on it.
    pub fn cards(&self) -> impl Iterator<Item = &Card> {
        let strands = self.strands.iter().flat_map(|strand| &strand.cards);
        self.lead.iter().chain(&self.row).chain(strands).chain(&self.latest)
    }
}

/// Composes the front page at a moment (milliseconds).
///
/// What the editor set stands where they set it, as far as it is published. The lead and a row shorter than one line are
/// filled with the most interesting of the newest ([`score`]); what was paid for or sent in never gets there by itself.
/// Strands are the editor's, or the sections with most of the newest stories. Then "Latest" takes the newest that are
/// left. A story appears once.
pub fn compose(arrangement: &Arrangement, candidates: &Candidates, now: i64) -> FrontPage {
    let mut taken = HashSet::new();
    let mut page = FrontPage::default();
    let mut take = |card: &Card| taken.insert(card.id).then(|| card.clone());

    // What is set is taken first, so that nothing fills a place with a story that stands elsewhere on purpose.
    let find = |id: PostId| candidates.arranged.iter().find(|card| card.id == id);
    page.lead = arrangement.lead.and_then(find).and_then(&mut take);
    page.row = arrangement.row.iter().filter_map(|id| find(*id)).filter_map(&mut take).take(ROW).collect();

    let mut ranked: Vec<&Card> = candidates.newest.iter().filter(|card| leads_by_itself(card)).collect();
    ranked.sort_by(|a, b| score(b, now).total_cmp(&score(a, now)).then(b.id.cmp(&a.id)));
    let mut ranked = ranked.into_iter();
    if page.lead.is_none() {
        page.lead = ranked.by_ref().find_map(&mut take);
    }
    while page.row.len() < ROW_ITSELF
        && let Some(card) = ranked.by_ref().find_map(&mut take)
    {
        page.row.push(card);
    }

    for section in strands(arrangement, candidates) {
        let shelf = candidates.shelves.iter().find(|(id, _)| *id == section.id);
        let cards: Vec<Card> = shelf.into_iter().flat_map(|(_, cards)| cards).filter_map(&mut take).take(STRAND).collect();
        if !cards.is_empty() {
            page.strands.push(Strand { section: section.clone(), cards });
        }
    }
    page.latest = candidates.newest.iter().filter_map(&mut take).take(LATEST).collect();
    page
}

/// How much a story belongs to the top: the logarithm of what readers did with it, halved every [`HALF_LIFE_HOURS`].
/// The logarithm keeps one runaway story from standing there for a week.
pub fn score(card: &Card, now: i64) -> f64 {
    let counts = card.counts;
    let weighed = |count: i64, weight: f64| count.max(0) as f64 * weight;
    let interest =
        weighed(counts.views, 1.0) + weighed(counts.comments, COMMENT) + weighed(counts.likes, LIKE) + weighed(counts.reviews, REVIEW);
    let hours = now.saturating_sub(card.published_at).max(0) as f64 / 3_600_000.0;
    (1.0 + interest.ln_1p()) * 0.5_f64.powf(hours / HALF_LIFE_HOURS)
}

fn leads_by_itself(card: &Card) -> bool {
    !matches!(card.work, Work::Sponsored | Work::Press)
}

/// The sections that get a strand, in order.
pub(super) fn strands<'a>(arrangement: &Arrangement, candidates: &'a Candidates) -> Vec<&'a Section> {
    let tree = &candidates.tree;
    let set: Vec<&Section> = arrangement.strands.iter().filter_map(|id| tree.get(*id)).take(STRANDS).collect();
    if !set.is_empty() {
        return set;
    }
    let count = |section: &Section| candidates.newest.iter().filter(|card| tree.contains(section.id, card.section)).count();
    let mut busy: Vec<(usize, &Section)> =
        tree.under(None).map(|section| (count(section), section)).filter(|(count, _)| *count > 0).collect();
    // Stable: sections that are as busy stand in the order of the bar.
    busy.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    busy.into_iter().map(|(_, section)| section).take(STRANDS_ITSELF).collect()
}
