//! One post.

use serde_json::Value;

use super::super::{
    dates,
    item::{Body, Found, Item, Label, Lead, Sink, State},
};
use super::{HERE, Site, lexical, mobiledoc, stream::Post};

/// What a section for Ghost's pages is called.
const PAGES: &str = "Pages";

/// Hands a post over.
pub(super) fn take(post: Post, site: &Site, sink: Sink<'_>) -> anyhow::Result<()> {
    let title = text::clean_line(post.title.as_deref().unwrap_or_default());
    let published = date(post.published_at.as_ref(), &site.zone);
    let state = match (post.status.as_deref(), post.visibility.as_deref()) {
        (Some("draft") | None, _) => State::Draft(String::new()),
        (Some("sent"), _) => State::Draft("was only sent by mail there, and is a draft here".into()),
        (Some("published" | "scheduled"), Some(visibility)) if visibility != "public" => {
            State::Draft(format!("was for “{visibility}” only there, and is a draft here"))
        }
        (Some("scheduled"), _) => published.map_or(State::Draft(String::new()), State::Scheduled),
        (Some("published"), _) => State::Published,
        (Some(other), _) => return sink(Found::LeftOut { what: title, why: format!("has the status “{other}”") }),
    };
    sink(Found::Story(Box::new(item(post, site, title, published, state))))
}

pub(super) fn date(value: Option<&Value>, zone: &jiff::tz::TimeZone) -> Option<i64> {
    match value? {
        Value::Number(number) => dates::number_of(number.as_i64()?),
        // Without a zone they are UTC.
        Value::String(date) => dates::parse(date, &jiff::tz::TimeZone::UTC).or_else(|| dates::parse(date, zone)),
        _ => None,
    }
}

fn item(post: Post, site: &Site, title: String, published: Option<i64>, state: State) -> Item {
    let here = |text: String| text.replace(HERE, &site.address);
    let meta = site.meta_of.get(&post.id);
    let base = (!site.address.is_empty()).then(|| format!("{}/{}/", site.address, post.slug));
    let is_page = post.kind.as_deref() == Some("page") || post.page.as_ref().is_some_and(|page| *page == true || *page == 1);
    let mut tags = site
        .tags_of
        .get(&post.id)
        .into_iter()
        .flatten()
        .filter_map(|id| site.tags.get(id))
        .filter(|(_, hidden)| !hidden)
        .map(|(label, _)| label.clone());
    let section = if is_page { vec![Label::named(PAGES)] } else { tags.next().into_iter().collect() };
    let topics: Vec<Label> = tags.map(|label| Label { addresses: Vec::new(), ..label }).collect();
    let writers = site.writers_of.get(&post.id).cloned().unwrap_or_else(|| post.author_id.clone().into_iter().collect());
    let html = post.html.filter(|html| !html.trim().is_empty());
    let html = html.or_else(|| post.lexical.as_deref().map(lexical::html)).or_else(|| post.mobiledoc.as_deref().map(mobiledoc::html));
    let words = |words: Option<&String>| words.map(|words| text::html::to_line(words)).unwrap_or_default();
    let standfirst = [words(post.custom_excerpt.as_ref()), words(meta.and_then(|meta| meta.meta_description.as_ref()))];
    let remarks = site.remarks_of.get(&post.id).cloned().unwrap_or_default();
    let mut item = Item {
        remarks,
        key: post.id.0,
        title,
        standfirst: standfirst.into_iter().find(|words| !words.is_empty()).unwrap_or_default(),
        body: Body::Html { html: here(html.unwrap_or_default()), breaks: false, base },
        state,
        published: published.or_else(|| date(post.created_at.as_ref(), &site.zone)),
        updated: date(post.updated_at.as_ref(), &site.zone),
        section,
        topics,
        authors: writers.iter().filter_map(|id| site.writers.get(id)).cloned().collect(),
        picture: post.feature_image.filter(|src| !src.is_empty()).map(|src| Lead {
            src: here(src),
            alt: words(meta.and_then(|meta| meta.feature_image_alt.as_ref())),
            caption: words(meta.and_then(|meta| meta.feature_image_caption.as_ref())),
            credit: String::new(),
        }),
        addresses: vec![format!("/{}", post.slug)],
        ..Item::default()
    };
    if let State::Draft(why) = &item.state
        && !why.is_empty()
    {
        item.notes.push(why.clone());
    }
    item
}
