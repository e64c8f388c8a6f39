//! The signs a title is known by, and what each weighs.

/// One sign. What it weighs is in [`WEIGHTS`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(in super::super) enum Sign {
    // form
    OneWord,
    FewWords,
    HeadlineLength,
    ManyWords,
    Sentence,
    Unfinished,
    Colon,
    SmallLetter,
    TitleCase,
    Address,
    Heading,
    NameAndOffice,
    Figures,
    ListItem,
    Letterhead,
    // below
    Verbatim,
    SharesWithLead,
    DateBelow,
    DateAbove,
    LongText,
    FarText,
    FartherText,
    SharesWords,
    SharesNothing,
    OpensDated,
    RefersBack,
    NamesDay,
    MuchText,
    LittleText,
    // above
    AfterSentence,
    AfterColon,
    AfterBreak,
    AfterLine,
    AfterSite,
    AfterAside,
    AfterTail,
    WiderGap,
    Undated,
    OtherCase,
    Reintroduces,
    NewWords,
    OldWords,
    ThemeGoesOn,
    ThemeIsOver,
    OwnWorld,
    ThinAbove,
}

/// What each sign weighs, in the order of the signs, and what it means.
#[rustfmt::skip]
const WEIGHTS: &[(Sign, i32)] = &[
    (Sign::OneWord, -5),       // one word
    (Sign::FewWords, -2),      // two or three words
    (Sign::HeadlineLength, 2), // five to twenty-two words
    (Sign::ManyWords, -4),     // more than twenty-eight words
    (Sign::Sentence, -7),      // ends with a full stop
    (Sign::Unfinished, -7),    // ends with a comma or with "of the"
    (Sign::Colon, -6),         // ends with a colon
    (Sign::SmallLetter, -6),   // begins with a small letter
    (Sign::TitleCase, 2),      // most of its words are capitalised
    (Sign::Address, -5),       // holds a web or mail address
    (Sign::Heading, -9),       // a known heading inside articles
    (Sign::NameAndOffice, -6), // "— Jane Doe, Director of Example"
    (Sign::Figures, -5),       // more figures than letters
    (Sign::ListItem, -9),      // begins with a bullet or a number
    (Sign::Letterhead, -6),    // "Example Agency – Press release"
    (Sign::Verbatim, -4),      // stands in the text below word for word: a name
    (Sign::SharesWithLead, 1), // a third of its content words return in the first sentence below
    (Sign::DateBelow, 6),      // a date on its own line comes next
    (Sign::DateAbove, 4),      // a date on its own line comes directly before
    (Sign::LongText, 1),       // the paragraph below is long
    (Sign::FarText, -1),       // one other line stands before that paragraph
    (Sign::FartherText, -4),   // two or more other lines do
    (Sign::SharesWords, 2),    // half of its content words return below
    (Sign::SharesNothing, -3), // none of them does
    (Sign::OpensDated, 5),     // the paragraph opens "RABAT, 15 March 2021 –"
    (Sign::RefersBack, -4),    // the paragraph opens "He added"
    (Sign::NamesDay, 1),       // the paragraph names a day or says "today"
    (Sign::MuchText, 2),       // two paragraphs or more follow
    (Sign::LittleText, -1),    // fewer than thirty words follow
    (Sign::AfterSentence, 1),  // the article above ended with a sentence
    (Sign::AfterColon, -4),    // … with a colon
    (Sign::AfterBreak, -3),    // … in mid-sentence
    (Sign::AfterLine, -1),     // … with a short line or a list
    (Sign::AfterSite, 3),      // lines of the site stand between
    (Sign::AfterAside, -5),    // a pointer to another article stands directly above
    (Sign::AfterTail, 4),      // the tail of a release stands above
    (Sign::WiderGap, 2),       // more blank lines than usual above it
    (Sign::Undated, -5),       // the article above has a dateline, this one none
    (Sign::OtherCase, -2),     // capitalised otherwise than the title above
    (Sign::Reintroduces, 5),   // introduces an acronym the article above introduced already
    (Sign::NewWords, 3),       // half of its content words are new
    (Sign::OldWords, -2),      // hardly any is
    (Sign::ThemeGoesOn, -4),   // the words of the title above return below
    (Sign::ThemeIsOver, 1),    // they do not
    (Sign::OwnWorld, 2),       // most content words below are new
    (Sign::ThinAbove, -3),     // the article above would have hardly any text
];

/// A set of signs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(in super::super) struct Signs(u64);

impl Signs {
    pub(in super::super) fn add(&mut self, sign: Sign) {
        self.0 |= 1 << sign as u8;
    }

    pub(in super::super) fn set(&mut self, sign: Sign, holds: bool) {
        if holds {
            self.add(sign);
        }
    }

    /// The signs of both sets.
    pub(in super::super) fn and(self, other: Signs) -> Signs {
        Signs(self.0 | other.0)
    }

    pub(in super::super) fn has(self, sign: Sign) -> bool {
        self.0 & (1 << sign as u8) != 0
    }

    /// The weights of the signs in the set, added up.
    pub(in super::super) fn weight(self) -> i32 {
        WEIGHTS
            .iter()
            .filter(|&&(sign, _)| self.has(sign))
            .map(|(_, weight)| weight)
            .sum()
    }
}

#[cfg(test)]
mod tests {
    use super::{Sign, WEIGHTS};

    #[test]
    fn every_sign_has_its_weight() {
        for (at, &(sign, weight)) in WEIGHTS.iter().enumerate() {
            assert_eq!(
                sign as usize, at,
                "{sign:?} stands in the order of the signs"
            );
            assert_ne!(weight, 0, "{sign:?}");
        }
        assert_eq!(WEIGHTS.len(), Sign::ThinAbove as usize + 1);
    }
}
