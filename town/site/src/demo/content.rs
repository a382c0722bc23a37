//! The demo town as it was written: files of this repository, inside the program.

use anyhow::{Context as _, bail};
use figment::providers::{Format as _, Toml};
use include_dir::{Dir, include_dir};
use serde::{Deserialize, de::DeserializeOwned};
use things::{
    sections::Colour,
    stories::{Source, Work},
};

use super::{contexts::Added, organizations::Organization, reviews::Review, talks::Talk};

static FILES: Dir = include_dir!("$CARGO_MANIFEST_DIR/demo");

/// Everything that is told of the town.
pub(super) struct Content {
    pub site: Site,
    pub sections: Vec<Section>,
    pub people: Vec<Person>,
    pub front: Front,
    pub stories: Vec<Story>,
    pub albums: Vec<Album>,
    pub notes: Vec<Note>,
    pub talks: Vec<Talk>,
    pub reviews: Vec<Review>,
    pub contexts: Vec<Added>,
    pub organizations: Vec<Organization>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Site {
    pub name: String,
    pub tagline: String,
    pub footer: String,
    pub place: String,
    pub time_zone: String,
    pub language: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Section {
    pub slug: String,
    pub name: String,
    pub description: String,
    colour: String,
    pub parent: Option<String>,
    pub order: i64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Person {
    pub handle: String,
    pub name: String,
    pub level: String,
    pub bio: String,
    /// Seed of the portrait.
    pub portrait: u64,
    /// Where they are at home, as they tell everybody.
    #[serde(default)]
    pub home: String,
}

/// What the editors have arranged: numbers of stories, slugs of sections.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Front {
    pub lead: u32,
    pub row: Vec<u32>,
    pub strands: Vec<String>,
}

/// The pictures over some stories.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Album {
    pub title: String,
    pub description: String,
    pub author: String,
    age: String,
    /// Their numbers.
    pub stories: Vec<u32>,
}

impl Album {
    pub(super) fn age_ms(&self) -> anyhow::Result<i64> {
        span(&self.age)
    }
}

/// What somebody says in the town square.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Note {
    pub author: String,
    age: String,
    pub body: String,
    #[serde(default)]
    pub warning: String,
    #[serde(default)]
    pub place: String,
    #[serde(default)]
    pub audience: String,
    /// Numbers of stories whose pictures it shows, and what it says of each.
    #[serde(default)]
    pub pictures: Vec<u32>,
    #[serde(default)]
    pub alts: Vec<String>,
    /// Its place among the notes, from 1.
    pub quotes: Option<usize>,
    pub poll: Option<Poll>,
    /// Who chose which place, from 0.
    #[serde(default)]
    pub votes: Vec<(String, usize)>,
    #[serde(default)]
    pub shared: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Poll {
    pub choices: Vec<String>,
    pub hours: i64,
}

impl Note {
    pub(super) fn age_ms(&self) -> anyhow::Result<i64> {
        span(&self.age)
    }
}

/// A story: what stands above it in its file, its number, its body.
pub(super) struct Story {
    pub number: u32,
    pub head: Head,
    pub body: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    pub headline: String,
    pub standfirst: String,
    pub section: String,
    pub author: String,
    #[serde(default)]
    pub coauthors: Vec<String>,
    pub work: String,
    #[serde(default)]
    pub place: String,
    #[serde(default)]
    pub topics: Vec<String>,
    pub views: i64,
    /// The language it is written in, where that is not the site's. Stories cannot say so yet.
    #[serde(default, rename = "language")]
    _language: String,
    /// How long ago it was published or last touched.
    #[serde(default)]
    age: String,
    /// In how long it will be published, if it is scheduled.
    #[serde(default, rename = "in")]
    ahead: String,
    #[serde(default)]
    pub state: State,
    pub picture: Option<Picture>,
    #[serde(default)]
    pub sources: Vec<Source>,
    #[serde(default)]
    pub corrections: Vec<Correction>,
}

#[derive(Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum State {
    #[default]
    Published,
    Draft,
    Submitted,
    Scheduled,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Picture {
    pub scene: String,
    pub seed: u64,
    pub caption: String,
    pub credit: String,
    pub alt: String,
}

/// A public note, and the words that it put right.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Correction {
    pub note: String,
    pub was: String,
    pub now: String,
}

