//! The files of the sitemap and their names.

use db::Tx;
use jiff::tz::TimeZone;
use std::{fmt, ops::Range};

use super::{ADDRESSES, FILES, store};
use crate::archive;

/// A file that the index names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum File {
    /// The pages that stand, and the sections.
    Pages,
    /// The newest stories, for news search.
    News,
    /// The stories of a month, or a part of them.
    Month {
        year: i16,
        month: i8,
        /// Which of the month's files, from 1.
        part: usize,
    },
}

impl fmt::Display for File {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Pages => f.write_str("sections.xml"),
            Self::News => f.write_str("news.xml"),
            Self::Month { year, month, part: 1 } => write!(f, "stories-{year:04}-{month:02}.xml"),
            Self::Month { year, month, part } => write!(f, "stories-{year:04}-{month:02}-{part}.xml"),
        }
    }
}

impl File {
    /// The file of this name, exactly.
    pub(super) fn named(name: &str) -> Option<Self> {
        let file = match name {
            "sections.xml" => Self::Pages,
            "news.xml" => Self::News,
            _ => {
                let mut parts = name.strip_prefix("stories-")?.strip_suffix(".xml")?.splitn(3, '-');
                let (year, month) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
                let part = parts.next().map_or(Some(1), |part| part.parse().ok())?;
                Self::Month { year, month, part }
            }
        };
        let sound = !matches!(file, Self::Month { part, .. } if part == 0 || part > FILES);
        (sound && file.to_string() == name).then_some(file)
    }

    /// The time a month's file is about, and how many stories of it stand in the files before.
    pub(super) fn span(self, zone: &TimeZone) -> Option<(Range<i64>, usize)> {
        let Self::Month { year, month, part } = self else { return None };
        Some((text::times::month_span(year, month, zone)?, (part - 1) * ADDRESSES))
    }
}

/// Every file there is, the newest month first: a few statements a year.
pub(super) fn all(tx: &mut Tx, zone: &TimeZone) -> Result<Vec<File>, db::Error> {
    let mut files = vec![File::Pages, File::News];
    for (year, months) in archive::years(tx, zone)? {
        let spanned = months.into_iter().rev().filter_map(|month| Some((month, text::times::month_span(year, month, zone)?)));
        let (months, spans): (Vec<i8>, Vec<Range<i64>>) = spanned.unzip();
        let held = store::count_each(tx, &spans, ADDRESSES * FILES)?;
        for (month, stories) in months.into_iter().zip(held) {
            files.extend((1..=stories.div_ceil(ADDRESSES)).map(|part| File::Month { year, month, part }));
        }
    }
    Ok(files)
}

#[cfg(test)]
mod tests {
    use super::File;

    #[test]
    fn a_file_has_one_name() {
        let names = ["sections.xml", "news.xml", "stories-2026-11.xml", "stories-0998-01.xml", "stories-2026-11-2.xml"];
        for name in names {
            assert_eq!(File::named(name).map(|file| file.to_string()).as_deref(), Some(name));
        }
        for wrong in ["", "stories.xml", "stories-2026.xml", "stories-2026-1.xml", "stories-2026-11-1.xml", "stories-2026-11-0.xml"] {
            assert_eq!(File::named(wrong), None, "{wrong}");
        }
        for wrong in ["stories-2026-11-99.xml", "stories-+026-11.xml", "stories-2026-11-2-3.xml", "stories-99999-01.xml", "News.xml"] {
            assert_eq!(File::named(wrong), None, "{wrong}");
        }
    }
}
