//! Search over generated archives: how fast the index is made, how long a search takes with 32 at once, for the
//! commonest words and rare ones, facets and related articles, the memory held; and SQLite's own FTS5 with bm25 beside it.
//!
//! `cargo bench -p api --bench searching` measures 20,000 articles; `-- 200000` as many as it says. Without `--bench`
//! (under `cargo test`) a small round is run, as a test that it works.

use std::error::Error;
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use api::index::{Group, IndexError, View, Wanted};
use api::search::Search;
use api::store::Store;
use api::store::articles::ArticleFilter;
use api::store::window::{End, Window};
use entity::id::ArticleId;
use sea_orm::{ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionTrait};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Failed = Box<dyn Error + Send + Sync>;

/// Searches at once.
const AT_ONCE: usize = 32;
/// Words of an article.
const WORDS: usize = 300;
/// Words there are.
const VOCABULARY: usize = 60_000;

fn main() -> Result<(), Failed> {
    let measures = std::env::args().any(|argument| argument == "--bench");
    let given: Vec<usize> = std::env::args()
        .filter_map(|argument| argument.parse().ok())
        .collect();
    let sizes = match (measures, given.is_empty()) {
        (false, _) => vec![300],
        (true, true) => vec![20_000],
        (true, false) => given,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    for articles in sizes {
        runtime.block_on(measure(articles, if measures { 2_000 } else { 64 }))?;
    }
    Ok(())
}

async fn measure(articles: usize, searches: usize) -> Result<(), Failed> {
    let folder = tempfile::tempdir()?;
    let url = format!(
        "sqlite://{}?mode=rwc",
        folder.path().join("bench.db").display()
    );
    let connection = entity::database::open(&url, 4).await?;
    let store = Store::over(connection.clone());
    store.migrate_up().await?;
    fill(&connection, articles).await?;
    println!("{articles} articles of about {WORDS} words");

    let started = Instant::now();
    let search = Search::start(store.clone(), folder.path().join("index"), "bench");
    let all = articles as u64;
    while search
        .ask(|view| view.count(None, &ArticleFilter::default()))
        .await
        .ok()
        != Some(all)
    {
        tokio::task::yield_now().await;
    }
    let took = started.elapsed();
    println!(
        "index made in {took:.1?}: {:.0} articles/s, {} MB of files",
        all as f64 / took.as_secs_f64(),
        size(folder.path().join("index").as_path())? >> 20
    );
    // What it was made with is let go of once there is nothing to do.
    let idle = tokio::time::timeout(Duration::from_secs(5), std::future::pending::<()>());
    let _ = idle.await;
    println!("memory at rest: {} MB", resident()? >> 10);

    for (what, text) in [
        ("commonest word", word(0)),
        ("second commonest", word(1)),
        ("word of rank 100", word(100)),
        ("word of rank 20,000", word(20_000)),
        ("two commonest", format!("{} {}", word(0), word(1))),
        ("common and rare", format!("{} {}", word(0), word(20_000))),
        (
            "phrase of common words",
            format!("\"{} {}\"", word(0), word(1)),
        ),
        (
            "phrase of rarer words",
            format!("\"{} {}\"", word(100), word(101)),
        ),
        ("prefix of two letters", format!("{}*", &word(3)[..2])),
        ("prefix of four letters", format!("{}*", &word(60)[..4])),
    ] {
        let wanted = Arc::new(Wanted::read(&text)?);
        timed(what, searches, &search, move |view| page(view, &wanted)).await?;
    }
    let groups = [Group::Topic, Group::Language, Group::Month, Group::Source];
    timed_alone("facets of all", &search, move |view| {
        view.facets(None, &ArticleFilter::default(), &groups)
            .map(drop)
    })
    .await?;
    let wanted = Wanted::read(&word(0))?;
    timed_alone("facets of the commonest word", &search, move |view| {
        view.facets(Some(&wanted), &ArticleFilter::default(), &groups)
            .map(drop)
    })
    .await?;
    let near = vec![(article_id(7), "bench".to_owned(), vector(7))];
    timed_alone("related: candidates", &search, move |view| {
        view.near(&near, 100).map(drop)
    })
    .await?;
    println!("memory after it: {} MB", resident()? >> 10);
    search.stop().await;
    beside(&connection, searches.min(20)).await?;
    Ok(())
}

fn page(view: &View, wanted: &Wanted) -> Result<(), IndexError> {
    let window = Window {
        size: 20,
        end: End::First,
        after: None,
        before: None,
    };
    view.by_relevance(wanted, &ArticleFilter::default(), &window, None)
        .map(drop)
}

/// Many searches, 32 at once: the middle and the 99th of 100.
async fn timed(
    what: &str,
    searches: usize,
    search: &Search,
    ask: impl Fn(&View) -> Result<(), IndexError> + Clone + Send + 'static,
) -> Result<(), Failed> {
    let mut tasks = Vec::new();
    for _ in 0..AT_ONCE {
        let (search, ask) = (search.clone(), ask.clone());
        tasks.push(tokio::spawn(async move {
            let mut times = Vec::new();
            for _ in 0..searches / AT_ONCE {
                let (started, ask) = (Instant::now(), ask.clone());
                search.ask(move |view| ask(view)).await?;
                times.push(started.elapsed());
            }
            Ok::<_, Failed>(times)
        }));
    }
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await??);
    }
    report(what, times);
    Ok(())
}