impl Content {
    pub(super) fn read() -> anyhow::Result<Self> {
        #[derive(Deserialize)]
        struct Sections {
            section: Vec<Section>,
        }
        #[derive(Deserialize)]
        struct People {
            person: Vec<Person>,
        }
        #[derive(Deserialize)]
        struct Albums {
            album: Vec<Album>,
        }
        #[derive(Deserialize)]
        struct Talks {
            talk: Vec<Talk>,
        }
        #[derive(Deserialize)]
        struct Reviews {
            review: Vec<Review>,
        }
        #[derive(Deserialize)]
        struct Contexts {
            context: Vec<Added>,
        }
        #[derive(Deserialize)]
        struct Organizations {
            organization: Vec<Organization>,
        }
        #[derive(Deserialize)]
        struct Notes {
            note: Vec<Note>,
        }
        let mut stories = FILES
            .get_dir("stories")
            .context("there are no demo stories")?
            .files()
            .map(|file| {
                let name = file.path().file_name().and_then(|name| name.to_str()).unwrap_or_default();
                Story::read(name, file.contents_utf8().unwrap_or_default()).with_context(|| format!("demo/stories/{name}"))
            })
            .collect::<anyhow::Result<Vec<_>>>()?;
        // The oldest first, as they came into the world.
        stories.sort_by_key(|story| std::cmp::Reverse(story.head.age_ms().unwrap_or(0)));
        Ok(Self {
            site: table("site.toml")?,
            sections: table::<Sections>("sections.toml")?.section,
            people: table::<People>("people.toml")?.person,
            front: table("front.toml")?,
            albums: table::<Albums>("albums.toml")?.album,
            notes: table::<Notes>("notes.toml")?.note,
            talks: table::<Talks>("comments.toml")?.talk,
            reviews: table::<Reviews>("reviews.toml")?.review,
            contexts: table::<Contexts>("contexts.toml")?.context,
            organizations: table::<Organizations>("organizations.toml")?.organization,
            stories,
        })
    }
}

impl Section {
    pub(super) fn colour(&self) -> anyhow::Result<Colour> {
        self.colour.parse().map_err(|()| anyhow::anyhow!("section {}: there is no colour “{}”", self.slug, self.colour))
    }
}

impl Story {
    /// Its head stands between the first two lines of three dashes; later ones are rules in its text.
    fn read(name: &str, text: &str) -> anyhow::Result<Self> {
        let number = name.split('-').next().and_then(|number| number.parse().ok()).context("its name begins with a number")?;
        let rest = text.strip_prefix("---\n").context("it begins with a line of three dashes")?;
        let (head, body) = rest.split_once("\n---\n").context("its head ends with a line of three dashes")?;
        let head: Head = Toml::from_str(head).context("its head")?;
        head.age_ms()?;
        head.work()?;
        if head.state == State::Scheduled {
            head.ahead_ms()?;
        }
        Ok(Self { number, head, body: body.trim().to_owned() + "\n" })
    }

    /// The body as it stood before the corrections from this one on.
    pub(super) fn body_before(&self, correction: usize) -> String {
        let wrong = self.head.corrections.iter().skip(correction);
        wrong.fold(self.body.clone(), |body, correction| body.replace(&correction.now, &correction.was))
    }
}

impl Head {
    pub(super) fn age_ms(&self) -> anyhow::Result<i64> {
        if self.age.is_empty() { Ok(0) } else { span(&self.age) }
    }

    pub(super) fn ahead_ms(&self) -> anyhow::Result<i64> {
        span(&self.ahead)
    }

    pub(super) fn work(&self) -> anyhow::Result<Work> {
        self.work.parse().map_err(|()| anyhow::anyhow!("there is no type of work “{}”", self.work))
    }
}

fn table<T: DeserializeOwned>(name: &str) -> anyhow::Result<T> {
    let text = FILES.get_file(name).and_then(|file| file.contents_utf8()).with_context(|| format!("demo/{name} is missing"))?;
    Toml::from_str(text).with_context(|| format!("demo/{name}"))
}

/// Spans such as `2d 4h`, in milliseconds.
pub(super) fn span(text: &str) -> anyhow::Result<i64> {
    text.split_whitespace().map(part).sum()
}

fn part(text: &str) -> anyhow::Result<i64> {
    let (number, unit) = text.split_at(text.len().saturating_sub(1));
    let second = match unit {
        "s" => 1,
        "m" => 60,
        "h" => 60 * 60,
        "d" => 24 * 60 * 60,
        _ => bail!("“{text}” is no span of time such as 2d or 4h"),
    };
    Ok(number.parse::<i64>().with_context(|| format!("“{text}” is no span of time"))? * second * 1000)
}
