//! Tokens: who may do what, and that nobody learns a secret but who made it.

use std::fs;
use std::time::Duration;

use serde_json::{Value, json};
use tests::client::Client;
use tests::program::communique;
use tests::{Engine, Fresh, Server, archive, on_both_engines, wait};

const DEADLINE: Duration = Duration::from_secs(20);

/// Every field that needs a scope, with that scope.
const GUARDED: [(&str, &str); 9] = [
    (
        "mutation { ingestText(input: { text: \"Home\" }) { outcome } }",
        "ingest",
    ),
    (
        "mutation { editAbstract(input: { article: \"art_0\", text: \"A\" }) { outcome } }",
        "edit",
    ),
    (
        "mutation { setLabels(input: { article: \"art_0\", topics: [] }) { outcome } }",
        "edit",
    ),
    ("mutation { resummarize(input: {}) { outcome } }", "edit"),
    (
        "mutation { hideArticle(input: { article: \"art_0\" }) { outcome } }",
        "edit",
    ),
    (
        "mutation { unhideArticle(input: { article: \"art_0\" }) { outcome } }",
        "edit",
    ),
    (
        "mutation { splitArticle(input: { article: \"art_0\", at: 1 }) { outcome } }",
        "edit",
    ),
    (
        "mutation { mergeArticles(input: { articles: [\"art_0\", \"art_1\"] }) { outcome } }",
        "edit",
    ),
    ("{ audit { totalCount } }", "edit"),
];

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"]
        .as_str()
        .unwrap_or_default()
}

fn post(client: &Client, authorization: &str) -> tests::client::Answer {
    let headers = [
        ("Content-Type", "application/json"),
        ("Authorization", authorization),
    ];
    client.post("/graphql", &headers, "{\"query\":\"{ status { pages } }\"}")
}

on_both_engines!(every_guarded_field_wants_its_scope, |database| {
    archive::migrate(database.url());
    let server = Server::start(database.url());
    let holders = ["read", "ingest", "edit", "ingest,edit"].map(|scopes| {
        (
            scopes,
            server.holding(&archive::token(database.url(), scopes, scopes)),
        )
    });
    for (field, wanted) in GUARDED {
        let refused = server.graphql(field, json!({}));
        assert_eq!(code(&refused), "UNAUTHENTICATED", "{field}: {refused}");
        for (scopes, client) in &holders {
            let answer = client.graphql(field, json!({}));
            if scopes.split(',').any(|scope| scope == wanted) {
                assert!(
                    answer.get("errors").is_none(),
                    "{scopes}: {field}: {answer}"
                );
            } else {
                assert_eq!(code(&answer), "FORBIDDEN", "{scopes}: {field}: {answer}");
                let message = answer["errors"][0]["message"].as_str().unwrap_or_default();
                assert!(message.contains(wanted), "{message}");
            }
        }
    }
    let hidden = "{ articles(filter: { includeHidden: true }) { totalCount } }";
    assert_eq!(code(&server.graphql(hidden, json!({}))), "UNAUTHENTICATED");
    assert_eq!(code(&holders[1].1.graphql(hidden, json!({}))), "FORBIDDEN");
    assert_eq!(
        holders[2].1.data(hidden, json!({}))["articles"]["totalCount"],
        0
    );
    let viewer = holders[3].1.data("{ viewer { name scopes } }", json!({}));
    assert_eq!(
        viewer["viewer"],
        json!({ "name": "ingest,edit", "scopes": ["INGEST", "EDIT"] })
    );
    assert!(server.data("{ viewer { name } }", json!({}))["viewer"].is_null());
});

