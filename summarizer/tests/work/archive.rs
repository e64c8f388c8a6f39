//! An archive to work on: migrated, with articles and their orders as `communique ingest` writes them.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, Utc};
use entity::id::{ArticleId, PageId};
use entity::{abstracts, article, database, embedding, job, label, page, topic};
use migration::{Migrator, MigratorTrait};
use sea_orm::{ActiveModelTrait, DatabaseConnection, EntityTrait, QueryOrder, Set};
use summarizer::abstracts::Abstract;
use summarizer::clock::Clock;
use summarizer::encoder::Embedding;
use summarizer::keyphrase::Keyphrase;
use summarizer::queue::{Order, Queue, Terms};
use summarizer::salience::Ranked;
use summarizer::sentence::Span;
use summarizer::topic::{Label, Vocabulary};
use summarizer::understanding::{Maker, Understanding};
use tests::Fresh;

/// The archive, and a clock that only tests move.
pub(crate) struct Archive {
    pub(crate) database: DatabaseConnection,
    now: Arc<Mutex<DateTime<Utc>>>,
}

/// When the tests' clocks start: long ago, so that for the program, which has the system's, all orders are due.
fn start() -> DateTime<Utc> {
    DateTime::from_timestamp(1_600_000_000, 0).expect("a moment")
}

impl Archive {
    /// A migrated archive with this many articles, each with an order that is due.
    pub(crate) async fn with(fresh: &Fresh, articles: usize) -> Self {
        let database = database::open(fresh.url(), 4).await.expect("a database");
        Migrator::up(&database, None).await.expect("tables");
        let archive = Self {
            database,
            now: Arc::new(Mutex::new(start())),
        };
        let page = page::ActiveModel {
            id: Set(PageId("page_1".into())),
            source: Set("test".into()),
            name: Set("page".into()),
            media_type: Set("text/plain".into()),
            encoding: Set("UTF-8".into()),
            content_hash: Set("0".into()),
            byte_count: Set(0),
            reader: Set("test".into()),
            ingested_at: Set(start()),
            superseded_by: Set(None),
            ..Default::default()
        };
        page::Entity::insert(page)
            .exec_without_returning(&archive.database)
            .await
            .expect("a page");
        for number in 0..articles {
            archive.add(number).await;
        }
        archive
    }

    async fn add(&self, number: usize) {
        let body = body(number);
        let row = article::ActiveModel {
            id: Set(id(number)),
            page_id: Set(PageId("page_1".into())),
            position: Set(i32::try_from(number).expect("few articles") + 1),
            slug: Set(format!("article-{number}")),
            title: Set(title(number)),
            language: Set("en".into()),
            published_on: Set(None),
            date_basis: Set(None),
            word_count: Set(i32::try_from(body.split_whitespace().count()).expect("few words")),
            body: Set(body),
            fingerprint: Set(format!("print-{number}")),
            text_hash: Set(format!("hash-{number}")),
            duplicate_of: Set(None),
            ingested_at: Set(start()),
            changed_at: Set(start()),
            ..Default::default()
        };
        article::Entity::insert(row)
            .exec_without_returning(&self.database)
            .await
            .expect("an article");
        let order = job::ActiveModel {
            article_id: Set(id(number)),
            text_hash: Set(format!("hash-{number}")),
            state: Set(job::State::Queued),
            attempts: Set(0),
            available_at: Set(start()),
            lease_owner: Set(None),
            lease_until: Set(None),
            error: Set(None),
            updated_at: Set(start()),
            ..Default::default()
        };
        job::Entity::insert(order)
            .exec_without_returning(&self.database)
            .await
            .expect("an order");
    }

    /// Change the text of an article and order it anew, as `communique ingest` does.
    pub(crate) async fn change(&self, number: usize) {
        let changed = article::ActiveModel {
            id: Set(id(number)),
            body: Set("It was changed.".into()),
            text_hash: Set("hash-changed".into()),
            ..Default::default()
        };
        changed.update(&self.database).await.expect("an article");
        let order = job::ActiveModel {
            article_id: Set(id(number)),
            text_hash: Set("hash-changed".into()),
            state: Set(job::State::Queued),
            attempts: Set(0),
            available_at: Set(self.now()),
            lease_owner: Set(None),
            lease_until: Set(None),
            error: Set(None),
            updated_at: Set(self.now()),
            ..Default::default()
        };
        order.update(&self.database).await.expect("an order");
    }

    /// A worker's view of the queue, on the tests' clock, with the topics saved.
    pub(crate) async fn queue(&self) -> Queue {
        let queue = self.bare_queue();
        let vocabulary = Vocabulary::built_in().expect("the built-in vocabulary");
        queue.save_vocabulary(&vocabulary).await.expect("topics");
        queue
    }

