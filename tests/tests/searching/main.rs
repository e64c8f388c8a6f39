//! Full-text search, its counts and its index, from outside: the same answers on both engines, whatever is typed.

mod finding;
mod index;
mod paging;

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;
use tests::{Fresh, Server, archive};

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
