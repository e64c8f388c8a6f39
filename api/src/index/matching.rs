//! What was wanted, as the index finds and scores it.

use std::collections::HashMap;

use tantivy::query::{
    Bm25StatisticsProvider, BooleanQuery, ConstScoreQuery, EmptyQuery, EnableScoring, Occur,
    PhraseQuery, Query, RegexQuery, TermQuery, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::tokenizer::Token;
use tantivy::{Searcher, Term};

use super::analyser::Stems;
use super::document::{BEGINNING, Fields};
use super::wanted::{Piece, Wanted};

/// How often words stood in the archive when a search began. Scores of the same statistics compare: a search that goes on
/// after articles came keeps the ones it began with, and so every article its place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Statistics {
    /// Articles, and words in all of them.
    pub(super) archive: (u64, u64),
    /// Articles that have a word, for each word of the search in its order.
    pub(super) words: Vec<u64>,
}

impl Statistics {
    /// As text: whole numbers.
    pub fn encode(&self) -> String {
        let numbers = [self.archive.0, self.archive.1];
        let all = numbers.iter().chain(&self.words).map(u64::to_string);
        all.collect::<Vec<_>>().join(" ")
    }

    /// Read again what was written as text.
    pub fn decode(text: &str) -> Option<Self> {
        let numbers = text.split(' ').map(|number| number.parse().ok());
        let numbers = numbers.collect::<Option<Vec<u64>>>()?;
        match &numbers[..] {
            [articles, tokens, words @ ..] if *articles > 0 && *tokens > 0 => Some(Self {
                archive: (*articles, *tokens),
                words: words.to_vec(),
            }),
            _ => None,
        }
    }
}

/// A search made ready for one state of the index.
pub(super) struct Matching {
    query: Box<dyn Query>,
    known: Known,
    /// The statistics it scores by.
    pub(super) statistics: Statistics,
}

/// How many articles have a term: the same for all forms of a word, so that none counts as rare for being the odd one.
struct Known {
    archive: (u64, u64),
    articles: HashMap<Vec<u8>, u64>,
}

impl Bm25StatisticsProvider for Known {
    fn total_num_tokens(&self, _: Field) -> tantivy::Result<u64> {
        Ok(self.archive.1)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.archive.0)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        let articles = self.articles.get(term.serialized_value_bytes());
        Ok(articles.copied().unwrap_or(0).min(self.archive.0))
    }
}

impl Matching {
    /// `statistics`: those that the search began with, unless it begins now.
    pub(super) fn new(
        wanted: &Wanted,
        fields: &Fields,
        searcher: &Searcher,
        statistics: Option<&Statistics>,
    ) -> tantivy::Result<Self> {
        let archive = match statistics {
            Some(statistics) => statistics.archive,
            None => (
                searcher.total_num_docs()?.max(1),
                searcher.total_num_tokens(fields.text)?.max(1),
            ),
        };
        let mut forming = Forming {
            fields,
            searcher,
            given: statistics.map(|statistics| statistics.words.as_slice()),
            words: Vec::new(),
            known: Known {
                archive,
                articles: HashMap::new(),
            },
        };
        let mut clauses = Vec::new();
        for piece in &wanted.all {
            clauses.push((Occur::Must, forming.piece(piece)?));
        }
        for piece in &wanted.none {
            clauses.push((Occur::MustNot, forming.piece(piece)?));
        }
        // A lone word is not wrapped, so that blocks which cannot reach the first page are passed over.
        let query = match clauses.len() {
            1 => clauses.remove(0).1,
            _ => Box::new(BooleanQuery::new(clauses)),
        };
        Ok(Self {
            query,
            statistics: Statistics {
                archive,
                words: forming.words,
            },
            known: forming.known,
        })
    }

    /// What finds and scores.
    pub(super) fn scoring(&self, searcher: &Searcher) -> tantivy::Result<Box<dyn Weight>> {
        let scoring = EnableScoring::enabled_from_statistics_provider(&self.known, searcher);
        self.query.weight(scoring)
    }

    /// What only finds.
    pub(super) fn finding(&self, searcher: &Searcher) -> tantivy::Result<Box<dyn Weight>> {
        self.query
            .weight(EnableScoring::disabled_from_searcher(searcher))
    }
}

struct Forming<'a> {
    fields: &'a Fields,
    searcher: &'a Searcher,
    given: Option<&'a [u64]>,
    words: Vec<u64>,
    known: Known,
}

impl Forming<'_> {
    fn piece(&mut self, piece: &Piece) -> tantivy::Result<Box<dyn Query>> {
        if piece.prefix {
            let words = Stems::None.words(&piece.text);
            let beginning = words.first().map_or("", |word| word.text.as_str());
            let query: Box<dyn Query> = if (1..=BEGINNING).contains(&beginning.chars().count()) {
                let term = Term::from_field_text(self.fields.beginnings, beginning);
                Box::new(TermQuery::new(term, IndexRecordOption::Basic))
            } else {
                // Letters and digits only: nothing in it means anything to a regular expression.
                let pattern = format!("{beginning}.*");
                Box::new(RegexQuery::from_pattern(&pattern, self.fields.words)?)
            };
            return Ok(Box::new(ConstScoreQuery::new(query, 1.0)));
        }
        let mut forms = forms(piece, self.fields.text);
        self.count(&forms)?;
        // A form that stands nowhere cannot match.
        let mut there = Vec::new();
        for form in forms.drain(..) {
            let mut whole = true;
            for term in &form {
                whole &= self.searcher.doc_freq(term)? > 0;
            }
            if whole {
                there.push(form);
            }
        }
        let mut queries: Vec<Box<dyn Query>> = there.into_iter().map(one_form).collect();
        Ok(match queries.len() {
            0 => Box::new(EmptyQuery),
            1 => queries.remove(0),
            _ => Box::new(BooleanQuery::union(queries)),
        })
    }

    /// Note how many articles have each word of a piece, in whatever form.
    fn count(&mut self, forms: &[Vec<Term>]) -> tantivy::Result<()> {
        let length = forms.first().map_or(0, Vec::len);
        for place in 0..length {
            let mut terms: Vec<&Term> = forms.iter().filter_map(|form| form.get(place)).collect();
            terms.sort();
            terms.dedup();
            let mut articles = 0;
            match self.given.map(|given| given.get(self.words.len())) {
                Some(given) => articles = given.copied().unwrap_or(0),
                None => {
                    for term in &terms {
                        articles += self.searcher.doc_freq(term)?;
                    }
                }
            }
            self.words.push(articles);
            for term in terms {
                let bytes = term.serialized_value_bytes().to_vec();
                self.known.articles.insert(bytes, articles);
            }
        }
        Ok(())
    }
}

/// A piece in each language.
fn forms(piece: &Piece, field: Field) -> Vec<Vec<Term>> {
    let term = |term: &Token| Term::from_field_text(field, &term.text);
    let form = |stems: Stems| stems.terms(&piece.text).iter().map(term).collect();
    Stems::ALL.map(form).into()
}

fn one_form(mut terms: Vec<Term>) -> Box<dyn Query> {
    if terms.len() == 1 {
        let term = terms.remove(0);
        Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs))
    } else {
        Box::new(PhraseQuery::new(terms))
    }
}
