//! Where the subjects of comments are. What stands there is a wing above's affair: every kind of post has one address by its id alone,
//! from which its page is reached.

use crate::PostId;

/// The address that leads to a post of this kind.
pub fn lead(kind: &str, id: PostId) -> String {
    let folder = match kind {
        "story" => "stories",
        "note" => "notes",
        "album" => "albums",
        // A later kind keeps its posts under its own name.
        other => other,
    };
    format!("/{folder}/{id}")
}

/// An address with one more word in its query, in front of its fragment.
pub(super) fn with(address: &str, name: &str, value: &str) -> String {
    let (address, fragment) = address.split_once('#').map_or((address, ""), |(address, fragment)| (address, fragment));
    let joint = if address.contains('?') { '&' } else { '?' };
    let hash = if fragment.is_empty() { "" } else { "#" };
    format!("{address}{joint}{name}={value}{hash}{fragment}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_comes_before_the_fragment() {
        assert_eq!(with("/stories/1#a", "done", "commented"), "/stories/1?done=commented#a");
        assert_eq!(with("/stories/1?order=top", "done", "saved"), "/stories/1?order=top&done=saved");
    }
}
