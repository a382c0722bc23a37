//! Each story as a page in Markdown and in HTML, for people and programs that know nothing of the rest.

use ::people::recordings;
use anyhow::Context as _;
use jiff::{Timestamp, tz::TimeZone};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use std::{collections::HashMap, fs, path::Path};
use text::markdown::{self, Instead, Own};
use things::{
    sections::SectionId,
    stories::{Content, whole::Parcel},
};

use super::{
    Files, Watch,
    front_matter::FrontMatter,
    parcels::Parcels,
    rows::{SectionRow, SiteRow},
};

/// Writes them: `stories/YEAR/MONTH/SLUG-ID`, and `drafts/SLUG-ID` for words that nobody has published yet.
pub(super) fn write(folder: &Path, total: u64, watch: &Watch) -> anyhow::Result<()> {
    let files = Files::in_folder(folder);
    let site: SiteRow = files.read_one("site.json")?;
    let sections: Vec<SectionRow> = files.lines_of("sections.jsonl")?.collect::<Result<_, _>>()?;
    let shop = Shop { language: site.language, sections: sections.into_iter().map(|row| (row.id, row)).collect() };
    for (done, parcel) in (0..).zip(Parcels::of(&files)?) {
        watch.at("pages", done, total)?;
        shop.print(&parcel?, folder)?;
    }
    watch.at("pages", total, total)?;
    Ok(())
}

struct Shop {
    language: String,
    sections: HashMap<SectionId, SectionRow>,
}

impl Shop {
    fn print(&self, parcel: &Parcel, folder: &Path) -> anyhow::Result<()> {
        let story = &parcel.story;
        if story.removed.is_some() {
            return Ok(());
        }
        if let (Some(newest), Some(listed)) = (parcel.revisions.last(), story.listed) {
            // Sections may have been joined since; the story knows where it stands.
            let content = Content { section: story.section, ..newest.content.clone() };
            let day = TimeZone::UTC.to_datetime(Timestamp::from_millisecond(listed)?).date();
            let place = format!("stories/{:04}/{:02}", day.year(), day.month());
            self.page(parcel, &content, Some(listed), newest.at.max(listed), folder, &place)?;
        }
        if let Some((working, content)) = story.working.as_ref().and_then(|working| Some((working, working.content.as_ref()?))) {
            self.page(parcel, content, None, working.at, folder, "drafts")?;
        }
        Ok(())
    }

    fn page(
        &self,
        parcel: &Parcel,
        content: &Content,
        published: Option<i64>,
        updated: i64,
        folder: &Path,
        place: &str,
    ) -> anyhow::Result<()> {
        // From the page's folder up to the export's, and down to the media.
        let media = "../".repeat(place.split('/').count()) + "media/";
        let picture = content.picture.as_ref().map(|picture| format!("{media}{}.webp", picture.key));
        let path = self.path(content.section);
        let head = FrontMatter { story: &parcel.story, content, section: &path, published, updated, picture: picture.clone() };
        let body = markdown::replace_pictures(&content.body, &mut |named| match named.url.strip_prefix("/media/") {
            Some(file) => Instead::Picture(format!("{media}{file}")),
            None => Instead::Same,
        });
        let name = format!("{place}/{}-{}", text::slug(&content.headline), parcel.story.id);
        fs::create_dir_all(folder.join(place)).with_context(|| place.to_owned())?;
        let markdown = head.write() + body.trim_end() + "\n";
        fs::write(folder.join(format!("{name}.md")), markdown).with_context(|| name.clone())?;
        let page = self.html(parcel, content, published, &path, picture.as_deref(), &media).into_string();
        fs::write(folder.join(format!("{name}.html")), page + "\n").with_context(|| name.clone())
    }

    /// Names of a section and those above it, the outermost first. Ends even if the file held a circle.
    fn path(&self, section: Option<SectionId>) -> Vec<String> {
        let mut names = Vec::new();
        let mut next = section;
        while let Some(row) = next.and_then(|id| self.sections.get(&id)).filter(|_| names.len() < things::sections::MAX_DEPTH) {
            names.insert(0, row.name.clone());
            next = row.parent;
        }
        names
    }

    fn html(
        &self,
        parcel: &Parcel,
        content: &Content,
        published: Option<i64>,
        section: &[String],
        picture: Option<&str>,
        media: &str,
    ) -> Markup {
        // The wall lets no relative address through, so they are put in behind it: nothing that anybody wrote can stand
        // right behind `src="` but an address that begins like this.
        let body = markdown::render(&content.body, &player).replace("src=\"/media/", &format!("src=\"{media}"));
        let names: Vec<&str> = parcel.story.byline.iter().map(|author| author.name.as_str()).collect();
        html! {
            (DOCTYPE)
            html lang=(self.language) {
                head {
                    meta charset="utf-8";
                    meta name="viewport" content="width=device-width";
                    title { (content.headline) }
                    meta name="author" content=(names.join(", "));
                }
                body { article {
                    @if !section.is_empty() { p { (section.join(" · ")) } }
                    h1 dir="auto" { (content.headline) }
                    @if !content.standfirst.is_empty() { p dir="auto" { em { (content.standfirst) } } }
                    p {
                        "By " (names.join(", "))
                        @if let Some(at) = published.and_then(text::times::stamp::write) { ", " time datetime=(at) { (&at[..10]) } }
                    }
                    @if let (Some(src), Some(lead)) = (picture, &content.picture) {
                        figure { img src=(src) alt=(lead.alt); @if !lead.caption.is_empty() || !lead.credit.is_empty() { figcaption { (lead.caption) " " (lead.credit) } } }
                    }
                    (PreEscaped(body))
                    @if !content.sources.is_empty() { h2 { "Sources" } ul { @for source in &content.sources { li { @if source.url.is_empty() { (source.title) } @else { a href=(source.url) { (source.title) } } } } } }
                    @for revision in parcel.revisions.iter().filter(|revision| revision.correction.is_some()) {
                        p { strong { "Correction: " } (revision.correction.as_deref().unwrap_or_default()) }
                    }
                } }
            }
        }
    }
}

/// Recordings are no pictures.
fn player(asked: Own<'_>) -> Option<String> {
    let Own::Picture(address, words) = asked else { return None };
    let key = recordings::key_in(address)?;
    let video = key.ends_with(".mp4") || key.ends_with(".webm");
    let player = html! {
        @if video { video src=(address) controls aria-label=(words) {} } @else { audio src=(address) controls aria-label=(words) {} }
    };
    Some(player.into_string())
}