async fn timed_alone(
    what: &str,
    search: &Search,
    ask: impl Fn(&View) -> Result<(), IndexError> + Clone + Send + 'static,
) -> Result<(), Failed> {
    let mut times = Vec::new();
    for _ in 0..50 {
        let (started, ask) = (Instant::now(), ask.clone());
        search.ask(move |view| ask(view)).await?;
        times.push(started.elapsed());
    }
    report(what, times);
    Ok(())
}

fn report(what: &str, mut times: Vec<Duration>) {
    times.sort_unstable();
    let at = |part: usize| times[(times.len() * part / 100).min(times.len() - 1)];
    println!("{what:32} median {:>9.2?}  p99 {:>9.2?}", at(50), at(99));
}

/// SQLite's own index over the same texts.
async fn beside(connection: &DatabaseConnection, searches: usize) -> Result<(), Failed> {
    let started = Instant::now();
    connection
        .execute_unprepared(
            "CREATE VIRTUAL TABLE beside USING fts5(title, body, content='article', tokenize=\"porter unicode61 remove_diacritics 2\"); \
             INSERT INTO beside (rowid, title, body) SELECT rowid, title, body FROM article",
        )
        .await?;
    println!("FTS5 made in {:.1?}", started.elapsed());
    for (what, rank) in [
        ("FTS5 bm25: commonest word", 0),
        ("FTS5 bm25: word of rank 20,000", 20_000),
    ] {
        let mut times = Vec::new();
        for _ in 0..searches {
            let sql = format!(
                "SELECT rowid FROM beside WHERE beside MATCH '\"{}\"' ORDER BY bm25(beside) LIMIT 20",
                word(rank)
            );
            let started = Instant::now();
            connection
                .query_all_raw(Statement::from_string(DbBackend::Sqlite, sql))
                .await?;
            times.push(started.elapsed());
        }
        report(what, times);
    }
    Ok(())
}

