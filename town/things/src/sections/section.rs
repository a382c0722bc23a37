//! What a section is, and the tree they make.

use std::str::FromStr;

db::id! {
    /// Names a section. Also its shelf.
    pub struct SectionId;
}

/// A section, a section in it, and one more: deeper trees are not found again by readers.
pub const MAX_DEPTH: usize = 3;

/// A section's colour, out of twelve that keep 4.5:1 on paper in light and dark (WCAG 1.4.3). Used as a class, `colour-…`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Red earth, the colour of the bloom.
    Clay,
    /// Dry grass.
    Ochre,
    /// Old brass.
    Gold,
    /// Creosote bush.
    Sage,
    /// New leaf.
    Leaf,
    /// Shallow water.
    Teal,
    /// Noon.
    Sky,
    /// Evening.
    Night,
    /// Verbena.
    Plum,
    /// Beavertail flower.
    Rose,
    /// Wet stone.
    Slate,
    /// Iron.
    Rust,
}

impl Colour {
    /// All of them, in the order the desk shows them.
    pub const ALL: [Self; 12] = [
        Self::Clay,
        Self::Ochre,
        Self::Gold,
        Self::Sage,
        Self::Leaf,
        Self::Teal,
        Self::Sky,
        Self::Night,
        Self::Plum,
        Self::Rose,
        Self::Slate,
        Self::Rust,
    ];

    /// Its name in tables, addresses and classes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Clay => "clay",
            Self::Ochre => "ochre",
            Self::Gold => "gold",
            Self::Sage => "sage",
            Self::Leaf => "leaf",
            Self::Teal => "teal",
            Self::Sky => "sky",
            Self::Night => "night",
            Self::Plum => "plum",
            Self::Rose => "rose",
            Self::Slate => "slate",
            Self::Rust => "rust",
        }
    }

    /// As it stands on white paper, in pictures that we draw: red, green, blue. The same as in `show.css`.
    pub fn on_paper(self) -> [u8; 3] {
        match self {
            Self::Clay => [0xb0, 0x37, 0x1a],
            Self::Ochre => [0x85, 0x50, 0x00],
            Self::Gold => [0x6f, 0x5b, 0x00],
            Self::Sage => [0x4f, 0x62, 0x40],
            Self::Leaf => [0x2f, 0x6b, 0x3c],
            Self::Teal => [0x0f, 0x6b, 0x63],
            Self::Sky => [0x0b, 0x53, 0x94],
            Self::Night => [0x3f, 0x47, 0x8f],
            Self::Plum => [0x7a, 0x3a, 0x92],
            Self::Rose => [0xa3, 0x23, 0x4a],
            Self::Slate => [0x4d, 0x54, 0x5b],
            Self::Rust => [0x8a, 0x33, 0x24],
        }
    }

    /// Its class in pages.
    pub fn class(self) -> &'static str {
        match self {
            Self::Clay => "colour-clay",
            Self::Ochre => "colour-ochre",
            Self::Gold => "colour-gold",
            Self::Sage => "colour-sage",
            Self::Leaf => "colour-leaf",
            Self::Teal => "colour-teal",
            Self::Sky => "colour-sky",
            Self::Night => "colour-night",
            Self::Plum => "colour-plum",
            Self::Rose => "colour-rose",
            Self::Slate => "colour-slate",
            Self::Rust => "colour-rust",
        }
    }
}

impl FromStr for Colour {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|colour| colour.name() == name).ok_or(())
    }
}

/// A section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its id.
    pub id: SectionId,
    /// The section it stands in.
    pub parent: Option<SectionId>,
    /// As readers know it.
    pub name: String,
    /// Its address.
    pub slug: String,
    /// A sentence on what is in it.
    pub description: String,
    /// Its colour.
    pub colour: Colour,
    /// Its place among its siblings, lowest first.
    pub position: i64,
}

impl Section {
    /// Its page.
    pub fn address(&self) -> String {
        format!("/sections/{}", self.slug)
    }
}

/// All sections of a site: a few dozen at most, so they are read whole.
#[derive(Clone, Debug, Default)]
pub struct Tree(Vec<Section>);

impl Tree {
    /// A tree of these sections, in the order of siblings.
    pub fn new(sections: Vec<Section>) -> Self {
        Self(sections)
    }

    /// One section.
    pub fn get(&self, id: SectionId) -> Option<&Section> {
        self.0.iter().find(|section| section.id == id)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The sections right under this one (or at the top), in order.
    pub fn under(&self, parent: Option<SectionId>) -> impl Iterator<Item = &Section> {
        self.0.iter().filter(move |section| section.parent == parent)
    }

    /// This section and those above it, itself first. Ends even if the table held a circle.
    pub fn path(&self, id: SectionId) -> Vec<&Section> {
        let mut path = Vec::with_capacity(MAX_DEPTH);
        let mut next = Some(id);
        while let Some(section) = next.and_then(|id| self.get(id)).filter(|_| path.len() < MAX_DEPTH) {
            path.push(section);
            next = section.parent;
        }
        path
    }

    /// The shelves a story in this section stands on.
    pub fn shelves(&self, id: SectionId) -> Vec<i64> {
        self.path(id).into_iter().map(|section| section.id.get()).collect()
    }

    /// Every section with its depth (0 at the top), each followed by those in it: the order of menus.
    pub fn in_order(&self) -> Vec<(usize, &Section)> {
        let mut ordered = Vec::with_capacity(self.0.len());
        self.walk(None, 0, &mut ordered);
        ordered
    }

    fn walk<'a>(&'a self, parent: Option<SectionId>, depth: usize, into: &mut Vec<(usize, &'a Section)>) {
        if depth >= MAX_DEPTH {
            return;
        }
        for section in self.under(parent) {
            into.push((depth, section));
            self.walk(Some(section.id), depth + 1, into);
        }
    }

    /// How many levels stand below this section; 0 for a leaf.
    pub fn height(&self, id: SectionId) -> usize {
        let mut deepest = 0;
        for (_, section) in self.in_order() {
            deepest = deepest.max(self.path(section.id).iter().position(|above| above.id == id).unwrap_or(0));
        }
        deepest
    }

    /// Whether `inner` stands somewhere under `outer`, or is it.
    pub fn contains(&self, outer: SectionId, inner: SectionId) -> bool {
        self.path(inner).iter().any(|section| section.id == outer)
    }

    /// Choices for a form: id and name, indented by depth.
    pub fn choices(&self) -> Vec<(String, String)> {
        let named = |(depth, section): (usize, &Section)| (section.id.to_string(), format!("{}{}", "\u{2003}".repeat(depth), section.name));
        self.in_order().into_iter().map(named).collect()
    }
}
