//! The round sign of a person without a picture: letters on a colour.

use crate::fold;

/// A colour of an avatar: the class for pages (whose security policy forbids inline styles) and
/// the same colour as a value, for pictures made in the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hue {
    /// `hue-0` … `hue-7`.
    pub class: &'static str,
    /// `#rrggbb`; white text on it has a contrast of at least 4.5:1 (WCAG 2.2, 1.4.3).
    pub color: &'static str,
}

/// All avatar colours; the stylesheet has one rule for each.
pub const HUES: [Hue; 8] = [
    Hue { class: "hue-0", color: "#a3234a" },
    Hue { class: "hue-1", color: "#a23c12" },
    Hue { class: "hue-2", color: "#7d5400" },
    Hue { class: "hue-3", color: "#40691c" },
    Hue { class: "hue-4", color: "#0f6b57" },
    Hue { class: "hue-5", color: "#1a6390" },
    Hue { class: "hue-6", color: "#4a50ad" },
    Hue { class: "hue-7", color: "#803c9c" },
];

/// The colour of a name: always the same one, however the name is capitalized.
pub fn hue(name: &str) -> Hue {
    // FNV-1a: the choice has to survive restarts and new versions of the compiler.
    let hash = fold(name).bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    // The low bits alone follow the last letter too closely, so all of them are mixed.
    let mixed = (hash ^ (hash >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40;
    HUES[(mixed % HUES.len() as u64) as usize]
}

/// One or two capital letters for a name: of its first and its last word. "?" when the name has
/// no letters or digits.
pub fn initials(name: &str) -> String {
    let mut letters = name.split_whitespace().filter_map(|word| word.chars().find(|c| c.is_alphanumeric()));
    let Some(first) = letters.next() else {
        return "?".to_owned();
    };
    let mut initials: String = first.to_uppercase().collect();
    if let Some(last) = letters.next_back() {
        initials.extend(last.to_uppercase());
    }
    initials
}
