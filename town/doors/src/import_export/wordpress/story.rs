//! One entry of the export file.

use super::super::{
    dates,
    item::{Body, Found, Item, Label, Lead, Remark, Sink, State, Writer},
    xml::Element,
};
use super::{PAGES, Site, shortcodes};

/// The value of a field that WordPress or a plugin keeps beside a story.
pub(super) fn meta(item: &Element, key: &str) -> String {
    item.all("wp:postmeta").find(|meta| meta.text_of("wp:meta_key") == key).map(|meta| meta.text_of("wp:meta_value")).unwrap_or_default()
}

/// Hands an entry over.
pub(super) fn take(entry: &Element, site: &Site, sink: Sink<'_>) -> anyhow::Result<()> {
    let kind = entry.text_of("wp:post_type");
    let number = entry.text_of("wp:post_id");
    let title = text::html::to_line(&entry.text_of("title"));
    let what = if title.is_empty() { format!("number {number}") } else { title.clone() };
    match kind.as_str() {
        "post" | "page" => {}
        // Taken where a story shows it.
        "attachment" => return Ok(()),
        "" => return sink(Found::LeftOut { what, why: "has no type: the file is a feed, not an export".into() }),
        other => return sink(Found::LeftOut { what, why: format!("is of the type “{other}”, which is no story") }),
    }
    match state(entry, site) {
        Ok(state) => sink(Found::Story(Box::new(item(entry, site, &number, title, state)))),
        Err(why) => sink(Found::LeftOut { what, why }),
    }
}

fn state(entry: &Element, site: &Site) -> Result<State, String> {
    if !entry.text_of("wp:post_password").is_empty() {
        return Ok(State::Draft("was behind a password there, and is a draft here".into()));
    }
    Ok(match entry.text_of("wp:status").as_str() {
        "publish" => State::Published,
        "future" => published(entry, site).map_or(State::Draft(String::new()), State::Scheduled),
        "pending" => State::Submitted,
        "private" => State::Draft("was private there, and is a draft here".into()),
        "draft" => State::Draft(String::new()),
        "trash" => return Err("was in the trash".into()),
        other => return Err(format!("has the status “{other}”")),
    })
}

fn published(entry: &Element, site: &Site) -> Option<i64> {
    let utc = dates::parse(&entry.text_of("wp:post_date_gmt"), &jiff::tz::TimeZone::UTC);
    utc.or_else(|| dates::parse(&entry.text_of("wp:post_date"), &site.zone)).or_else(|| dates::parse(&entry.text_of("pubDate"), &site.zone))
}

fn item(entry: &Element, site: &Site, number: &str, title: String, state: State) -> Item {
    let mut notes = Vec::new();
    let html = shortcodes::replaced(&entry.text_of("content:encoded"), number, site, &mut notes);
    let link = entry.text_of("link");
    let base = if link.is_empty() { format!("{}/", site.base) } else { link.clone() };
    if let State::Draft(why) = &state
        && !why.is_empty()
    {
        notes.push(why.clone());
    }
    Item {
        key: number.to_owned(),
        title,
        standfirst: standfirst(entry),
        // The block editor writes paragraphs; what was written before it parts them by empty lines.
        body: Body::Html { breaks: !html.contains("<!-- wp:"), html, base: Some(base) },
        state,
        published: published(entry, site),
        updated: dates::parse(&entry.text_of("wp:post_modified_gmt"), &jiff::tz::TimeZone::UTC),
        section: section(entry, site),
        topics: topics(entry, site),
        authors: writers(entry, site),
        picture: lead(entry, site),
        addresses: addresses(entry, &link, number),
        remarks: remarks(entry, site),
        notes,
        ..Item::default()
    }
}

fn standfirst(entry: &Element) -> String {
    let excerpt = text::html::to_line(&entry.text_of("excerpt:encoded"));
    if !excerpt.is_empty() {
        return excerpt;
    }
    // Descriptions with %% are patterns that a plugin fills in.
    Some(meta(entry, "_yoast_wpseo_metadesc"))
        .filter(|words| !words.contains("%%"))
        .map(|words| text::html::to_line(&words))
        .unwrap_or_default()
}

/// Slugs of an entry's categories, the one its author called the first one first.
fn categories<'a>(entry: &'a Element, site: &'a Site) -> Vec<(&'a str, String)> {
    let named = entry.all("category").filter(|category| category.attribute("domain") == Some("category"));
    let mut all: Vec<(&str, String)> =
        named.map(|category| (category.attribute("nicename").unwrap_or_default(), category.text())).collect();
    let primary = ["_yoast_wpseo_primary_category", "rank_math_primary_category"]
        .into_iter()
        .map(|key| meta(entry, key))
        .find(|number| !number.is_empty());
    if let Some(slug) = primary.and_then(|number| site.numbers.get(&number)) {
        all.sort_by_key(|(other, _)| *other != slug.as_str());
    }
    all.retain(|(slug, _)| *slug != "uncategorized");
    all
}

fn section(entry: &Element, site: &Site) -> Vec<Label> {
    if entry.text_of("wp:post_type") == "page" {
        return vec![Label::named(PAGES)];
    }
    let all = categories(entry, site);
    let Some((slug, name)) = all.first() else { return Vec::new() };
    let path = site.path(slug);
    if path.is_empty() {
        vec![Label { slug: (*slug).to_owned(), addresses: vec![format!("/category/{slug}")], ..Label::named(text::html::to_line(name)) }]
    } else {
        path
    }
}

