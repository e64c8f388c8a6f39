//! The gate before the archive: no way of writing a request leads past it, and who was let in is asked again.

use serde_json::{Value, json};
use tests::program::communique;
use tests::socket::{Heard, PROTOCOL, Socket};
use tests::{Fresh, Server, archive, on_both_engines};

const JSON: (&str, &str) = ("Content-Type", "application/json");
const BODY: &str = "{\"query\":\"{ status { pages } }\"}";

fn private(database: &Fresh) -> Server {
    archive::migrate(database.url());
    Server::start_with(database.url(), ["--summarizer", "off", "--private"])
}

fn init(authorization: Option<&str>) -> Value {
    match authorization {
        Some(value) => {
            json!({ "type": "connection_init", "payload": { "Authorization": value } })
        }
        None => json!({ "type": "connection_init" }),
    }
}

#[track_caller]
fn acknowledged(socket: &mut Socket, authorization: Option<&str>) {
    socket.say(&init(authorization));
    let acknowledged = json!({ "type": "connection_ack" });
    assert_eq!(socket.hear(), Heard::Message(acknowledged));
}

#[test]
fn a_path_in_disguise_leads_to_the_gate_too() {
    let database = Fresh::sqlite();
    let server = private(&database);
    let query = "?query=%7Bstatus%7Bpages%7D%7D";
    for path in [
        format!("/graphql{query}"),
        format!("/%67raphql{query}"),
        format!("/graphq%6c{query}"),
        format!("/graphq%6C{query}"),
        format!("//graphql{query}"),
        format!("/playground/../graphql{query}"),
        format!("/playground/%2e%2e/graphql{query}"),
        "/q".to_owned(),
        "/q/Status".to_owned(),
        "/%71/Status".to_owned(),
        "/q/%53tatus".to_owned(),
        "/nothing".to_owned(),
    ] {
        for accept in ["application/json", "text/html", "*/*"] {
            let answer = server.get(&path, &[("Accept", accept)]);
            assert!(
                answer.status == 401 || answer.status == 404,
                "{path} as {accept}: {} {}",
                answer.status,
                answer.body
            );
            assert!(
                !answer.body.contains("\"pages\":"),
                "{path}: {}",
                answer.body
            );
        }
    }
    for path in ["/graphql", "/%67raphql", "/graphq%6c"] {
        assert_eq!(server.post(path, &[JSON], BODY).status, 401, "{path}");
        let upgrading = [JSON, ("Connection", "Upgrade"), ("Upgrade", "websocket")];
        assert_eq!(
            server.post(path, &upgrading, BODY).status,
            401,
            "{path} with an upgrade"
        );
    }
}

on_both_engines!(a_socket_asks_for_a_token_in_its_first_message, |database| {
    let server = private(&database);
    let secret = archive::token(database.url(), "ada", "read");
    let good = format!("Bearer {secret}");
    for (what, authorization) in [
        ("none", None),
        ("an unknown one", Some("Bearer cmq_unknown")),
        ("no token at all", Some("\u{1}")),
    ] {
        let mut socket = Socket::open(&server, &[PROTOCOL]).expect("a socket");
        socket.say(&init(authorization));
        assert_eq!(socket.closed(), 4403, "{what}");
    }
    let mut socket = Socket::open(&server, &[PROTOCOL]).expect("a socket");
    acknowledged(&mut socket, Some(&good));
    socket.subscribe("1", "{ viewer { name } }");
    assert_eq!(socket.next("1")["data"]["viewer"]["name"], "ada");
    // A header does as well, where a client can send one.
    let mut socket =
        Socket::open(&server, &[PROTOCOL, ("Authorization", &good)]).expect("a socket");
    acknowledged(&mut socket, None);
    socket.subscribe("1", "{ viewer { name } }");
    assert_eq!(socket.next("1")["data"]["viewer"]["name"], "ada");
});

on_both_engines!(a_socket_ends_with_the_token_it_was_opened_by, |database| {
    archive::migrate(database.url());
    let server = Server::start(database.url());
    let secret = archive::token(database.url(), "ada", "edit");
    let good = format!("Bearer {secret}");
    let hide = "mutation { hideArticle(input: { article: \"art_0\" }) { outcome } }";
    let mut idle = Socket::open(&server, &[PROTOCOL, ("Authorization", &good)]).expect("a socket");
    acknowledged(&mut idle, None);
    idle.subscribe("1", hide);
    assert_eq!(
        idle.next("1")["data"]["hideArticle"]["outcome"],
        "NOT_FOUND"
    );
    let mut running = Socket::open(&server, &[PROTOCOL]).expect("a socket");
    acknowledged(&mut running, Some(&good));
    running.subscribe("1", "subscription { articleAdded { id } }");
    let _ = communique(database.url(), ["token", "revoke", "ada"])
        .run()
        .succeeds();
    idle.subscribe("2", hide);
    assert_eq!(idle.closed(), 4403);
    // What runs on is looked at with each sign of life.
    assert_eq!(running.closed(), 4403);
});
