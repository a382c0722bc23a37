//! Pictures for the demo town, painted when it is made: nothing to download, nothing to license.
//!
//! A scene is a short composition of shared layers: air, sun, ridges that fade with distance, buildings,
//! plants. Every seed varies places, shapes and the hour, and paints the same picture on every machine.
//! Scenes are laid out on a sheet of 1500 × 1000 and scaled to cover the size asked for, so other
//! proportions crop the edges. `tones` holds the palette of the whole site's illustrations;
//! `canvas` is the only file that knows tiny-skia.

mod afar;
mod canvas;
mod dice;
mod facades;
mod gatherings;
mod grounds;
mod hair;
mod halls;
mod land;
mod leisure;
mod outdoors;
mod plants;
mod portraits;
mod skies;
mod street_life;
mod streets;
mod tones;

#[cfg(test)]
mod tests;

pub use portraits::portrait;

use canvas::{Canvas, HEIGHT, WIDTH};
use dice::Dice;

/// What a picture shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scene {
    /// Table mountains at the end of the day.
    Mesa,
    /// Sand dunes under a low sun.
    Dunes,
    /// The main street with its shop fronts and palms.
    TownStreet,
    /// The water tower above the roofs.
    WaterTower,
    /// Stars over the ridge.
    NightSky,
    /// A summer storm with rain and lightning.
    Storm,
    /// Market stalls and people.
    Market,
    /// The school with its flag.
    School,
    /// A shop window before sunrise.
    Bakery,
    /// A straight road to the mountains.
    Road,
    /// Raised beds and a shade tree.
    Garden,
    /// A stage at night and its crowd.
    Concert,
    /// The town hall with its columns.
    Council,
    /// The public pool.
    Pool,
    /// The bus at its stop.
    Bus,
    /// A bighorn sheep on a ledge.
    Bighorn,
    /// The plant itself, in bloom.
    OcotilloBloom,
    /// A strait far away at dusk, with ships waiting: news from a war.
    Strait,
}

impl Scene {
    /// Every scene, in the order of their names above.
    pub const ALL: [Scene; 18] = [
        Scene::Mesa,
        Scene::Dunes,
        Scene::TownStreet,
        Scene::WaterTower,
        Scene::NightSky,
        Scene::Storm,
        Scene::Market,
        Scene::School,
        Scene::Bakery,
        Scene::Road,
        Scene::Garden,
        Scene::Concert,
        Scene::Council,
        Scene::Pool,
        Scene::Bus,
        Scene::Bighorn,
        Scene::OcotilloBloom,
        Scene::Strait,
    ];
}

/// Paints a scene as a PNG of the given size in pixels. Empty when a side is zero.
pub fn paint(scene: Scene, seed: u64, width: u32, height: u32) -> Vec<u8> {
    let dice = Dice::new(seed ^ (scene as u64) << 32);
    let mirrored = dice.chance(0.5);
    let Some(mut canvas) = Canvas::new(width, height, (WIDTH, HEIGHT), mirrored) else {
        return Vec::new();
    };
    let compose = match scene {
        Scene::Mesa => outdoors::mesas,
        Scene::Dunes => outdoors::dunes,
        Scene::NightSky => afar::night_sky,
        Scene::Storm => outdoors::storm,
        Scene::Road => outdoors::road,
        Scene::Bighorn => afar::bighorn,
        Scene::OcotilloBloom => outdoors::ocotillo_bloom,
        Scene::Strait => afar::strait,
        Scene::TownStreet => streets::town_street,
        Scene::WaterTower => streets::water_tower,
        Scene::Market => gatherings::market,
        Scene::School => halls::school,
        Scene::Bakery => gatherings::bakery,
        Scene::Garden => leisure::garden,
        Scene::Concert => gatherings::concert,
        Scene::Council => halls::council,
        Scene::Pool => leisure::pool,
        Scene::Bus => streets::bus,
    };
    compose(&mut canvas, &dice);
    canvas.finish(&dice, 5.0)
}
