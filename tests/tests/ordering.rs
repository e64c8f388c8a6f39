//! Every order of articles reads the whole list once, both ways, also while more comes in.

use serde_json::{Value, json};
use tests::client::Client;
use tests::{Fresh, Server, archive, on_both_engines};

const LIST: &str = "query List($first: Int, $after: String, $last: Int, $before: String, $orderBy: ArticleOrder) { \
    list: articles(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy) { \
    totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } \
    nodes { id title publishedOn ingestedAt } } }";

const INGEST: &str = "mutation($input: IngestTextInput!) { ingestText(input: $input) { outcome } }";

/// Titles in the order a person would put them, whatever order they come in.
const TITLES: [&str; 8] = [
    "Éclair",
    "Apples for all",
    "zebras return",
    "ECLAIRS SOLD",
    "apples in May",
    "École d’été",
    "«Quay» reopens",
    "Mill 2 burns",
];

/// The same, ascending.
const SORTED: [&str; 8] = [
    "Apples for all",
    "apples in May",
    "Éclair",
    "ECLAIRS SOLD",
    "École d’été",
    "Mill 2 burns",
    "«Quay» reopens",
    "zebras return",
];

fn order(field: &str, direction: &str) -> Value {
    json!({ "field": field, "direction": direction })
}

/// Every order but relevance, which needs a search.
fn orders() -> Vec<Value> {
    ["PUBLISHED_AT", "TITLE", "INGESTED_AT"]
        .into_iter()
        .flat_map(|field| ["ASC", "DESC"].map(|direction| order(field, direction)))
        .collect()
}

/// An archive that fills by hand.
struct Press {
    server: Server,
    writer: Client,
    written: usize,
}

impl Press {
    fn over(database: &Fresh) -> Self {
        archive::migrate(database.url());
        let server = Server::start(database.url());
        let writer = server.holding(&archive::token(database.url(), "press", "ingest"));
        Self {
            server,
            writer,
            written: 0,
        }
    }

    /// One more article; some share a day and every third has none.
    #[track_caller]
    fn write(&mut self, title: &str) {
        self.written += 1;
        let number = self.written;
        let day = (!number.is_multiple_of(3)).then(|| format!("2021-03-{:02}", 1 + number % 5));
        let text = format!(
            "The town council was told at its meeting number {number} that the works on the quay go on as they were \
             planned. The neighbours had asked for quiet in the evenings, and the builders gave their word for it.\n\n\
             Meeting number {number} also heard the harbour master, who counts more barges than in any year before.\n"
        );
        let input = json!({ "text": text, "title": title, "publishedOn": day });
        let done = self.writer.data(INGEST, json!({ "input": input }));
        assert_eq!(done["ingestText"]["outcome"], "INSERTED", "{title}");
    }

    /// The list in steps of this size, from the start or from the end; `between` is done after each step but the last.
    #[track_caller]
    fn read(
        &mut self,
        order: &Value,
        size: usize,
        forward: bool,
        mut between: impl FnMut(&mut Self),
    ) -> Vec<Value> {
        let (mut read, mut cursor) = (Vec::new(), Value::Null);
        loop {
            let variables = if forward {
                json!({ "first": size, "after": cursor, "orderBy": order })
            } else {
                json!({ "last": size, "before": cursor, "orderBy": order })
            };
            let list = self.server.data(LIST, variables)["list"].take();
            let page = list["nodes"].as_array().cloned().expect("a list");
            let info = &list["pageInfo"];
            let more = if forward {
                read.extend(page);
                cursor = info["endCursor"].clone();
                info["hasNextPage"] == true
            } else {
                read.splice(0..0, page);
                cursor = info["startCursor"].clone();
                info["hasPreviousPage"] == true
            };
            if !more {
                return read;
            }
            between(self);
        }
    }

    fn whole(&mut self, order: &Value) -> Vec<Value> {
        self.read(order, 100, true, |_| {})
    }
}

/// What an order goes by, so that texts compare as it does; undated articles stand at the end.
fn key(order: &Value, article: &Value) -> String {
    let text = |field: &str| article[field].as_str().map(str::to_owned);
    match order["field"].as_str() {
        Some("PUBLISHED_AT") => text("publishedOn").unwrap_or_default(),
        Some("TITLE") => {
            let title = text("title").unwrap_or_default();
            let place = SORTED.iter().position(|sorted| **sorted == title);
            format!("{:03}", place.expect("a title of the table"))
        }
        _ => text("ingestedAt").unwrap_or_default(),
    }
}

