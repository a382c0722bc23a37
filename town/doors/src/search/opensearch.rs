//! `/opensearch.xml`: how browsers add the site to their own search (OpenSearch 1.1).

use axum::{extract::State, response::IntoResponse as _};
use http::header;
use maud::html;
use people::Town;
use web::Result;

/// Characters of the name that browsers show (OpenSearch 1.1, "ShortName").
const MAX_NAME: usize = 16;

pub(super) async fn show(State(town): State<Town>) -> Result {
    let (site, origin) = (town.site(), town.origin());
    let short: String = site.name.chars().filter(|c| !c.is_control()).take(MAX_NAME).collect();
    let url = |kind: &str, path: &str| {
        html! { (maud::PreEscaped(format!("<Url type=\"{kind}\" template=\"")))
        (origin) (path) "?q={searchTerms}" (maud::PreEscaped("\"/>")) }
    };
    let body = html! {
        (maud::PreEscaped("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">"))
        (maud::PreEscaped("<ShortName>")) (short.trim()) (maud::PreEscaped("</ShortName>"))
        (maud::PreEscaped("<Description>")) "Search " (site.name) (maud::PreEscaped("</Description>"))
        (url("text/html", "/search"))
        (url("application/json", "/search/suggestions"))
        (maud::PreEscaped("<InputEncoding>UTF-8</InputEncoding></OpenSearchDescription>\n"))
    };
    Ok(([(header::CONTENT_TYPE, "application/opensearchdescription+xml; charset=utf-8")], body.into_string()).into_response())
}
