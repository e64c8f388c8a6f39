//! Whatever the document: nothing panics, and what is measured of a small one is what a plain count of it says.

use async_graphql::parser::parse_query;
use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};
use async_graphql::{Request, Variables};
use proptest::prelude::*;

use super::Limits;
use super::measure::measure;
use super::prices::PRICES;

/// Pieces that make up what looks like documents.
fn soup() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        "\"",
        "\"\"\"",
        "\\",
        "#",
        "\n",
        "...",
        "on ",
        "fragment ",
        "query ",
        "f ",
        "a",
        ":",
        "$",
        "!",
        "=",
        "@skip(if: true) ",
        "@",
        "1",
        "-1.5e3",
        "true",
        "articles",
        "nodes",
        "first: 3 ",
        "id ",
        "é",
        "\0",
        "\u{feff}",
        "__schema",
        "{a}",
        "[[1]]",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// A selection set of fragments `f0` to `f3`, each of which uses only later ones.
fn set(level: usize, first: usize) -> BoxedStrategy<String> {
    let leaf = prop::sample::select(vec![
        "id".to_owned(),
        "x: title".to_owned(),
        "slug @skip(if: false)".to_owned(),
    ]);
    let item: BoxedStrategy<String> = if level == 0 {
        leaf.boxed()
    } else {
        prop_oneof![
            3 => leaf,
            2 => set(level - 1, first).prop_map(|inner| format!("page {{ articles {{ {inner} }} }}")),
            1 => set(level - 1, first).prop_map(|inner| format!("... on Article {{ {inner} }}")),
            2 => (first..5).prop_map(|n| if n < 4 { format!("...f{n}") } else { "language".to_owned() }),
        ]
        .boxed()
    };
    prop::collection::vec(item, 1..4)
        .prop_map(|items| items.join(" "))
        .boxed()
}

fn document() -> impl Strategy<Value = String> {
    let fragment = |n: usize| {
        set(1, n + 1).prop_map(move |inner| format!(" fragment f{n} on Article {{ {inner} }}"))
    };
    (
        set(2, 0),
        fragment(0),
        fragment(1),
        fragment(2),
        fragment(3),
        0_u64..9,
    )
        .prop_map(|(inner, a, b, c, d, first)| {
            format!("{{ articles(first: {first}) {{ nodes {{ {inner} }} }} }}{a}{b}{c}{d}")
        })
}

/// Selections, aliases, directives, and cost with lists of ten, by plain recursion.
fn plain(document: &ExecutableDocument, set: &SelectionSet) -> [u64; 4] {
    let mut total = [0; 4];
    for item in &set.items {
        let (below, alias, cost): ([u64; 4], bool, Option<u64>) = match &item.node {
            Selection::Field(field) => {
                let below = plain(document, &field.node.selection_set.node);
                let times = if field.node.name.node == "articles" {
                    10
                } else {
                    1
                };
                (
                    below,
                    field.node.alias.is_some(),
                    Some(1 + times * below[3]),
                )
            }
            Selection::InlineFragment(inline) => (
                plain(document, &inline.node.selection_set.node),
                false,
                None,
            ),
            Selection::FragmentSpread(spread) => {
                let fragment = &document.fragments[&spread.node.fragment_name.node];
                (
                    plain(document, &fragment.node.selection_set.node),
                    false,
                    None,
                )
            }
        };
        total[0] += below[0] + 1;
        total[1] += below[1] + u64::from(alias);
        total[2] += below[2] + item.node.directives().len() as u64;
        total[3] += cost.unwrap_or(below[3]);
    }
    total
}

proptest! {
    #[test]
    fn nothing_panics_on_any_text(document in soup()) {
        let limits = Limits::default();
        if limits.check_text(&document).is_ok() {
            let _ = limits.price(&mut Request::new(document));
        }
    }

    #[test]
    fn nothing_panics_on_any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = Limits::default().check_json(&bytes);
    }

    #[test]
    fn a_small_document_measures_what_a_plain_count_says(document in document()) {
        let parsed = parse_query(&document).expect("a document");
        let (_, operation) = parsed.operations.iter().next().expect("an operation");
        let found = measure(&PRICES, &parsed, &operation.node, &Variables::default()).expect("no cycle");
        let articles = match &operation.node.selection_set.node.items[0].node {
            Selection::Field(field) => &field.node,
            other => panic!("{other:?}"),
        };
        let nodes = match &articles.selection_set.node.items[0].node {
            Selection::Field(field) => &field.node,
            other => panic!("{other:?}"),
        };
        let [selections, aliases, directives, each] = plain(&parsed, &nodes.selection_set.node);
        let first = articles.arguments[0].1.node.to_string().parse::<u64>().expect("a number");
        prop_assert_eq!(found.selections, selections + 2);
        prop_assert_eq!(found.aliases, aliases);
        prop_assert_eq!(found.directives, directives);
        prop_assert_eq!(found.cost, 1 + first * (1 + each));
    }
}
