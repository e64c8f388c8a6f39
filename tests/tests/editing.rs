//! What editors do: every outcome, once however often it is sent, with its row of the audit.

use std::thread;

use serde_json::{Value, json};
use tests::client::Client;
use tests::{Fresh, Server, archive, on_both_engines};

const TEXT: &str = "Agency Opens a River Station in Northford\n\nThe Agency for Rivers opened a measuring station in \
    Northford today, Thursday, April 1, 2021, in the presence of the mayor and of some forty pupils of the town.\n\n\
    The station measures the height, the speed and the temperature of the water every ten minutes, as was promised.\n";

const INGEST: &str = "mutation($input: IngestTextInput!) { ingestText(input: $input) { outcome rejectedLines clientMutationId \
    articles { id title publishedOn dateBasis paragraphs } page { id name source } } }";
const EDIT: &str = "mutation($id: ID!, $text: String, $name: String) { editAbstract(input: { article: $id, text: $text, \
    clientMutationId: $name }) { outcome clientMutationId article { abstract { text kind stale } } } }";
const LABEL: &str = "mutation($id: ID!, $topics: [ID!]) { setLabels(input: { article: $id, topics: $topics }) { outcome \
    article { labels { topic { id } origin score } } } }";

/// A server, and somebody who may do everything.
fn desk(database: &Fresh) -> (Server, Client) {
    archive::migrate(database.url());
    let server = Server::start(database.url());
    let editor = server.holding(&archive::token(database.url(), "ada", "ingest,edit"));
    (server, editor)
}

fn ingest(client: &Client, input: Value) -> Value {
    client.data(INGEST, json!({ "input": input }))["ingestText"].take()
}

fn article(client: &Client) -> Value {
    ingest(client, json!({ "text": TEXT }))["articles"][0]["id"].take()
}

fn audits(database: &Fresh) -> i64 {
    database.number("SELECT CAST(count(*) AS bigint) FROM audit")
}

#[track_caller]
fn is_refused(answer: &Value, word: &str) {
    assert_eq!(
        answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT",
        "{answer}"
    );
    let message = answer["errors"][0]["message"].as_str().unwrap_or_default();
    assert!(message.contains(word), "{message}");
}

on_both_engines!(a_text_is_read_as_a_file_of_it_would_be, |database| {
    let (server, editor) = desk(&database);
    let first = ingest(&editor, json!({ "text": TEXT, "clientMutationId": "one" }));
    assert_eq!(first["outcome"], "INSERTED", "{first}");
    assert_eq!(
        first["articles"][0]["title"],
        "Agency Opens a River Station in Northford"
    );
    assert_eq!(first["articles"][0]["dateBasis"], "STATED");
    assert_eq!(first["page"]["source"], "api");
    assert_eq!(first["clientMutationId"], "one");
    let again = ingest(&editor, json!({ "text": TEXT }));
    assert_eq!(again["outcome"], "UNCHANGED");
    assert_eq!(again["articles"], first["articles"]);

    // A title and a date told beside the text make another page of the same article.
    let told = json!({ "text": TEXT, "title": "River Station Opens", "publishedOn": "2021-04-02", "name": first["page"]["name"] });
    let changed = ingest(&editor, told.clone());
    assert_eq!(changed["outcome"], "INSERTED", "{changed}");
    let article = &changed["articles"][0];
    assert_eq!(article["title"], "River Station Opens");
    assert_eq!(article["publishedOn"], "2021-04-02");
    assert_eq!(article["dateBasis"], "METADATA");
    assert_eq!(article["paragraphs"].as_array().map(Vec::len), Some(3));
    assert_eq!(ingest(&editor, told.clone())["outcome"], "UNCHANGED");
    let mut later = told.clone();
    later["publishedOn"] = json!("2021-04-03");
    let dated = ingest(&editor, later);
    assert_eq!(dated["outcome"], "CHANGED");
    assert_eq!(dated["articles"][0]["id"], article["id"]);
    assert_eq!(dated["articles"][0]["publishedOn"], "2021-04-03");
    // Without a date the same page does not take the told one back.
    let mut silent = told;
    silent["publishedOn"] = Value::Null;
    assert_eq!(ingest(&editor, silent)["outcome"], "UNCHANGED");

    // However short it is, a text with a title told is an article.
    let toll = "The toll on the Sarne canal is raised by three crowns.";
    let short = ingest(
        &editor,
        json!({ "text": toll, "title": "Toll raised again" }),
    );
    assert_eq!(short["outcome"], "INSERTED", "{short}");
    assert_eq!(short["articles"][0]["paragraphs"], json!([toll]));
    let unread = ingest(
        &editor,
        json!({ "text": "Share on Facebook", "title": "Toll raised again" }),
    );
    assert_eq!(unread["outcome"], "NOTHING_READ", "{unread}");

    let nothing = ingest(
        &editor,
        json!({ "text": "Home\nContact\nShare on Facebook\n" }),
    );
    assert_eq!(nothing["outcome"], "NOTHING_READ");
    assert_eq!(nothing["rejectedLines"], 3);
    let shown = server.data(
        "query($id: ID!) { page(id: $id) { rejectedLines { text } } }",
        json!({ "id": nothing["page"]["id"] }),
    );
    assert_eq!(
        shown["page"]["rejectedLines"].as_array().map(Vec::len),
        Some(3)
    );
    let before = audits(&database);
    for (input, word) in [
        (json!({ "text": "" }), "empty"),
        (
            json!({ "text": "<!doctype html><html><body><p>B</p></body></html>" }),
            "text",
        ),
        (json!({ "text": "a\u{0}b" }), "U+0000"),
        (json!({ "text": TEXT, "title": " " }), "title"),
        (json!({ "text": TEXT, "title": "a\nb" }), "title"),
        (
            json!({ "text": TEXT, "publishedOn": "2999-01-01" }),
            "publishedOn",
        ),
        (json!({ "text": TEXT, "source": "x".repeat(201) }), "source"),
        (
            json!({ "text": TEXT, "clientMutationId": "" }),
            "clientMutationId",
        ),
        (json!({ "text": "word ".repeat(170_000) }), "800000"),
    ] {
        is_refused(&editor.graphql(INGEST, json!({ "input": input })), word);
    }
    assert_eq!(audits(&database), before, "what is refused leaves no trace");
});

