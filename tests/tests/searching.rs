//! Full-text search, its counts and its index, from outside: the same answers on both engines, whatever is typed.

use std::fs;
use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use tempfile::TempDir;
use tests::{Fresh, Server, archive, on_both_engines, wait};

const SEARCH: &str = "query Search($search: String!, $first: Int, $after: String, $last: Int, $before: String, \
    $filter: ArticleFilter, $orderBy: ArticleOrder) { articles(search: $search, first: $first, after: $after, last: $last, \
    before: $before, filter: $filter, orderBy: $orderBy) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor \
    endCursor } edges { cursor node { id title } highlights { field snippet spans { start end } } } } }";

/// Title, day and text of what is searched here.
const ARTICLES: [(&str, &str, &str); 6] = [
    (
        "Agency Opens River Station",
        "15 March 2021",
        "The Agency for Rivers opened a measuring station in the presence of the mayor. Clean water is measured there every \
         ten minutes, and the university of the region will read the figures. The agency's director praised the O'Brien bridge.",
    ),
    (
        "Universities Sign Agreement on Water",
        "16 April 2021",
        "Three universities signed an agreement on the exchange of students and of teachers. They will study how water can be \
         kept clean in the cities of the coast, and publish what they find in the spring of next year. COVID-19 had delayed it.",
    ),
    (
        "L’Agence de l’eau présente son école d’été",
        "2 mai 2022",
        "L’Agence de l’eau a présenté hier son école d’été, qui est ouverte à tous les élèves de la région. Les enseignantes \
         présentées au public parleront de l’éducation et de la mer, et les élèves apprendront à mesurer la qualité des rivières.",
    ),
    (
        "Museum Shows Title and Order",
        "3 June 2022",
        "The museum shows what is near and dear to the city, and not only on Sundays. Visitors select the room and order a \
         guide; children pay nothing. The exhibition is open from the first of the month until the end of the year.",
    ),
    (
        "Crafts Fair Opens",
        "9 July 2022",
        "The fair of crafts opens on Monday in the old market hall. Weavers, potters and smiths from nine countries show their \
         work, and in the evening there is music. The mayor of the city will speak at the opening, which is free for all.",
    ),
    (
        "Library Receives Letters",
        "1 August 2023",
        "The library received four hundred letters of the poet, which her family had kept. They will be read, copied and made \
         public within two years. The director said that the letters change what is known of the poet's early life.",
    ),
];

fn write_articles(folder: &Path, articles: &[(&str, &str, &str)]) {
    for (number, (title, day, text)) in articles.iter().enumerate() {
        let page = format!("{title}\n\n{day}\n\n{text}\n");
        fs::write(
            folder.join(format!("{}-{number}.txt", articles.len())),
            page,
        )
        .expect("a page is written");
    }
}

fn fill(database: &Fresh) {
    let pages = TempDir::new().expect("a folder");
    write_articles(pages.path(), &ARTICLES);
    archive::migrate(database.url());
    let _ = archive::ingest(database.url(), pages.path());
}

#[track_caller]
fn titles(server: &Server, variables: Value) -> Vec<String> {
    let data = server.data(SEARCH, variables);
    let edges = data["articles"]["edges"]
        .as_array()
        .cloned()
        .expect("edges");
    edges
        .iter()
        .map(|edge| {
            edge["node"]["title"]
                .as_str()
                .unwrap_or_default()
                .to_owned()
        })
        .collect()
}

/// Waits until the index holds everything: it is made behind the server.
#[track_caller]
fn ready(server: &Server) {
    wait::eventually("the index", Duration::from_secs(60), || {
        let answer = server.graphql(
            "{ articles(first: 0) { totalCount facets { languages { count } } } }",
            json!({}),
        );
        let counts = answer["data"]["articles"]["facets"]["languages"].as_array()?;
        let counted: i64 = counts
            .iter()
            .filter_map(|facet| facet["count"].as_i64())
            .sum();
        (counted == answer["data"]["articles"]["totalCount"].as_i64()?).then_some(())
    });
}

