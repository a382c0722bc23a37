//! Sections that most papers have, offered at setup.

use db::Tx;
use things::sections::{self, Colour, NewSection};
use web::{Error, Form};

/// A section that can be ticked.
pub(super) struct Starter {
    pub slug: &'static str,
    pub name: &'static str,
    pub description: &'static str,
    colour: Colour,
    /// Whether it is ticked to begin with.
    pub ticked: bool,
}

/// All of them, in the order they will stand in.
pub(super) const STARTERS: [Starter; 10] = [
    starter("news", "News", "What happened, and what it changes here.", Colour::Clay, true),
    starter("town-hall", "Town Hall", "Who decides what, and what it costs.", Colour::Night, false),
    starter("schools", "Schools", "Classrooms, budgets and the people in them.", Colour::Gold, false),
    starter("business", "Business", "Who opens, who closes, who is hiring.", Colour::Plum, false),
    starter("sports", "Sports", "Teams, tables and the weekend's results.", Colour::Leaf, true),
    starter("arts", "Arts", "What is on, and whether it is any good.", Colour::Rose, true),
    starter("outdoors", "Outdoors", "Trails, weather and wild neighbours.", Colour::Sage, true),
    starter("food", "Food", "Where to eat and what is ripe.", Colour::Ochre, false),
    starter("opinion", "Opinion", "Columns, editorials and letters.", Colour::Slate, true),
    starter("obituaries", "Obituaries", "Lives that were lived here.", Colour::Rust, false),
];

const fn starter(slug: &'static str, name: &'static str, description: &'static str, colour: Colour, ticked: bool) -> Starter {
    Starter { slug, name, description, colour, ticked }
}

/// Those that the form ticks.
pub(super) fn chosen(form: &Form) -> Vec<NewSection> {
    let wanted: Vec<&str> = form.all("sections").collect();
    let ticked = STARTERS.iter().filter(|starter| wanted.contains(&starter.slug));
    ticked.zip(1..).map(|(starter, position)| starter.section(position)).collect()
}

/// Makes them.
pub(super) fn make(tx: &mut Tx, chosen: &[NewSection], now: i64) -> Result<(), Error> {
    chosen.iter().try_for_each(|section| sections::insert(tx, section, now).map(|_| ()))
}

impl Starter {
    fn section(&self, position: i64) -> NewSection {
        NewSection {
            name: self.name.to_owned(),
            slug: self.slug.to_owned(),
            description: self.description.to_owned(),
            colour: self.colour,
            parent: None,
            position,
        }
    }
}
