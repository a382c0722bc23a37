//! Setting type: finding letters, breaking lines, both directions of writing.

use std::sync::Arc;

use cosmic_text::{
    Align, Attrs, Buffer, Color, Ellipsize, EllipsizeHeightLimit, Fallback, Family, FontSystem, Metrics, Shaping, SwashCache, Weight, Wrap,
    fontdb::{Database, Source},
};

use super::canvas::{Area, Canvas};

/// Cut by `fonts/cut.mjs`. All are under the SIL Open Font License, which lies beside them.
const FONTS: [&[u8]; 9] = [
    include_bytes!("../../fonts/serif-latin.ttf"),
    include_bytes!("../../fonts/serif-latin-ext.ttf"),
    include_bytes!("../../fonts/serif-cyrillic.ttf"),
    include_bytes!("../../fonts/serif-greek.ttf"),
    include_bytes!("../../fonts/serif-vietnamese.ttf"),
    include_bytes!("../../fonts/naskh-arabic.ttf"),
    include_bytes!("../../fonts/serif-hebrew.ttf"),
    include_bytes!("../../fonts/sans-latin.ttf"),
    include_bytes!("../../fonts/sans-latin-ext.ttf"),
];

/// Each face has one weight; the setter takes only faces of the weight that is asked for.
const WEIGHT: Weight = Weight::NORMAL;
/// Baseline to baseline, in the size of the letters.
const LEADING: f32 = 1.12;
/// Letters of one text that are looked at; no headline has so many.
const MOST: usize = 400;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Face {
    Serif,
    Sans,
}

impl Face {
    fn attributes(self) -> Attrs<'static> {
        let family = match self {
            Self::Serif => "Source Serif 4",
            Self::Sans => "Inter",
        };
        Attrs::new().family(Family::Name(family)).weight(WEIGHT)
    }
}

/// Words in their place.
#[derive(Debug)]
pub(super) struct Text {
    pub words: String,
    pub face: Face,
    /// Pixels.
    pub size: f32,
    pub colour: [u8; 3],
    pub area: Area,
    /// How many lines at most; what is longer ends with an ellipsis.
    pub lines: usize,
    pub from_the_right: bool,
}

pub(super) struct Setter {
    fonts: FontSystem,
    letters: SwashCache,
}

/// Our faces in their order, and nothing of the system's.
struct Ours;

impl Fallback for Ours {
    fn common_fallback(&self) -> &[&'static str] {
        &["Source Serif 4", "Inter", "Noto Naskh Arabic", "Noto Serif Hebrew"]
    }

    fn forbidden_fallback(&self) -> &[&'static str] {
        &[]
    }

    fn script_fallback(&self, _: unicode_script::Script, _: &str) -> &[&'static str] {
        &[]
    }
}

impl Setter {
    pub fn new() -> Self {
        let mut faces = Database::new();
        for font in FONTS {
            for id in faces.load_font_source(Source::Binary(Arc::new(font))) {
                let Some(mut face) = faces.face(id).cloned() else { continue };
                faces.remove_face(id);
                face.weight = WEIGHT;
                faces.push_face_info(face);
            }
        }
        Self { fonts: FontSystem::new_with_locale_and_db_and_fallback("en".into(), faces, Ours), letters: SwashCache::new() }
    }

    /// The words as they can be written: without signs that our faces do not have. `None` when letters are missing, or
    /// nothing is left.
    pub fn writable(&mut self, words: &str, face: Face) -> Option<String> {
        let words: String = words.chars().filter(|c| !matches!(c, '\u{fe0f}' | '\u{20e3}')).take(MOST).collect();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let buffer = self.laid_out(&words, face, 40.0, None, 1, None);
        let mut missing = Vec::new();
        for run in buffer.layout_runs() {
            missing.extend(run.glyphs.iter().filter(|glyph| glyph.glyph_id == 0).map(|glyph| glyph.start..glyph.end));
        }
        let lost = |c: char| !c.is_alphanumeric();
        if missing.iter().any(|cluster| !words.get(cluster.clone()).unwrap_or_default().chars().all(lost)) {
            return None;
        }
        let kept = words.char_indices().filter(|(at, _)| !missing.iter().any(|cluster| cluster.contains(at)));
        let kept: String = kept.map(|(_, c)| c).collect();
        let kept = kept.split_whitespace().collect::<Vec<_>>().join(" ");
        (!kept.is_empty()).then_some(kept)
    }

