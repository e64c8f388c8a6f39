//! Whether a selection reads the text of articles, which is most of what is stored of one.

use async_graphql::SelectionField;

/// Whether what is selected of an article reads its body. Only what is known not to is said not to: a new field reads it
/// until it stands here.
pub(in crate::graphql) fn reads_body(article: &SelectionField<'_>) -> bool {
    article.selection_set().any(|field| match field.name() {
        // Another length than the stored one is cut out of the body.
        "abstract" => {
            !field.arguments().is_ok_and(|given| given.is_empty())
                || selects_beyond(
                    &field,
                    &[
                        "text",
                        "kind",
                        "model",
                        "modelVersion",
                        "stale",
                        "createdAt",
                    ],
                )
        }
        // Evidence is a sentence of the body.
        "labels" => selects_beyond(&field, &["score", "topic", "origin", "model", "createdAt"]),
        "id" | "slug" | "url" | "title" | "language" | "publishedOn" | "dateBasis"
        | "wordCount" | "keyphrases" | "position" | "ingestedAt" | "summaryStatus" | "page"
        | "duplicateOf" | "duplicates" | "hidden" | "__typename" => false,
        _ => true,
    })
}

fn selects_beyond(field: &SelectionField<'_>, known: &[&str]) -> bool {
    field
        .selection_set()
        .any(|below| below.name() != "__typename" && !known.contains(&below.name()))
}
