//! Headings of a body: below the headline, and with names to link to.

use crate::slug_or;
use std::collections::HashMap;

/// All names begin so: a heading "Comments" must not take the name of a part of the page.
pub(super) const PREFIX: &str = "h-";

/// The tag for a level of Markdown: the headline is the page's only h1.
pub(super) fn tag(level: u8) -> (&'static str, &'static str) {
    match level {
        0..=2 => ("<h2", "</h2>\n"),
        3 => ("<h3", "</h3>\n"),
        _ => ("<h4", "</h4>\n"),
    }
}

/// The names given so far in one body.
#[derive(Default)]
pub(super) struct Names {
    given: HashMap<String, usize>,
}

impl Names {
    /// A name for a heading: the same in every rendering, and different from those before it.
    pub(super) fn name(&mut self, heading: &str) -> String {
        let base = slug_or(heading, "section");
        let mut times = self.given.get(&base).copied().unwrap_or(0);
        loop {
            times += 1;
            let name = if times == 1 { base.clone() } else { format!("{base}-{times}") };
            // "A-2" may also be a heading of its own.
            if times == 1 || !self.given.contains_key(&name) {
                self.given.insert(name.clone(), 1);
                self.given.insert(base, times);
                return format!("{PREFIX}{name}");
            }
        }
    }
}
