//! The one way a recording is put on a page.

use maud::{Markup, html};

use super::{Kind, Recording, address};
use crate::pictures;

/// What a player is called that nobody has named.
const LABEL: &str = "Recording";

impl Recording {
    /// The player. Nothing is fetched before somebody plays it, but for how long it is where no picture stands in its place.
    /// `words` is what its author calls it here; its own title stands in for that.
    pub fn markup(&self, words: &str) -> Markup {
        let label = [words, &self.words.title, LABEL].into_iter().find(|words| !words.is_empty());
        let poster = self.poster.as_deref().map(pictures::social_address);
        html! {
            @match self.kind {
                Kind::Audio => audio src=(address(&self.key)) controls preload="none" aria-label=[label] {},
                Kind::Video => video src=(address(&self.key)) poster=[poster.as_ref()] width=[self.width] height=[self.height] controls
                    preload=(if poster.is_some() { "none" } else { "metadata" }) playsinline aria-label=[label] {},
            }
        }
    }
}
