//! Splitting and merging articles: the text, the lines of the page and everything that hangs on them stay whole.

use serde_json::{Value, json};
use tests::client::Client;
use tests::{Fresh, Server, archive, on_both_engines};

const SPLIT: &str = "mutation($input: SplitArticleInput!) { splitArticle(input: $input) { outcome clientMutationId \
    articles { id slug title position wordCount paragraphs publishedOn summaryStatus page { id } } } }";
const MERGE: &str = "mutation($input: MergeArticlesInput!) { mergeArticles(input: $input) { outcome \
    article { id slug title position wordCount paragraphs body } } }";

/// A server over the samples, an editor of it, and the articles of the page with five.
fn desk(database: &Fresh) -> (Server, Client, Vec<Value>) {
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), &archive::samples());
    let server = Server::start(database.url());
    let editor = server.holding(&archive::token(database.url(), "editor", "edit"));
    let articles = five(&server);
    (server, editor, articles)
}

/// The articles of the page that has five run together, as a reader sees them.
fn five(client: &Client) -> Vec<Value> {
    let pages = client.data(
        "{ pages(first: 100) { nodes { name articles { id title position paragraphs body wordCount } } } }",
        json!({}),
    );
    let nodes = pages["pages"]["nodes"].as_array().expect("pages");
    let page = nodes.iter().find(|page| {
        page["name"]
            .as_str()
            .is_some_and(|name| name.starts_with("02_"))
    });
    page.expect("the page")["articles"]
        .as_array()
        .expect("articles")
        .clone()
}

/// What must hold whatever editors do.
#[track_caller]
fn is_whole(database: &Fresh) {
    for (what, sql) in [
        (
            "articles shown without a line for one of their paragraphs",
            "SELECT CAST(count(*) AS bigint) FROM article a WHERE a.merged_into IS NULL AND \
             (length(a.body) - length(replace(a.body, '\n\n', ' '))) + 1 <> (SELECT count(DISTINCT l.paragraph) \
             FROM line l WHERE l.page_id = a.page_id AND l.article_id = a.id AND l.fate = 'PARAGRAPH')",
        ),
        (
            "lines of a paragraph that its article has not",
            "SELECT CAST(count(*) AS bigint) FROM line l JOIN article a ON a.id = l.article_id AND a.page_id = l.page_id \
             WHERE l.fate = 'PARAGRAPH' AND \
             l.paragraph NOT BETWEEN 0 AND (length(a.body) - length(replace(a.body, '\n\n', ' ')))",
        ),
        (
            "lines of articles that were merged",
            "SELECT CAST(count(*) AS bigint) FROM line l JOIN article a ON a.id = l.article_id WHERE a.merged_into IS NOT NULL",
        ),
        (
            "articles at the wrong place",
            "SELECT CAST(count(*) AS bigint) FROM article a WHERE a.merged_into IS NULL AND a.position <> (SELECT count(*) \
             FROM article b WHERE b.page_id = a.page_id AND b.merged_into IS NULL AND b.position <= a.position)",
        ),
        (
            "articles without a job for their text",
            "SELECT CAST(count(*) AS bigint) FROM article a WHERE NOT EXISTS (SELECT 1 FROM job j WHERE j.article_id = a.id AND \
             j.text_hash = a.text_hash)",
        ),
        (
            "slugs given twice",
            "SELECT CAST(count(*) - count(DISTINCT slug) AS bigint) FROM article",
        ),
        (
            "links to what is merged",
            "SELECT CAST(count(*) AS bigint) FROM article a JOIN article b ON b.id = a.duplicate_of OR b.id = a.merged_into \
             WHERE b.merged_into IS NOT NULL",
        ),
    ] {
        assert_eq!(database.number(sql), 0, "{what}");
    }
}

fn text<'a>(article: &'a Value, field: &str) -> &'a str {
    article[field].as_str().expect("a text")
}

fn paragraphs(article: &Value) -> Vec<&str> {
    let paragraphs = article["paragraphs"].as_array().expect("paragraphs");
    paragraphs.iter().filter_map(Value::as_str).collect()
}