on_both_engines!(
    a_token_that_is_not_in_force_is_refused_at_the_door,
    |database| {
        archive::migrate(database.url());
        let server = Server::start(database.url());
        let good = archive::token(database.url(), "good", "read");
        let revoked = archive::token(database.url(), "revoked", "edit");
        let expired = archive::token(database.url(), "expired", "edit");
        for secret in [&good, &revoked, &expired] {
            assert_eq!(post(&server, &format!("Bearer {secret}")).status, 200);
        }
        let ended = communique(database.url(), ["token", "revoke", "revoked"]).run();
        let _ = ended.succeeds();
        let change = "UPDATE token SET expires_at = created_at WHERE name = 'expired' RETURNING CAST(1 AS bigint)";
        assert_eq!(database.number(change), 1);
        let mut other = good.clone();
        let last = if other.ends_with('A') { 'E' } else { 'A' };
        other.replace_range(46.., &last.to_string());
        for authorization in [
            format!("Bearer {revoked}"),
            format!("Bearer {expired}"),
            format!("Bearer {other}"),
            format!("Bearer {}", &good[..46]),
            format!("Basic {good}"),
            "Bearer".to_owned(),
            good.clone(),
            "Bearer ' OR 1=1".to_owned(),
        ] {
            let answer = post(&server, &authorization);
            assert_eq!(answer.status, 401, "{authorization}");
            assert_eq!(code(&answer.json()), "UNAUTHENTICATED", "{authorization}");
            assert!(answer.header("www-authenticate").starts_with("Bearer"));
            assert!(!answer.body.contains(&good), "{authorization}");
        }
        assert_eq!(post(&server, &format!("bearer {good}")).status, 200);
    }
);

on_both_engines!(a_secret_is_shown_once_and_kept_nowhere, |database| {
    archive::migrate(database.url());
    let words = ["--log", "trace", "--summarizer", "off"];
    let server = Server::start_with(database.url(), words);
    let secret = archive::token(database.url(), "ada", "ingest,edit");
    assert!(secret.starts_with("cmq_") && secret.len() == 47, "{secret}");
    let used = post(&server, &format!("Bearer {secret}"));
    assert_eq!(used.status, 200);
    let bare = &secret[4..];
    wait::eventually("the last use", DEADLINE, || {
        let kept = "SELECT CAST(count(*) AS bigint) FROM token WHERE last_used_at IS NOT NULL";
        (database.number(kept) == 1).then_some(())
    });
    for arguments in [&["token", "list"][..], &["token", "list", "--json"]] {
        let shown = communique(database.url(), arguments).run().succeeds();
        assert!(shown.stdout.contains("ada") && shown.stdout.contains("in force"));
        assert!(!shown.stdout.contains(bare) && !shown.stderr.contains(bare));
    }
    let stored = format!("SELECT CAST(count(*) AS bigint) FROM token WHERE hash LIKE '%{bare}%'");
    assert_eq!(database.number(&stored), 0);
    if database.engine() == Engine::Sqlite {
        let path = database.url().trim_start_matches("sqlite://");
        let path = path.split('?').next().unwrap_or_default();
        for file in [path.to_owned(), format!("{path}-wal")] {
            let bytes = fs::read(&file).unwrap_or_default();
            let found = bytes
                .windows(bare.len())
                .any(|part| part == bare.as_bytes());
            assert!(!found, "{file} holds the secret");
        }
    }
    let ended = server.stop();
    assert!(
        ended.stderr.contains("answered"),
        "the log is there: {ended}"
    );
    assert!(!ended.stderr.contains(bare) && !ended.stdout.contains(bare));
});

#[test]
fn the_last_use_of_a_token_is_kept_to_the_minute() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let server = Server::start(database.url());
    let secret = archive::token(database.url(), "ada", "read");
    for _ in 0..20 {
        assert_eq!(post(&server, &format!("Bearer {secret}")).status, 200);
    }
    let seconds = "SELECT CAST(count(*) AS bigint) FROM token WHERE last_used_at LIKE '%:00+00:00' OR last_used_at LIKE '%:00.000000+00:00' OR last_used_at LIKE '%:00Z'";
    wait::eventually("the last use, to the minute", DEADLINE, || {
        (database.number(seconds) == 1).then_some(())
    });
}

#[test]
fn a_name_is_given_once_and_bad_words_are_refused() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let _ = archive::token(database.url(), "ada", "edit");
    let run = |words: &[&str]| communique(database.url(), words).run();
    let create = ["token", "create", "--name"];
    let again = run(&[&create[..], &["ada", "--scope", "edit"]].concat());
    let _ = again.refuses(1, &["ada"]);
    let _ = run(&[&create[..], &[" ", "--scope", "edit"]].concat()).refuses(1, &["--name"]);
    for words in [
        &["bob", "--scope", "root"][..],
        &["bob", "--scope", ""],
        &["bob"],
        &["bob", "--scope", "edit", "--expires", "soon"],
    ] {
        let _ = run(&[&create[..], words].concat()).exits(2);
    }
    let _ = run(&["token", "revoke", "nobody"]).refuses(1, &["nobody"]);
    let one = "SELECT CAST(count(*) AS bigint) FROM token";
    assert_eq!(database.number(one), 1);
}

