//! An article as the index holds it: its words, and the columns it is filtered, counted and ordered by.

use chrono::{DateTime, Datelike, NaiveDate, Utc};
use entity::id::{ArticleId, TopicId};
use tantivy::TantivyDocument;
use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{PreTokenizedString, Token};

use super::analyser::Stems;
use super::key::Key;

/// How often a word of the title counts.
const TITLE: usize = 3;
/// Most characters of a beginning that has a term of its own: shorter than it begins too many words to look each up.
pub(super) const BEGINNING: usize = 3;
/// Numbers of 64 signs each in a code.
pub(super) const CODE: usize = 6;
/// The names of the columns of a code.
pub(super) const CODES: [&str; CODE] = ["code0", "code1", "code2", "code3", "code4", "code5"];

/// It repeats another's text.
pub(super) const DUPLICATE: u64 = 1;
/// An editor hid it.
pub(super) const HIDDEN: u64 = 2;
/// It has an abstract.
pub(super) const SUMMARISED: u64 = 4;

/// What the index is told of an article.
#[derive(Clone, Debug)]
pub struct Document {
    /// Id.
    pub id: ArticleId,
    /// Title.
    pub title: String,
    /// The title as it is sorted.
    pub title_key: String,
    /// Text.
    pub body: String,
    /// The abstract that is shown.
    pub summary: Option<String>,
    /// Language of the text.
    pub language: String,
    /// Where its page came from.
    pub source: String,
    /// Day of publication.
    pub published_on: Option<NaiveDate>,
    /// When it was first ingested.
    pub ingested_at: DateTime<Utc>,
    /// Whether it repeats another's text.
    pub duplicate: bool,
    /// Whether an editor hid it.
    pub hidden: bool,
    /// Its topics.
    pub topics: Vec<TopicId>,
    /// Its embedding: the model and the numbers.
    pub embedding: Option<(String, Vec<f32>)>,
}

/// The fields of the index.
#[derive(Clone, Debug)]
pub(super) struct Fields {
    pub(super) schema: Schema,
    /// Stems, each marked with its language, with their places.
    pub(super) text: Field,
    /// Words as they are, for prefixes.
    pub(super) words: Field,
    /// The first characters of words, up to `BEGINNING` of them.
    pub(super) beginnings: Field,
    pub(super) high: Field,
    low: Field,
    flags: Field,
    day: Field,
    month: Field,
    ingested: Field,
    language: Field,
    source: Field,
    topic: Field,
    title: Field,
    model: Field,
    codes: [Field; CODE],
}

