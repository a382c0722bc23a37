//! What pictures cost: their bytes on a page, the time and memory of preparing them.

mod hang;
mod page;
mod photo;
mod prepare;

pub use prepare::{Arguments, prepare};

use anyhow::Result;

use crate::{Plan, children::Server, load::Connection, seed};

/// Stories of the town in which pictures are hung: as few as there can be.
const TOWN: usize = 100;
/// What these rows are called.
const WEIGHT: &str = "picture page";
const PREPARING: &str = "pictures prepared";

/// What was measured.
#[derive(Default)]
pub struct Pictures {
    /// A story's page with pictures, at several screens.
    pub weights: Vec<Weight>,
    /// Preparing pictures of 24 megapixels.
    pub prepared: Vec<Prepared>,
}

/// What one screen fetches of a page.
pub struct Weight {
    /// Which screen.
    pub screen: &'static str,
    /// How many pictures the page shows.
    pub pictures: usize,
    /// Bytes of the page itself.
    pub html: usize,
    /// Bytes of its pictures as WebP.
    pub webp: usize,
    /// The same as JPEG.
    pub jpeg: usize,
}

/// Preparing pictures in a process that does nothing else.
pub struct Prepared {
    /// Pictures at once.
    pub threads: usize,
    /// Pictures a minute.
    pub per_minute: f64,
    /// The most memory of the process, in bytes.
    pub peak: u64,
    /// Bytes of the picture's file.
    pub file: usize,
}

/// Whether anything here is asked for.
pub fn wanted(only: &str) -> bool {
    [WEIGHT, PREPARING].iter().any(|name| name.contains(only))
}

/// Measures what is asked for.
pub async fn all(plan: &Plan) -> Result<Pictures> {
    let mut pictures = Pictures::default();
    if WEIGHT.contains(&plan.only) {
        eprintln!("{WEIGHT}");
        pictures.weights = weights(plan).await?;
    }
    if PREPARING.contains(&plan.only) {
        eprintln!("{PREPARING}");
        pictures.prepared = prepare::measure(plan)?;
    }
    Ok(pictures)
}

async fn weights(plan: &Plan) -> Result<Vec<Weight>> {
    let town = seed::town(&plan.folder, TOWN, None)?;
    let (path, keys) = hang::story(&town)?;
    let server = Server::town(&town).await?;
    let mut connection = Connection::open(server.address).await?;
    let mut weights = Vec::new();
    for screen in &page::SCREENS {
        weights.push(page::weight(&mut connection, &path, &keys, screen).await?);
    }
    Ok(weights)
}
