//! `robots.txt` (RFC 9309), which the site's people edit at the desk.

use axum::{Router, extract::State, response::Response, routing::get};
use db::{Tx, params};
use people::{Town, town::SITE};
use std::time::Duration;
use web::{Cacheable, Form, Problems, Result};

/// More than anybody writes by hand; programs read at least 500 KiB of it (§2.5).
const MAX_ROBOTS: usize = 20_000;

/// What programs that walk the web are told. Empty for the usual words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Robots(String);

pub(super) fn routes() -> Router<Town> {
    Router::new().route("/robots.txt", get(show))
}

async fn show(State(town): State<Town>) -> Result<Response> {
    let robots = town.db.read(Robots::load).await?;
    let about = Cacheable { tags: vec![SITE], fresh_for: Duration::from_secs(3600), subject: None };
    Ok(super::document("text/plain; charset=utf-8", robots.words(town.origin()), about))
}

impl Robots {
    /// Reads the field `robots` of the desk's form. The usual words are kept as none, so that they follow the site to
    /// another address.
    pub(crate) fn parse(form: &Form, origin: &str, problems: &mut Problems) -> Self {
        let typed = form.text("robots").trim();
        if typed.len() > MAX_ROBOTS {
            problems.add("robots", format!("Use at most {MAX_ROBOTS} characters here."));
        }
        if let Some(number) = typed.lines().position(|line| !is_rule(line)) {
            problems.add("robots", format!("Line {} is no rule. Write each as Disallow: /path, or begin it with #.", number + 1));
        }
        if typed == usual(origin).trim() { Self::default() } else { Self(typed.to_owned()) }
    }

    /// What the file says.
    pub(crate) fn words(&self, origin: &str) -> String {
        if self.0.is_empty() { usual(origin) } else { format!("{}\n", self.0) }
    }

    /// As the site's people left it.
    pub(crate) fn load(tx: &mut Tx) -> Result<Self, db::Error> {
        let kept = tx.first("select robots from site where id = 1", params![], |row| row.get(0))?;
        Ok(Self(kept.unwrap_or_default()))
    }

    /// Keeps it.
    pub(crate) fn save(&self, tx: &mut Tx) -> Result<(), db::Error> {
        tx.run("update site set robots = $1 where id = 1", params![&self.0])?;
        Ok(())
    }
}

/// Everything may be read; what only members use is not worth the walk.
fn usual(origin: &str) -> String {
    format!("User-agent: *\nDisallow: /admin\nDisallow: /write\nDisallow: /settings\n\nSitemap: {origin}/sitemap.xml\n")
}

/// Fields are words and hyphens (§2.2); which ones a program knows is its own affair.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    let field = line.split_once(':').map(|(field, _)| field.trim_end());
    line.is_empty()
        || line.starts_with('#')
        || field.is_some_and(|field| !field.is_empty() && field.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
}
