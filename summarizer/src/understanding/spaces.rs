//! The encoders at hand, and which of them reads a text.

use std::path::PathBuf;
use std::sync::Arc;

use tokio::sync::OnceCell;

use super::LoadError;
use crate::encoder::{Computing, Encoder};
use crate::model::ModelFolder;
use crate::topic::{Head, Labeller, Vocabulary};

/// The language that the main encoder knows, and that is read by it alone.
pub(crate) const ENGLISH: &str = "en";

/// Whether a text in this language is read by the multilingual encoder, where there is one: ranked, labelled and placed
/// among others. The one place that decides it.
///
/// On 250 articles of OrangeSum, in French: one sentence has a ROUGE-1 and -2 of 29.9 and 10.7, by the English encoder 30.2
/// and 11.0, which is no difference; the best of 11 labels is right for 62 %, by the English encoder for 49 %. A title
/// lies at a cosine of 0.90 or more to its French version and of 0.83 or less to another. It takes 1.9 times as long. One
/// encoder for all three, as two would take three times as long.
#[must_use]
pub fn is_for_multilingual(language: &str) -> bool {
    language != ENGLISH
}

/// Who made a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Maker {
    /// Name of the model.
    pub model: String,
    /// Version of model and method: equal versions give equal results, but for the rounding of another processor.
    pub version: String,
    /// Whether texts of different languages lie in one space.
    pub multilingual: bool,
}

/// An encoder, and the topics in its space.
pub(super) struct Space {
    pub(super) encoder: Encoder,
    pub(super) labeller: Arc<Labeller>,
    pub(super) maker: Maker,
}

impl Maker {
    /// The model of this name and version, as [`ModelFolder::named`] tells them.
    #[must_use]
    pub fn of((model, version): (String, String), multilingual: bool) -> Self {
        Self {
            model,
            version,
            multilingual,
        }
    }
}

impl Maker {
    /// The same, with what editors taught it.
    #[must_use]
    pub fn taught(self, head: Option<&Head>) -> Self {
        match head {
            Some(head) => Self {
                version: format!("{}+{}", self.version, head.version()),
                ..self
            },
            None => self,
        }
    }

    /// The version of what it makes together with a model of entailment of this version.
    #[must_use]
    pub fn version_with(&self, judge: Option<&str>) -> String {
        match judge {
            Some(judge) => format!("{}+{judge}", self.version),
            None => self.version.clone(),
        }
    }
}

impl Space {
    /// Takes seconds, in which nothing else must wait: a worker renews its leases meanwhile.
    fn load(
        folder: &ModelFolder,
        vocabulary: &Vocabulary,
        computing: Computing,
        multilingual: bool,
    ) -> Result<Self, LoadError> {
        let encoder = Encoder::start(folder, computing)?;
        let labeller = Arc::new(Labeller::new(vocabulary, &encoder, folder.name()));
        let maker = Maker::of((folder.name().to_owned(), folder.version()), multilingual);
        Ok(Self {
            encoder,
            labeller,
            maker: maker.taught(vocabulary.head(folder.name())),
        })
    }
}

/// The main encoder, and one for all other languages that is loaded when the first text asks for it.
pub(super) struct Spaces {
    pub(super) main: Arc<Space>,
    multilingual: Option<Later>,
}

/// What is loaded when it is first needed; none if it cannot be.
struct Later {
    folder: PathBuf,
    vocabulary: Vocabulary,
    computing: Computing,
    loaded: OnceCell<Option<Arc<Space>>>,
}

impl Spaces {
    /// Load the main encoder, and remember where the other one is.
    pub(super) fn load(
        main: &ModelFolder,
        multilingual: Option<PathBuf>,
        vocabulary: &Vocabulary,
        computing: Computing,
    ) -> Result<Self, LoadError> {
        Ok(Self {
            main: Arc::new(Space::load(main, vocabulary, computing, false)?),
            multilingual: multilingual.map(|folder| Later {
                folder,
                vocabulary: vocabulary.clone(),
                computing,
                loaded: OnceCell::new(),
            }),
        })
    }

    /// The encoder of this name, where it is at hand; else that for the language.
    pub(super) async fn of(&self, model: Option<&str>, language: &str) -> Arc<Space> {
        let multilingual = match model {
            Some(model) if model == self.main.maker.model => false,
            Some(model) if self.multilingual_name().as_deref() == Some(model) => true,
            _ => is_for_multilingual(language),
        };
        if multilingual && let Some(space) = self.multilingual().await {
            return space;
        }
        Arc::clone(&self.main)
    }

    /// Its name, unless it is known that it cannot be used.
    pub(super) fn multilingual_name(&self) -> Option<String> {
        let later = self.multilingual.as_ref()?;
        if matches!(later.loaded.get(), Some(None)) || !later.folder.is_dir() {
            return None;
        }
        let name = later.folder.file_name()?;
        Some(name.to_string_lossy().into_owned())
    }

    /// The multilingual encoder, where there is one that can be used.
    pub(super) async fn multilingual(&self) -> Option<Arc<Space>> {
        let later = self.multilingual.as_ref()?;
        later.loaded.get_or_init(|| later.load()).await.clone()
    }
}

impl Later {
    /// Load it; if that fails, say so, and that the main encoder does its work.
    async fn load(&self) -> Option<Arc<Space>> {
        let (folder, vocabulary) = (self.folder.clone(), self.vocabulary.clone());
        let computing = self.computing;
        let loading = tokio::task::spawn_blocking(move || {
            Space::load(&ModelFolder::open(&folder)?, &vocabulary, computing, true)
        });
        match loading.await {
            Ok(Ok(space)) => Some(Arc::new(space)),
            Ok(Err(error)) => self.missing(&error),
            Err(error) => self.missing(&error),
        }
    }

    fn missing(&self, error: &dyn std::fmt::Display) -> Option<Arc<Space>> {
        tracing::warn!(
            folder = %self.folder.display(),
            %error,
            "without the multilingual encoder, texts in all languages are read by the English one; \
             `make setup` and `communique-summarizer models import` bring it"
        );
        None
    }
}
