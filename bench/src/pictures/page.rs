//! Which files of a page's pictures a browser fetches, and how many bytes they are.

use anyhow::{Context as _, Result, ensure};

use super::Weight;
use crate::load::{Connection, get};

/// A screen.
pub struct Screen {
    name: &'static str,
    /// Its width in CSS pixels.
    width: f64,
    /// Its own pixels for each of those.
    density: f64,
}

/// A phone of today, and a desktop whose screen is not denser than the page.
pub const SCREENS: [Screen; 2] = [
    Screen { name: "phone, 390 pixels at 3×", width: 390.0, density: 3.0 },
    Screen { name: "desktop, 1,280 pixels at 1×", width: 1_280.0, density: 1.0 },
];
/// CSS pixels of a rem.
const REM: f64 = 16.0;

/// What a screen fetches of a page and of these pictures on it, down to its end.
pub async fn weight(connection: &mut Connection, path: &str, keys: &[String], screen: &Screen) -> Result<Weight> {
    let page = fetch(connection, path).await?;
    let text = String::from_utf8_lossy(&page).into_owned();
    let mut weight = Weight { screen: screen.name, pictures: 0, html: page.len(), webp: 0, jpeg: 0 };
    for picture in text.split("<picture>").skip(1) {
        let picture = picture.split("</picture>").next().unwrap_or_default();
        let (source, image) = picture.split_once("<img").context("a picture without an image")?;
        if !keys.iter().any(|key| source.contains(key.as_str())) {
            continue;
        }
        weight.webp += fetch(connection, chosen(source, screen)?).await?.len();
        weight.jpeg += fetch(connection, chosen(image, screen)?).await?.len();
        weight.pictures += 1;
    }
    ensure!(weight.pictures == keys.len(), "{path} shows {} of {} pictures", weight.pictures, keys.len());
    Ok(weight)
}

async fn fetch(connection: &mut Connection, path: &str) -> Result<Vec<u8>> {
    let answer = connection.ask(&get(path, None)).await?;
    ensure!(answer.status == 200, "{path} was answered with {}", answer.status);
    Ok(connection.body(&answer).to_vec())
}

/// The file a browser takes (HTML §4.8.4.3.7): the smallest that is as wide as its place, else the largest.
fn chosen<'a>(element: &'a str, screen: &Screen) -> Result<&'a str> {
    let needed = place(attribute(element, "sizes")?, screen).context("sizes that are not understood")? * screen.density;
    let offered = attribute(element, "srcset")?.split(", ").map(|one| {
        let (address, width) = one.split_once(' ')?;
        Some((address, width.trim_end_matches('w').parse::<f64>().ok()?))
    });
    let offered = offered.collect::<Option<Vec<_>>>().context("a srcset that is not understood")?;
    let fits = offered.iter().find(|(_, width)| *width >= needed).or(offered.last());
    fits.map(|(address, _)| *address).context("an empty srcset")
}

/// CSS pixels that a picture takes, as `sizes` says it: `(min-width: 46rem) 42rem, 100vw`.
fn place(sizes: &str, screen: &Screen) -> Option<f64> {
    sizes.split(", ").find_map(|part| match part.strip_prefix("(min-width: ") {
        Some(conditional) => {
            let (least, length) = conditional.split_once(") ")?;
            (screen.width >= pixels(least, screen)?).then(|| pixels(length, screen))?
        }
        None => pixels(part, screen),
    })
}

fn pixels(length: &str, screen: &Screen) -> Option<f64> {
    let (number, unit) = match length.strip_suffix("rem") {
        Some(number) => (number, REM),
        None => (length.strip_suffix("vw")?, screen.width / 100.0),
    };
    Some(number.parse::<f64>().ok()? * unit)
}

fn attribute<'a>(element: &'a str, name: &str) -> Result<&'a str> {
    let value = element.split_once(&format!(" {name}=\"")).and_then(|(_, rest)| rest.split_once('"'));
    value.map(|(value, _)| value).with_context(|| format!("no {name} in {element}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_takes_the_smallest_file_that_is_wide_enough() -> Result<()> {
        let element = r#" srcset="/a-320.webp 320w, /a-640.webp 640w, /a-1080.webp 1080w" sizes="(min-width: 46rem) 42rem, 100vw""#;
        let [phone, desktop] = &SCREENS;
        assert_eq!(chosen(element, phone)?, "/a-1080.webp", "1,170 pixels are wanted, and this is the widest");
        assert_eq!(chosen(element, desktop)?, "/a-1080.webp", "672 pixels");
        assert_eq!(chosen(element, &Screen { name: "", width: 300.0, density: 2.0 })?, "/a-640.webp");
        Ok(())
    }
}
