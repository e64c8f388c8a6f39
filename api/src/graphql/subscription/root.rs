//! The outermost level of a subscription, where async-graphql 7.2 takes less, and more, than the specification does: it
//! passes over fragments, and runs several fields at once.

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, OperationDefinition, OperationType, Selection,
};
use async_graphql::{Pos, Positioned};

/// Most fragments that are looked into. A fragment within itself ends so; the validator says what is wrong with it.
const FRAGMENTS: usize = 100;

/// Have the subscriptions of a document select the event that stands in a fragment on their outermost level.
///
/// # Errors
/// One of them does not select exactly one: where the second stands, or the operation without any.
pub(in crate::graphql) fn selects_one_event(document: &mut ExecutableDocument) -> Result<(), Pos> {
    let operations: Vec<&mut Positioned<OperationDefinition>> = match &mut document.operations {
        DocumentOperations::Single(operation) => vec![operation],
        DocumentOperations::Multiple(operations) => operations.values_mut().collect(),
    };
    for operation in operations {
        if operation.node.ty != OperationType::Subscription {
            continue;
        }
        let start = operation.pos;
        let items = &mut operation.node.selection_set.node.items;
        let mut within = Vec::new();
        let mut waiting: Vec<Positioned<Selection>> = items
            .iter()
            .filter(|item| !is_field(item))
            .cloned()
            .collect();
        let mut left = FRAGMENTS;
        while let Some(item) = waiting.pop() {
            let set = match &item.node {
                Selection::Field(_) => {
                    within.push(item);
                    continue;
                }
                Selection::InlineFragment(inline) => &inline.node.selection_set,
                Selection::FragmentSpread(spread) => {
                    match document.fragments.get(&spread.node.fragment_name.node) {
                        Some(fragment) => &fragment.node.selection_set,
                        None => continue,
                    }
                }
            };
            if left == 0 {
                break;
            }
            left -= 1;
            waiting.extend(set.node.items.iter().cloned());
        }
        let direct = items.iter().filter(|item| is_field(item));
        let mut places: Vec<Pos> = direct.chain(&within).map(|item| item.pos).collect();
        places.sort_unstable_by_key(|place| (place.line, place.column));
        if places.len() != 1 {
            return Err(places.get(1).copied().unwrap_or(start));
        }
        // The fragments stay, as the validator wants each to be used.
        items.extend(within);
    }
    Ok(())
}

fn is_field(item: &Positioned<Selection>) -> bool {
    matches!(item.node, Selection::Field(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subscription_selects_one_event_directly_or_in_a_fragment() {
        for (document, expected) in [
            ("subscription { a { b c } }", true),
            ("subscription { a { b } c { d } }", false),
            (
                "subscription { ...f } fragment f on Subscription { a }",
                true,
            ),
            ("subscription { ... { ... on Subscription { a } } }", true),
            (
                "subscription { ...f b } fragment f on Subscription { a }",
                false,
            ),
            (
                "subscription { ...f } fragment f on Subscription { ...f }",
                false,
            ),
            ("subscription { ...missing }", false),
            ("query { a b }", true),
            ("query Q { a b } subscription S { a b }", false),
        ] {
            let mut parsed = async_graphql::parser::parse_query(document).expect("a document");
            assert_eq!(
                selects_one_event(&mut parsed).is_ok(),
                expected,
                "{document}"
            );
        }
    }

    #[test]
    fn the_place_of_the_second_event_is_told() {
        for (document, column) in [
            ("subscription { a { b } c { d } }", 24),
            ("subscription { ...missing }", 1),
        ] {
            let mut parsed = async_graphql::parser::parse_query(document).expect("a document");
            let place = selects_one_event(&mut parsed).map_err(|place| (place.line, place.column));
            assert_eq!(place, Err((1, column)), "{document}");
        }
    }

    #[test]
    fn the_event_in_a_fragment_is_selected() {
        let document = "subscription { ...f } fragment f on Subscription { a { b } }";
        let mut parsed = async_graphql::parser::parse_query(document).expect("a document");
        assert_eq!(selects_one_event(&mut parsed), Ok(()));
        let (_, operation) = parsed.operations.iter().next().expect("an operation");
        let items = &operation.node.selection_set.node.items;
        assert!(items.iter().any(is_field), "{items:?}");
    }
}