    /// Whether the words begin in a script that is written from right to left.
    pub fn runs_from_the_right(&mut self, words: &str) -> bool {
        self.laid_out(words, Face::Serif, 40.0, None, 1, None).layout_runs().next().is_some_and(|run| run.rtl)
    }

    /// The words in the first of the sizes in which they fit, without a word being broken if that can be helped.
    pub fn fitted(&mut self, words: &str, area: Area, sizes: &[f32], colour: [u8; 3], from_the_right: bool) -> Text {
        let smallest = sizes.last().copied().unwrap_or(40.0);
        let fits = |setter: &mut Self, size: f32| {
            let buffer = setter.laid_out(words, Face::Serif, size, Some((area.wide, Wrap::Word)), usize::MAX, None);
            let widest = buffer.layout_runs().map(|run| run.line_w).fold(0.0, f32::max);
            widest <= area.wide as f32 && buffer.layout_runs().count() as f32 * size * LEADING <= area.high as f32
        };
        let fitting = sizes.iter().copied().find(|size| fits(self, *size));
        let lines = if fitting.is_some() { usize::MAX } else { (area.high as f32 / (smallest * LEADING)) as usize };
        let size = fitting.unwrap_or(smallest);
        Text { words: words.to_owned(), face: Face::Serif, size, colour, area, lines, from_the_right }
    }

    /// How wide the words are in one line, in whole pixels.
    pub fn width(&mut self, words: &str, face: Face, size: f32) -> i32 {
        let buffer = self.laid_out(words, face, size, None, 1, None);
        buffer.layout_runs().map(|run| run.line_w.ceil() as i32 + 1).max().unwrap_or(0)
    }

    pub fn set(&mut self, text: &Text, canvas: &mut Canvas) {
        let align = if text.from_the_right { Align::Right } else { Align::Left };
        let Area { left, top, wide, high } = text.area;
        let mut buffer = self.laid_out(&text.words, text.face, text.size, Some((wide, Wrap::WordOrGlyph)), text.lines, Some(align));
        let [red, green, blue] = text.colour;
        buffer.draw(&mut self.fonts, &mut self.letters, Color::rgb(red, green, blue), |x, y, w, h, colour| {
            for (x, y) in (y..y + h as i32).flat_map(|y| (x..x + w as i32).map(move |x| (x, y))) {
                if y < high {
                    canvas.lay(left + x, top + y, text.colour, colour.a());
                }
            }
        });
    }

    fn laid_out(&mut self, words: &str, face: Face, size: f32, within: Option<(i32, Wrap)>, lines: usize, align: Option<Align>) -> Buffer {
        let mut buffer = Buffer::new(&mut self.fonts, Metrics::new(size, size * LEADING));
        buffer.set_wrap(if lines == 1 { Wrap::None } else { within.map_or(Wrap::None, |(_, wrap)| wrap) });
        buffer.set_size(within.map(|(wide, _)| wide as f32), None);
        // Where everything fits there is nothing to cut, and cutting moves the last line.
        if within.is_some() && lines != usize::MAX {
            buffer.set_ellipsize(Ellipsize::End(EllipsizeHeightLimit::Lines(lines)));
        }
        buffer.set_text(words, &face.attributes(), Shaping::Advanced, align);
        buffer.shape_until_scroll(&mut self.fonts, false);
        buffer
    }
}
