//! The running site: what every room reaches through its state.

mod frame;
mod letter;
mod limits;
mod remembered;

use arc_swap::ArcSwap;
use db::{Db, Tx};
use jiff::tz::TimeZone;
use std::{ops::Deref, path::PathBuf, sync::Arc};
use tokio::sync::Notify;
use web::{
    Error, Frame, Live, Pages, Tag,
    audience::Audience,
    door::{Door, Trusted},
    layout::{Link, Surroundings},
};

use crate::{
    caller::Caller,
    clock::Clock,
    finding,
    identities::{Provider, Providers},
    levels::{self, GUEST, Levels},
    looks::{self, Looks},
    notices,
    prevention::Prevention,
    proof, safety,
    seal::Seal,
    sign_in,
    site::{self, Site},
    viewer::Viewer,
};

pub use frame::done_in_words;
pub use letter::{Letter, post_mail};
pub use limits::Limits;
pub use remembered::keep_up;

/// The tag of what every page shows: name, sections, footer.
pub const SITE: Tag = Tag("site", 0);

/// The running site. Cheap to clone.
#[derive(Clone)]
pub struct Town(Arc<Parts>);

/// What a [`Town`] is made of.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// Pages kept for guests.
    pub pages: Arc<Pages>,
    /// Who has seen what.
    pub audience: Arc<Audience>,
    /// What open pages are told as it happens.
    pub live: Arc<Live>,
    /// Files of pictures and recordings.
    pub media: media::Store,
    /// A folder of this machine for uploads that are not whole yet.
    pub uploads: PathBuf,
    /// Threads that decode pictures.
    pub painters: media::Workers,
    /// The way out to the web.
    pub fetch: fetch::Fetcher,
    /// Limits on what can be guessed or flooded.
    pub limits: Limits,
    /// What proofs of work are signed with.
    pub proofs: proof::Key,
    /// Who vouches for people: accounts elsewhere by which they sign in.
    pub providers: Providers,
    /// What only this site can read is sealed with it.
    pub seal: Seal,
    /// How services of browsers know that messages are ours.
    pub push: notices::push::Keys,
    /// What digests of contacts are salted with ([`finding::digest`]).
    pub contacts_salt: String,
    /// What time it is.
    pub clock: Clock,
    /// Whether people come over HTTPS.
    pub secure: bool,
    origin: String,
    bell: jobs::Bell,
    news: Arc<Notify>,
    sections: fn(&mut Tx) -> Result<Vec<Link>, db::Error>,
    standing: ArcSwap<Standing>,
}

/// What a [`Town`] is opened with.
pub struct Opening {
    /// The database, migrated.
    pub db: Db,
    /// Files of pictures and recordings.
    pub media: media::Store,
    /// A folder of this machine for uploads that are not whole yet; made when it is first needed.
    pub uploads: PathBuf,
    /// What time it is.
    pub clock: Clock,
    /// Scheme and host under which people reach the site, without a slash at the end.
    pub origin: String,
    /// Bytes for pages kept for guests.
    pub cache: u64,
    /// Names that lead to servers of a test.
    pub pins: fetch::Pins,
    /// Who vouches for people.
    pub providers: Vec<Provider>,
    /// The section bar: sections belong to a wing above, which hands the query down.
    pub sections: fn(&mut Tx) -> Result<Vec<Link>, db::Error>,
}

/// What seldom changes and is read by every page.
struct Standing {
    /// The change of it that was read last.
    version: i64,
    site: Option<Arc<Site>>,
    zone: TimeZone,
    levels: Arc<Levels>,
    looks: Arc<Looks>,
    prevention: Arc<Prevention>,
    safety: Arc<safety::Settings>,
    surroundings: Arc<Surroundings>,
}