#[track_caller]
fn is_in_order(order: &Value, list: &[Value]) {
    let keys: Vec<String> = list.iter().map(|article| key(order, article)).collect();
    let dated = keys.iter().take_while(|key| !key.is_empty()).count();
    assert!(
        keys[dated..].iter().all(String::is_empty),
        "{order}: {keys:?}"
    );
    let mut sorted = keys[..dated].to_vec();
    sorted.sort();
    if order["direction"] == "DESC" {
        sorted.reverse();
    }
    assert_eq!(keys[..dated], sorted, "{order}");
}

fn ids(list: &[Value]) -> Vec<&str> {
    list.iter().filter_map(|one| one["id"].as_str()).collect()
}

on_both_engines!(
    every_order_reads_the_same_list_in_steps_of_any_size_both_ways,
    |database| {
        let mut press = Press::over(&database);
        for title in TITLES {
            press.write(title);
        }
        let mut everything = None;
        for order in orders() {
            let whole = press.whole(&order);
            is_in_order(&order, &whole);
            let mut all: Vec<String> = ids(&whole).into_iter().map(str::to_owned).collect();
            all.sort();
            all.dedup();
            assert_eq!(all.len(), TITLES.len(), "{order}");
            assert_eq!(
                *everything.get_or_insert_with(|| all.clone()),
                all,
                "{order}"
            );
            for size in [1, 3, 8] {
                for forward in [true, false] {
                    let read = press.read(&order, size, forward, |_| {});
                    assert_eq!(read, whole, "{order}, steps of {size}, forward: {forward}");
                }
            }
        }
        let newest = press.whole(&Value::Null);
        assert_eq!(newest, press.whole(&order("PUBLISHED_AT", "DESC")));
        let unsaid = json!({ "field": "TITLE" });
        assert_eq!(press.whole(&unsaid), press.whole(&order("TITLE", "DESC")));
    }
);

on_both_engines!(
    what_was_there_at_the_start_is_read_once_while_more_comes_in,
    |database| {
        let mut press = Press::over(&database);
        for title in TITLES {
            press.write(title);
        }
        for order in orders() {
            for forward in [true, false] {
                let before = press.whole(&order);
                let there = ids(&before);
                let (step, mut come) = (before.len() / 3, 0);
                let read = press.read(&order, step, forward, |press| {
                    // They come before and behind the place that is read on from, and beside it.
                    for title in [SORTED[0], SORTED[3], SORTED[7]] {
                        press.write(title);
                        come += 1;
                    }
                });
                assert!(come >= 6, "{order}");
                is_in_order(&order, &read);
                let kept: Vec<&str> = ids(&read)
                    .into_iter()
                    .filter(|id| there.contains(id))
                    .collect();
                assert_eq!(kept, there, "{order}, forward: {forward}");
                // What comes while the newest are read first lies behind the reader.
                let newest_first = (order["direction"] == "DESC") == forward;
                let behind = order["field"] == "INGESTED_AT" && newest_first;
                assert_eq!(
                    read.len() > there.len(),
                    !behind,
                    "{order}, forward: {forward}"
                );
            }
        }
    }
);

#[test]
fn a_cursor_belongs_to_its_order_and_relevance_to_a_search() {
    let database = Fresh::sqlite();
    let mut press = Press::over(&database);
    for title in &TITLES[..3] {
        press.write(title);
    }
    for given in orders() {
        let variables = json!({ "first": 1, "orderBy": given });
        let cursor = press.server.data(LIST, variables)["list"]["pageInfo"]["endCursor"].take();
        for taken in orders() {
            let variables = json!({ "first": 1, "after": cursor, "orderBy": taken });
            let answer = press.server.graphql(LIST, variables);
            let code = &answer["errors"][0]["extensions"]["code"];
            let expected = if given == taken {
                Value::Null
            } else {
                json!("BAD_CURSOR")
            };
            assert_eq!(*code, expected, "{given} under {taken}: {answer}");
        }
    }
    for direction in ["ASC", "DESC"] {
        let variables = json!({ "first": 1, "orderBy": order("RELEVANCE", direction) });
        let answer = press.server.graphql(LIST, variables);
        let error = &answer["errors"][0];
        assert_eq!(error["extensions"]["code"], "BAD_USER_INPUT", "{answer}");
        let message = error["message"].as_str().unwrap_or_default();
        assert!(message.contains("search"), "{message}");
    }
}