on_both_engines!(
    a_private_archive_is_closed_to_who_has_no_token,
    |database| {
        archive::migrate(database.url());
        let server = Server::start_with(database.url(), ["--summarizer", "off", "--private"]);
        let closed = |answer: tests::client::Answer| {
            assert_eq!(answer.status, 401, "{}", answer.body);
            assert_eq!(code(&answer.json()), "UNAUTHENTICATED");
        };
        let json = ("Content-Type", "application/json");
        let body = "{\"query\":\"{ status { pages } }\"}";
        closed(server.post("/graphql", &[json], body));
        closed(server.get("/graphql?query={status{pages}}", &[]));
        closed(server.get("/graphql?query={status{pages}}", &[("Accept", "text/html")]));
        closed(server.get(
            "/graphql?%71uery={status{pages}}",
            &[("Accept", "text/html")],
        ));
        closed(server.get("/q/Status", &[]));
        let page = server.get("/graphql", &[("Accept", "text/html")]);
        assert_eq!(page.status, 200, "the playground's page is open");
        assert_eq!(server.get("/healthz", &[]).status, 200);
        let secret = archive::token(database.url(), "ada", "read");
        assert_eq!(post(&server, &format!("Bearer {secret}")).status, 200);
    }
);

#[test]
fn whoever_asks_too_often_is_told_how_long_to_wait() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let words = [
        "--summarizer",
        "off",
        "--rate",
        "2/min",
        "--token-rate",
        "3/min",
        "--trust-proxy",
    ];
    let server = Server::start_with(database.url(), words);
    let secret = archive::token(database.url(), "ada", "read");
    let bearer = format!("Bearer {secret}");
    let ask = |from: &str, bearer: Option<&str>| {
        let mut headers = vec![("X-Forwarded-For", from)];
        headers.extend(bearer.map(|bearer| ("Authorization", bearer)));
        server.get("/graphql?query={status{pages}}", &headers)
    };
    let first = ask("203.0.113.1", None);
    assert_eq!(first.status, 200);
    assert_eq!(first.header("ratelimit-limit"), "2");
    assert_eq!(first.header("ratelimit-remaining"), "1");
    assert_eq!(ask("203.0.113.1", None).status, 200);
    let third = ask("203.0.113.1", None);
    assert_eq!(third.status, 429);
    assert_eq!(code(&third.json()), "RATE_LIMITED");
    assert_eq!(third.header("ratelimit-remaining"), "0");
    let wait: u64 = third.header("retry-after").parse().expect("whole seconds");
    assert!((1..=30).contains(&wait), "{wait}");
    assert_eq!(ask("203.0.113.2", None).status, 200, "another address");

    // A token has a rate of its own, wherever it is used from, though the server has not met it and the address is used
    // up; and guessing tokens counts for the address.
    for from in ["203.0.113.1", "203.0.113.2", "203.0.113.1"] {
        let answer = ask(from, Some(&bearer));
        assert_eq!(answer.status, 200, "{from}");
        assert_eq!(answer.header("ratelimit-limit"), "3");
    }
    assert_eq!(ask("203.0.113.4", Some(&bearer)).status, 429);
    let wrong = format!("Bearer cmq_{}", "A".repeat(43));
    let guesses = [0; 3].map(|_| ask("203.0.113.5", Some(&wrong)).status);
    assert_eq!(guesses, [401, 401, 429]);
    assert_eq!(ask("203.0.113.5", None).status, 429);
    assert_eq!(server.get("/healthz", &[]).status, 200);
}

#[test]
fn this_machines_own_requests_are_not_counted_unless_asked() {
    let database = Fresh::sqlite();
    archive::migrate(database.url());
    let server = Server::start(database.url());
    for _ in 0..700 {
        let answer = server.get("/graphql?query={__typename}", &[]);
        assert_eq!((answer.status, answer.header("ratelimit-limit")), (200, ""));
    }
}
