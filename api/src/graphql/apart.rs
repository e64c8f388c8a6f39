//! Whether the answers of a document can be written one after the other, with none to be put into another.

use std::collections::HashSet;

use async_graphql::Positioned;
use async_graphql::parser::types::{
    ExecutableDocument, FragmentDefinition, Selection, SelectionSet,
};

/// Selections looked at to find out whether a document is apart.
const LOOKED_AT: usize = 500;

/// Whether no two fields of the document are answered in one place under one name.
pub fn is_apart(document: &ExecutableDocument) -> bool {
    let mut left = LOOKED_AT;
    document
        .operations
        .iter()
        .all(|(_, operation)| apart(document, &[&operation.node.selection_set.node], &mut left))
}

fn apart<'a>(
    document: &'a ExecutableDocument,
    sets: &[&'a SelectionSet],
    left: &mut usize,
) -> bool {
    let mut keys = HashSet::new();
    let mut sets: Vec<&SelectionSet> = sets.to_vec();
    while let Some(set) = sets.pop() {
        for item in &set.items {
            let Some(fewer) = left.checked_sub(1) else {
                return false;
            };
            *left = fewer;
            match &item.node {
                Selection::Field(field) => {
                    let below = &field.node.selection_set.node;
                    if !keys.insert(&field.node.response_key().node)
                        || !(below.items.is_empty() || apart(document, &[below], left))
                    {
                        return false;
                    }
                }
                Selection::InlineFragment(fragment) => {
                    sets.push(&fragment.node.selection_set.node);
                }
                Selection::FragmentSpread(spread) => {
                    let found = document.fragments.get(&spread.node.fragment_name.node);
                    let found: Option<&Positioned<FragmentDefinition>> = found;
                    sets.extend(found.map(|fragment| &fragment.node.selection_set.node));
                }
            }
        }
    }
    true
}
