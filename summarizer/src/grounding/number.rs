//! Quantities: "14.5 million euros", "€14.5m", "40 %", "twenty-five", "3e".

use super::money;
use super::numeral::spelt;
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
        let unit = match (self.unit, other.unit) {
            (Unit::Money(one), Unit::Money(other)) => money::same(one, other),
            (one, other) => one == other,
        };
        unit && self.same_value(other)
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
    let before = money::before(tokens, at).map(|(name, _)| name);
    let money = before.or_else(|| {
        let (name, past) = money::after(tokens, after)?;
        end = past;
        Some(name)
    });
    let percent = percent(tokens, end);
    let unit = match (money, percent) {
        (Some(name), _) => Unit::Money(name),
        (None, 0) => Unit::Plain,
        (None, words) => {
            end += words;
            Unit::Percent
        }
    };
    if unit == Unit::Plain {
        if is_below_zero(tokens, at, end) {
            values.iter_mut().for_each(|value| *value = -value.abs());
        }
    } else {
        // A loss may be written with a sign or with a word.
        values.iter_mut().for_each(|value| *value = value.abs());
    }
    Some(Quantity {
        values,
        unit,
        tokens: at..end,
        vague,
    })
}

/// Whether words say that a number is less than nothing: "minus 5", "5 degrees below zero", "5 degrés au-dessous de zéro".
fn is_below_zero(tokens: &[Token], at: usize, end: usize) -> bool {
    let before = at.checked_sub(1).map(|before| &tokens[before].folded);
    let degrees = tokens
        .get(end)
        .is_some_and(|next| next.folded.starts_with("degre"));
    let is_minus = before.is_some_and(|word| match word.as_str() {
        "minus" => true,
        // Not that of "au moins cinq personnes".
        "moins" => degrees,
        _ => false,
    });
    let mut next = tokens[end..].iter().take(6);
    let mut next = next.by_ref().take_while(|token| token.kind != Kind::Mark);
    is_minus
        || next.any(|token| matches!(token.folded.as_str(), "below" | "dessous" | "sous"))
            && next.any(|token| matches!(token.folded.as_str(), "zero" | "freezing"))
}

/// What the digits can mean: where a comma parts thousands a full stop parts decimals, and the other way round.
fn readings(raw: &str, language: &str) -> Vec<f64> {
    let (sign, raw) = match raw.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, raw),
    };
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
            values.push(sign * value);
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
    let before_money = money::after(tokens, at + 1).is_some();
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

/// How many tokens from here say "percent".
fn percent(tokens: &[Token], at: usize) -> usize {
    let word = |at: usize| tokens.get(at).map_or("", |token| token.folded.as_str());
    match (word(at), word(at + 1)) {
        ("%" | "percent", _) => 1,
        ("per" | "pour", "cent") => 2,
        _ => 0,
    }
}
