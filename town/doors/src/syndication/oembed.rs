//! The provider of oEmbed 1.0: what another site should draw for a link to a story.
//!
//! The type is `link`: a title, an author, a picture. Nothing of ours can be framed elsewhere (the content policy says
//! so), and HTML from strangers is dropped by most who ask.

use axum::{
    Router,
    extract::{RawQuery, State},
    response::{IntoResponse as _, Response},
    routing::get,
};
use http::StatusCode;
use people::{Town, pictures::Shown, town::SITE};
use std::time::Duration;
use talk::PostId;
use things::{
    sections,
    stories::{self, Story},
};
use url::Url;
use web::{Cacheable, Error, Result, Tag};

use super::{document, xml::Xml};
use crate::cards::LISTING;

/// How long others may keep the answer (seconds).
const CACHE_AGE: &str = "3600";
const FRESH_FOR: Duration = Duration::from_secs(3600);

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/oembed", get(show))
}

async fn show(State(town): State<Town>, RawQuery(query): RawQuery) -> Result {
    let Some(asked) = Asked::parse(&query.unwrap_or_default(), town.origin())? else {
        return Ok((StatusCode::NOT_IMPLEMENTED, "Ask for format=json or format=xml.").into_response());
    };
    let id = asked.story;
    let story = town.db.read(move |tx| stories::find(tx, id)).await?;
    Ok(answer(&town, &asked, &story))
}

/// What a consumer asks for (oEmbed 1.0, §2.2).
struct Asked {
    story: PostId,
    xml: bool,
    max_width: i64,
    max_height: i64,
}

impl Asked {
    /// `None` for a format that nobody speaks (§2.3.4: 501).
    fn parse(query: &str, origin: &str) -> Result<Option<Self>> {
        let mut asked = Self { story: PostId::new(0), xml: false, max_width: i64::MAX, max_height: i64::MAX };
        let mut address = None;
        for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
            let pixels = || value.parse().ok().filter(|pixels| *pixels > 0);
            match &*name {
                "url" => address = Some(value.into_owned()),
                "format" if value == "json" => asked.xml = false,
                "format" if value == "xml" => asked.xml = true,
                "format" => return Ok(None),
                "maxwidth" => asked.max_width = pixels().unwrap_or(i64::MAX),
                "maxheight" => asked.max_height = pixels().unwrap_or(i64::MAX),
                _ => {}
            }
        }
        let address = address.ok_or(Error::Malformed("Say which story: /oembed?url= and its whole address.".into()))?;
        asked.story = story_at(&address, origin).ok_or(Error::NotFound)?;
        Ok(Some(asked))
    }
}

/// The story at an address of this site, with either scheme.
pub(crate) fn story_at(address: &str, origin: &str) -> Option<PostId> {
    let (address, origin) = (Url::parse(address).ok()?, Url::parse(origin).ok()?);
    let ours = matches!(address.scheme(), "http" | "https") && address.host() == origin.host() && address.port() == origin.port();
    let mut parts = address.path_segments().filter(|_| ours)?;
    if parts.next()? != "stories" {
        return None;
    }
    let story = parts.next()?.parse().ok()?;
    // The address of a story has a readable part or none; below it stand pages about the story.
    (parts.count() <= 1).then_some(story)
}

fn answer(town: &Town, asked: &Asked, story: &Story) -> Response {
    let fields = fields(town, asked, story);
    let authors = story.authors.iter().map(|author| Tag("account", author.id.get()));
    let tags = [SITE, LISTING, sections::tag(story.card.section)].into_iter().chain(authors).collect();
    let about = Cacheable { tags, fresh_for: FRESH_FOR, subject: None };
    if asked.xml {
        let body = Xml::document("oembed", &[], |xml| fields.iter().for_each(|(name, value)| xml.text(name, value)));
        return document("text/xml; charset=utf-8", body, about);
    }
    let object: serde_json::Map<String, serde_json::Value> =
        fields.into_iter().map(|(name, value)| (name.to_owned(), as_json(name, value))).collect();
    document("application/json", serde_json::Value::Object(object).to_string(), about)
}

fn fields(town: &Town, asked: &Asked, story: &Story) -> Vec<(&'static str, String)> {
    let (origin, card) = (town.origin(), &story.card);
    let names: Vec<&str> = story.authors.iter().map(|author| author.name.as_str()).collect();
    let mut fields = vec![
        ("version", "1.0".to_owned()),
        ("type", "link".to_owned()),
        ("title", card.headline.clone()),
        ("author_name", names.join(", ")),
        ("author_url", format!("{origin}{}", card.author.address())),
        ("provider_name", town.site().name.clone()),
        ("provider_url", format!("{origin}/")),
        ("cache_age", CACHE_AGE.to_owned()),
    ];
    if let Some(file) = card.picture.as_ref().map(Shown::social)
        && file.width <= asked.max_width
        && file.height <= asked.max_height
    {
        fields.extend([
            ("thumbnail_url", format!("{origin}{}", file.address)),
            ("thumbnail_width", file.width.to_string()),
            ("thumbnail_height", file.height.to_string()),
        ]);
    }
    fields
}

/// In JSON numbers are numbers.
fn as_json(name: &str, value: String) -> serde_json::Value {
    match (name, value.parse::<i64>()) {
        ("cache_age" | "thumbnail_width" | "thumbnail_height", Ok(number)) => number.into(),
        _ => value.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::story_at;
    use talk::PostId;

    #[test]
    fn only_addresses_of_our_stories_name_one() {
        let at = |address| story_at(address, "https://town.example");
        for ours in ["https://town.example/stories/7/a", "http://town.example/stories/7", "https://town.example/stories/7/a?x=1#y"] {
            assert_eq!(at(ours), Some(PostId::new(7)), "{ours}");
        }
        for other in [
            "https://town.example/",
            "https://town.example/stories/x",
            "https://town.example/sections/7",
            "https://town.example/stories/7/history/2",
            "https://town.example:8080/stories/7/a",
            "https://else.example/stories/7/a",
            "ftp://town.example/stories/7/a",
            "/stories/7/a",
            "",
        ] {
            assert_eq!(at(other), None, "{other}");
        }
    }
}