    pub(crate) fn bare_queue(&self) -> Queue {
        let now = Arc::clone(&self.now);
        let clock = Clock::from_fn(move || *now.lock().expect("a clock"));
        let terms = Terms {
            lease: TimeDelta::seconds(60),
            attempts: 3,
            retry_after: TimeDelta::seconds(10),
        };
        Queue::new(self.database.clone(), terms, clock)
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        *self.now.lock().expect("a clock")
    }

    /// Let time pass.
    pub(crate) fn pass(&self, seconds: i64) {
        *self.now.lock().expect("a clock") += TimeDelta::seconds(seconds);
    }

    /// Order a summary anew, as `resummarize` does.
    pub(crate) async fn order_anew(&self, number: usize) {
        let anew = job::ActiveModel {
            article_id: Set(id(number)),
            state: Set(job::State::Queued),
            attempts: Set(0),
            available_at: Set(self.now()),
            ..Default::default()
        };
        anew.update(&self.database).await.expect("an order");
    }

    pub(crate) async fn order(&self, number: usize) -> job::Model {
        job::Entity::find_by_id(id(number))
            .one(&self.database)
            .await
            .expect("a query")
            .expect("an order")
    }

    pub(crate) async fn orders(&self) -> Vec<job::Model> {
        job::Entity::find()
            .order_by_asc(job::Column::ArticleId)
            .all(&self.database)
            .await
            .expect("orders")
    }

    pub(crate) async fn abstracts(&self) -> Vec<abstracts::Model> {
        let all = abstracts::Entity::find().order_by_asc(abstracts::Column::ArticleId);
        all.all(&self.database).await.expect("abstracts")
    }

    pub(crate) async fn labels(&self) -> Vec<label::Model> {
        let all = label::Entity::find()
            .order_by_asc(label::Column::ArticleId)
            .order_by_asc(label::Column::TopicId);
        all.all(&self.database).await.expect("labels")
    }

    pub(crate) async fn embeddings(&self) -> Vec<embedding::Model> {
        let all = embedding::Entity::find().order_by_asc(embedding::Column::ArticleId);
        all.all(&self.database).await.expect("embeddings")
    }

    pub(crate) async fn topics(&self) -> Vec<topic::Model> {
        topic::Entity::find()
            .order_by_asc(topic::Column::Position)
            .all(&self.database)
            .await
            .expect("topics")
    }
}

/// Ids in the order of the numbers.
pub(crate) fn id(number: usize) -> ArticleId {
    ArticleId(format!("art_{number:04}"))
}

fn title(number: usize) -> String {
    let what = ["School", "Hospital", "Stadium", "Museum", "Laboratory"][number % 5];
    format!("New {what} Number {number} Opens in the Valley")
}

pub(crate) fn body(number: usize) -> String {
    let what = ["school", "hospital", "stadium", "museum", "laboratory"][number % 5];
    let who = [
        "pupils and teachers",
        "patients and nurses",
        "players and fans",
        "painters and visitors",
        "researchers and engineers",
    ][number % 5];
    format!(
        "The mayor opened {what} number {number} in the valley on Monday. It was built in {} months by a firm from the \
         coast, which had won the contract against four others.\n\nThe {what} is meant for {who}, said Dr. A. Lind, who \
         will run it. {}The old one had been closed for years.",
        number % 17 + 3,
        "It has a garden and a hall. ".repeat(number % 4),
    )
}

/// An understanding of an order's text that needs no model.
pub(crate) fn understanding(order: &Order) -> Understanding {
    let span = Span {
        start: 0,
        end: order
            .body
            .chars()
            .position(|c| c == '.')
            .expect("a sentence")
            + 1,
    };
    Understanding {
        own_words: None,
        judge: None,
        abstract_: Some(Abstract {
            text: order.body.chars().take(span.end).collect(),
            sentences: vec![span],
        }),
        ranking: vec![Ranked {
            span,
            score: 0.123_456,
            omissible: Vec::new(),
            passing: 0,
            leans_on: None,
            telling: true,
        }],
        topics: Vec::new(),
        keyphrases: vec![Keyphrase {
            text: "a garden".into(),
            score: 1.0,
        }],
        labels: ["medtop:05000000", "medtop:07000000"]
            .map(|topic| Label {
                topic: topic.into(),
                score: 0.5,
                evidence: Some(span),
            })
            .to_vec(),
        embedding: Some(Embedding::normalised(&[3.0, 4.0])),
        maker: Maker::of(("model".into(), "1".into()), false),
    }
}
