//! Colours that a site chooses, and whether they can be read (WCAG 2.2, 1.4.3).

use std::{fmt, str::FromStr};
use web::{Form, Problems};

/// The contrast that text needs (WCAG 2.2, 1.4.3).
pub const READABLE: f64 = 4.5;

/// Red, green and blue, as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

/// On which paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// Dark ink on light paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

/// The papers that colours stand on as text: those of `frontend/css/tokens.css`.
pub const PAPERS: [(Theme, [Colour; 3]); 2] = [
    (Theme::Light, [Colour([0xff, 0xff, 0xff]), Colour([0xf3, 0xf4, 0xf1]), Colour([0xff, 0xff, 0xff])]),
    (Theme::Dark, [Colour([0x10, 0x13, 0x17]), Colour([0x17, 0x1b, 0x21]), Colour([0x1a, 0x1f, 0x26])]),
];

const WHITE: Colour = Colour([0xff, 0xff, 0xff]);
const BLACK: Colour = Colour([0, 0, 0]);

impl Theme {
    /// Its papers.
    pub fn papers(self) -> [Colour; 3] {
        PAPERS[usize::from(self == Self::Dark)].1
    }

    /// How much of a colour is in the paper that is washed with it, in percent.
    fn wash(self) -> u32 {
        if self == Self::Light { 7 } else { 12 }
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl FromStr for Colour {
    type Err = ();

    fn from_str(typed: &str) -> Result<Self, ()> {
        let digits = typed.trim().strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii()).ok_or(())?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).map_err(drop);
        Ok(Self([part(0)?, part(2)?, part(4)?]))
    }
}

impl Colour {
    /// How light it is to the eye, from 0 to 1 (WCAG 2.2, "relative luminance").
    pub fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|part| {
            let part = f64::from(part) / 255.0;
            if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// The contrast between two, from 1 to 21 (WCAG 2.2, "contrast ratio").
    pub fn against(self, other: Self) -> f64 {
        let (one, other) = (self.luminance(), other.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// This with so many percent of another in it.
    fn mixed(self, other: Self, percent: u32) -> Self {
        let part = |at: usize| {
            let mixed = (u32::from(self.0[at]) * (100 - percent) + u32::from(other.0[at]) * percent + 50) / 100;
            u8::try_from(mixed).unwrap_or(u8::MAX)
        };
        Self([part(0), part(1), part(2)])
    }

    /// Paper washed with it.
    fn wash(self, theme: Theme) -> Self {
        theme.papers()[0].mixed(self, theme.wash())
    }

    /// The least contrast that it has as text anywhere in a theme: on every paper, and on paper washed with it.
    pub fn readability(self, theme: Theme) -> f64 {
        theme.papers().into_iter().chain([self.wash(theme)]).map(|paper| self.against(paper)).fold(f64::INFINITY, f64::min)
    }

    /// What text on it is written in: whichever of black and white is read better, which is always at least 4.58:1.
    fn ink(self) -> Self {
        if self.against(WHITE) >= self.against(BLACK) { WHITE } else { BLACK }
    }

    /// A ratio as people read it, rounded down: nothing is said to be readable that is not.
    pub fn ratio(ratio: f64) -> String {
        format!("{:.2}:1", (ratio * 100.0).floor() / 100.0)
    }
}

/// The site's own colours: what invites to act, and links, each for both themes; `None` for the program's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Colours {
    /// Buttons and what is marked, on light paper and on dark.
    pub accent: Option<(Colour, Colour)>,
    /// Links, on light paper and on dark.
    pub link: Option<(Colour, Colour)>,
}

impl Colours {
    /// The program's: those of `frontend/css/tokens.css`.
    pub const USUAL: [(&'static str, Colour, Colour); 2] = [
        ("accent", Colour([0xc4, 0x26, 0x0f]), Colour([0xff, 0x7a, 0x5c])),
        ("link", Colour([0x0b, 0x53, 0x94]), Colour([0x8e, 0xc5, 0xff])),
    ];
    /// The fields of the form: name, label, theme.
    pub const FIELDS: [(&'static str, &'static str, Theme); 4] = [
        ("accent_light", "Accent on light paper", Theme::Light),
        ("accent_dark", "Accent on dark paper", Theme::Dark),
        ("link_light", "Links on light paper", Theme::Light),
        ("link_dark", "Links on dark paper", Theme::Dark),
    ];

    /// Reads the form. A colour that cannot be read as text is a problem that names its contrast.
    pub fn parse(form: &Form, problems: &mut Problems) -> Self {
        let mut read = |(name, _, theme): (&'static str, &str, Theme)| {
            let Ok(colour) = form.text(name).parse::<Colour>() else {
                problems.add(name, "Choose a colour, such as #0b5394.");
                return BLACK;
            };
            let ratio = colour.readability(theme);
            if ratio < READABLE {
                let which = if theme == Theme::Light { "darker" } else { "lighter" };
                let words = format!("Its contrast is {}, and text needs 4.5:1. Choose a {which} one.", Colour::ratio(ratio));
                problems.add(name, words);
            }
            colour
        };
        let [accent_light, accent_dark, link_light, link_dark] = Self::FIELDS.map(&mut read);
        Self { accent: Some((accent_light, accent_dark)), link: Some((link_light, link_dark)) }.without_usual()
    }

    /// What is the program's own anyway is not kept, so that it follows the program.
    fn without_usual(self) -> Self {
        let own = |pair: Option<(Colour, Colour)>, at: usize| pair.filter(|pair| *pair != (Self::USUAL[at].1, Self::USUAL[at].2));
        Self { accent: own(self.accent, 0), link: own(self.link, 1) }
    }

    /// In the order of [`Self::FIELDS`].
    pub fn in_force(self) -> [Colour; 4] {
        let or = |pair: Option<(Colour, Colour)>, at: usize| pair.unwrap_or((Self::USUAL[at].1, Self::USUAL[at].2));
        let (accent, link) = (or(self.accent, 0), or(self.link, 1));
        [accent.0, accent.1, link.0, link.1]
    }

    /// Whether the site has any of its own.
    pub fn is_own(self) -> bool {
        self.accent.is_some() || self.link.is_some()
    }

    /// The style sheet.
    pub fn sheet(self) -> String {
        let mut pairs = Vec::new();
        if let Some((light, dark)) = self.accent {
            pairs.extend([
                ("bloom", light, dark),
                ("bloom-deep", light.mixed(BLACK, 20), dark.mixed(WHITE, 25)),
                ("on-bloom", light.ink(), dark.ink()),
                ("bloom-wash", light.wash(Theme::Light), dark.wash(Theme::Dark)),
            ]);
        }
        if let Some((light, dark)) = self.link {
            pairs.extend([("sky", light, dark), ("sky-wash", light.wash(Theme::Light), dark.wash(Theme::Dark)), ("focus", light, dark)]);
        }
        super::sheet(&pairs)
    }

    /// Where the style sheet is served: named by its content, so that it may be kept for ever.
    pub fn address(self) -> String {
        let digest = web::token::digest(&self.sheet());
        let name: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        format!("/looks/{name}.css")
    }
}
