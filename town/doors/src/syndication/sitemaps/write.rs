//! The XML of sitemaps.

use people::site::Site;
use things::{
    sections::Tree,
    stories::{self, Card},
};

use super::{super::store::Place, super::xml::Xml, files::File};

const PLAIN: (&str, &str) = ("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9");
const NEWS: (&str, &str) = ("xmlns:news", "http://www.google.com/schemas/sitemap-news/0.9");
/// Pages that stand on every site.
const STANDING: [&str; 5] = ["/", "/sections", "/authors", "/archive", "/corrections"];

pub(super) fn index(origin: &str, files: &[File]) -> Vec<u8> {
    Xml::document("sitemapindex", &[PLAIN], |xml| {
        for file in files {
            xml.within("sitemap", &[], |xml| xml.text("loc", &format!("{origin}/sitemaps/{file}")));
        }
    })
}

pub(super) fn pages(origin: &str, tree: &Tree) -> Vec<u8> {
    let sections = tree.in_order().into_iter().map(|(_, section)| section.address());
    Xml::document("urlset", &[PLAIN], |xml| {
        for path in STANDING.map(ToOwned::to_owned).into_iter().chain(sections) {
            xml.within("url", &[], |xml| xml.text("loc", &format!("{origin}{path}")));
        }
    })
}

pub(super) fn stories(origin: &str, places: &[Place]) -> Vec<u8> {
    Xml::document("urlset", &[PLAIN], |xml| {
        for place in places {
            xml.within("url", &[], |xml| {
                xml.text("loc", &format!("{origin}{}", stories::address(place.id, &place.slug)));
                xml.text("lastmod", &text::times::iso(place.updated_at));
            });
        }
    })
}

/// What was paid for is no news.
pub(super) fn news(origin: &str, site: &Site, cards: &[Card]) -> Vec<u8> {
    Xml::document("urlset", &[PLAIN, NEWS], |xml| {
        for card in cards.iter().filter(|card| card.work != stories::Work::Sponsored) {
            xml.within("url", &[], |xml| {
                xml.text("loc", &format!("{origin}{}", card.address()));
                xml.within("news:news", &[], |xml| {
                    xml.within("news:publication", &[], |xml| {
                        xml.text("news:name", &site.name);
                        xml.text("news:language", &site.language);
                    });
                    xml.text("news:publication_date", &text::times::iso(card.published_at));
                    xml.text("news:title", &card.headline);
                });
            });
        }
    })
}
