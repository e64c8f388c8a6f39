//! What is written of a page of a list: a selection of which every part is known.

use async_graphql::SelectionField;

use crate::store::articles::Shown;

/// Each name that is answered and what by, as a selection has them.
pub(super) type Keys<T> = Vec<(String, T)>;

/// What is written of a page.
#[derive(Debug, Default)]
pub(super) struct Plan {
    pub(super) nodes: Option<Keys<OfArticle>>,
    pub(super) edges: Option<Keys<OfEdge>>,
    pub(super) cursors: bool,
}

#[derive(Debug)]
pub(super) enum OfEdge {
    Typename,
    Cursor,
    Node(Keys<OfArticle>),
}

#[derive(Debug)]
pub(super) enum OfArticle {
    Typename,
    Id,
    Slug,
    Url,
    Title,
    Language,
    PublishedOn,
    DateBasis,
    WordCount,
    ReadingMinutes,
    Position,
    Abstract(Keys<OfAbstract>),
    Labels(Keys<OfLabel>),
}

#[derive(Debug)]
pub(super) enum OfAbstract {
    Typename,
    Text,
    Kind,
}

#[derive(Debug)]
pub(super) enum OfLabel {
    Typename,
    Score,
    Origin,
    Topic(Keys<OfTopic>),
}

#[derive(Debug)]
pub(super) enum OfTopic {
    Typename,
    Id,
    Name,
}

/// What is selected below a field, if all of it is known.
fn keys<'a, T>(
    field: &SelectionField<'a>,
    known: impl Fn(&SelectionField<'a>) -> Option<T>,
) -> Option<Keys<T>> {
    field
        .selection_set()
        .map(|below| {
            let key = below.alias().unwrap_or(below.name());
            // A name of GraphQL needs no escapes.
            Some((format!("\"{key}\":"), known(&below)?))
        })
        .collect()
}

impl Plan {
    /// Of a field that is a list of articles; none if anything is selected that is not known here.
    pub(super) fn of(list: &SelectionField<'_>) -> Option<Self> {
        let mut plan = Self::default();
        for field in list.selection_set() {
            match field.name() {
                "nodes" if plan.nodes.is_none() => plan.nodes = Some(keys(&field, of_article)?),
                "edges" if plan.edges.is_none() => plan.edges = Some(keys(&field, of_edge)?),
                "pageInfo" => {
                    plan.cursors |= field
                        .selection_set()
                        .any(|info| matches!(info.name(), "startCursor" | "endCursor"));
                }
                "totalCount" | "facets" | "__typename" => {}
                _ => return None,
            }
        }
        (plan.nodes.is_some() || plan.edges.is_some()).then_some(plan)
    }

    pub(super) fn shown(&self) -> Shown {
        let mut shown = Shown {
            place: self.cursors,
            ..Shown::default()
        };
        shown.place |= self
            .edges
            .iter()
            .flatten()
            .any(|(_, of)| matches!(of, OfEdge::Cursor));
        let of_edges = self.edges.iter().flatten().filter_map(|(_, of)| match of {
            OfEdge::Node(node) => Some(node),
            OfEdge::Typename | OfEdge::Cursor => None,
        });
        for (_, of) in self.nodes.iter().chain(of_edges).flatten() {
            match of {
                OfArticle::Typename | OfArticle::Id => {}
                OfArticle::Slug | OfArticle::Url => shown.slug = true,
                OfArticle::Title => shown.title = true,
                OfArticle::Language => shown.language = true,
                OfArticle::PublishedOn => shown.published_on = true,
                OfArticle::DateBasis => shown.date_basis = true,
                OfArticle::WordCount | OfArticle::ReadingMinutes => shown.word_count = true,
                OfArticle::Position => shown.position = true,
                OfArticle::Abstract(_) => shown.abstracts = true,
                OfArticle::Labels(keys) => {
                    shown.labels = true;
                    shown.topics |= keys.iter().any(|(_, of)| match of {
                        OfLabel::Topic(keys) => {
                            keys.iter().any(|(_, of)| matches!(of, OfTopic::Name))
                        }
                        _ => false,
                    });
                }
            }
        }
        shown
    }
}

fn of_edge(field: &SelectionField<'_>) -> Option<OfEdge> {
    Some(match field.name() {
        "__typename" => OfEdge::Typename,
        "cursor" => OfEdge::Cursor,
        "node" => OfEdge::Node(keys(field, of_article)?),
        _ => return None,
    })
}

fn of_article(field: &SelectionField<'_>) -> Option<OfArticle> {
    // What arguments ask for is not known here.
    if !field.arguments().ok()?.is_empty() {
        return None;
    }
    Some(match field.name() {
        "__typename" => OfArticle::Typename,
        "id" => OfArticle::Id,
        "slug" => OfArticle::Slug,
        "url" => OfArticle::Url,
        "title" => OfArticle::Title,
        "language" => OfArticle::Language,
        "publishedOn" => OfArticle::PublishedOn,
        "dateBasis" => OfArticle::DateBasis,
        "wordCount" => OfArticle::WordCount,
        "readingMinutes" => OfArticle::ReadingMinutes,
        "position" => OfArticle::Position,
        "abstract" => OfArticle::Abstract(keys(field, |of| {
            Some(match of.name() {
                "__typename" => OfAbstract::Typename,
                "text" => OfAbstract::Text,
                "kind" => OfAbstract::Kind,
                _ => return None,
            })
        })?),
        "labels" => OfArticle::Labels(keys(field, of_label)?),
        _ => return None,
    })
}

fn of_label(field: &SelectionField<'_>) -> Option<OfLabel> {
    Some(match field.name() {
        "__typename" => OfLabel::Typename,
        "score" => OfLabel::Score,
        "origin" => OfLabel::Origin,
        "topic" => OfLabel::Topic(keys(field, |of| {
            Some(match of.name() {
                "__typename" => OfTopic::Typename,
                "id" => OfTopic::Id,
                "name" => OfTopic::Name,
                _ => return None,
            })
        })?),
        _ => return None,
    })
}
