//! `Status`.

use async_graphql::SimpleObject;

use super::article::JobState;
use super::date::Moment;
use crate::store::tallies::Tallies;

/// How the archive stands.
#[derive(SimpleObject)]
pub(super) struct Status {
    /// Pages stored, older versions among them.
    pages: u64,
    /// Articles shown by default: duplicates and hidden ones left out.
    articles: u64,
    /// Articles that repeat another's text.
    duplicates: u64,
    /// Articles that an editor hid.
    hidden: u64,
    /// Lines that went to no article; blank lines do not count.
    rejected_lines: u64,
    /// Summaries by how far they are; every state is there.
    jobs: Vec<JobCount>,
    /// The models that made abstracts.
    models: Vec<ModelCount>,
    /// When a page was last ingested; none before the first.
    last_ingested_at: Option<Moment>,
}

/// Summaries in one state.
#[derive(SimpleObject)]
struct JobCount {
    /// How far they are.
    state: JobState,
    /// How many.
    count: u64,
}

/// What one model made.
#[derive(SimpleObject)]
struct ModelCount {
    /// Name of the model.
    name: String,
    /// Version of the model and of the method.
    version: String,
    /// Articles whose abstract it made, duplicates among them.
    articles: u64,
}

impl From<Tallies> for Status {
    fn from(tallies: Tallies) -> Self {
        let models = tallies.models.into_iter();
        Self {
            pages: tallies.pages,
            articles: tallies.articles,
            duplicates: tallies.duplicates,
            hidden: tallies.hidden,
            rejected_lines: tallies.rejected_lines,
            jobs: tallies
                .jobs
                .into_iter()
                .map(|(state, count)| JobCount {
                    state: state.into(),
                    count,
                })
                .collect(),
            models: models
                .map(|model| ModelCount {
                    name: model.name,
                    version: model.version,
                    articles: model.articles,
                })
                .collect(),
            last_ingested_at: tallies.last_ingested_at.map(Moment),
        }
    }
}
