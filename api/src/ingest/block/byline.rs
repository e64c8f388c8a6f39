//! Bylines: "By Joanna Pell" on a line of its own, between a title and its text.

use super::{
    super::boilerplate::{Effect, Verdict},
    Kind, Piece, Reason, prose,
};

/// Names of a byline at most, each a word: two authors of three names, and what joins them.
const MOST_NAMES: usize = 7;

/// Lines above a byline in which its title is looked for.
const MOST_LINES: usize = 8;

/// Words that stand between the names of a byline.
const BETWEEN: &[&str] = &[
    "and", "et", "de", "du", "la", "van", "von", "der", "al", "el", "bin", "ben",
];

/// Makes a line of the site of every byline that stands below a title, or below the summary under it, and above a text or a date.
pub(super) fn settle(pieces: &mut [Piece]) {
    for at in 1..pieces.len() {
        let piece = &pieces[at];
        if piece.kind != Kind::Text || piece.rows.len() > 1 || !is_byline(&piece.text) {
            continue;
        }
        let prose = |p: &Piece| p.kind == Kind::Text && prose::is_prose(&p.text, p.chars);
        let short = |p: &Piece| p.kind == Kind::Text && !prose(p);
        let mut above = pieces[..at]
            .iter()
            .rev()
            .take(MOST_LINES)
            .filter(|p| matches!(p.kind, Kind::Text | Kind::Item));
        let first = above.next();
        let headed =
            first.is_some_and(|p| short(p) || (prose(p) && above.next().is_some_and(short)));
        let below = pieces.get(at + 1);
        let opens = below.is_some_and(|p| prose(p) || matches!(p.kind, Kind::Date | Kind::Site(_)));
        if headed && opens {
            pieces[at].kind = Kind::Site(Verdict {
                reason: Reason::Byline,
                effect: Effect::Line,
                whole: true,
            });
        }
    }
}

/// "By" or "Par" and two names or more, each with its capital.
fn is_byline(text: &str) -> bool {
    let mut words = text.split(' ');
    let by = matches!(
        words.next(),
        Some("By" | "BY" | "by" | "Par" | "PAR" | "par")
    );
    let (mut names, mut others) = (0, 0);
    for word in words {
        let name = word.trim_end_matches(',');
        let capital = name.starts_with(char::is_uppercase)
            && name
                .chars()
                .all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '\'' | '’'));
        if capital {
            names += 1;
        } else if BETWEEN.contains(&word) {
            others += 1;
        } else {
            return false;
        }
    }
    let ended = text.ends_with('.') && !text.ends_with("r.");
    by && (2..=MOST_NAMES).contains(&names) && others <= 2 && !ended
}

#[cfg(test)]
mod tests {
    use super::is_byline;

    #[test]
    fn a_byline_is_by_and_names() {
        for line in [
            "By Joanna Pell",
            "Par Sophie Bernard",
            "BY J. DOE AND A. ROE",
            "By Tom van der Berg",
            "Par Anne-Lise N’Diaye",
        ] {
            assert!(is_byline(line), "{line}");
        }
        for line in [
            "By the Sea",
            "By 2030",
            "By Train to Aldham in Two Hours",
            "Par exemple",
            "By Joanna Pell.",
            "By Joanna",
        ] {
            assert!(!is_byline(line), "{line}");
        }
    }
}
