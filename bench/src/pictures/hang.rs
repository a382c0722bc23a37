//! A story with pictures, put into a town as an author does.

use anyhow::{Result, anyhow};
use people::pictures::{self, Picture};
use things::stories::{self, Content, LeadPicture};

use super::photo;
use crate::seed::{self, Town};

/// One over the story and three in it.
const PICTURES: u64 = 4;

/// Publishes it and answers its address and the keys of its pictures: below it stand other stories, whose pictures have no files.
pub fn story(town: &Town) -> Result<(String, Vec<String>)> {
    let store = media::Store::folder(town.folder.join("media"))?;
    let hung = (1..=PICTURES).map(|number| hang(&store, number)).collect::<Result<Vec<Picture>>>()?;
    let keys = hung.iter().map(|picture| picture.key.clone()).collect();
    let (db, now, author, (section, _)) = (town.open()?, seed::now(), seed::author(), town.section());
    let body: String = hung
        .iter()
        .skip(1)
        .map(|picture| format!("The wash in the evening.\n\n![A wash]({})\n\n", pictures::address(&picture.key)))
        .collect();
    let content = Content {
        headline: format!("Four pictures of {now}"),
        standfirst: "The wash in the evening.".into(),
        body,
        section: Some(things::sections::SectionId::new(section)),
        picture: hung.first().map(|lead| LeadPicture { key: lead.key.clone(), alt: "A wash".into(), ..LeadPicture::default() }),
        ..Content::default()
    };
    let id = db.write_now(move |tx| -> Result<_, web::Error> {
        for picture in &hung {
            pictures::insert(tx, picture, author, now)?;
        }
        let id = stories::create(tx, author, &content, now)?;
        stories::publish(tx, id, None, author, now)?;
        Ok(id)
    });
    let id = id.map_err(|error| anyhow!(error.words()))?;
    db.close();
    Ok((stories::address(id, &text::slug(&format!("Four pictures of {now}"))), keys))
}

/// Wider than any width that is kept: how much larger the photograph was makes no difference on the page.
fn hang(store: &media::Store, number: u64) -> Result<Picture> {
    let file = photo::jpeg(number, 3_000, 2_000)?;
    let done = media::process(&file, &media::Limits::default())?;
    pictures::keep_now(store, &done)?;
    Ok(Picture {
        width: done.width.into(),
        height: done.height.into(),
        bytes: done.variants.iter().map(|variant| variant.bytes.len() as i64).sum(),
        key: done.key,
        colour: done.colour,
        blur: done.blur,
        ..Picture::default()
    })
}
