//! Looking through a text for everything that is filtered, in one pass.

use aho_corasick::AhoCorasick;
use std::collections::HashMap;
use url::Url;

use super::{Act, Filter, Kind};

/// Hosts of a text that are looked at: whoever writes more links is found by the first of them.
const MOST_HOSTS: usize = 100;
/// Longest name of a host (RFC 1035 §2.3.4).
const MAX_HOST: usize = 253;

/// All filters of a site, ready to look through texts.
#[derive(Debug, Default)]
pub struct Filters {
    all: Vec<Filter>,
    /// Finds words: the number of a pattern is its place in `words`.
    finder: Option<AhoCorasick>,
    words: Vec<usize>,
    hosts: HashMap<String, usize>,
}

/// What filters say of a text: of each kind of act the first that was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found<'a> {
    /// It is not taken.
    pub refuse: Option<&'a Filter>,
    /// It waits.
    pub hold: Option<&'a Filter>,
    /// Its writer is asked.
    pub nudge: Option<&'a Filter>,
    /// A sentence stands over it.
    pub label: Option<&'a Filter>,
}

impl<'a> Found<'a> {
    fn add(&mut self, filter: &'a Filter) {
        let place = match filter.act {
            Act::Refuse => &mut self.refuse,
            Act::Hold => &mut self.hold,
            Act::Nudge => &mut self.nudge,
            Act::Label => &mut self.label,
        };
        place.get_or_insert(filter);
    }
}

impl Filters {
    /// Makes these ready.
    pub fn of(all: Vec<Filter>) -> Self {
        let words: Vec<usize> = (0..all.len()).filter(|at| all[*at].kind == Kind::Words).collect();
        let hosts = all.iter().enumerate().filter(|(_, filter)| filter.kind == Kind::Link);
        let hosts = hosts.map(|(at, filter)| (filter.folded.clone(), at)).collect();
        // A few thousand short patterns are far below what it can hold.
        let finder = (!words.is_empty()).then(|| AhoCorasick::new(words.iter().map(|at| sought(&all[*at].folded))).ok()).flatten();
        Self { all, finder, words, hosts }
    }

    /// All of them, in their order.
    pub fn all(&self) -> &[Filter] {
        &self.all
    }

    /// What they say of a text.
    pub fn look(&self, text: &str) -> Found<'_> {
        let mut found: Vec<usize> = Vec::new();
        if let Some(finder) = &self.finder {
            let words = text::words(text);
            found.extend(finder.find_overlapping_iter(&words).map(|one| self.words[one.pattern().as_usize()]));
        }
        if !self.hosts.is_empty() {
            found.extend(hosts(text).iter().filter_map(|host| self.host(host)));
        }
        found.sort_unstable();
        let mut said = Found::default();
        found.into_iter().for_each(|at| said.add(&self.all[at]));
        said
    }

    /// The filter of a host, or of the nearest one above it.
    fn host(&self, host: &str) -> Option<usize> {
        let above = |host: &'_ str| host.split_once('.').map(|(_, above)| above.to_owned());
        std::iter::successors(Some(host.to_owned()), |host| above(host)).find_map(|host| self.hosts.get(&host).copied())
    }
}

/// What is looked for among folded words: whole ones, where blanks part them.
fn sought(folded: &str) -> String {
    if folded.chars().any(text::is_unparted) { folded.to_owned() } else { format!(" {folded} ") }
}

/// The hosts that a text leads to, each once, as they are compared: also those of addresses without `https://`.
pub fn hosts(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let candidates =
        text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '"' | '“' | '”' | '[' | ']' | ',' | '|'));
    for word in candidates.filter(|word| word.contains('.') || word.contains("://")) {
        let after = word.split_once("://").map_or(word, |(_, after)| after);
        // An e-mail address leads nowhere on the web.
        if after == word && word.contains('@') {
            continue;
        }
        if let Some(host) = host(after.trim_end_matches(['.', '!', '?', ':', ';', '…', '\''])) {
            if !found.contains(&host) {
                found.push(host);
            }
            if found.len() == MOST_HOSTS {
                break;
            }
        }
    }
    found
}

/// The host of an address, or of a host's name that somebody typed; without `www.`. `None` for what is no name of a host.
pub(super) fn host(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let typed = typed.split_once("://").map_or(typed, |(_, after)| after);
    let url = Url::parse(&format!("https://{typed}")).ok()?;
    let host = url.domain()?.trim_end_matches('.');
    let host = host.strip_prefix("www.").unwrap_or(host);
    let last = host.rsplit('.').next().unwrap_or_default();
    // "e.g" and "3.14" are no hosts; those of one name are none of the web.
    let good = host.contains('.') && host.len() <= MAX_HOST && last.len() >= 2 && !last.bytes().all(|byte| byte.is_ascii_digit());
    good.then(|| host.to_owned())
}
