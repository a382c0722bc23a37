//! The one way a picture is put on a page, whichever room shows it.

use maud::{Markup, html};

use super::{Focus, Picture, address_as, social_address, social_width, width_of};

/// How a picture is to stand on its page.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// How wide it is shown, as the HTML attribute says it: `(min-width: 61rem) 18rem, 100vw`.
    pub sizes: &'a str,
    /// Whether it is the first thing people see: fetched at once and before everything else. All others wait until they come near.
    pub first: bool,
}

/// What a page has to know of a picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// Its key.
    pub key: String,
    /// What it shows, for those who cannot see it.
    pub alt: String,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
    /// A version of 16 pixels as a `data:` address. May be empty.
    pub blur: String,
    /// What has to stay visible when it is cropped.
    pub focus: Focus,
}

/// A picture's file for other programs: `image/jpeg`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Social {
    /// Its address, without the site's origin.
    pub address: String,
    /// Pixels.
    pub width: i64,
    /// Pixels.
    pub height: i64,
}

impl Shown {
    /// A picture with what its author says of it here.
    pub fn of(picture: &Picture, alt: &str) -> Self {
        Self {
            key: picture.key.clone(),
            alt: alt.to_owned(),
            width: picture.width,
            height: picture.height,
            blur: picture.blur.clone(),
            focus: picture.focus,
        }
    }

    /// Its file for feeds, letters and cards: JPEG, which everything reads, about a thousand pixels wide.
    pub fn social(&self) -> Social {
        let width = i64::from(social_width(&self.key));
        let height = if self.width > 0 { (self.height * width + self.width / 2) / self.width } else { self.height };
        Social { address: social_address(&self.key), width, height: height.max(1) }
    }

    /// The picture in the widths it has, as WebP and as JPEG for the few who need it, with its dimensions so that nothing jumps,
    /// over a blur of itself. Stands in an element of the class `picture`, or in a `figure`.
    pub fn markup(&self, place: Place) -> Markup {
        let focus = self.focus.class();
        html! {
            span.shown {
                @if !self.blur.is_empty() { img.blur src=(self.blur) alt="" width="16" height="16" aria-hidden="true"; }
                picture {
                    source type="image/webp" srcset=(srcset(&self.key, "webp")) sizes=(place.sizes);
                    img src=(social_address(&self.key)) srcset=(srcset(&self.key, "jpg")) sizes=(place.sizes) alt=(self.alt)
                        width=(self.width) height=(self.height) class=[focus] decoding="async"
                        loading=[(!place.first).then_some("lazy")] fetchpriority=[place.first.then_some("high")];
                }
            }
        }
    }
}

/// What `srcset` says of a picture, the smallest first.
pub fn srcset(key: &str, ending: &str) -> String {
    let mut widths: Vec<u32> = media::widths(width_of(key)).collect();
    widths.reverse();
    let one = |width: &u32| format!("{} {width}w", address_as(key, *width, ending));
    widths.iter().map(one).collect::<Vec<_>>().join(", ")
}
