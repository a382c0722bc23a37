//! The story in the words of schema.org. Every look at a story writes it, so it borrows what it says.

use maud::{Markup, PreEscaped, html};
use serde::Serialize;
use web::layout::Surroundings;

use super::{View, judged::Reviewed};
use crate::stories::{Story, Work};

/// A block of data, which no policy on scripts concerns. Nothing in it can end the block: each `<` is written in the one
/// other way JSON has for it.
pub(super) fn block(site: &Surroundings, view: &View, address: &str) -> Markup {
    let graph = Graph { context: "https://schema.org", graph: (Article::of(site, view, address), Breadcrumbs::of(site, view)) };
    let json = serde_json::to_string(&graph).unwrap_or_default().replace('<', "\\u003c");
    html! { script type="application/ld+json" { (PreEscaped(json)) } }
}

#[derive(Serialize)]
struct Graph<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: (Article<'a>, Breadcrumbs<'a>),
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Article<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    main_entity_of_page: String,
    url: String,
    headline: &'a str,
    description: &'a str,
    date_published: String,
    date_modified: String,
    author: Vec<Person<'a>>,
    publisher: Publisher<'a>,
    in_language: &'a str,
    article_section: Vec<&'a str>,
    word_count: i64,
    is_accessible_for_free: bool,
    comment_count: i64,
    #[serde(flatten)]
    terms: Option<Terms>,
    #[serde(skip_serializing_if = "Option::is_none")]
    image: Option<Image<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    keywords: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_location: Option<Named<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    is_based_on: Vec<Named<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    correction: Vec<Correction<'a>>,
    #[serde(flatten)]
    reviewed: Option<Reviewed<'a>>,
}

impl<'a> Article<'a> {
    fn of(site: &'a Surroundings, view: &'a View, address: &str) -> Self {
        let (origin, story, card) = (&site.origin, view.story, &view.story.card);
        let url = format!("{origin}{address}");
        let updated = if story.revisions > 1 { story.updated_at } else { card.published_at };
        Self {
            kind: kind(card.work),
            id: format!("{origin}/stories/{}", card.id),
            main_entity_of_page: url.clone(),
            url,
            headline: &card.headline,
            description: view.summary,
            date_published: text::times::iso(card.published_at),
            date_modified: text::times::iso(updated),
            author: story.authors.iter().map(|author| Person::of(&author.name, format!("{origin}{}", author.address()))).collect(),
            publisher: Publisher::of(site),
            in_language: if card.language.is_empty() { &site.language } else { &card.language },
            article_section: view.tree.path(card.section).iter().map(|section| section.name.as_str()).collect(),
            word_count: card.words,
            is_accessible_for_free: true,
            comment_count: card.counts.comments,
            terms: Terms::of(site, view),
            image: Image::of(origin, story),
            keywords: story.topics.iter().map(|topic| topic.name.as_str()).collect(),
            content_location: (!story.place.is_empty()).then(|| Named { kind: "Place", name: &story.place, url: None }),
            is_based_on: story
                .sources
                .iter()
                .map(|source| Named { kind: "CreativeWork", name: &source.title, url: words(&source.url) })
                .collect(),
            correction: story.corrections.iter().map(|correction| Correction::of(&correction.note, correction.created_at)).collect(),
            reviewed: view.beneath.reviewed.map(|summary| Reviewed::of(summary, origin)),
        }
    }
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

#[derive(Serialize)]
pub(super) struct Person<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    url: String,
}

impl<'a> Person<'a> {
    pub fn of(name: &'a str, url: String) -> Self {
        Self { kind: "Person", name, url }
    }
}

#[derive(Serialize)]
struct Publisher<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "@id")]
    id: String,
    name: &'a str,
    url: String,
    logo: Image<'a>,
}

impl<'a> Publisher<'a> {
    /// Whoever shows the story elsewhere asks for a logo: a square of at least 112 pixels.
    fn of(site: &'a Surroundings) -> Self {
        const SIDE: i64 = 180;
        let (address, side) = match &site.icon {
            Some((_, large, side)) => (large.as_str(), *side),
            None => (web::assets::address("apple-touch-icon.png"), SIDE),
        };
        let url = format!("{}{address}", site.origin);
        Self {
            kind: "NewsMediaOrganization",
            id: format!("{}/#publisher", site.origin),
            name: &site.name,
            url: format!("{}/", site.origin),
            logo: Image { kind: "ImageObject", url, width: side, height: side, caption: None, credit_text: None },
        }
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Image<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    url: String,
    width: i64,
    height: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    caption: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    credit_text: Option<&'a str>,
}

impl<'a> Image<'a> {
    fn of(origin: &str, story: &'a Story) -> Option<Self> {
        let file = story.card.picture.as_ref()?.social();
        let url = format!("{origin}{}", file.address);
        let (width, height) = (file.width, file.height);
        Some(Self { kind: "ImageObject", url, width, height, caption: words(&story.caption), credit_text: words(&story.credit) })
    }
}

/// Under which terms others may use it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Terms {
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<&'static str>,
    copyright_year: i16,
    copyright_notice: String,
}

impl Terms {
    fn of(site: &Surroundings, view: &View) -> Option<Self> {
        let licence = view.licence()?;
        let (copyright_year, _, _) = text::times::date(view.story.card.published_at, &view.now.zone);
        let copyright_notice = licence.notice(&format!("{copyright_year} {}", site.name));
        Some(Self { license: licence.address(), copyright_year, copyright_notice })
    }
}

/// Something that has little more than a name.
#[derive(Serialize)]
struct Named<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Correction<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    text: &'a str,
    date_published: String,
}

impl<'a> Correction<'a> {
    fn of(text: &'a str, at: i64) -> Self {
        Self { kind: "CorrectionComment", text, date_published: text::times::iso(at) }
    }
}

/// The way down from the front page; the story itself is its last step.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Breadcrumbs<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    item_list_element: Vec<Step<'a>>,
}

#[derive(Serialize)]
struct Step<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    position: usize,
    name: &'a str,
    item: String,
}

impl<'a> Breadcrumbs<'a> {
    fn of(site: &'a Surroundings, view: &'a View) -> Self {
        let card = &view.story.card;
        let path = view.tree.path(card.section);
        let sections = path.into_iter().rev().map(|section| (section.name.as_str(), section.address()));
        let steps = [(site.name.as_str(), "/".to_owned())].into_iter().chain(sections).chain([(card.headline.as_str(), card.address())]);
        let step = |(index, (name, path)): (usize, (&'a str, String))| {
            let item = format!("{}{path}", site.origin);
            Step { kind: "ListItem", position: index + 1, name, item }
        };
        Self { kind: "BreadcrumbList", item_list_element: steps.enumerate().map(step).collect() }
    }
}

fn words(words: &str) -> Option<&str> {
    (!words.is_empty()).then_some(words)
}
