//! Quantities: "14.5 million euros", "€14.5m", "40 %", "twenty-five", "3e".

use super::token::{Kind, Token};

/// What a quantity counts, as far as it changes what the number says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Things, or anything else.
    Plain,
    /// Hundredths.
    Percent,
    /// Money; its currency.
    Money(&'static str),
}

/// A number in a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Quantity {
    /// Where there are two ways to read it ("1.000"), both.
    pub(super) values: Vec<f64>,
    pub(super) unit: Unit,
    /// Its tokens, with magnitude and unit.
    pub(super) tokens: std::ops::Range<usize>,
    /// Whether it may be something else: "one", or the French "neuf".
    pub(super) vague: bool,
}

impl Quantity {
    /// Whether the other says the same.
    pub(super) fn equals(&self, other: &Self) -> bool {
        self.unit == other.unit && self.same_value(other)
    }

    /// Whether the other is the same number, of whatever.
    pub(super) fn same_value(&self, other: &Self) -> bool {
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
        let mut values = self.values.iter();
        values.any(|&one| other.values.iter().any(|&two| near(one, two)))
    }
}

/// The quantities among the tokens that are not `taken` by a date.
pub(super) fn quantities(tokens: &[Token], taken: &[bool], language: &str) -> Vec<Quantity> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        match quantity(tokens, taken, at, language) {
            Some(quantity) => {
                at = quantity.tokens.end;
                found.push(quantity);
            }
            None => at += 1,
        }
    }
    found
}

fn quantity(tokens: &[Token], taken: &[bool], at: usize, language: &str) -> Option<Quantity> {
    if taken[at] {
        return None;
    }
    let token = &tokens[at];
    let (mut values, mut end, vague) = if token.kind == Kind::Number {
        (readings(&token.raw, language), at + 1, false)
    } else if matches!(token.kind, Kind::Word | Kind::Capital) {
        spelt(tokens, at)?
    } else {
        return None;
    };
    if values.is_empty() {
        return None;
    }
    let ordinal = tokens.get(end).filter(|next| {
        next.start == tokens[end - 1].end
            && matches!(
                next.folded.as_str(),
                "st" | "nd" | "rd" | "th" | "e" | "er" | "eme" | "re"
            )
    });
    if ordinal.is_some() {
        end += 1;
    }
    let mut money = None;
    if let Some(factor) = tokens
        .get(end)
        .and_then(|next| magnitude(next, tokens, end))
    {
        for value in &mut values {
            *value *= factor;
        }
        end += 1;
    }
    // "236 millions d'euros".
    let after = end
        + usize::from(
            tokens
                .get(end)
                .is_some_and(|next| matches!(next.folded.as_str(), "d" | "de" | "of")),
        );
    let before = at
        .checked_sub(1)
        .and_then(|before| currency(&tokens[before], true));
    if let Some(name) = before {
        money = Some(name);
    } else if let Some(name) = tokens.get(after).and_then(|next| currency(next, false)) {
        (money, end) = (Some(name), after + 1);
    }
    let percent = percent(tokens, end);
    let unit = match (money, percent) {
        (Some(name), _) => Unit::Money(name),
        (None, 0) => Unit::Plain,
        (None, words) => {
            end += words;
            Unit::Percent
        }
    };
    Some(Quantity {
        values,
        unit,
        tokens: at..end,
        vague,
    })
}

/// What the digits can mean: where a comma parts thousands a full stop parts decimals, and the other way round.
fn readings(raw: &str, language: &str) -> Vec<f64> {
    let compact: String = raw
        .chars()
        .filter(|letter| !letter.is_whitespace())
        .collect();
    let groups: Vec<&str> = compact.split(['.', ',']).collect();
    let thousands = groups.len() > 1
        && groups[0].len() <= 3
        && groups[0] != "0"
        && groups[1..].iter().all(|group| group.len() == 3);
    let mut values = Vec::new();
    let mut add = |text: String| {
        if let Ok(value) = text.parse::<f64>() {
            values.push(value);
        }
    };
    let decimal = if language == "en" { '.' } else { ',' };
    // A number has a decimal mark once at most, and last.
    let is_decimal =
        groups.len() == 1 || compact.matches(decimal).count() == 1 || groups.len() == 2;
    if thousands && !(language == "en" && groups.len() == 2 && compact.contains('.')) {
        add(groups.concat());
        if groups.len() == 2 && compact.contains(decimal) {
            add(compact.replace(',', "."));
        }
    } else if is_decimal {
        let mark = compact.rfind(['.', ',']);
        let digits = |text: &str| {
            text.chars()
                .filter(char::is_ascii_digit)
                .collect::<String>()
        };
        add(mark.map_or_else(
            || digits(&compact),
            |mark| format!("{}.{}", digits(&compact[..mark]), digits(&compact[mark..])),
        ));
    } else {
        add(compact.chars().filter(char::is_ascii_digit).collect());
    }
    values
}

fn magnitude(token: &Token, tokens: &[Token], at: usize) -> Option<f64> {
    let attached = token.start == tokens[at - 1].end;
    let before_money = tokens
        .get(at + 1)
        .is_some_and(|next| currency(next, false).is_some());
    Some(match token.folded.as_str() {
        "thousand" | "mille" => 1e3,
        "million" | "millions" | "mln" => 1e6,
        "billion" | "billions" | "bn" | "milliard" | "milliards" | "md" | "mds" => 1e9,
        "trillion" | "trillions" => 1e12,
        "m" if attached || before_money => 1e6,
        "k" if attached => 1e3,
        "b" if attached => 1e9,
        _ => return None,
    })
}

fn currency(token: &Token, before: bool) -> Option<&'static str> {
    Some(match token.folded.as_str() {
        "€" | "eur" => "euro",
        "$" | "usd" => "dollar",
        "£" | "gbp" => "pound",
        "chf" => "franc",
        "euro" | "euros" if !before => "euro",
        "dollar" | "dollars" if !before => "dollar",
        "pound" | "pounds" if !before => "pound",
        "franc" | "francs" if !before => "franc",
        _ => return None,
    })
}

/// How many tokens from here say "percent".
fn percent(tokens: &[Token], at: usize) -> usize {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.folded.as_str());
    match (word(at), word(at + 1)) {
        ("%" | "percent", _) => 1,
        ("per" | "pour", "cent") => 2,
        _ => 0,
    }
}

/// A number in words: its values, where it ends, whether it may be none.
fn spelt(tokens: &[Token], at: usize) -> Option<(Vec<f64>, usize, bool)> {
    let word = |at: usize| {
        let token = tokens.get(at);
        let token = token.filter(|token| matches!(token.kind, Kind::Word | Kind::Capital));
        token.map_or("", |token| token.folded.as_str())
    };
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
                1000.0 => 1000.0,
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
    if end == at {
        return None;
    }
    let vague = end == at + 1 && matches!(word(at), "one" | "un" | "une" | "neuf" | "cent");
    Some((vec![total], end, vague))
}

/// The value of one word, cardinal or ordinal. "Second" and "first" are too often something else.
fn value_of(word: &str) -> Option<f64> {
    const WORDS: [(&str, f64); 87] = [
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
        ("mille", 1000.0),
        ("septante", 70.0),
        ("nonante", 90.0),
        ("huitante", 80.0),
    ];
    let found = WORDS.iter().find(|(name, _)| *name == word);
    found.map(|&(_, value)| value)
}
