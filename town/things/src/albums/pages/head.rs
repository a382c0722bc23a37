//! What other sites and search engines are told about an album and its pictures.

use maud::{Markup, PreEscaped, html};
use people::pictures;
use serde_json::{Value, json};
use web::layout::Surroundings;

use crate::albums::{Album, Entry};

/// The album: a link preview with its first picture (JPEG: what every site takes), and a gallery in the words of schema.org.
pub(super) fn of_album(site: &Surroundings, album: &Album) -> Markup {
    let origin = &site.origin;
    let url = format!("{origin}{}", album.address());
    let gallery = json!({
        "@context": "https://schema.org",
        "@type": "ImageGallery",
        "@id": format!("{origin}/albums/{}", album.id),
        "url": url,
        "name": album.title,
        "description": album.description,
        "datePublished": album.listed_at.map(text::times::iso),
        "author": album.authors.iter().map(|author| json!({ "@type": "Person", "name": author.name, "url": format!("{origin}{}", author.address()) })).collect::<Value>(),
        "image": album.entries.iter().filter(|_| !album.is_sensitive()).map(|entry| image(origin, entry)).collect::<Value>(),
    });
    html! {
        (preview(site, &album.title, &album.description, &url, album.entries.first().filter(|_| !album.is_sensitive())))
        (data(&gallery))
    }
}

/// One of its pictures, and its neighbours.
pub(super) fn of_picture(site: &Surroundings, album: &Album, entry: &Entry, previous: Option<&str>, next: Option<&str>) -> Markup {
    html! {
        (preview(site, &album.title, entry.caption(), &format!("{}{}", site.origin, album.address_of(entry)), Some(entry).filter(|_| !album.is_sensitive())))
        @if let Some(address) = previous { link rel="prev" href=(address); }
        @if let Some(address) = next { link rel="next" href=(address); }
    }
}

fn preview(site: &Surroundings, title: &str, words: &str, url: &str, entry: Option<&Entry>) -> Markup {
    html! {
        meta property="og:type" content="article";
        meta property="og:site_name" content=(site.name);
        meta property="og:title" content=(title);
        @if !words.is_empty() { meta property="og:description" content=(words); }
        meta property="og:url" content=(url);
        @if let Some(entry) = entry {
            meta property="og:image" content={ (site.origin) (pictures::social_address(&entry.picture.key)) };
            meta property="og:image:type" content="image/jpeg";
            meta property="og:image:alt" content=(entry.alt());
        }
        meta name="twitter:card" content=(if entry.is_some() { "summary_large_image" } else { "summary" });
    }
}

fn image(origin: &str, entry: &Entry) -> Value {
    let picture = &entry.picture;
    let mut image = json!({
        "@type": "ImageObject",
        "contentUrl": format!("{origin}{}", pictures::address(&picture.key)),
        "width": picture.width,
        "height": picture.height,
    });
    for (name, value) in [("caption", entry.caption()), ("creditText", &picture.words.credit)] {
        if !value.is_empty() {
            image[name] = value.into();
        }
    }
    image
}

/// A block of data, which no policy on scripts concerns. Nothing in it can end the block.
fn data(value: &Value) -> Markup {
    let json = value.to_string().replace('<', "\\u003c");
    html! { script type="application/ld+json" { (PreEscaped(json)) } }
}