fn topics(entry: &Element, site: &Site) -> Vec<Label> {
    let tags = entry.all("category").filter(|category| category.attribute("domain") == Some("post_tag")).map(|tag| {
        let slug = tag.attribute("nicename").unwrap_or_default();
        let unknown =
            || Label { slug: slug.to_owned(), addresses: vec![format!("/tag/{slug}")], ..Label::named(text::html::to_line(&tag.text())) };
        site.tags.get(slug).cloned().unwrap_or_else(unknown)
    });
    tags.chain(categories(entry, site).into_iter().skip(1).map(|(_, name)| Label::named(text::html::to_line(&name)))).collect()
}

fn writers(entry: &Element, site: &Site) -> Vec<Writer> {
    let by_login = |login: &str| {
        site.writers.get(login).cloned().unwrap_or_else(|| Writer {
            key: login.to_owned(),
            handle: login.to_owned(),
            name: login.to_owned(),
            ..Writer::default()
        })
    };
    // Several authors of one story are kept by a plugin, as categories of their own kind.
    let several = entry.all("category").filter(|category| category.attribute("domain") == Some("author")).map(|author| {
        let login = author.attribute("nicename").unwrap_or_default().trim_start_matches("cap-");
        let known = site.writers.contains_key(login);
        if known { by_login(login) } else { Writer { name: text::html::to_line(&author.text()), ..by_login(login) } }
    });
    let several: Vec<Writer> = several.filter(|writer| !writer.key.is_empty()).collect();
    let creator = entry.text_of("dc:creator");
    if several.is_empty() && !creator.is_empty() { vec![by_login(&creator)] } else { several }
}

fn lead(entry: &Element, site: &Site) -> Option<Lead> {
    let picture = site.attachments.get(&meta(entry, "_thumbnail_id")).filter(|picture| !picture.url.is_empty())?;
    Some(Lead { src: picture.url.clone(), alt: picture.alt.clone(), caption: picture.caption.clone(), credit: String::new() })
}

fn addresses(entry: &Element, link: &str, number: &str) -> Vec<String> {
    let mut addresses = vec![link.to_owned(), format!("/?p={number}"), entry.text_of("guid")];
    addresses.retain(|address| address.starts_with('/') || address.contains("://"));
    // The last part of the address, when it was another one.
    let old =
        entry.all("wp:postmeta").filter(|meta| meta.text_of("wp:meta_key") == "_wp_old_slug").map(|meta| meta.text_of("wp:meta_value"));
    let above =
        link.trim_end_matches('/').rsplit_once('/').map(|(above, _)| above).filter(|above| above.contains("://") && !link.contains('?'));
    addresses.extend(old.filter(|slug| !slug.is_empty()).filter_map(|slug| above.map(|above| format!("{above}/{slug}"))));
    addresses
}

/// What readers said, all of it: what does not come in says why.
fn remarks(entry: &Element, site: &Site) -> Vec<Remark> {
    let key = |number: String| if number.is_empty() || number == "0" { String::new() } else { format!("comment:{number}") };
    let remark = |comment: &Element| {
        let approved = comment.text_of("wp:comment_approved");
        let utc = dates::parse(&comment.text_of("wp:comment_date_gmt"), &jiff::tz::TimeZone::UTC);
        let email = comment.text_of("wp:comment_author_email");
        Remark {
            key: format!("comment:{}", comment.text_of("wp:comment_id")),
            parent: key(comment.text_of("wp:comment_parent")),
            name: text::html::to_line(&comment.text_of("wp:comment_author")),
            url: comment.text_of("wp:comment_author_url"),
            at: utc.or_else(|| dates::parse(&comment.text_of("wp:comment_date"), &site.zone)).unwrap_or(0),
            html: comment.text_of("wp:comment_content"),
            shown: approved == "1",
            breaks: true,
            writer: said_by(comment, &email, site),
            left_out: left_out(&approved, &comment.text_of("wp:comment_type")),
            email,
        }
    };
    entry.all("wp:comment").map(remark).collect()
}

/// Why a comment does not come in, if it does not.
fn left_out(approved: &str, kind: &str) -> Option<&'static str> {
    match (approved, kind) {
        ("spam", _) => Some(Remark::SPAM),
        ("trash" | "post-trashed", _) => Some(Remark::TRASH),
        (_, "pingback" | "trackback") => Some("a pingback or trackback was left out: it is no comment"),
        ("1", "" | "comment") => None,
        ("1", _) => Some("an entry of a plugin among the comments was left out"),
        _ => Some("a comment was left out: it waited to be approved"),
    }
}

/// The author who said it. WordPress knows who was signed in, and says 0 of everybody else: whoever is not signed in can type any
/// address. Only a file that says nothing of it is asked for the address.
fn said_by(comment: &Element, email: &str, site: &Site) -> Option<Writer> {
    match comment.one("wp:comment_user_id").map(|number| number.text().trim().to_owned()) {
        Some(number) => site.logins.get(&number).and_then(|login| site.writers.get(login)),
        None if email.is_empty() => None,
        None => site.writers.values().find(|writer| writer.email.eq_ignore_ascii_case(email)),
    }
    .cloned()
}