on_both_engines!(a_search_finds_what_a_person_means, |database| {
    fill(&database);
    let server = Server::start(database.url());
    ready(&server);
    let [river, sign, agence, museum, crafts, library] = ARTICLES.map(|(title, ..)| title);
    for (search, found) in [
        ("water", vec![sign, river]),
        ("WATER", vec![sign, river]),
        ("universities", vec![sign, river]),
        ("university water", vec![sign, river]),
        ("école", vec![agence]),
        ("ecole", vec![agence]),
        ("ÉCOLE d'ete", vec![agence]),
        // Cut to its stem, it is the English word too.
        ("agence", vec![agence, river]),
        ("l'agence", vec![agence, river]),
        ("presente", vec![agence]),
        ("enseignante", vec![agence]),
        ("education", vec![agence]),
        ("o'brien", vec![river]),
        ("covid-19", vec![sign]),
        ("\"clean water\"", vec![river]),
        ("\"water clean\"", vec![]),
        ("clean water", vec![sign, river]),
        ("water -mayor", vec![sign]),
        ("mayor -\"clean water\"", vec![crafts]),
        ("lett*", vec![library]),
        ("exhib*", vec![museum]),
        ("zzz*", vec![]),
        ("poet -letters", vec![]),
        // Nothing of these is grammar.
        ("title:water", vec![]),
        ("title AND order", vec![museum]),
        ("near OR dear", vec![]),
        ("(museum)", vec![museum]),
        ("museum^2", vec![]),
        ("museum ^~+&|!{}[]?:\\/", vec![museum]),
        ("museum 🦀", vec![museum]),
        ("mus\u{0}eum", vec![]),
        ("\"museum", vec![museum]),
        ("museum\"", vec![museum]),
        ("'; DROP TABLE article; --", vec![]),
        ("museum * ** -", vec![museum]),
        ("musée", vec![]),
    ] {
        let mut titles = titles(&server, json!({ "search": search }));
        let mut found = found;
        if search != "water" {
            titles.sort_unstable();
            found.sort_unstable();
        }
        assert_eq!(titles, found, "{search:?}");
    }
    for search in ["", " ", "-water", "🦀", "\"\"", "*", "\u{0}"] {
        let answer = server.graphql(SEARCH, json!({ "search": search }));
        assert_eq!(
            answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT",
            "{search:?}: {answer}"
        );
    }
    for search in [
        "x".repeat(10_000),
        "museum ".repeat(1_000),
        "\"".repeat(10_000) + "a",
        "a\"b ".repeat(60),
    ] {
        assert!(
            server.graphql(SEARCH, json!({ "search": search }))["errors"].is_null(),
            "{search:.20}"
        );
    }
    let many: String = (0..2_000).map(|number| format!("{number} ")).collect();
    let answer = server.graphql(SEARCH, json!({ "search": many }));
    assert_eq!(answer["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");
});

on_both_engines!(what_was_found_is_shown_counted_and_filtered, |database| {
    fill(&database);
    let server = Server::start(database.url());
    ready(&server);
    let data = server.data(SEARCH, json!({ "search": "universities" }));
    let edges = &data["articles"]["edges"];
    assert_eq!(data["articles"]["totalCount"], 2);
    let title = &edges[0]["highlights"][0];
    assert_eq!(title["field"], "TITLE");
    assert_eq!(title["snippet"], ARTICLES[1].0);
    assert_eq!(title["spans"], json!([{ "start": 0, "end": 12 }]));
    let body = &edges[1]["highlights"][0];
    assert_eq!(body["field"], "BODY");
    let snippet: Vec<char> = body["snippet"]
        .as_str()
        .unwrap_or_default()
        .chars()
        .collect();
    let span = &body["spans"][0];
    let place =
        |end: &str| usize::try_from(span[end].as_u64().unwrap_or_default()).unwrap_or_default();
    let marked: String = snippet[place("start")..place("end")].iter().collect();
    assert_eq!(marked, "university");

    let french = json!({ "search": "eau", "filter": { "languages": ["fr"] } });
    assert_eq!(titles(&server, french), [ARTICLES[2].0]);
    let english = json!({ "search": "eau", "filter": { "languages": ["en"] } });
    assert_eq!(titles(&server, english).len(), 0);
    let late = json!({ "search": "water", "filter": { "publishedFrom": "2021-04-01" } });
    assert_eq!(titles(&server, late), [ARTICLES[1].0]);
    let undated = json!({ "search": "water", "filter": { "undated": true } });
    assert_eq!(titles(&server, undated).len(), 0);
    let oldest =
        json!({ "search": "mayor", "orderBy": { "field": "PUBLISHED_AT", "direction": "ASC" } });
    assert_eq!(titles(&server, oldest), [ARTICLES[0].0, ARTICLES[4].0]);
    let by_title =
        json!({ "search": "mayor", "orderBy": { "field": "TITLE", "direction": "DESC" } });
    assert_eq!(titles(&server, by_title), [ARTICLES[4].0, ARTICLES[0].0]);
    let refused = server.graphql(
        "{ articles(orderBy: { field: RELEVANCE }) { nodes { id } } }",
        json!({}),
    );
    assert_eq!(refused["errors"][0]["extensions"]["code"], "BAD_USER_INPUT");

    let counts = server.data(
        "{ articles(search: \"the\") { totalCount facets { languages { language count } months { month count } } }
           years: articleCounts(groupBy: [YEAR]) { year count }
           both: articleCounts(groupBy: [YEAR, LANGUAGE], search: \"élèves\") { year language month count } }",
        json!({}),
    );
    assert_eq!(
        counts["articles"]["facets"]["languages"],
        json!([{ "language": "en", "count": 5 }])
    );
    let months = &counts["articles"]["facets"]["months"];
    assert_eq!(months[0], json!({ "month": "2023-08", "count": 1 }));
    assert_eq!(months.as_array().map(Vec::len), Some(5));
    let years = json!([{ "year": 2022, "count": 3 }, { "year": 2021, "count": 2 }, { "year": 2023, "count": 1 }]);
    assert_eq!(counts["years"], years);
    assert_eq!(
        counts["both"],
        json!([{ "year": 2022, "language": "fr", "month": null, "count": 1 }])
    );
});

on_both_engines!(
    pages_of_a_search_neither_skip_nor_repeat_while_articles_come,
    |database| {
        fill(&database);
        let server = Server::start(database.url());
        ready(&server);
        let whole = titles(&server, json!({ "search": "the", "first": 100 }));
        assert_eq!(whole.len(), 5);
        for forward in [true, false] {
            let (mut read, mut cursor) = (Vec::new(), Value::Null);
            loop {
                let variables = if forward {
                    json!({ "search": "the", "first": 2, "after": cursor })
                } else {
                    json!({ "search": "the", "last": 2, "before": cursor })
                };
                let list = server.data(SEARCH, variables)["articles"].take();
                let edges = list["edges"].as_array().cloned().unwrap_or_default();
                let page: Vec<String> = edges
                    .iter()
                    .filter_map(|edge| edge["node"]["title"].as_str().map(str::to_owned))
                    .collect();
                let more = if forward {
                    read.extend(page);
                    cursor = list["pageInfo"]["endCursor"].clone();
                    &list["pageInfo"]["hasNextPage"]
                } else {
                    read.splice(0..0, page);
                    cursor = list["pageInfo"]["startCursor"].clone();
                    &list["pageInfo"]["hasPreviousPage"]
                };
                if *more != true {
                    break;
                }
            }
            assert_eq!(read, whole, "forward: {forward}");
        }
        // Half is read; then as many articles come again, half of them with the word, which changes how rare it is.
        let first = server.data(SEARCH, json!({ "search": "the", "first": 2 }))["articles"].take();
        let more = TempDir::new().expect("a folder");
        let days = ["5 May 2020", "6 May 2020", "7 May 2020", "8 May 2020"];
        let new: Vec<(String, &str, String)> = days
        .iter()
        .enumerate()
        .map(|(number, day)| {
            let text = format!(
                "The station number {number} of the agency was closed for the winter. The ice on the river had reached the \
                 bridge, and the people of the villages were asked to stay away from the banks until the spring."
            );
            (format!("Station Number {number} Closes"), *day, text)
        })
        .collect();
        let new: Vec<(&str, &str, &str)> = new
            .iter()
            .map(|(title, day, text)| (title.as_str(), *day, text.as_str()))
            .collect();
        write_articles(more.path(), &new);
        let _ = archive::ingest(database.url(), more.path());
        // What another process committed is found at once.
        assert_eq!(
            titles(&server, json!({ "search": "winter station" })).len(),
            4
        );
        let rest =
            json!({ "search": "the", "first": 100, "after": first["pageInfo"]["endCursor"] });
        let rest = titles(&server, rest);
        let old: Vec<&String> = rest.iter().filter(|title| whole.contains(title)).collect();
        assert_eq!(old, whole[2..].iter().collect::<Vec<_>>());
        // A cursor is of its search.
        let other = server.graphql(
            SEARCH,
            json!({ "search": "water", "after": first["pageInfo"]["endCursor"] }),
        );
        assert_eq!(other["errors"][0]["extensions"]["code"], "BAD_CURSOR");
    }
);

/// The folder of the index files below the root given to a server.
fn files(root: &Path) -> std::path::PathBuf {
    let archive = fs::read_dir(root).expect("the root of the index").next();
    archive
        .expect("a folder of the archive")
        .expect("it can be read")
        .path()
        .join("words-1")
}

#[test]
fn an_index_that_is_gone_or_damaged_is_made_anew() {
    let database = Fresh::sqlite();
    fill(&database);
    let root = TempDir::new().expect("a folder");
    let start = || {
        let words = ["--summarizer", "off", "--index"].map(std::ffi::OsString::from);
        Server::start_with(
            database.url(),
            words.into_iter().chain([root.path().into()]),
        )
    };
    let works = |server: &Server| {
        wait::eventually("the index is made anew", Duration::from_secs(60), || {
            let answer = server.graphql(SEARCH, json!({ "search": "water" }));
            (answer["data"]["articles"]["totalCount"] == 2).then_some(())
        });
    };
    let server = start();
    works(&server);
    let _ = server.stop();
    // Between two runs: each file cut short in turn, then all gone.
    let names: Vec<_> = fs::read_dir(files(root.path()))
        .expect("the files of the index")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.extension().is_some_and(|end| end != "lock"))
        .collect();
    assert!(names.len() >= 4, "{names:?}");
    for name in ["meta.json", ".term", ".idx", ".fast", ".pos", ".fieldnorm"] {
        let found = fs::read_dir(files(root.path())).expect("the files of the index");
        let mut found = found.filter_map(|entry| Some(entry.ok()?.path()));
        let Some(path) = found.find(|path| path.to_string_lossy().ends_with(name)) else {
            continue;
        };
        let bytes = fs::read(&path).expect("a file of the index");
        fs::write(&path, &bytes[..bytes.len() / 2]).expect("it is cut short");
        let server = start();
        works(&server);
        let _ = server.stop();
    }
    fs::remove_dir_all(files(root.path())).expect("the index is removed");
    let server = start();
    works(&server);
    // Under a running server: what is open stays open; the next change makes it anew.
    fs::remove_dir_all(files(root.path())).expect("the index is removed");
    works(&server);
    let more = TempDir::new().expect("a folder");
    let text = "The harbour of the town was dredged for the first time in forty years, so that the large ferries can \
                land there again. The work took nine weeks and cost less than the council had feared.";
    write_articles(more.path(), &[("Harbour Is Dredged", "4 May 2020", text)]);
    let _ = archive::ingest(database.url(), more.path());
    wait::eventually("the new article", Duration::from_secs(60), || {
        let answer = server.graphql(SEARCH, json!({ "search": "harbour" }));
        (answer["data"]["articles"]["totalCount"] == 1).then_some(())
    });
    works(&server);
}

on_both_engines!(two_servers_on_one_archive_find_the_same, |database| {
    fill(&database);
    let (one, other) = (Server::start(database.url()), Server::start(database.url()));
    ready(&one);
    ready(&other);
    let more = TempDir::new().expect("a folder");
    let text = "The harbour of the town was dredged for the first time in forty years, so that the large ferries can \
                land there again. The work took nine weeks and cost less than the council had feared.";
    write_articles(more.path(), &[("Harbour Is Dredged", "4 May 2020", text)]);
    let _ = archive::ingest(database.url(), more.path());
    for server in [&one, &other] {
        assert_eq!(
            titles(server, json!({ "search": "harbour" })),
            ["Harbour Is Dredged"]
        );
    }
    // The one that wrote the index is killed; the other takes over.
    one.kill_9();
    let text = "The theatre of the town opens in the autumn with a play that was written there two hundred years ago. \
                The actors are pupils of the school, and the mayor herself will speak the last words of it.";
    let more = TempDir::new().expect("a folder");
    write_articles(
        more.path(),
        &[("Theatre Opens in Autumn", "5 May 2020", text)],
    );
    let _ = archive::ingest(database.url(), more.path());
    wait::eventually(
        "the other server takes over",
        Duration::from_secs(60),
        || {
            let found = other.graphql(SEARCH, json!({ "search": "theatre" }));
            (found["data"]["articles"]["totalCount"] == 1).then_some(())
        },
    );
});

#[test]
fn without_a_folder_to_write_all_but_search_is_served() {
    let database = Fresh::sqlite();
    fill(&database);
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("file");
    fs::write(&file, "not a folder").expect("a file");
    let words = ["--summarizer", "off", "--index"].map(std::ffi::OsString::from);
    let server = Server::start_with(
        database.url(),
        words.into_iter().chain([file.into_os_string()]),
    );
    let answer = wait::eventually(
        "search says that it is not available",
        Duration::from_secs(60),
        || {
            let answer = server.graphql(SEARCH, json!({ "search": "water" }));
            (!answer["errors"].is_null()).then_some(answer)
        },
    );
    assert_eq!(
        answer["errors"][0]["extensions"]["code"], "SEARCH_UNAVAILABLE",
        "{answer}"
    );
    assert!(
        !answer.to_string().contains("file"),
        "no folder is shown to a client: {answer}"
    );
    assert_eq!(
        server.data("{ articles { totalCount } }", json!({}))["articles"]["totalCount"],
        6
    );
    let ended = server.stop();
    assert!(
        ended.stderr.contains("--index takes another folder"),
        "{}",
        ended.stderr
    );
}

on_both_engines!(
    related_articles_say_the_like_and_leave_out_repeats,
    |database| {
        archive::fill(database.url(), &archive::samples());
        let server = Server::start(database.url());
        ready(&server);
        let data = server.data(
        "{ articles(first: 100) { nodes { id duplicateOf { id } related(first: 3) { id duplicateOf { id } } } } }",
        json!({}),
    );
        let nodes = data["articles"]["nodes"]
            .as_array()
            .cloned()
            .expect("articles");
        assert!(nodes.len() >= 20);
        for node in &nodes {
            let related = node["related"].as_array().expect("related articles");
            assert_eq!(related.len(), 3, "{node}");
            assert!(
                related
                    .iter()
                    .all(|other| other["id"] != node["id"] && other["duplicateOf"].is_null()),
                "{node}"
            );
        }
    }
);