on_both_engines!(
    an_abstract_by_hand_stands_until_it_is_taken_back,
    |database| {
        let (server, editor) = desk(&database);
        let id = article(&editor);
        let edit = |text: Value| {
            editor.data(EDIT, json!({ "id": id, "text": text }))["editAbstract"].take()
        };
        let edited = edit(json!(" By hand,\n in one line. "));
        assert_eq!(edited["outcome"], "EDITED");
        let shown = json!({ "text": "By hand, in one line.", "kind": "EDITED", "stale": false });
        assert_eq!(edited["article"]["abstract"], shown);
        assert_eq!(edit(json!("By hand, in one line."))["outcome"], "UNCHANGED");
        // Read again with another text, it is stale and still there.
        let name =
            server.data("{ pages { nodes { name } } }", json!({}))["pages"]["nodes"][0]["name"]
                .take();
        let longer = format!(
            "{TEXT}\nThe Agency will open five more stations of this kind before the end of the coming year.\n"
        );
        assert_eq!(
            ingest(&editor, json!({ "text": longer, "name": name }))["outcome"],
            "CHANGED"
        );
        let ask = "query($id: ID!) { article(by: { id: $id }) { abstract { text kind stale } } }";
        let stale = server.data(ask, json!({ "id": id }));
        assert_eq!(stale["article"]["abstract"]["stale"], true);
        assert_eq!(
            stale["article"]["abstract"]["text"],
            "By hand, in one line."
        );
        assert_eq!(
            edit(json!("By hand, in one line."))["article"]["abstract"]["stale"],
            false
        );
        let taken = edit(Value::Null);
        assert_eq!(taken["outcome"], "TAKEN_BACK");
        assert!(taken["article"]["abstract"].is_null());
        assert_eq!(edit(Value::Null)["outcome"], "UNCHANGED");
        let nowhere = editor.data(EDIT, json!({ "id": "art_0", "text": "A" }));
        assert_eq!(nowhere["editAbstract"]["outcome"], "NOT_FOUND");
        for text in [String::new(), "a".repeat(2_001), "\u{1b}[0m".to_owned()] {
            is_refused(
                &editor.graphql(EDIT, json!({ "id": id, "text": text })),
                "text:",
            );
        }
        let absent = "mutation($id: ID!) { editAbstract(input: { article: $id }) { outcome } }";
        is_refused(&editor.graphql(absent, json!({ "id": id })), "text:");
    }
);

