//! Numbers in words: "twenty-five", "two thousand five hundred", "trois millions deux cent mille".

use super::token::{Kind, Token};

fn word(tokens: &[Token], at: usize) -> &str {
    let token = tokens.get(at);
    let token = token.filter(|token| matches!(token.kind, Kind::Word | Kind::Capital));
    token.map_or("", |token| token.folded.as_str())
}

/// A number in words: its values, where it ends, whether it may be none.
pub(super) fn spelt(tokens: &[Token], at: usize) -> Option<(Vec<f64>, usize, bool)> {
    let word = |at: usize| word(tokens, at);
    let mut total = 0.0;
    let mut end = at;
    // What goes on must be of a smaller scale than this.
    let mut limit = f64::INFINITY;
    loop {
        // "Two thousand and twelve", but not "two million and three".
        let joins = limit == 1e3 && matches!(word(end), "and" | "et");
        let next = end + usize::from(joins);
        let (value, past) = match below_thousand(tokens, next) {
            Some(found) => found,
            // The French "mille", and the "a" of "a million".
            None if word(next) == "mille" => (1.0, next),
            None if end == at && word(next) == "a" && scale(word(next + 1)).is_some() => {
                (1.0, next + 1)
            }
            None => break,
        };
        let mut half = ["and", "a", "half"].iter().enumerate();
        let (value, past) = match half.all(|(offset, part)| word(past + offset) == *part) {
            true if scale(word(past + 3)).is_some() => (value + 0.5, past + 3),
            _ => (value, past),
        };
        match scale(word(past)) {
            Some(scale) if scale < limit && !joins => {
                total += value * scale;
                (limit, end) = (scale, past + 1);
                if word(end) == "et" && word(end + 1).starts_with("demi") {
                    total += scale / 2.0;
                    end += 2;
                    break;
                }
            }
            None if end == at || limit.is_finite() && (!joins || value < 100.0) => {
                total += value;
                end = past;
                break;
            }
            _ => break,
        }
    }
    if end == at {
        return None;
    }
    if at > 0 && word(at) == "a" && word(at - 1) == "half" {
        total /= 2.0;
    }
    let vague = end == at + 1 && matches!(word(at), "one" | "un" | "une" | "neuf" | "cent");
    Some((vec![total], end, vague))
}

fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "thousand" | "mille" => 1e3,
        "million" | "millions" => 1e6,
        "billion" | "billions" | "milliard" | "milliards" => 1e9,
        "trillion" | "trillions" => 1e12,
        _ => return None,
    })
}

/// A number from one to 999, and where it ends.
fn below_thousand(tokens: &[Token], at: usize) -> Option<(f64, usize)> {
    let word = |at: usize| word(tokens, at);
    let hundred = |word: &str| matches!(word, "hundred" | "cent" | "cents");
    let mut total = 0.0;
    let mut last = 0.0;
    let mut end = at;
    // What may be added next must be smaller than this.
    let mut room = f64::INFINITY;
    loop {
        let joins = end > at && room > 1.0 && matches!(word(end), "and" | "et");
        let next = end + usize::from(joins);
        let Some(value) = value_of(word(next)) else {
            break;
        };
        if hundred(word(next)) {
            // "Two hundred", the French "cent", but not a "hundred" alone or a second one.
            let counts = (1.0..10.0).contains(&last);
            if !(counts || end == at && word(next) == "cent") {
                break;
            }
            total += if counts { last * 99.0 } else { 100.0 };
            room = 100.0;
        } else if matches!(word(next), "vingt" | "vingts") && last == 4.0 {
            total += 76.0;
            room = 20.0;
        } else if value < room && !(joins && total < 20.0) {
            total += value;
            room = match value {
                60.0 => 20.0,
                20.0.. => 10.0,
                10.0 => 10.0,
                _ => 0.0,
            };
        } else {
            break;
        }
        last = value;
        end = next + 1;
        let goes_on = hundred(word(end)) || value == 4.0 && word(end).starts_with("vingt");
        if room == 0.0 && !goes_on {
            break;
        }
    }
    (end > at).then_some((total, end))
}

/// The value of one word, cardinal or ordinal. "Second" and "first" are too often something else.
fn value_of(word: &str) -> Option<f64> {
    const WORDS: [(&str, f64); 86] = [
        ("one", 1.0),
        ("two", 2.0),
        ("three", 3.0),
        ("four", 4.0),
        ("five", 5.0),
        ("six", 6.0),
        ("seven", 7.0),
        ("eight", 8.0),
        ("nine", 9.0),
        ("ten", 10.0),
        ("eleven", 11.0),
        ("twelve", 12.0),
        ("thirteen", 13.0),
        ("fourteen", 14.0),
        ("fifteen", 15.0),
        ("sixteen", 16.0),
        ("seventeen", 17.0),
        ("eighteen", 18.0),
        ("nineteen", 19.0),
        ("twenty", 20.0),
        ("thirty", 30.0),
        ("forty", 40.0),
        ("fifty", 50.0),
        ("sixty", 60.0),
        ("seventy", 70.0),
        ("eighty", 80.0),
        ("ninety", 90.0),
        ("hundred", 100.0),
        ("dozen", 12.0),
        ("third", 3.0),
        ("fourth", 4.0),
        ("fifth", 5.0),
        ("sixth", 6.0),
        ("seventh", 7.0),
        ("eighth", 8.0),
        ("ninth", 9.0),
        ("tenth", 10.0),
        ("eleventh", 11.0),
        ("twelfth", 12.0),
        ("un", 1.0),
        ("une", 1.0),
        ("deux", 2.0),
        ("trois", 3.0),
        ("quatre", 4.0),
        ("cinq", 5.0),
        ("sept", 7.0),
        ("huit", 8.0),
        ("neuf", 9.0),
        ("dix", 10.0),
        ("onze", 11.0),
        ("douze", 12.0),
        ("treize", 13.0),
        ("quatorze", 14.0),
        ("quinze", 15.0),
        ("seize", 16.0),
        ("vingt", 20.0),
        ("vingts", 20.0),
        ("trente", 30.0),
        ("quarante", 40.0),
        ("cinquante", 50.0),
        ("soixante", 60.0),
        ("cent", 100.0),
        ("cents", 100.0),
        ("deuxieme", 2.0),
        ("troisieme", 3.0),
        ("quatrieme", 4.0),
        ("cinquieme", 5.0),
        ("sixieme", 6.0),
        ("septieme", 7.0),
        ("huitieme", 8.0),
        ("neuvieme", 9.0),
        ("dixieme", 10.0),
        ("onzieme", 11.0),
        ("douzieme", 12.0),
        ("vingtieme", 20.0),
        ("centieme", 100.0),
        ("douzaine", 12.0),
        ("dizaine", 10.0),
        ("quinzaine", 15.0),
        ("vingtaine", 20.0),
        ("trentaine", 30.0),
        ("cinquantaine", 50.0),
        ("centaine", 100.0),
        ("septante", 70.0),
        ("nonante", 90.0),
        ("huitante", 80.0),
    ];
    let found = WORDS.iter().find(|(name, _)| *name == word);
    found.map(|&(_, value)| value)
}
