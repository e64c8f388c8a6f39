//! Articles a second through the whole worker (claim, split, encode, rank, label, save; an SQLite file) against the
//! bare `rust-bert` encoder on the same sentences, in the same precision and the batch size that is best for it, in
//! interleaved rounds.
//! Ends with the ratio, which must not be below 0.9.
//!
//! `cargo bench -p summarizer` measures; without `--bench` (under `cargo test`) a small round is run, as a test that
//! it works.

use std::error::Error;
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use entity::id::{ArticleId, PageId};
use entity::{article, database, job, page};
use migration::{Migrator, MigratorTrait};
use rust_bert::RustBertError;
use rust_bert::pipelines::common::ModelType;
use rust_bert::pipelines::sentence_embeddings::{
    SentenceEmbeddingsConfig, SentenceEmbeddingsModel,
};
use rust_bert::resources::{LocalResource, ResourceProvider};
use sea_orm::{DatabaseConnection, EntityTrait, Set};
use summarizer::clock::Clock;
use summarizer::config::default_model_folder;
use summarizer::encoder::Precision;
use summarizer::model::ModelFolder;
use summarizer::queue::{Queue, Terms};
use summarizer::sentence;
use summarizer::topic::Vocabulary;
use summarizer::understanding::{Options, Summarizer};
use summarizer::worker::{Ended, Plan, Worker};

const LEAST_RATIO: f64 = 0.9;

fn main() -> Result<(), Box<dyn Error>> {
    let measures = std::env::args().any(|argument| argument == "--bench");
    let (articles, rounds) = if measures { (48, 3) } else { (4, 1) };
    let texts: Vec<(String, String)> = (0..articles).map(press_release).collect();
    let sentences: Vec<&str> = texts
        .iter()
        .flat_map(|(title, body)| {
            let split = sentence::split(body)
                .into_iter()
                .map(|sentence| sentence.text);
            split.chain(std::iter::once(title.as_str()))
        })
        .collect();
    let words = texts
        .iter()
        .map(|(_, body)| body.split_whitespace().count())
        .sum::<usize>();
    println!(
        "{articles} articles, {words} words, {} sentences and titles",
        sentences.len()
    );

    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let vocabulary = Vocabulary::built_in()?;
    let folder = ModelFolder::open(&default_model_folder())?;
    let summarizer = Arc::new(Summarizer::load(&folder, &vocabulary, Options::default())?);
    let cores = std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
    tch::set_num_threads(i32::try_from(cores)?);
    let bare = bare_encoder()?;

    let size = best_size(&bare, &sentences, measures)?;
    let (mut whole, mut encoder) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        // Whoever goes second finds warmer caches and a hotter core, so they take turns.
        for turn in 0..2 {
            if (round + turn) % 2 == 0 {
                encoder.push(encode_bare(&bare, &sentences, size)?);
            } else {
                whole.push(runtime.block_on(work_whole(&summarizer, &vocabulary, &texts))?);
            }
        }
    }
    let (whole, encoder) = (median(whole), median(encoder));
    let rate = |took: Duration| articles as f64 / took.as_secs_f64();
    let ratio = rate(whole) / rate(encoder);
    println!(
        "bare encoder (batches of {size}): {:.1} articles/s",
        rate(encoder)
    );
    println!("whole worker: {:.1} articles/s", rate(whole));
    println!("ratio: {ratio:.2}");
    if measures && ratio < LEAST_RATIO {
        return Err(format!("the ratio is {ratio:.2} and should be {LEAST_RATIO} or more").into());
    }
    Ok(())
}

fn bare_encoder() -> Result<SentenceEmbeddingsModel, RustBertError> {
    let resource = |file: &str| -> Box<dyn ResourceProvider + Send> {
        Box::new(LocalResource::from(default_model_folder().join(file)))
    };
    SentenceEmbeddingsModel::new(SentenceEmbeddingsConfig {
        modules_config_resource: resource("modules.json"),
        transformer_type: ModelType::Bert,
        transformer_config_resource: resource("config.json"),
        transformer_weights_resource: resource("model.safetensors"),
        pooling_config_resource: resource("1_Pooling/config.json"),
        dense_config_resource: None,
        dense_weights_resource: None,
        sentence_bert_config_resource: resource("sentence_bert_config.json"),
        tokenizer_config_resource: resource("tokenizer_config.json"),
        tokenizer_vocab_resource: resource("vocab.txt"),
        tokenizer_merges_resource: None,
        device: tch::Device::Cpu,
        kind: Some(Precision::of_processor().kind()),
    })
}

/// The size of batches with which the bare encoder is fastest.
fn best_size(
    bare: &SentenceEmbeddingsModel,
    sentences: &[&str],
    measures: bool,
) -> Result<usize, RustBertError> {
    let sizes: &[usize] = if measures { &[8, 16, 32, 64] } else { &[32] };
    let mut best = (32, Duration::MAX);
    // The first pass warms up.
    encode_bare(bare, &sentences[..sentences.len().min(64)], 32)?;
    for &size in sizes {
        let took = encode_bare(bare, sentences, size)?;
        println!("bare encoder, batches of {size}: {took:.2?}");
        if took < best.1 {
            best = (size, took);
        }
    }
    Ok(best.0)
}