async fn fill(connection: &DatabaseConnection, articles: usize) -> Result<(), Failed> {
    let zipf = Zipf::new();
    connection
        .execute_unprepared(
            "INSERT INTO page (id, source, name, media_type, encoding, content_hash, byte_count, reader, ingested_at) \
             VALUES ('page_1', 'bench', 'page', 'text/plain', 'utf-8', '0', 0, 'bench', '2024-01-01 00:00:00+00:00')",
        )
        .await?;
    for topic in 0..17 {
        let sql = format!(
            "INSERT INTO topic (id, name, names, description, position) VALUES ('t:{topic}', 'topic {topic}', '{{}}', '', {topic})"
        );
        connection.execute_unprepared(&sql).await?;
    }
    let mut random = Random(7);
    for from in (0..articles).step_by(500) {
        let transaction = connection.begin().await?;
        for number in from..(from + 500).min(articles) {
            let mut body = String::with_capacity(WORDS * 8);
            for place in 0..WORDS {
                let _ = write!(
                    body,
                    "{}{}",
                    zipf.word(&mut random),
                    if place % 60 == 59 { ".\n\n" } else { " " }
                );
            }
            let title: Vec<String> = (0..8).map(|_| zipf.word(&mut random)).collect();
            let id = article_id(number);
            let (year, month) = (2000 + number % 24, 1 + number % 12);
            let statements = format!(
                "INSERT INTO article (id, page_id, position, slug, title, title_key, language, published_on, date_basis, body, word_count, fingerprint, text_hash, ingested_at, changed_at) \
                 VALUES ('{id}', 'page_1', {number}, 'a-{number}', '{title}', '{title}', '{language}', '{year}-{month:02}-15', 'DATELINE', '{body}', {WORDS}, 'f{number}', 'h{number}', '2024-01-01 00:00:00+00:00', '2024-01-01 00:00:00+00:00'); \
                 INSERT INTO label (article_id, topic_id, score, origin, model, created_at) VALUES ('{id}', 't:{topic}', 0.5, 'MODEL', 'bench', '2024-01-01 00:00:00+00:00'); \
                 INSERT INTO embedding (article_id, model, model_version, dimension, vector, text_hash, created_at) VALUES ('{id}', 'bench', '1', 384, x'{vector}', 'h{number}', '2024-01-01 00:00:00+00:00');",
                title = title.join(" "),
                language = if number % 4 == 0 { "fr" } else { "en" },
                topic = number % 17,
                vector = bytes(&vector(number)),
            );
            transaction.execute_unprepared(&statements).await?;
        }
        transaction.commit().await?;
    }
    Ok(())
}

fn article_id(number: usize) -> ArticleId {
    ArticleId::of(&[&number.to_string()])
}

/// The word of a rank: pronounceable, and distinct after stemming.
fn word(rank: usize) -> String {
    let mut word = String::from("k");
    let mut rest = rank + 1;
    while rest > 0 {
        let (consonant, vowel) = (rest % 11, rest / 11 % 4);
        word.push(char::from(b"bdfgklmnprt"[consonant]));
        word.push(char::from(b"aiou"[vowel]));
        rest /= 44;
    }
    word + "k"
}

/// Words by Zipf's law: the commonest stands in nearly every article.
struct Zipf(Vec<f64>);

impl Zipf {
    fn new() -> Self {
        let mut sum = 0.0;
        let add = |rank: usize| {
            sum += 1.0 / (rank as f64 + 1.0);
            sum
        };
        Self((0..VOCABULARY).map(add).collect())
    }

    fn word(&self, random: &mut Random) -> String {
        let most = self.0.last().copied().unwrap_or(1.0);
        let at = random.next() * most;
        word(self.0.partition_point(|sum| *sum < at).min(VOCABULARY - 1))
    }
}

struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn vector(number: usize) -> Vec<f32> {
    let mut random = Random(number as u64 + 1);
    (0..384)
        .map(|_| (random.next() as f32 - 0.5) / 5.66)
        .collect()
}

fn bytes(vector: &[f32]) -> String {
    let bytes: Vec<u8> = vector
        .iter()
        .flat_map(|number| number.to_le_bytes())
        .collect();
    data_encoding::HEXLOWER.encode(&bytes)
}

/// Memory in RAM, in KiB.
fn resident() -> Result<u64, Failed> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    Ok(line
        .and_then(|line| line.trim().strip_suffix(" kB"))
        .ok_or("no VmRSS")?
        .trim()
        .parse()?)
}

fn size(folder: &Path) -> Result<u64, Failed> {
    let mut size = 0;
    for entry in walkdir::WalkDir::new(folder) {
        size += entry?.metadata()?.len();
    }
    Ok(size)
}