on_both_engines!(labels_by_hand_survive_the_summarizer, |database| {
    let (server, editor) = desk(&database);
    let id = article(&editor);
    let label = |topics: Value| {
        editor.data(LABEL, json!({ "id": id, "topics": topics }))["setLabels"].take()
    };
    is_refused(
        &editor.graphql(LABEL, json!({ "id": id, "topics": ["medtop:0"] })),
        "medtop:0",
    );
    let _ = archive::summarise(database.url());
    let ask = "query($id: ID!) { article(by: { id: $id }) { summaryStatus abstract { stale } labels { topic { id } origin } } }";
    let labels = || server.data(ask, json!({ "id": id }))["article"]["labels"].take();
    let by_model = labels();
    let topics = server.data("{ topics { id } }", json!({}))["topics"].take();
    let last = topics
        .as_array()
        .and_then(|topics| topics.last())
        .expect("a vocabulary")["id"]
        .clone();
    let by_hand = json!([{ "topic": { "id": last }, "origin": "EDITOR" }]);
    let set = label(json!([last, last]));
    assert_eq!(set["outcome"], "SET");
    assert_eq!(set["article"]["labels"][0]["score"], 1.0);
    assert_eq!(labels(), by_hand);
    assert_eq!(label(json!([last]))["outcome"], "UNCHANGED");
    let again =
        "mutation { resummarize(input: { filter: { languages: [\"en\"] } }) { outcome count } }";
    assert_eq!(
        editor.data(again, json!({}))["resummarize"],
        json!({ "outcome": "QUEUED", "count": 1 })
    );
    let waiting = server.data(ask, json!({ "id": id }))["article"].take();
    assert_eq!(waiting["summaryStatus"], "QUEUED");
    assert_eq!(waiting["abstract"]["stale"], true);
    let _ = archive::summarise(database.url());
    let done = server.data(ask, json!({ "id": id }))["article"].take();
    assert_eq!(done["summaryStatus"], "DONE");
    assert_eq!(done["abstract"]["stale"], false);
    assert_eq!(done["labels"], by_hand, "the summarizer leaves them alone");
    // Given back, they are the model's again once it has run.
    assert_eq!(label(Value::Null)["outcome"], "GIVEN_BACK");
    assert_eq!(label(Value::Null)["outcome"], "UNCHANGED");
    let _ = archive::summarise(database.url());
    assert_eq!(labels(), by_model);
    assert_eq!(
        label(json!([]))["outcome"],
        "SET",
        "an editor may say that no topic fits"
    );
    assert_eq!(labels(), json!([]));

    // An order for another model waits for it.
    let order = "mutation($model: String) { resummarize(input: { model: $model }) { outcome count modelKnown } }";
    for (variables, known) in [
        (json!({}), Value::Null),
        (json!({ "model": "all-MiniLM-L6-v2" }), json!(true)),
        (json!({ "model": "another" }), json!(false)),
    ] {
        assert_eq!(
            editor.data(order, variables)["resummarize"],
            json!({ "outcome": "QUEUED", "count": 1, "modelKnown": known })
        );
    }
    let _ = archive::summarise(database.url());
    assert_eq!(
        server.data(ask, json!({ "id": id }))["article"]["summaryStatus"],
        "QUEUED"
    );
    let none =
        "mutation { resummarize(input: { filter: { languages: [\"xx\"] } }) { outcome count } }";
    assert_eq!(
        editor.data(none, json!({}))["resummarize"],
        json!({ "outcome": "UNCHANGED", "count": 0 })
    );
});

