//! Painting all pictures of the demo town, a few at a time, and keeping them as uploads are kept.

use anyhow::Context as _;
use media::{Limits, Store};
use people::pictures::Picture;
use std::{
    collections::{BTreeSet, HashMap},
    io::{IsTerminal as _, Write as _},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::{
    content::Content,
    pictures::{Scene, paint, portrait},
};

/// As wide as a story shows them at most.
const SIZE: (u32, u32) = (1200, 800);
/// How a body names a picture that is to be painted: `scene:Mesa/44`.
const PREFIX: &str = "scene:";

/// A picture to be painted: the scene's name (none for a portrait) and its seed.
pub(super) type Order = (Option<String>, u64);

/// Pictures that are painted and stored.
#[derive(Clone)]
pub(super) struct Gallery(HashMap<Order, Picture>);

impl Gallery {
    /// Paints everything that this content names.
    pub(super) fn paint(content: &Content, store: &Store) -> anyhow::Result<Self> {
        let orders: Vec<Order> = orders(content).into_iter().collect();
        let (next, progress) = (AtomicUsize::new(0), Progress::over(orders.len()));
        let painted = Mutex::new(HashMap::new());
        let work = || -> anyhow::Result<()> {
            while let Some(order) = orders.get(next.fetch_add(1, Ordering::Relaxed)) {
                let picture = keep(order, store).with_context(|| format!("the picture {order:?}"))?;
                painted.lock().unwrap_or_else(PoisonError::into_inner).insert(order.clone(), picture);
                progress.one_more();
            }
            Ok(())
        };
        let threads = std::thread::available_parallelism().map_or(1, usize::from);
        std::thread::scope(|scope| {
            let all: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
            all.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(|_| Err(anyhow::anyhow!("painting failed"))))
        })?;
        Ok(Self(painted.into_inner().unwrap_or_else(PoisonError::into_inner)))
    }

    /// A painted picture.
    pub(super) fn get(&self, scene: Option<&str>, seed: u64) -> Option<&Picture> {
        self.0.get(&(scene.map(ToOwned::to_owned), seed))
    }

    /// A body with the addresses of its pictures, and those pictures.
    pub(super) fn hang(&self, body: &str) -> (String, Vec<&Picture>) {
        let mut hung = (body.to_owned(), Vec::new());
        for (scene, seed) in named_in(body) {
            let Some(picture) = self.get(Some(&scene), seed) else { continue };
            hung.0 = hung.0.replace(&format!("{PREFIX}{scene}/{seed}"), &people::pictures::address(&picture.key));
            hung.1.push(picture);
        }
        hung
    }
}

fn orders(content: &Content) -> BTreeSet<Order> {
    let portraits = content.people.iter().map(|person| (None, person.portrait));
    let leads = content.stories.iter().filter_map(|story| story.head.picture.as_ref());
    let leads = leads.map(|picture| (Some(picture.scene.clone()), picture.seed));
    let inside = content.stories.iter().flat_map(|story| named_in(&story.body)).map(|(scene, seed)| (Some(scene), seed));
    portraits.chain(leads).chain(inside).collect()
}

fn named_in(body: &str) -> Vec<(String, u64)> {
    let named = body.split(PREFIX).skip(1).filter_map(|rest| {
        let (scene, seed) = rest.split([' ', ')']).next()?.split_once('/')?;
        Some((scene.to_owned(), seed.parse().ok()?))
    });
    named.collect()
}

/// Paints one picture and puts it where uploads are.
fn keep((scene, seed): &Order, store: &Store) -> anyhow::Result<Picture> {
    let png = match scene {
        Some(name) => {
            let scene = Scene::ALL.into_iter().find(|scene| format!("{scene:?}") == *name);
            paint(scene.with_context(|| format!("there is no scene {name}"))?, *seed, SIZE.0, SIZE.1)
        }
        None => portrait(*seed),
    };
    let done = media::process(&png, &Limits::default()).map_err(|refused| anyhow::anyhow!("{refused}"))?;
    people::pictures::keep_now(store, &done)?;
    let key = done.key;
    let bytes = done.variants.iter().map(|variant| variant.bytes.len() as i64).sum();
    Ok(Picture {
        key,
        width: done.width.into(),
        height: done.height.into(),
        colour: done.colour,
        blur: done.blur,
        bytes,
        ..Picture::default()
    })
}

/// Says how far it is: on one line where people look, seldom where a file takes it.
struct Progress {
    done: AtomicUsize,
    all: usize,
}

impl Progress {
    fn over(all: usize) -> Self {
        Self { done: AtomicUsize::new(0), all }
    }

    fn one_more(&self) {
        let (done, all) = (self.done.fetch_add(1, Ordering::Relaxed) + 1, self.all);
        let mut out = std::io::stdout().lock();
        if out.is_terminal() {
            let end = if done == all { "\n" } else { "" };
            let _ = write!(out, "\rPainting pictures {done}/{all}{end}").and_then(|()| out.flush());
        } else if done % 20 == 0 || done == all {
            let _ = writeln!(out, "Painting pictures {done}/{all}");
        }
    }
}