impl Deref for Town {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl Town {
    /// Opens the town on a migrated database. Blocking: for the start of the program.
    ///
    /// # Errors
    /// When the database cannot be read, or no thread can be started.
    pub fn open(opening: Opening) -> Result<Self, Error> {
        let Opening { db, media, uploads, clock, origin, cache, pins, providers, sections } = opening;
        let standing = db.write_now({
            let origin = origin.clone();
            move |tx| {
                // Whoever was killed after a change and before telling of it tells now.
                remembered::changed(tx)?;
                Standing::read(tx, &origin, sections)
            }
        })?;
        let proofs = db.write_now(proof::key)?;
        let (seal, push) = db.write_now(|tx| {
            let seal = Seal::of_site(tx)?;
            let keys = notices::push::Keys::of_site(tx, &seal)?;
            Ok::<_, Error>((seal, keys))
        })?;
        let contacts_salt = db.write_now(finding::salt)?;
        Ok(Self(Arc::new(Parts {
            db,
            proofs,
            seal,
            providers: Providers::new(providers),
            contacts_salt,
            push,
            pages: Arc::new(Pages::new(cache)),
            audience: Arc::new(Audience::of(origin.split_once("://").map_or("", |(_, host)| host))),
            live: Arc::default(),
            news: Arc::default(),
            media,
            uploads,
            painters: media::Workers::new(1).map_err(Error::broken)?,
            fetch: fetch::Fetcher::with_pins(&format!("Ocotillo (+{origin}/)"), pins).map_err(Error::broken)?,
            limits: Limits::default(),
            clock,
            secure: origin.starts_with("https://"),
            origin,
            bell: jobs::Bell::default(),
            sections,
            standing: ArcSwap::from_pointee(standing),
        })))
    }

    /// Reads again what every page shows, after the site, its levels, its sections or its filters have changed here. Other nodes notice
    /// within a minute ([`keep_up`]).
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn reload(&self) -> Result<(), Error> {
        self.db.write(remembered::changed).await?;
        self.read_again().await
    }

    async fn read_again(&self) -> Result<(), Error> {
        let (origin, sections) = (self.origin.clone(), self.sections);
        let standing = self.db.read(move |tx| Standing::read(tx, &origin, sections)).await?;
        self.standing.store(Arc::new(standing));
        self.pages.changed(&[SITE]);
        Ok(())
    }

    /// The site; a nameless one before it is set up.
    pub fn site(&self) -> Arc<Site> {
        self.standing.load().site.clone().unwrap_or_else(|| Arc::new(Site::nameless()))
    }

    /// Whether the site has been set up.
    pub fn is_set_up(&self) -> bool {
        self.standing.load().site.is_some()
    }

    /// The site's time zone.
    pub fn zone(&self) -> TimeZone {
        self.standing.load().zone.clone()
    }

    /// How the site looks.
    pub fn looks(&self) -> Arc<Looks> {
        Arc::clone(&self.standing.load().looks)
    }

    /// What is looked at before a post appears.
    pub fn prevention(&self) -> Arc<Prevention> {
        Arc::clone(&self.standing.load().prevention)
    }

    /// What the site set for everybody's safety.
    pub fn safety(&self) -> Arc<safety::Settings> {
        Arc::clone(&self.standing.load().safety)
    }

    /// The footer that the program brings along: lists of links, each under a heading.
    pub fn usual_footer(&self) -> Vec<(String, Vec<Link>)> {
        frame::footer(self.site().joining)
    }

    /// Levels and what they may do.
    pub fn levels(&self) -> Arc<Levels> {
        Arc::clone(&self.standing.load().levels)
    }

    /// Milliseconds since 1970.
    pub fn now(&self) -> i64 {
        self.clock.now()
    }

    /// Scheme and host of the site.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// Rings for the jobs: there is something to do at once.
    pub fn wake(&self) {
        self.bell.ring();
    }

    /// Rung by [`Town::wake`].
    pub fn bell(&self) -> &jobs::Bell {
        &self.bell
    }

    /// Wakes whoever tells open pages what is new: something was written.
    pub fn news(&self) -> &Notify {
        &self.news
    }

    /// One unit of reading that begins with who is asking: one hop for the whole page.
    pub async fn read<T, F>(&self, caller: &Caller, mut unit: F) -> Result<(Viewer, T), Error>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx, &Viewer) -> Result<T, Error> + Send + 'static,
    {
        let (session, levels, now) = (caller.session.clone(), self.levels(), self.now());
        let (viewer, due, value) = self
            .db
            .read(move |tx| -> Result<_, Error> {
                let (viewer, due) = sign_in::viewer(tx, session.as_deref(), &levels, now)?;
                let value = unit(tx, &viewer)?;
                Ok((viewer, due, value))
            })
            .await?;
        if let (true, Some(me)) = (due, &viewer.me) {
            let session = me.session;
            // Nobody waits for it, and losing it loses nothing but an hour of a session's month.
            let _ = self
                .db
                .write(move |tx| sign_in::touch(tx, session, now))
                .await
                .map_err(|error: db::Error| tracing::warn!(%error, "session not touched"));
        }
        Ok((viewer, value))
    }

