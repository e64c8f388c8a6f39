//! What may be mentioned where: rooms compute, the store queries, one clock tells the time.

use crate::checkout::{File, finds, holds};

/// Code words that are allowed only, or not at all, in some places.
struct Reserved {
    words: &'static [&'static str],
    within: &'static [&'static str],
    except: &'static [&'static str],
    right: &'static str,
}

const RULES: &[Reserved] = &[
    Reserved {
        words: &[
            ".await",
            "async fn",
            "async move",
            "sea_orm",
            "tokio::",
            "actix_web",
            "async_graphql",
            "entity::",
            "std::fs",
            "std::env",
            "Instant::now",
        ],
        within: &[
            "api/src/ingest",
            "api/src/newsletter",
            "api/src/abstracts",
            "api/src/feed",
        ],
        except: &[],
        right: "rooms compute: no connection, clock, file or await; the door that calls them has these",
    },
    Reserved {
        words: &["sea_orm", "sea_query", "sqlx"],
        within: &["api/src"],
        except: &["api/src/store"],
        right: "the store is the only home of queries: give it a method for this",
    },
    Reserved {
        words: &["sea_orm", "sea_query", "sqlx"],
        within: &["summarizer/src"],
        except: &["summarizer/src/queue", "summarizer/src/worker"],
        right: "only `worker` and its `queue` know the database; the rest knows text and tensors",
    },
    Reserved {
        words: &["entity::"],
        within: &["summarizer/src"],
        except: &[
            "summarizer/src/queue",
            "summarizer/src/worker",
            "summarizer/src/command",
        ],
        right: "only `worker`, its `queue` and the command that opens the database know what is stored",
    },
    Reserved {
        words: &["tch::", "rust_bert"],
        within: &["summarizer/src"],
        except: &[
            "summarizer/src/encoder",
            "summarizer/src/model",
            "summarizer/src/abstractive",
            "summarizer/src/entailment",
            "summarizer/src/desk",
        ],
        right: "tensors stay where models run (`encoder`, `model`, `abstractive`, `entailment`, `desk`); the rest sees plain \
                numbers",
    },
    Reserved {
        words: &["actix_web", "tracing_actix_web"],
        within: &["api/src"],
        except: &["api/src/http", "api/src/dashboard", "api/src/main.rs"],
        right: "only the doors `http` and `dashboard` speak HTTP",
    },
    Reserved {
        words: &["async_graphql"],
        within: &["api/src"],
        except: &["api/src/graphql", "api/src/http"],
        right: "only the doors `graphql` and `http` speak GraphQL",
    },
    Reserved {
        words: &["entity::"],
        within: &["migration/src"],
        except: &[],
        right: "a migration says what was true on its day: it never imports `entity`",
    },
    Reserved {
        words: &["Utc::now", "Local::now", "SystemTime::now"],
        within: &["api", "entity", "migration", "summarizer", "tests/src"],
        except: &["api/src/clock", "summarizer/src/clock", "entity/src/clock"],
        right: "ask the Clock that was passed in",
    },
    Reserved {
        words: &["clippy::disallowed_methods"],
        within: &["api", "entity", "migration", "summarizer", "tests"],
        except: &[
            "api/src/clock",
            "summarizer/src/clock",
            "entity/src/clock",
            "api/src/config",
            "summarizer/src/config",
            "api/build.rs",
            "summarizer/build.rs",
            "tests/src/environment",
            "tests/tests/tidy/places",
        ],
        right: "only a clock, the configuration and a build script are exempt from clippy's disallowed methods",
    },
];

fn misplaced(file: &File, rule: &Reserved) -> Vec<String> {
    let lies = |places: &[&str]| {
        places
            .iter()
            .any(|place| file.path == *place || file.is_in(place))
    };
    if !file.is_rust() || !lies(rule.within) || lies(rule.except) {
        return Vec::new();
    }
    let found = file.shipped_code().flat_map(|(number, line)| {
        let words = rule.words.iter().filter(|word| mentions(line, word));
        words.map(move |word| format!("{}:{number}: `{word}`: {}", file.path, rule.right))
    });
    found.collect()
}

/// Whether a line has these words, not as the end of a longer name (`my_entity::`).
fn mentions(line: &str, words: &str) -> bool {
    line.match_indices(words).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        words.starts_with('.') || !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

fn all_misplaced(file: &File) -> Vec<String> {
    RULES
        .iter()
        .flat_map(|rule| misplaced(file, rule))
        .collect()
}

/// A sleep makes a test slow where it is enough and wrong where it is not.
fn sleeping_test(file: &File) -> Vec<String> {
    let pause = concat!("sle", "ep(");
    let asleep = file
        .test_code()
        .filter(|(_, line)| file.is_rust() && line.contains(pause));
    let path = &file.path;
    asleep
        .map(|(number, _)| {
            format!("{path}:{number}: a test waits for an event with a deadline, it does not sleep")
        })
        .collect()
}

#[test]
fn everything_is_done_where_it_belongs() {
    for (path, line, count) in [
        (
            "api/src/ingest/date.rs",
            "let page = store.page().await?;",
            1,
        ),
        ("api/src/ingest.rs", "use entity::article;", 1),
        ("api/src/ingest/date.rs", "let identity::Of(x) = y;", 0),
        ("api/src/ingest/date.rs", "// never sea_orm", 0),
        ("api/src/graphql/article.rs", "use sea_orm::EntityTrait;", 1),
        ("api/src/store/article.rs", "use sea_orm::EntityTrait;", 0),
        ("api/src/store.rs", "use sea_orm::Database;", 0),
        ("summarizer/src/salience.rs", "use sea_orm::Value;", 1),
        ("summarizer/src/queue.rs", "use sea_orm::Value;", 0),
        ("summarizer/src/topic.rs", "let t = tch::Tensor::new();", 1),
        ("migration/src/m1.rs", "use entity::page;", 1),
        ("api/src/command/ingest.rs", "let now = Utc::now();", 1),
        ("api/src/clock.rs", "Utc::now()", 0),
        (
            "api/src/command/ingest.rs",
            "#[allow(clippy::disallowed_methods)]",
            1,
        ),
        (
            "summarizer/benches/summarising.rs",
            "use sea_orm::Value;",
            0,
        ),
    ] {
        finds(count, all_misplaced, path, line);
    }
    holds(all_misplaced);
}

#[test]
fn no_test_sleeps() {
    let line = concat!("std::thread::sle", "ep(second);");
    finds(1, sleeping_test, "tests/tests/a.rs", line);
    finds(
        1,
        sleeping_test,
        "api/src/a.rs",
        &format!("#[cfg(test)]\nmod tests {{\n{line}\n}}"),
    );
    finds(0, sleeping_test, "summarizer/src/worker.rs", line);
    holds(sleeping_test);
}
