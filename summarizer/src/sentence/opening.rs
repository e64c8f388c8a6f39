//! What stands before the first word of news: "HARBOUR CITY, 3 May (AP) —", "(CNN)", "Paris, le 3 mai -", a stray dash.

use super::usual;

/// Signs that part a dateline from the news.
const DASHES: [char; 3] = ['-', '–', '—'];

/// Agencies and wires named in brackets between a place and the news, small letters. Any name will do where nothing
/// stands before the bracket, or a dash after it.
const AGENCIES: &str = "cnn ap afp reuters upi efe dpa ansa xinhua tass pti ani bloomberg belga map aps cp pa irna apa kuna";

/// Small words inside the names of places and in dates.
const SMALL: &str = "de la le les du des of the el al and et sur en au aux à di da do den der";

/// Months in English and French and their short forms, small letters, without a full stop.
const MONTHS: &str = "january february march april may june july august september october november december jan feb \
    mar apr jun jul aug sep sept oct nov dec janvier février mars avril mai juin juillet août septembre octobre \
    novembre décembre janv févr juil";

/// The most characters that a dateline has.
const LONGEST: usize = 110;

/// How many characters of a sentence come before its news; 0 if it begins with it. Where its case tells nothing, only an
/// agency that is known is taken for one.
pub(super) fn opening(sentence: &str, case_tells: bool) -> usize {
    let chars: Vec<char> = sentence.chars().take(LONGEST + 60).collect();
    let chars = usual::written(&chars, case_tells);
    let stray = signs(&chars);
    let rest = &chars[stray..];
    let found = if case_tells {
        attribution(rest, false).or_else(|| dateline(rest))
    } else {
        attribution(rest, true)
    };
    let Some(cut) = found.filter(|&end| begins_news(&rest[end..])) else {
        return stray;
    };
    // "CITY, Country – 3 May 2026 – News": the day has a dash of its own.
    let news = &rest[cut..];
    let day = dateline(news).filter(|&end| {
        case_tells && news[..end].iter().any(char::is_ascii_digit) && begins_news(&news[end..])
    });
    stray + cut + day.unwrap_or(0)
}

/// Whether a line starts with a dateline and news after it.
pub(super) fn starts_dateline(line: &[char]) -> bool {
    let end = line.iter().take(LONGEST + 60).position(|&c| c == '\n');
    let line = &line[..end.unwrap_or(line.len().min(LONGEST + 60))];
    attribution(line, false)
        .or_else(|| dateline(line))
        .is_some_and(|end| begins_news(&line[end..]))
}

/// The same for a sentence in the middle of a paragraph: signs that belong to what was before ("- ", ", ", ". ").
pub(super) fn stray(sentence: &str) -> usize {
    let chars: Vec<char> = sentence.chars().take(12).collect();
    signs(&usual::written(&chars, true))
}

fn signs(chars: &[char]) -> usize {
    let end = chars
        .iter()
        .take_while(|&&c| {
            c.is_whitespace()
                || DASHES.contains(&c)
                || matches!(c, ',' | '.' | ';' | ':' | '►' | '>' | '|')
        })
        .count();
    let followed = chars.get(end).is_some_and(|c| !c.is_numeric());
    // ".5 points" and "-3 degrees" are no strays; nor is a whole line of signs.
    if followed && end < chars.len() {
        end
    } else {
        0
    }
}

/// "(CNN)News", "London (CNN) News", "CITY, Jan. 7 /PRNewswire/ -- News", "CITY--(BUSINESS WIRE)--News".
/// The name is that of an agency if only those are asked for that are `known`.
fn attribution(chars: &[char], only_known: bool) -> Option<usize> {
    let open = chars
        .iter()
        .take(LONGEST)
        .position(|&c| c == '(' || c == '/')?;
    let close = if chars[open] == '(' { ')' } else { '/' };
    let length = chars[open + 1..]
        .iter()
        .take(40)
        .position(|&c| c == close)?;
    let name: String = chars[open + 1..open + 1 + length].iter().collect();
    let end = open + length + 2;
    let head: String = chars[..open].iter().collect();
    let head = head.trim_end().trim_end_matches(DASHES);
    let name = name.trim();
    if !is_name(name) || !(head.is_empty() || is_place(head)) {
        return None;
    }
    let after = skip(chars, end, char::is_whitespace);
    let dashed = skip(chars, after, |c| DASHES.contains(&c) || c == ':');
    let glued = after == end
        && chars
            .get(end)
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, '"' | '“' | '«'));
    let known = AGENCIES
        .split_whitespace()
        .any(|agency| name.to_lowercase().split_whitespace().next() == Some(agency));
    let capitals = name.chars().all(|c| c.is_uppercase() || c.is_whitespace());
    let is_opening = if only_known {
        known
    } else {
        dashed > after || (close == ')' && (glued || known || (head.is_empty() && capitals)))
    };
    is_opening.then(|| skip(chars, dashed, char::is_whitespace))
}