impl Fields {
    pub(super) fn new() -> Self {
        let mut schema = Schema::builder();
        let indexed = |record| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer("raw")
                .set_index_option(record)
                .set_fieldnorms(record != IndexRecordOption::Basic);
            TextOptions::default().set_indexing_options(indexing)
        };
        let column = || TextOptions::default().set_fast("raw");
        Self {
            text: schema.add_text_field("text", indexed(IndexRecordOption::WithFreqsAndPositions)),
            words: schema.add_text_field("words", indexed(IndexRecordOption::Basic)),
            beginnings: schema.add_text_field("beginnings", indexed(IndexRecordOption::Basic)),
            high: schema.add_u64_field("high", FAST | INDEXED),
            low: schema.add_u64_field("low", FAST),
            flags: schema.add_u64_field("flags", FAST),
            day: schema.add_i64_field("day", FAST),
            month: schema.add_i64_field("month", FAST),
            ingested: schema.add_i64_field("ingested", FAST),
            language: schema.add_text_field("language", column()),
            source: schema.add_text_field("source", column()),
            topic: schema.add_text_field("topic", column()),
            title: schema.add_text_field("title", column()),
            model: schema.add_u64_field("model", FAST),
            codes: CODES.map(|name| schema.add_u64_field(name, FAST)),
            schema: schema.build(),
        }
    }

    /// An article as the index takes it; none if its id is no article's.
    pub(super) fn document(&self, article: &Document) -> Option<(Key, TantivyDocument)> {
        let key = Key::of(&article.id)?;
        let mut document = TantivyDocument::default();
        let stems = Stems::of(&article.language);
        let title = stems.terms(&article.title);
        for _ in 0..TITLE {
            add(&mut document, self.text, title.clone());
        }
        let texts = [
            Some(&article.title),
            Some(&article.body),
            article.summary.as_ref(),
        ];
        for text in texts.iter().skip(1).flatten() {
            add(&mut document, self.text, stems.terms(text));
        }
        let mut words: Vec<Token> = texts
            .iter()
            .flatten()
            .flat_map(|text| Stems::None.words(text))
            .collect();
        words.sort_unstable_by(|one, other| one.text.cmp(&other.text));
        words.dedup_by(|one, other| one.text == other.text);
        add(&mut document, self.beginnings, beginnings(&words));
        add(&mut document, self.words, words);

        let flag = |set: bool, flag: u64| if set { flag } else { 0 };
        document.add_u64(self.high, key.high);
        document.add_u64(self.low, key.low);
        document.add_u64(
            self.flags,
            flag(article.duplicate, DUPLICATE)
                | flag(article.hidden, HIDDEN)
                | flag(article.summary.is_some(), SUMMARISED),
        );
        if let Some(day) = article.published_on {
            document.add_i64(self.day, day_number(day));
            document.add_i64(
                self.month,
                i64::from(day.year()) * 12 + i64::from(day.month0()),
            );
        }
        document.add_i64(self.ingested, article.ingested_at.timestamp_micros());
        document.add_text(self.language, &article.language);
        document.add_text(self.source, &article.source);
        for topic in &article.topics {
            document.add_text(self.topic, topic.as_str());
        }
        document.add_text(self.title, &article.title_key);
        let (model, code) = match &article.embedding {
            Some((model, vector)) => (model_number(model), signs(vector)),
            None => (0, [0; CODE]),
        };
        document.add_u64(self.model, model);
        for (field, bits) in self.codes.into_iter().zip(code) {
            document.add_u64(field, bits);
        }
        Some((key, document))
    }
}

fn add(document: &mut TantivyDocument, field: Field, tokens: Vec<Token>) {
    // The text would be stored; it is not, as the archive has it.
    document.add_pre_tokenized_text(
        field,
        PreTokenizedString {
            text: String::new(),
            tokens,
        },
    );
}

/// How words begin, which are in the order of their texts: each beginning once.
fn beginnings(words: &[Token]) -> Vec<Token> {
    let mut beginnings = Vec::new();
    for length in 1..=BEGINNING {
        let mut before = "";
        for word in words {
            // A shorter word does not begin with so many.
            let Some((last, character)) = word.text.char_indices().nth(length - 1) else {
                continue;
            };
            let beginning = &word.text[..last + character.len_utf8()];
            if beginning != before {
                before = beginning;
                beginnings.push(Token {
                    text: beginning.to_owned(),
                    position: 0,
                    ..Token::default()
                });
            }
        }
    }
    beginnings
}

/// A day as a number.
pub(super) fn day_number(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce())
}

/// A model as a number, never 0: that stands for none.
pub(super) fn model_number(name: &str) -> u64 {
    // FNV-1a: the same in every version of the program, as it is kept in files.
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash.max(1)
}

/// The signs of the first numbers of a vector, a bit each.
pub(super) fn signs(vector: &[f32]) -> [u64; CODE] {
    let mut code = [0; CODE];
    for (at, number) in vector.iter().take(CODE * 64).enumerate() {
        code[at / 64] |= u64::from(*number > 0.0) << (at % 64);
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_with_up_to_three_characters_each_beginning_once() {
        let words = ["a", "letter", "lettre", "lundi", "école", "日"].map(|text| Token {
            text: text.to_owned(),
            ..Token::default()
        });
        let found: Vec<String> = beginnings(&words).into_iter().map(|one| one.text).collect();
        assert_eq!(found.join(" "), "a l é 日 le lu éc let lun éco");
    }
}
