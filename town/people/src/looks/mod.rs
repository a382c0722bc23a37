//! How a site looks: its colours, its logo and icon, its own links in the bar and the footer, where to write to its people.
//!
//! Every page shows it, so it is kept in memory with the site and read again after every change. The colours are served as a
//! style sheet of their own, named by its content: the Content-Security-Policy takes no styles on a page.

mod colours;
mod menus;
mod routes;
mod store;
#[cfg(test)]
mod tests;

pub use colours::{Colour, Colours, PAPERS, READABLE, Theme};
pub use menus::{MAX_LABEL, MAX_LINKS, Menu, Menus, Own};
pub use routes::routes;
pub use store::{load, save_colours, save_contact, save_menus, save_picture};

use std::fmt::Write as _;
use web::layout::{Logo, Surroundings};

use crate::pictures;

/// A picture of the site's: its key and its pixels.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Its key.
    pub key: String,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
}

/// Which of the site's pictures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// In place of the name on every page.
    Logo,
    /// A square, for tabs, feeds and home screens.
    Icon,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looks {
    /// The site's own colours, where it has them.
    pub colours: Colours,
    /// Its logo.
    pub logo: Option<Mark>,
    /// Its icon.
    pub icon: Option<Mark>,
    /// Where to write to its people; empty for nowhere.
    pub contact: String,
    /// Its own links.
    pub menus: Menus,
}

/// Longest address to write to, in characters.
pub const MAX_CONTACT: usize = 254;

impl Looks {
    /// Reads where to write to: an e-mail address or a web address.
    ///
    /// # Errors
    /// Words that say what can be written.
    pub fn parse_contact(typed: &str) -> Result<String, String> {
        let typed = typed.trim();
        let web = url::Url::parse(typed).is_ok_and(|url| url.scheme() == "https" && url.host().is_some());
        if typed.is_empty() || (typed.len() <= MAX_CONTACT && (web || crate::accounts::parse_email(typed).is_ok())) {
            return Ok(typed.to_owned());
        }
        Err("Write an e-mail address, or a web address that begins with https://.".into())
    }

    /// Puts it on every page.
    pub(crate) fn put(&self, on: &mut Surroundings) {
        on.logo = self.logo.as_ref().map(Mark::logo);
        on.icon = self.icon.as_ref().map(|icon| {
            let small = pictures::small_address(&icon.key);
            (small, pictures::social_address(&icon.key), icon.social_side())
        });
        on.styles = self.colours.is_own().then(|| self.colours.address());
        on.contact = match self.contact.as_str() {
            "" => None,
            address if address.starts_with("https://") => {
                Some((address.to_owned(), address.trim_start_matches("https://").trim_end_matches('/').to_owned()))
            }
            email => Some((format!("mailto:{email}"), email.to_owned())),
        };
        on.links = self.menus.bar.iter().map(Own::link).collect();
        if !self.menus.footer.is_empty() {
            on.footer = self.menus.columns();
        }
    }
}

impl Mark {
    fn logo(&self) -> Logo {
        Logo { address: pictures::address(&self.key), width: self.width, height: self.height }
    }

    /// The side of the file that other programs are given, in pixels.
    fn social_side(&self) -> i64 {
        self.width.min(1080)
    }
}

/// A style sheet with these colours, for both themes.
fn sheet(pairs: &[(&str, Colour, Colour)]) -> String {
    let mut css = String::from(":root{");
    for (name, light, dark) in pairs {
        let _ = write!(css, "--{name}:light-dark({light},{dark});");
    }
    css.push('}');
    css
}