/// "HARBOUR CITY, N.C. — News", "Paris, le 3 mai - News", "VIDEO - News", "HARBOUR CITY—News".
fn dateline(chars: &[char]) -> Option<usize> {
    let capitals = skip(chars, 0, |c| {
        c.is_uppercase() || matches!(c, ' ' | ',' | '.')
    });
    let letters = chars[..capitals]
        .iter()
        .filter(|c| c.is_alphabetic())
        .count();
    if letters >= 3
        && chars.get(capitals) == Some(&'—')
        && chars.get(capitals + 1).is_some_and(|c| c.is_uppercase())
        && chars[capitals + 1..].iter().all(|&c| c != '—')
    {
        return Some(capitals + 1);
    }
    let dash = (1..chars.len().min(LONGEST)).find(|&at| {
        DASHES.contains(&chars[at])
            && chars[at - 1].is_whitespace()
            && chars
                .get(skip(chars, at, |c| DASHES.contains(&c)))
                .is_some_and(|c| c.is_whitespace())
    })?;
    let after = skip(chars, dash, |c| DASHES.contains(&c) || c.is_whitespace());
    let head: String = chars[..dash].iter().collect();
    let head = head.trim();
    if !is_place(head) {
        return None;
    }
    // "Lumen – Oslo's largest company – said" has two dashes around what only explains.
    let single = chars[after..]
        .windows(3)
        .all(|three| !(three[0].is_whitespace() && DASHES.contains(&three[1]) && three[2] == ' '));
    let letters = head.chars().filter(|c| c.is_alphabetic()).count();
    let told = head.contains(',') || head.chars().any(|c| c.is_ascii_digit());
    (told || (single && letters >= 4)).then_some(after)
}

/// A few words with capitals, numbers or months, and small words among them.
fn is_place(head: &str) -> bool {
    let mut words = 0;
    let mut plain = true;
    for word in head.split_whitespace() {
        words += 1;
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let lower = bare.to_lowercase();
        let listed = |list: &str| list.split_whitespace().any(|entry| entry == lower);
        plain &= bare.is_empty()
            || bare
                .chars()
                .next()
                .is_some_and(|c| c.is_uppercase() || c.is_numeric())
            || (words > 1 && (listed(SMALL) || listed(MONTHS)));
    }
    // A full stop inside is that of "N.C." or "Jan.", not the end of a sentence.
    plain && (1..=10).contains(&words) && !head.contains(['?', '!', '"', '“', '«'])
}

/// One to four words, the first with a capital.
fn is_name(name: &str) -> bool {
    (1..=4).contains(&name.split_whitespace().count())
        && name.starts_with(char::is_uppercase)
        && name
            .chars()
            .all(|c| c.is_alphabetic() || c.is_whitespace() || matches!(c, '-' | '.' | '&'))
}

/// Whether a sentence of some length begins here.
fn begins_news(chars: &[char]) -> bool {
    let words = chars
        .split(|c| c.is_whitespace())
        .filter(|word| !word.is_empty())
        .count();
    words >= 3
        && chars.iter().find(|c| c.is_alphanumeric()).is_some_and(|c| {
            c.is_uppercase() || c.is_numeric() || !(c.is_lowercase() || c.is_uppercase())
        })
}

fn skip(chars: &[char], from: usize, is: impl Fn(char) -> bool) -> usize {
    from + chars[from.min(chars.len())..]
        .iter()
        .take_while(|&&c| is(c))
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines_and_attributions_come_before_the_news() {
        // A bar marks where the news begins.
        for case in [
            "(CNN)|Share the gift of the day.",
            "London (CNN)|A photo of a heron went around the world.",
            "New Delhi, India (CNN)|The ambassador issued an apology.",
            "(The Example Reporter)|The film has a title at last.",
            "PARIS (AP) — |The minister opened the school.",
            "HARBOUR CITY, Jan. 7, 2026 /PRNewswire/ -- |Lumen Inc. sold its mill.",
            "HARBOUR CITY--(BUSINESS WIRE)--|Back for its fourth year, the fair opens on Monday.",
            "HARBOUR CITY, N.C. — |Lumen, the first of its kind, opened a mill.",
            "HARBOUR CITY, 3 May — |The Lumen Foundation opened twelve schools.",
            "Port-Aurel, le 3 mai 2024 - |La ministre a ouvert une école.",
            "Rabat – |Le ministre a ouvert une école.",
            "Rabat, Maroc – 3 mai 2026 – |Le ministre a ouvert une école.",
            "HARBOUR CITY—|Lumen Inc. today opened a mill.",
            "HARBOUR CITY, Conn. — |Lumen Inc. today opened a mill.",
            "VIDÉO - |Le maire a planté mille arbres.",
            "- |“Nous planterons mille arbres”, a dit le maire.",
            ", |diffusé ce vendredi à 21 heures.",
        ] {
            let (before, _) = case.split_once('|').expect("a bar");
            assert_eq!(
                opening(&case.replace('|', ""), true),
                before.chars().count(),
                "{case}"
            );
        }
    }

    #[test]
    fn news_is_left_whole() {
        for sentence in [
            "The World Health Organization (WHO) Director-General spoke.",
            "World Health Organization (WHO) Director Ada Lind spoke.",
            "Lumen – Oslo’s largest company – said it would grow.",
            "Michael (Mike) Smith opened the bridge on Monday.",
            "The bridge – closed for years – is open.",
            "Oslo – the capital – has a new bridge.",
            "LUMEN—Oslo’s largest company—said it would grow.",
            "-3 degrees were measured in Oslo on Monday.",
            "In 2020/21 the club won / lost every game.",
            "RABAT, 15 March —",
            "Paris",
        ] {
            assert_eq!(opening(sentence, true), 0, "{sentence}");
        }
    }
}