on_both_engines!(
    a_hidden_article_is_hidden_from_readers_everywhere,
    |database| {
        let (server, editor) = desk(&database);
        let id = article(&editor);
        let see = "query($id: ID!) { articles { totalCount nodes { id } } status { articles } pages { nodes { articles { id } } } \
        node(id: $id) { id } nodes(ids: [$id]) { id } article(by: { id: $id }) { id hidden } }";
        let hide = "mutation($id: ID!) { hideArticle(input: { article: $id }) { outcome article { hidden } } }";
        let unhide = "mutation($id: ID!) { unhideArticle(input: { article: $id }) { outcome article { hidden } } }";
        let before = server.data(see, json!({ "id": id }));
        let hidden = editor.data(hide, json!({ "id": id }));
        assert_eq!(
            hidden["hideArticle"],
            json!({ "outcome": "HIDDEN", "article": { "hidden": true } })
        );
        assert_eq!(
            editor.data(hide, json!({ "id": id }))["hideArticle"]["outcome"],
            "UNCHANGED"
        );
        let gone = json!({
            "articles": { "totalCount": 0, "nodes": [] }, "status": { "articles": 0 }, "pages": { "nodes": [{ "articles": [] }] },
            "node": null, "nodes": [null], "article": null,
        });
        assert_eq!(server.data(see, json!({ "id": id })), gone);
        let seen = editor.data(see, json!({ "id": id }));
        assert_eq!(seen["article"], json!({ "id": id, "hidden": true }));
        assert_eq!(seen["articles"]["totalCount"], 0, "unless asked for");
        let all = "{ articles(filter: { includeHidden: true }) { totalCount nodes { id } } }";
        assert_eq!(
            editor.data(all, json!({}))["articles"]["nodes"][0]["id"],
            id
        );
        assert_eq!(
            editor.data(unhide, json!({ "id": id }))["unhideArticle"]["outcome"],
            "SHOWN"
        );
        assert_eq!(
            editor.data(unhide, json!({ "id": id }))["unhideArticle"]["outcome"],
            "UNCHANGED"
        );
        assert_eq!(server.data(see, json!({ "id": id })), before);
        for (mutation, name) in [(hide, "hideArticle"), (unhide, "unhideArticle")] {
            let nowhere = editor.data(mutation, json!({ "id": "art_0" }));
            assert_eq!(
                nowhere[name],
                json!({ "outcome": "NOT_FOUND", "article": null })
            );
        }
    }
);

on_both_engines!(
    a_mutation_sent_again_answers_again_and_does_nothing,
    |database| {
        let (server, editor) = desk(&database);
        let id = article(&editor);
        let send =
            |text: &str| editor.graphql(EDIT, json!({ "id": id, "text": text, "name": "first" }));
        let first = send("One.");
        let plain = editor.data(EDIT, json!({ "id": id, "text": "Two." }));
        assert_eq!(plain["editAbstract"]["outcome"], "EDITED");
        let again = send("One.");
        assert_eq!(
            again["data"]["editAbstract"]["outcome"],
            first["data"]["editAbstract"]["outcome"]
        );
        assert_eq!(
            again["data"]["editAbstract"]["article"]["abstract"]["text"], "Two.",
            "nothing is done twice"
        );
        is_refused(&send("Three."), "clientMutationId");
        // Another token's names are its own.
        let other = server.holding(&archive::token(database.url(), "bob", "edit"));
        let by_other = other.data(EDIT, json!({ "id": id, "text": "Three.", "name": "first" }));
        assert_eq!(by_other["editAbstract"]["outcome"], "EDITED");

        // Sent many times at once, it is done once.
        let before = audits(&database);
        let input = json!({ "text": format!("{TEXT}\nAnd so on."), "clientMutationId": "at once" });
        let answers: Vec<Value> = thread::scope(|scope| {
            let sent: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| ingest(&editor, input.clone())))
                .collect();
            sent.into_iter()
                .map(|sent| sent.join().expect("an answer"))
                .collect()
        });
        assert!(
            answers.iter().all(|answer| *answer == answers[0]),
            "{answers:?}"
        );
        assert_eq!(answers[0]["outcome"], "INSERTED");
        assert_eq!(audits(&database), before + 1);
    }
);

on_both_engines!(
    every_change_is_in_the_audit_with_what_was_there,
    |database| {
        let (_server, editor) = desk(&database);
        let id = article(&editor);
        for text in ["One.", "Two."] {
            let _ = editor.data(EDIT, json!({ "id": id, "text": text, "name": text }));
        }
        let ask = "query($after: String) { audit(first: 2, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { by \
        action clientMutationId outcome articles request before } } }";
        let page = editor.data(ask, json!({}))["audit"].take();
        assert_eq!(page["totalCount"], 3);
        let newest = &page["nodes"][0];
        assert_eq!(newest["by"], "ada");
        assert_eq!(newest["action"], "editAbstract");
        assert_eq!(newest["clientMutationId"], "Two.");
        assert_eq!(newest["outcome"], "EDITED");
        assert_eq!(newest["articles"], json!([id]));
        assert_eq!(newest["request"]["input"]["text"], "Two.");
        assert_eq!(newest["before"], json!({ "text": "One." }));
        assert_eq!(page["pageInfo"]["hasNextPage"], true);
        let rest =
            editor.data(ask, json!({ "after": page["pageInfo"]["endCursor"] }))["audit"].take();
        assert_eq!(rest["nodes"].as_array().map(Vec::len), Some(1));
        assert_eq!(rest["nodes"][0]["action"], "ingestText");
        let refused = editor.graphql("{ audit(after: \"abc\") { totalCount } }", json!({}));
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_CURSOR");
    }
);
