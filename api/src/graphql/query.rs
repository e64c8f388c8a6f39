//! `Query`: what can be asked.

mod articles;
mod digests;
mod editors;
mod nodes;
mod pages;
mod status;
mod topics;

use async_graphql::MergedObject;

/// What can be asked of the archive.
#[derive(MergedObject, Default)]
pub struct Query(
    articles::ArticleQueries,
    nodes::NodeQueries,
    topics::TopicQueries,
    pages::PageQueries,
    status::StatusQuery,
    crate::graphql::counts::CountQueries,
    editors::EditorQueries,
    digests::DigestQueries,
);
