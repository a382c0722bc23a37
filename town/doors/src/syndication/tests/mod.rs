#![allow(clippy::unwrap_used)]

mod checker;
mod feeds;
mod fragment;
mod nasty;
mod oembed;
mod robots;
mod sitemaps;
mod websub;

use talk::PostId;
use things::stories::{Content, LeadPicture, Source, Work};

use crate::newsroom::{HOUR, Newsroom, content};

/// A picture that the tests' stories show.
const PICTURE: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-1280";
/// Its file for other programs.
const JPEG: &str = "http://localhost/media/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa-1080.jpg";

/// A story with everything that can go wrong on its way into another format.
fn hard_story(news: &Newsroom) -> (PostId, Content) {
    let owner = news.ana.id;
    let picture = people::pictures::Picture {
        key: PICTURE.into(),
        width: 1280,
        height: 720,
        colour: "#888888".into(),
        ..people::pictures::Picture::default()
    };
    news.town.town.db.write_now(move |tx| people::pictures::insert(tx, &picture, owner, 0)).unwrap();
    let content = Content {
        headline: "Pipes & <valves>: “it’s \"done\"” ]]>".into(),
        standfirst: "A < B && C > D".into(),
        body: format!(
            "See [the map](/sections/water) and [below](#the-pipe).\n\n## The pipe\n\n![A pipe](/media/{PICTURE}.webp \"Old | Lou\")\n\n`<a href=\"/x\">` ]]> & done."
        ),
        topics: vec!["WaterLine".into()],
        work: Work::Opinion,
        sources: vec![
            Source { title: "Minutes & more".into(), url: "https://records.example/?a=1&b=2".into() },
            Source { title: "A talk".into(), url: String::new() },
        ],
        picture: Some(LeadPicture {
            key: PICTURE.into(),
            caption: "The <old> pipe".into(),
            credit: "Lou".into(),
            alt: "A \"pipe\"".into(),
        }),
        ..content("", news.water)
    };
    (news.publish(&content, HOUR), content)
}
