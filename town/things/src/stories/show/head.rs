//! The head of a story's page: what other sites and search engines are told about it.

use maud::{Markup, PreEscaped, html};
use media::CARD;
use people::accounts::Author;
use serde_json::{Value, json};
use web::layout::Surroundings;

use super::{View, social::Social};
use crate::stories::{Source, Story, Work};

/// Link previews, and for a published story its structured data and the way to our oEmbed answer.
pub(super) fn head(site: &Surroundings, view: &View, address: &str) -> Markup {
    html! {
        (previews(site, view, address))
        @if view.banner.is_none() {
            link rel="webmention" href="/webmention";
            (oembed(site, view.story))
            (data(&json!({ "@context": "https://schema.org", "@graph": [article(site, view, address), breadcrumbs(site, view)] })))
        }
    }
}

/// What other sites show of a link to this story (the Open Graph protocol; cards of X, which reads the rest from it).
fn previews(site: &Surroundings, view: &View, address: &str) -> Markup {
    let (story, card) = (view.story, &view.story.card);
    html! {
        meta property="og:type" content="article";
        meta property="og:site_name" content=(site.name);
        meta property="og:title" content=(card.headline);
        meta property="og:description" content=(story.summary());
        meta property="og:url" content={ (site.origin) (address) };
        @if view.banner.is_none() {
            // WebP is not shown everywhere; this is a JPEG.
            meta property="og:image" content={ (site.origin) (Social::of(story, &site.name).address()) };
            meta property="og:image:type" content="image/jpeg";
            meta property="og:image:width" content=(CARD.0);
            meta property="og:image:height" content=(CARD.1);
            meta property="og:image:alt" content=(card.headline);
        }
        meta property="article:published_time" content=(text::times::iso(card.published_at));
        @if story.revisions > 1 { meta property="article:modified_time" content=(text::times::iso(story.updated_at)); }
        @for author in &story.authors { meta property="article:author" content={ (site.origin) (author.address()) }; }
        meta property="article:section" content=(card.section_name);
        @for topic in &story.topics { meta property="article:tag" content=(topic.name); }
        meta name="twitter:card" content="summary_large_image";
    }
}

/// Where a site that was given a link to this story asks what to draw for it (oEmbed 1.0, §4).
fn oembed(site: &Surroundings, story: &Story) -> Markup {
    let permanent = format!("{}/stories/{}", site.origin, story.card.id).replace(':', "%3A").replace('/', "%2F");
    let link = |kind: &str, format: &str| {
        html! {
            link rel="alternate" type=(kind) title=(story.card.headline) href={ (site.origin) "/oembed?format=" (format) "&url=" (permanent) };
        }
    };
    html! { (link("application/json+oembed", "json")) (link("text/xml+oembed", "xml")) }
}

/// A block of data, which no policy on scripts concerns. Nothing in it can end the block: each `<` is written in the one
/// other way JSON has for it.
fn data(value: &Value) -> Markup {
    let json = value.to_string().replace('<', "\\u003c");
    html! { script type="application/ld+json" { (PreEscaped(json)) } }
}

