//! What neighbours say in the demo's town square.

use db::Tx;
use people::AccountId;
use std::collections::HashMap;
use talk::{
    PostId,
    files::Attached,
    posts::{Audience, Visibility},
    shares::{
        ShareId,
        whole::{Line, take_in},
    },
};
use things::{
    notes::{self, Written},
    polls::{self, Asked},
};
use web::Error;

use super::{
    content::Note,
    load::{Loading, broken, known},
};

/// A vote, or a share, comes so much later.
const LATER_MS: i64 = 11 * 60 * 1000;

/// Writes the notes, the oldest first, with what others did with them. Answers their ids.
pub(super) fn write(loading: &Loading, tx: &mut Tx, people: &HashMap<String, AccountId>) -> Result<Vec<PostId>, Error> {
    let mut ids: Vec<PostId> = Vec::new();
    for note in &loading.content.notes {
        let at = loading.now - note.age_ms().map_err(broken)?;
        let written = written(loading, note, &ids)?;
        let (id, _) = notes::post(tx, known(people, &note.author)?, &written, at)?;
        ids.push(id);
        let later = (at + LATER_MS).min(loading.now);
        for (voter, place) in &note.votes {
            polls::cast(tx, id, known(people, voter)?, &[*place], later)?;
        }
        for sharer in &note.shared {
            take_in(tx, &Line { id: ShareId::fresh(), by: known(people, sharer)?, post: id, at: later })?;
        }
    }
    Ok(ids)
}

fn written(loading: &Loading, note: &Note, before: &[PostId]) -> Result<Written, Error> {
    let of = |number: &u32| {
        let lead = loading.content.stories.iter().find(|story| story.number == *number)?.head.picture.as_ref()?;
        loading.gallery.get(Some(&lead.scene), lead.seed)
    };
    let shown = note.pictures.iter().zip(&note.alts).filter_map(|(number, alt)| Some((of(number)?, alt)));
    let body = text::note::clean(&note.body);
    let quoted = note.quotes.map(|place| before.get(place - 1).copied().ok_or_else(|| Error::broken("a note quotes one after it")));
    let audience = if note.audience.is_empty() { Ok(Visibility::Public.into()) } else { note.audience.parse::<Audience>() };
    Ok(Written {
        content: notes::Content {
            sensitive: false,
            language: text::language::detect(&body).unwrap_or_default().to_owned(),
            warning: note.warning.clone(),
            place: note.place.clone(),
            pictures: shown.map(|(picture, alt)| Attached { key: picture.key.clone(), alt: alt.clone() }).collect(),
            recording: None,
            quoted: quoted.transpose()?,
            body,
        },
        audience: audience.map_err(|()| Error::broken(format!("“{}” is no audience", note.audience)))?,
        speaker: None,
        poll: note.poll.as_ref().map(|poll| Asked { choices: poll.choices.clone(), several: false, hours: poll.hours }),
    })
}