    /// Who is asking, when nothing else is read. Guests cost no question.
    pub async fn viewer(&self, caller: &Caller) -> Result<Viewer, Error> {
        if caller.session.is_none() {
            return Ok(Viewer { me: None, permissions: self.levels().permissions(GUEST), limits: self.levels().limits(GUEST) });
        }
        Ok(self.read(caller, |_, _| Ok(())).await?.0)
    }

    /// One unit of writing that begins with who is asking.
    pub async fn write<T, F>(&self, caller: &Caller, mut unit: F) -> Result<(Viewer, T), Error>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx, &Viewer) -> Result<T, Error> + Send + 'static,
    {
        let (session, levels, now) = (caller.session.clone(), self.levels(), self.now());
        let written = self
            .db
            .write(move |tx| -> Result<_, Error> {
                let (viewer, _) = sign_in::viewer(tx, session.as_deref(), &levels, now)?;
                let value = unit(tx, &viewer)?;
                Ok((viewer, value))
            })
            .await;
        self.news.notify_one();
        written
    }

    /// The same by somebody signed in, who does it so often at most. Who they are is asked in the unit itself, and so it is one hop.
    ///
    /// # Errors
    /// `SignIn` for guests, `TooMany` for whoever has no try left, and what the unit answers.
    pub async fn write_within<T, F>(
        &self,
        caller: &Caller,
        limit: fn(&Limits) -> &web::limits::Limit,
        mut unit: F,
    ) -> Result<(Viewer, T), Error>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx, &Viewer) -> Result<T, Error> + Send + 'static,
    {
        // A unit may run again.
        let (town, mut counted) = (self.clone(), false);
        self.write(caller, move |tx, viewer| {
            let me = viewer.me.as_ref().ok_or(Error::SignIn)?.id;
            if !counted {
                limit(&town.limits).by(&me)?;
                counted = true;
            }
            unit(tx, viewer)
        })
        .await
    }

    /// The door in front of the rooms.
    pub fn door(&self, routes: axum::Router<Self>, trusted: Trusted) -> Door {
        let (framed, clock) = (self.clone(), self.clock.clone());
        Door {
            router: routes.with_state(self.clone()),
            pages: Arc::clone(&self.pages),
            audience: Arc::clone(&self.audience),
            live: Arc::clone(&self.live),
            trusted,
            secure: self.secure,
            now: Box::new(move || clock.now()),
            draw_error: Box::new(move |page| crate::errors::page(&framed.plain_frame(), page).into_string()),
        }
    }

    /// What surrounds a page for this viewer.
    pub fn frame(&self, viewer: &Viewer, caller: &Caller) -> Frame {
        let standing = self.standing.load();
        Frame {
            site: Arc::clone(&standing.surroundings),
            unknown: false,
            person: viewer.me.as_ref().map(|me| frame::person(me, viewer)),
            today: text::times::dateline(self.now(), &standing.zone),
            notice: caller.done.as_deref().and_then(done_in_words).or_else(|| frame::standing_word(viewer)).map(ToOwned::to_owned),
        }
    }

    /// What surrounds a page of nobody in particular: errors.
    pub fn plain_frame(&self) -> Frame {
        let standing = self.standing.load();
        Frame {
            site: Arc::clone(&standing.surroundings),
            person: None,
            unknown: true,
            today: text::times::dateline(self.now(), &standing.zone),
            notice: None,
        }
    }
}

impl Standing {
    fn read(tx: &mut Tx, origin: &str, sections: fn(&mut Tx) -> Result<Vec<Link>, db::Error>) -> Result<Self, Error> {
        let site = site::load(tx)?;
        let shown = site.clone().unwrap_or_else(Site::nameless);
        let looks = looks::load(tx)?;
        let mut surroundings = Surroundings {
            name: shown.name.clone(),
            tagline: shown.tagline.clone(),
            sentence: shown.sentence.clone(),
            language: shown.language.clone(),
            direction: shown.direction(),
            origin: origin.to_owned(),
            sections: sections(tx)?,
            join: shown.joining.offers(),
            footer: frame::footer(shown.joining),
            hub: shown.hub.clone(),
            ..Surroundings::default()
        };
        looks.put(&mut surroundings);
        Ok(Self {
            version: remembered::version(tx)?,
            zone: shown.zone(),
            site: site.map(Arc::new),
            levels: Arc::new(levels::all(tx)?),
            looks: Arc::new(looks),
            prevention: Arc::new(Prevention::load(tx)?),
            safety: Arc::new(safety::Settings::load(tx)?),
            surroundings: Arc::new(surroundings),
        })
    }
}