fn encode_bare(
    bare: &SentenceEmbeddingsModel,
    sentences: &[&str],
    size: usize,
) -> Result<Duration, RustBertError> {
    let started = Instant::now();
    for batch in sentences.chunks(size) {
        bare.encode(batch)?;
    }
    Ok(started.elapsed())
}

/// A fresh archive worked until it is empty; setting it up is not counted.
async fn work_whole(
    summarizer: &Arc<Summarizer>,
    vocabulary: &Vocabulary,
    texts: &[(String, String)],
) -> Result<Duration, Box<dyn Error>> {
    let folder = tempfile::tempdir()?;
    let url = format!(
        "sqlite://{}?mode=rwc",
        folder.path().join("bench.db").display()
    );
    let database = database::open(&url, 4).await?;
    Migrator::up(&database, None).await?;
    let clock = Clock::system();
    fill(&database, texts, clock.now()).await?;
    let queue = Queue::new(database.clone(), Terms::default(), clock);
    queue.save_vocabulary(vocabulary).await?;
    let worker = Worker::new(queue, Arc::clone(summarizer), 16);
    let started = Instant::now();
    let ended = worker
        .run(Plan::UntilEmpty, std::future::pending(), |_| {})
        .await?;
    let took = started.elapsed();
    assert_eq!(ended, Ended::Empty);
    assert_eq!(worker.queue().outlook().await?.unfinished(), 0);
    drop(worker);
    database.close().await?;
    Ok(took)
}

async fn fill(
    database: &DatabaseConnection,
    texts: &[(String, String)],
    now: DateTime<Utc>,
) -> Result<(), Box<dyn Error>> {
    let page = page::ActiveModel {
        id: Set(PageId("page_1".into())),
        source: Set("bench".into()),
        name: Set("page".into()),
        media_type: Set("text/plain".into()),
        encoding: Set("UTF-8".into()),
        content_hash: Set("0".into()),
        byte_count: Set(0),
        reader: Set("bench".into()),
        ingested_at: Set(now),
        superseded_by: Set(None),
        ..Default::default()
    };
    page::Entity::insert(page)
        .exec_without_returning(database)
        .await?;
    for (number, (title, body)) in texts.iter().enumerate() {
        let row = article::ActiveModel {
            id: Set(ArticleId(format!("art_{number:04}"))),
            page_id: Set(PageId("page_1".into())),
            position: Set(i32::try_from(number)? + 1),
            slug: Set(format!("article-{number}")),
            title: Set(title.clone()),
            language: Set("en".into()),
            published_on: Set(None),
            date_basis: Set(None),
            body: Set(body.clone()),
            word_count: Set(i32::try_from(body.split_whitespace().count())?),
            fingerprint: Set(format!("print-{number}")),
            text_hash: Set(format!("hash-{number}")),
            duplicate_of: Set(None),
            ingested_at: Set(now),
            changed_at: Set(now),
            ..Default::default()
        };
        article::Entity::insert(row)
            .exec_without_returning(database)
            .await?;
        let order = job::ActiveModel {
            article_id: Set(ArticleId(format!("art_{number:04}"))),
            text_hash: Set(format!("hash-{number}")),
            state: Set(job::State::Queued),
            attempts: Set(0),
            available_at: Set(now),
            lease_owner: Set(None),
            lease_until: Set(None),
            error: Set(None),
            updated_at: Set(now),
            ..Default::default()
        };
        job::Entity::insert(order)
            .exec_without_returning(database)
            .await?;
    }
    Ok(())
}

/// A press release made of clauses, with sentences as long and as uneven as real ones (12 to 60 words, 26 on average).
fn press_release(number: usize) -> (String, String) {
    const CLAUSES: [&str; 8] = [
        "the foundation and the ministry of education signed an agreement on the training of teachers in rural schools",
        "several directors and experts of both institutions attended the meeting at the headquarters",
        "the programme will run for three years",
        "which aims at the exchange of experience between universities and research centres of the region",
        "the director reviewed the main activities of the past year",
        "stressing the role of women and young people in building the future of their communities",
        "he praised the cooperation",
        "and the two parties agreed to hold a conference on water, energy and the environment in the spring",
    ];
    let mut state = number as u64 * 2_654_435_761 + 1;
    let mut pick = |limit: usize| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % limit
    };
    let mut body = String::new();
    for paragraph in 0..5 {
        if paragraph > 0 {
            body.push_str("\n\n");
        }
        for sentence in 0..2 + pick(2) {
            let clauses: Vec<&str> = (0..1 + pick(4)).map(|_| CLAUSES[pick(8)]).collect();
            let space = if sentence > 0 { " " } else { "" };
            body.push_str(&format!(
                "{space}On day {} {}.",
                pick(30) + 1,
                clauses.join(", ")
            ));
        }
    }
    (format!("Foundation Signs Agreement Number {number}"), body)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
