//! Under which terms a story may be used.

use std::str::FromStr;

/// Terms that readers and machines know: those of Creative Commons (version 4.0, or CC0 1.0), or none at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Licence {
    /// Nobody may use it without asking.
    Reserved,
    /// With the source named.
    By,
    /// The same, and whatever is made of it under the same terms.
    BySa,
    /// With the source named, for nothing commercial.
    ByNc,
    /// With the source named, unchanged.
    ByNd,
    /// For nothing commercial, under the same terms.
    ByNcSa,
    /// For nothing commercial, unchanged.
    ByNcNd,
    /// Given to everybody.
    Zero,
}

impl Licence {
    /// All of them, in the order of forms.
    pub const ALL: [Self; 8] = [Self::Reserved, Self::By, Self::BySa, Self::ByNc, Self::ByNd, Self::ByNcSa, Self::ByNcNd, Self::Zero];

    /// Its name in tables and forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reserved => "reserved",
            Self::By => "by",
            Self::BySa => "by-sa",
            Self::ByNc => "by-nc",
            Self::ByNd => "by-nd",
            Self::ByNcSa => "by-nc-sa",
            Self::ByNcNd => "by-nc-nd",
            Self::Zero => "zero",
        }
    }

    /// What people call it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Reserved => "All rights reserved",
            Self::By => "CC BY 4.0",
            Self::BySa => "CC BY-SA 4.0",
            Self::ByNc => "CC BY-NC 4.0",
            Self::ByNd => "CC BY-ND 4.0",
            Self::ByNcSa => "CC BY-NC-SA 4.0",
            Self::ByNcNd => "CC BY-NC-ND 4.0",
            Self::Zero => "CC0 1.0",
        }
    }

    /// What it means, for those who do not know the letters.
    pub fn meaning(self) -> &'static str {
        match self {
            Self::Reserved => "ask before using it",
            Self::By => "anyone may share and change it, naming its source",
            Self::BySa => "anyone may share and change it, naming its source, under the same licence",
            Self::ByNc => "anyone may share and change it, naming its source, for nothing commercial",
            Self::ByNd => "anyone may share it unchanged, naming its source",
            Self::ByNcSa => "anyone may share and change it, naming its source, for nothing commercial, under the same licence",
            Self::ByNcNd => "anyone may share it unchanged, naming its source, for nothing commercial",
            Self::Zero => "anyone may do with it as they like",
        }
    }

    /// Where the terms are written, if anywhere.
    pub fn address(self) -> Option<&'static str> {
        Some(match self {
            Self::Reserved => return None,
            Self::By => "https://creativecommons.org/licenses/by/4.0/",
            Self::BySa => "https://creativecommons.org/licenses/by-sa/4.0/",
            Self::ByNc => "https://creativecommons.org/licenses/by-nc/4.0/",
            Self::ByNd => "https://creativecommons.org/licenses/by-nd/4.0/",
            Self::ByNcSa => "https://creativecommons.org/licenses/by-nc-sa/4.0/",
            Self::ByNcNd => "https://creativecommons.org/licenses/by-nc-nd/4.0/",
            Self::Zero => "https://creativecommons.org/publicdomain/zero/1.0/",
        })
    }

    /// The line that goes with what is given away: whose it is, and the terms.
    pub fn notice(self, whose: &str) -> String {
        match self {
            Self::Zero => format!("{whose}: {}", self.words()),
            _ => format!("© {whose}. {}", self.words()),
        }
    }

    /// The choices of a form, with the words for none of them first.
    pub fn choices(none: &str) -> impl Iterator<Item = (String, String)> {
        let choice = |licence: Self| (licence.name().to_owned(), format!("{}: {}", licence.words(), licence.meaning()));
        std::iter::once((String::new(), none.to_owned())).chain(Self::ALL.map(choice))
    }

    /// Reads a field of a form, in which nothing stands for none; `Err` with what to say when it is neither.
    ///
    /// # Errors
    /// The words for the person who sent it.
    pub fn chosen(typed: &str) -> Result<Option<Self>, &'static str> {
        if typed.is_empty() { Ok(None) } else { typed.parse().map(Some).map_err(|()| "Choose one of the licences in the list.") }
    }
}

impl FromStr for Licence {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|licence| licence.name() == name).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use super::Licence;

    #[test]
    fn each_is_read_back_by_its_name_and_has_terms_of_its_own() {
        for licence in Licence::ALL {
            assert_eq!(licence.name().parse(), Ok(licence));
            let same = |other: &&Licence| other.words() == licence.words() || other.address() == licence.address();
            assert_eq!(Licence::ALL.iter().filter(same).count(), 1, "{licence:?}");
        }
        assert_eq!(Licence::chosen(""), Ok(None));
        assert!(Licence::chosen("BY").is_err());
    }

    #[test]
    fn a_notice_says_whose_it_is() {
        assert_eq!(Licence::Reserved.notice("2026 The Mesa Lantern"), "© 2026 The Mesa Lantern. All rights reserved");
        assert_eq!(Licence::Zero.notice("The Mesa Lantern"), "The Mesa Lantern: CC0 1.0");
    }
}