on_both_engines!(an_article_split_and_merged_is_what_it_was, |database| {
    let (server, editor, before) = desk(&database);
    is_whole(&database);
    let whole = before
        .iter()
        .find(|article| paragraphs(article).len() >= 3)
        .expect("an article of three paragraphs");
    for (round, title) in [None, Some("A Title by Hand")].into_iter().enumerate() {
        let input = json!({ "article": whole["id"], "at": 1, "title": title, "clientMutationId": format!("split {round}") });
        let split = editor.data(SPLIT, json!({ "input": input }));
        let parts = split["splitArticle"]["articles"]
            .as_array()
            .expect("articles");
        assert_eq!(split["splitArticle"]["outcome"], "SPLIT");
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[0]["id"], whole["id"]);
        assert_eq!(paragraphs(&parts[0]), paragraphs(whole)[..1]);
        let from = if title.is_some() { 1 } else { 2 };
        assert_eq!(
            text(&parts[1], "title"),
            title.unwrap_or(paragraphs(whole)[1])
        );
        assert_eq!(paragraphs(&parts[1]), paragraphs(whole)[from..]);
        assert_eq!(parts[1]["publishedOn"], parts[0]["publishedOn"]);
        assert_eq!(parts[1]["summaryStatus"], "QUEUED");
        let words: usize = paragraphs(&parts[1])
            .iter()
            .map(|text| text.split_whitespace().count())
            .sum();
        assert_eq!(parts[1]["wordCount"], words);
        assert_eq!(five(&server).len(), before.len() + 1);
        is_whole(&database);

        // The page is the editor's now: ingesting it again changes nothing.
        let _ = archive::ingest(database.url(), &archive::samples());
        assert_eq!(five(&server).len(), before.len() + 1);

        let slug = parts[1]["slug"].clone();
        let ids = json!([parts[1]["id"], whole["id"]]);
        let merged = editor.data(MERGE, json!({ "input": { "articles": ids } }));
        assert_eq!(merged["mergeArticles"]["outcome"], "MERGED");
        let again = &merged["mergeArticles"]["article"];
        for field in ["id", "title", "body", "wordCount", "position"] {
            assert_eq!(again[field], whole[field], "{field}");
        }
        is_whole(&database);
        let after = five(&server);
        assert_eq!(after, before, "a reader sees the page as it was");
        // A link to the part leads to the whole; who may edit sees the part.
        let by = "query($slug: String!) { article(by: { slug: $slug }) { id hidden mergedInto { id } } }";
        let led = server.data(by, json!({ "slug": slug }));
        assert_eq!(led["article"]["id"], whole["id"]);
        let part = editor.data(by, json!({ "slug": slug }));
        assert_eq!(part["article"]["id"], parts[1]["id"]);
        assert_eq!(part["article"]["hidden"], true);
        assert_eq!(part["article"]["mergedInto"]["id"], whole["id"]);
        let node = "query($id: ID!) { node(id: $id) { id } }";
        assert!(server.data(node, json!({ "id": parts[1]["id"] }))["node"].is_null());
        let shown = "mutation($id: ID!) { unhideArticle(input: { article: $id }) { outcome } }";
        let refused = editor.graphql(shown, json!({ "id": parts[1]["id"] }));
        assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
    }
});

on_both_engines!(articles_merged_keep_every_line_of_the_page, |database| {
    let (server, editor, before) = desk(&database);
    let ids: Vec<&Value> = before.iter().map(|article| &article["id"]).collect();
    let used = "SELECT CAST(count(*) AS bigint) FROM line l JOIN page p ON p.id = l.page_id WHERE p.name LIKE '02_%' AND \
        l.article_id IS NOT NULL";
    let lines = database.number(used);
    // In any order, two and then the rest with the result.
    let input = json!({ "input": { "articles": [ids[2], ids[1]] } });
    let two = editor.data(MERGE, input);
    let article = &two["mergeArticles"]["article"];
    assert_eq!(article["id"], before[1]["id"]);
    let mut expected = paragraphs(&before[1]);
    expected.push(text(&before[2], "title"));
    expected.extend(paragraphs(&before[2]));
    assert_eq!(paragraphs(article), expected);
    is_whole(&database);
    let rest: Vec<&Value> = [0, 1, 3, 4].map(|index| ids[index]).to_vec();
    let all = editor.data(MERGE, json!({ "input": { "articles": rest } }));
    assert_eq!(all["mergeArticles"]["article"]["id"], *ids[0]);
    is_whole(&database);
    assert_eq!(five(&server).len(), 1);
    assert_eq!(database.number(used), lines);
    for id in ids {
        let by = "query($id: ID!) { article(by: { id: $id }) { id } }";
        let led = server.data(by, json!({ "id": id }));
        assert_eq!(led["article"]["id"], before[0]["id"], "every link leads on");
    }
});

on_both_engines!(a_boundary_that_makes_no_sense_is_refused, |database| {
    let (_server, editor, articles) = desk(&database);
    let id = &articles[0]["id"];
    let count = i32::try_from(paragraphs(&articles[0]).len()).expect("few");
    for (at, word) in [
        (0, "at:"),
        (-1, "at:"),
        (count, "at:"),
        (count - 1, "title"),
        (9999, "at:"),
    ] {
        let answer = editor.graphql(SPLIT, json!({ "input": { "article": id, "at": at } }));
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT",
            "{at}: {answer}"
        );
        let message = answer["errors"][0]["message"].as_str().unwrap_or_default();
        assert!(message.contains(word), "{at}: {message}");
    }
    let elsewhere = editor.data(
        "{ articles(first: 100) { nodes { id page { name } } } }",
        json!({}),
    );
    let nodes = elsewhere["articles"]["nodes"].as_array().expect("articles");
    let other = nodes
        .iter()
        .find(|node| !text(&node["page"], "name").starts_with("02_"))
        .expect("an article of another page");
    for ids in [
        json!([id]),
        json!([id, id]),
        json!([]),
        json!([id, other["id"]]),
    ] {
        let answer = editor.graphql(MERGE, json!({ "input": { "articles": ids } }));
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT",
            "{ids}: {answer}"
        );
    }
    let gone = editor.data(MERGE, json!({ "input": { "articles": [id, "art_0"] } }));
    assert_eq!(
        gone["mergeArticles"],
        json!({ "outcome": "NOT_FOUND", "article": null })
    );
    let gone = editor.data(SPLIT, json!({ "input": { "article": "art_0", "at": 1 } }));
    assert_eq!(gone["splitArticle"]["outcome"], "NOT_FOUND");
    assert_eq!(
        database.number("SELECT CAST(count(*) AS bigint) FROM audit"),
        2,
        "what is refused leaves no trace"
    );
    assert_eq!(
        database.number("SELECT CAST(count(*) AS bigint) FROM page WHERE corrected_at IS NOT NULL"),
        0
    );
    is_whole(&database);
});
