//! How much a document selects once its fragments are put in place.
//!
//! Fragments that use one another twice double with each level: 900 bytes of them take the validator of async-graphql 7.2
//! nine seconds. Counted here first, each fragment once, it takes no time to see.

use std::collections::HashMap;

use async_graphql::Name;
use async_graphql::parser::types::{ExecutableDocument, Selection, SelectionSet};

/// Most selections that are executed. The standard introspection query has about 200.
const LIMIT: u64 = 5_000;
/// Longest way through selections and fragments. Each step is one level of the validator's stack.
const DEPTH: usize = 100;

/// Whether all operations together select more than is executed.
pub(super) fn too_large(document: &ExecutableDocument) -> bool {
    let mut counter = Counter {
        document,
        counted: HashMap::new(),
    };
    let mut total: u64 = 0;
    for (_, operation) in document.operations.iter() {
        total = total.saturating_add(counter.of(&operation.node.selection_set.node, 0));
    }
    total > LIMIT
}

struct Counter<'a> {
    document: &'a ExecutableDocument,
    /// Selections of each fragment; 0 while it is being counted, so that a fragment within itself ends. The validator
    /// says what is wrong with it.
    counted: HashMap<&'a Name, u64>,
}

impl<'a> Counter<'a> {
    fn of(&mut self, set: &'a SelectionSet, depth: usize) -> u64 {
        if depth > DEPTH {
            return u64::MAX;
        }
        let mut total: u64 = 0;
        for item in &set.items {
            let below = match &item.node {
                Selection::Field(field) => self.of(&field.node.selection_set.node, depth + 1),
                Selection::InlineFragment(inline) => {
                    self.of(&inline.node.selection_set.node, depth + 1)
                }
                Selection::FragmentSpread(spread) => {
                    self.fragment(&spread.node.fragment_name.node, depth + 1)
                }
            };
            total = total.saturating_add(below).saturating_add(1);
        }
        total
    }

    fn fragment(&mut self, name: &'a Name, depth: usize) -> u64 {
        if let Some(counted) = self.counted.get(name) {
            return *counted;
        }
        let Some(fragment) = self.document.fragments.get(name) else {
            return 0;
        };
        self.counted.insert(name, 0);
        let total = self.of(&fragment.node.selection_set.node, depth);
        self.counted.insert(name, total);
        total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn doubling(levels: usize) -> String {
        let fragments: String = (0..levels)
            .map(|level| {
                format!(
                    "fragment f{level} on Query {{ ...f{0} ...f{0} }} ",
                    level + 1
                )
            })
            .collect();
        format!("{{ ...f0 }} {fragments} fragment f{levels} on Query {{ a }}")
    }

    fn chain(length: usize) -> String {
        let fragments: String = (0..length)
            .map(|link| format!("fragment f{link} on Query {{ ...f{} }} ", link + 1))
            .collect();
        format!("{{ ...f0 }} {fragments} fragment f{length} on Query {{ a }}")
    }

    #[test]
    fn fragments_count_each_time_they_are_used() {
        for (document, expected) in [
            ("{ a { b c } }".to_owned(), false),
            (doubling(5), false),
            (doubling(30), true),
            (chain(20), false),
            (chain(2_000), true),
            (format!("{{ {} }}", "a ".repeat(6_000)), true),
            ("{ ...f } fragment f on Query { a ...f }".to_owned(), false),
            ("{ ...missing }".to_owned(), false),
        ] {
            let parsed = async_graphql::parser::parse_query(&document).expect("a document");
            assert_eq!(too_large(&parsed), expected, "{document:.60}");
        }
    }
}