/// The story in the words of schema.org.
fn article(site: &Surroundings, view: &View, address: &str) -> Value {
    let (origin, story, card) = (&site.origin, view.story, &view.story.card);
    let url = format!("{origin}{address}");
    let updated = if story.revisions > 1 { story.updated_at } else { card.published_at };
    let mut article = json!({
        "@type": kind(card.work),
        "@id": format!("{origin}/stories/{}", card.id),
        "url": url,
        "mainEntityOfPage": url,
        "headline": card.headline,
        "description": story.summary(),
        "datePublished": text::times::iso(card.published_at),
        "dateModified": text::times::iso(updated),
        "author": story.authors.iter().map(|author| person(origin, author)).collect::<Value>(),
        "publisher": publisher(site),
        "inLanguage": site.language,
        "articleSection": view.tree.path(card.section).iter().map(|section| section.name.as_str()).collect::<Value>(),
        "wordCount": card.words,
        "isAccessibleForFree": true,
    });
    let mut add = |name: &str, value: Option<Value>| value.into_iter().for_each(|value| article[name] = value);
    if let Some(licence) = view.licence() {
        let (year, _, _) = text::times::date(card.published_at, &view.now.zone);
        add("license", licence.address().map(Value::from));
        add("copyrightYear", Some(year.into()));
        add("copyrightNotice", Some(licence.notice(&format!("{year} {}", site.name)).into()));
    }
    add("image", image(origin, story));
    add("keywords", list(story.topics.iter().map(|topic| json!(topic.name))));
    add("inLanguage", words(&card.language));
    add("contentLocation", (!story.place.is_empty()).then(|| json!({ "@type": "Place", "name": story.place })));
    add("isBasedOn", list(story.sources.iter().map(source)));
    let corrections = story.corrections.iter().map(|correction| {
        json!({ "@type": "CorrectionComment", "text": correction.note, "datePublished": text::times::iso(correction.created_at) })
    });
    add("correction", list(corrections));
    article
}

/// Whoever shows the story elsewhere asks for a logo: a square of at least 112 pixels.
fn publisher(site: &Surroundings) -> Value {
    const SIDE: i64 = 180;
    let url = format!("{}{}", site.origin, web::assets::address("apple-touch-icon.png"));
    json!({
        "@type": "NewsMediaOrganization",
        "@id": format!("{}/#publisher", site.origin),
        "name": site.name,
        "url": format!("{}/", site.origin),
        "logo": { "@type": "ImageObject", "url": url, "width": SIDE, "height": SIDE },
    })
}

/// A press release is an article, but nobody's news.
fn kind(work: Work) -> &'static str {
    match work {
        Work::News => "NewsArticle",
        Work::Analysis => "AnalysisNewsArticle",
        Work::Opinion => "OpinionNewsArticle",
        Work::Review => "ReviewNewsArticle",
        Work::Sponsored => "AdvertiserContentArticle",
        Work::Press => "Article",
    }
}

fn person(origin: &str, author: &Author) -> Value {
    json!({ "@type": "Person", "name": author.name, "url": format!("{origin}{}", author.address()) })
}

fn image(origin: &str, story: &Story) -> Option<Value> {
    let file = story.card.picture.as_ref()?.social();
    let mut image = json!({
        "@type": "ImageObject",
        "url": format!("{origin}{}", file.address),
        "width": file.width,
        "height": file.height,
    });
    for (name, value) in [("caption", &story.caption), ("creditText", &story.credit)] {
        words(value).into_iter().for_each(|value| image[name] = value);
    }
    Some(image)
}

fn source(source: &Source) -> Value {
    let mut work = json!({ "@type": "CreativeWork", "name": source.title });
    words(&source.url).into_iter().for_each(|url| work["url"] = url);
    work
}

/// The way down from the front page; the story itself is its last step.
fn breadcrumbs(site: &Surroundings, view: &View) -> Value {
    let (origin, card) = (&site.origin, &view.story.card);
    let path = view.tree.path(card.section);
    let sections = path.iter().rev().map(|section| (section.name.as_str(), section.address()));
    let steps = [(site.name.as_str(), "/".to_owned())].into_iter().chain(sections).chain([(card.headline.as_str(), card.address())]);
    let step = |(index, (name, path)): (usize, (&str, String))| json!({ "@type": "ListItem", "position": index + 1, "name": name, "item": format!("{origin}{path}") });
    json!({ "@type": "BreadcrumbList", "itemListElement": steps.enumerate().map(step).collect::<Value>() })
}

fn words(words: &str) -> Option<Value> {
    (!words.is_empty()).then(|| words.into())
}

fn list(values: impl Iterator<Item = Value>) -> Option<Value> {
    let values: Vec<Value> = values.collect();
    (!values.is_empty()).then(|| values.into())
}
