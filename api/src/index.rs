//! The index: full-text search, counts and nearness over the whole archive, in files of its own.
//!
//! It knows no database and no GraphQL. It is fed with articles and a text that says how far it was fed, and it answers
//! with ids and numbers. All of it can be lost: it is made anew out of the archive.

mod analyser;
mod counting;
mod document;
mod files;
mod filter;
mod folder;
mod highlight;
mod key;
mod matching;
mod nearest;
mod page;
mod title;
mod wanted;

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};

use entity::id::ArticleId;
use tantivy::indexer::{IndexWriterOptions, LogMergePolicy};
use tantivy::query::Weight;
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Searcher, TantivyError, Term};

pub use counting::{Group, Part};
pub use document::Document;
pub use folder::Folder;
pub use highlight::Snippet;
pub use matching::Statistics;
pub use page::Relevance;
pub use wanted::{NotWanted, Wanted};

use document::Fields;
use files::Files;
use matching::Matching;

use crate::store::articles::{ArticleFilter, ArticleOrder, ArticlePlace};
use crate::store::window::{Slice, Window};

/// Memory that articles are gathered in before they are written, in bytes, if there are so many: some thousand. Less makes
/// small segments, which every search has to go through until they are merged.
const MEMORY: usize = 64_000_000;

/// Why the index could not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// The folder cannot be written.
    #[error("cannot write the search index in {path}: {cause}; --index takes another folder", path = .path.display())]
    Folder {
        /// What could not be written.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// Its files are missing, damaged, or cannot be written.
    #[error("the search index failed: {0}")]
    Files(#[from] TantivyError),
}

/// An index that can be read.
#[derive(Clone)]
pub struct Index {
    fields: Fields,
    /// What is written; what is read for that is not kept in memory.
    files: tantivy::Index,
    reader: IndexReader,
}

/// The index as it was at one moment.
#[derive(Clone)]
pub struct View {
    fields: Fields,
    searcher: Searcher,
}

/// Writes the index. Uses memory: to be let go of when there is nothing to write.
pub struct Writer {
    fields: Fields,
    writer: IndexWriter,
}

impl Index {
    /// Open the index of a folder as it is.
    pub fn open(folder: &Folder) -> Result<Self, IndexError> {
        let fields = Fields::new();
        let index = Self::in_folder(&folder.files(), fields)?;
        if index.files.schema() != index.fields.schema {
            let message = "the fields are those of another version".to_owned();
            return Err(TantivyError::SchemaError(message).into());
        }
        Ok(index)
    }

    /// Begin an empty one in place of whatever is there. Only for the one that writes the folder.
    pub fn create(folder: &Folder) -> Result<Self, IndexError> {
        let fields = Fields::new();
        let files = folder.clear()?;
        let schema = fields.schema.clone();
        tantivy::Index::create(Files::in_folder(&files)?, schema, Default::default())?;
        Self::in_folder(&files, fields)
    }

    fn in_folder(folder: &Path, fields: Fields) -> Result<Self, IndexError> {
        let reader = tantivy::Index::open(Files::keeping(folder)?)?
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .doc_store_cache_num_blocks(1)
            .try_into()?;
        Ok(Self {
            fields,
            files: tantivy::Index::open(Files::in_folder(folder)?)?,
            reader,
        })
    }

    /// Read what was last committed, by whichever process; how far it was fed, none if it never was.
    pub fn reload(&self) -> Result<Option<String>, IndexError> {
        // In this order: what is read may then be newer than what is said of it, never older.
        let fed = self.files.load_metas()?.payload;
        self.reader.reload()?;
        Ok(fed)
    }

    /// As it was when last reloaded.
    pub fn view(&self) -> View {
        View {
            fields: self.fields.clone(),
            searcher: self.reader.searcher(),
        }
    }

    /// What writes it.
    pub fn writer(&self) -> Result<Writer, IndexError> {
        let options = IndexWriterOptions::builder()
            .memory_budget_per_thread(MEMORY)
            .num_worker_threads(1)
            .num_merge_threads(1)
            .build();
        let writer: IndexWriter = self.files.writer_with_options(options)?;
        let mut policy = LogMergePolicy::default();
        policy.set_min_num_segments(4);
        policy.set_del_docs_ratio_before_merge(0.3);
        writer.set_merge_policy(Box::new(policy));
        Ok(Writer {
            fields: self.fields.clone(),
            writer,
        })
    }
}

impl Writer {
    /// Put these articles in the place of what the index has of them.
    pub fn put(&mut self, articles: &[Document]) -> Result<(), IndexError> {
        for article in articles {
            // Every article has an id of its kind; one that has not could not be given back.
            if let Some((key, document)) = self.fields.document(article) {
                self.writer
                    .delete_term(Term::from_field_u64(self.fields.high, key.high));
                self.writer.add_document(document)?;
            }
        }
        Ok(())
    }

    /// Take out an article.
    pub fn take_out(&mut self, id: &ArticleId) {
        if let Some(key) = key::Key::of(id) {
            self.writer
                .delete_term(Term::from_field_u64(self.fields.high, key.high));
        }
    }

    /// Write it all to the files, and how far the index is fed now.
    pub fn commit(&mut self, fed: &str) -> Result<(), IndexError> {
        let mut prepared = self.writer.prepare_commit()?;
        prepared.set_payload(fed);
        prepared.commit()?;
        Ok(())
    }

    /// Let go of the files and the memory, after the merges under way.
    pub fn close(self) -> Result<(), IndexError> {
        Ok(self.writer.wait_merging_threads()?)
    }
}

impl View {
    /// The articles in a window of those found, best first; and the statistics they were scored by. A window that goes on
    /// from another page is to be given the statistics of that.
    pub fn by_relevance(
        &self,
        wanted: &Wanted,
        filter: &ArticleFilter,
        window: &Window<Relevance>,
        statistics: Option<&Statistics>,
    ) -> Result<(Slice<Relevance>, Statistics), IndexError> {
        let matching = Matching::new(wanted, &self.fields, &self.searcher, statistics)?;
        let weight = matching.scoring(&self.searcher)?;
        let found = page::Part::by_relevance(window).read(&self.searcher, &*weight, filter)?;
        let rows = found
            .into_iter()
            .map(|(id, value)| Relevance {
                score: u32::try_from(value).unwrap_or(u32::MAX),
                id,
            })
            .collect();
        Ok((window.slice(rows), matching.statistics))
    }

    /// The articles in a window of those found, in another order.
    pub fn in_order(
        &self,
        wanted: &Wanted,
        filter: &ArticleFilter,
        order: ArticleOrder,
        window: &Window<ArticlePlace>,
    ) -> Result<Slice<ArticleId>, IndexError> {
        let weight = self.finding(wanted)?;
        let found = page::Part::by(order, window).read(&self.searcher, &*weight, filter)?;
        Ok(window.slice(found.into_iter().map(|(id, _)| id).collect()))
    }

    /// How many articles are found and pass; all that pass, without a search.
    pub fn count(
        &self,
        wanted: Option<&Wanted>,
        filter: &ArticleFilter,
    ) -> Result<u64, IndexError> {
        let weight = wanted.map(|wanted| self.finding(wanted)).transpose()?;
        Ok(counting::count(&self.searcher, weight.as_deref(), filter)?)
    }

    /// How many articles found and passing there are of each value of each of these groups.
    pub fn facets(
        &self,
        wanted: Option<&Wanted>,
        filter: &ArticleFilter,
        groups: &[Group],
    ) -> Result<Vec<HashMap<Part, u64>>, IndexError> {
        let weight = wanted.map(|wanted| self.finding(wanted)).transpose()?;
        Ok(counting::facets(
            &self.searcher,
            weight.as_deref(),
            filter,
            groups,
        )?)
    }

    /// How many articles found and passing there are of each combination of values of one or two groups.
    pub fn table(
        &self,
        wanted: Option<&Wanted>,
        filter: &ArticleFilter,
        groups: &[Group],
    ) -> Result<HashMap<Vec<Part>, u64>, IndexError> {
        let weight = wanted.map(|wanted| self.finding(wanted)).transpose()?;
        Ok(counting::table(
            &self.searcher,
            weight.as_deref(),
            filter,
            groups,
        )?)
    }

    /// For each of these (article, model of its embedding, its numbers) articles that may be nearest to it, in no order.
    pub fn near(
        &self,
        to: &[(ArticleId, String, Vec<f32>)],
        count: usize,
    ) -> Result<Vec<Vec<ArticleId>>, IndexError> {
        Ok(nearest::nearest(&self.searcher, to, count)?)
    }

    fn finding(&self, wanted: &Wanted) -> Result<Box<dyn Weight>, IndexError> {
        let matching = Matching::new(wanted, &self.fields, &self.searcher, None)?;
        Ok(matching.finding(&self.searcher)?)
    }
}
