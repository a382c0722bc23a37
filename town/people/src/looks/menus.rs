//! The site's own links, in the bar after its sections and in the footer.

use url::Url;
use web::{
    Form, Problems,
    layout::{Link, Who},
};

/// Links of one menu.
pub const MAX_LINKS: usize = 40;
/// Longest label or heading, in characters.
pub const MAX_LABEL: usize = 60;
/// Longest address, in bytes.
const MAX_ADDRESS: usize = 500;

/// Which menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Menu {
    /// After the sections.
    Bar,
    /// At the end of every page.
    Footer,
}

impl Menu {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Bar, Self::Footer];

    /// Its name in the table and in forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Bar => "bar",
            Self::Footer => "footer",
        }
    }
}

/// A link of the site's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Own {
    /// What it stands under, in the footer.
    pub heading: String,
    /// What it says.
    pub label: String,
    /// Where it leads: a path of this site, or a web address.
    pub address: String,
    /// Who sees it.
    pub who: Who,
}

impl Own {
    /// Whether it leads somewhere and says so: what comes from elsewhere may not.
    pub fn is_sound(&self) -> bool {
        !self.label.is_empty() && leads_somewhere(&self.address)
    }

    /// The link.
    pub fn link(&self) -> Link {
        Link { who: self.who, ..Link::new(&self.address, &self.label) }
    }
}

/// Both menus, in order. An empty footer is the program's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Menus {
    /// After the sections.
    pub bar: Vec<Own>,
    /// In the footer.
    pub footer: Vec<Own>,
}

/// Whether an address may stand in a menu: a path of this site or a page of the web, nothing that runs.
fn leads_somewhere(address: &str) -> bool {
    let path = address.starts_with('/') && !address.starts_with("//") && !address.contains('\\');
    let web = Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "https" | "http" | "mailto"));
    (path || web) && address.len() <= MAX_ADDRESS && !address.chars().any(char::is_control)
}

impl Menus {
    /// The links of one.
    pub fn of(&self, menu: Menu) -> &[Own] {
        match menu {
            Menu::Bar => &self.bar,
            Menu::Footer => &self.footer,
        }
    }

    /// Sets the links of one.
    pub fn set(&mut self, menu: Menu, links: Vec<Own>) {
        match menu {
            Menu::Bar => self.bar = links,
            Menu::Footer => self.footer = links,
        }
    }

    /// Reads the rows of a form: of each `place-N`, `heading-N`, `label-N`, `address-N`, `who-N`. A row without label and address
    /// is none; rows with the same place keep their order.
    pub fn parse(menu: Menu, form: &Form, problems: &mut Problems) -> Vec<Own> {
        let mut rows: Vec<(i64, Own)> = Vec::new();
        for number in 0..MAX_LINKS + 5 {
            let line = |field: &str| text::clean_line(form.text(&format!("{field}-{number}")));
            let own = Own {
                heading: line("heading"),
                label: line("label"),
                address: line("address"),
                who: Who::named(form.text(&format!("who-{number}"))).unwrap_or_default(),
            };
            if own.label.is_empty() && own.address.is_empty() {
                continue;
            }
            let row = number + 1;
            if own.label.is_empty() || own.label.chars().count() > MAX_LABEL {
                problems.add("menu", format!("Row {row}: write a label of at most {MAX_LABEL} characters."));
            } else if !leads_somewhere(&own.address) {
                problems.add("menu", format!("Row {row}: write an address of this site such as /rules, or one that begins with https://."));
            } else if menu == Menu::Footer && (own.heading.is_empty() || own.heading.chars().count() > MAX_LABEL) {
                problems.add("menu", format!("Row {row}: write the heading that it stands under, of at most {MAX_LABEL} characters."));
            }
            let place = form.number(&format!("place-{number}")).unwrap_or(i64::try_from(row).unwrap_or(i64::MAX));
            rows.push((place, own));
        }
        if rows.len() > MAX_LINKS {
            problems.add("menu", format!("Use at most {MAX_LINKS} links."));
        }
        rows.sort_by_key(|(place, _)| *place);
        rows.into_iter().map(|(_, own)| own).collect()
    }

    /// The footer's links under their headings, in the order in which headings come first.
    pub(super) fn columns(&self) -> Vec<(String, Vec<Link>)> {
        let mut columns: Vec<(String, Vec<Link>)> = Vec::new();
        for own in &self.footer {
            match columns.iter_mut().find(|(heading, _)| *heading == own.heading) {
                Some((_, links)) => links.push(own.link()),
                None => columns.push((own.heading.clone(), vec![own.link()])),
            }
        }
        columns
    }
}
