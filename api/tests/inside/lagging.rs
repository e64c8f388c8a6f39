//! What the index does not know yet: it follows the archive, and another process may be the one that writes it.

use api::graphql::{self, limits::Limits};
use api::search::Search;
use api::store::articles::ArticleFilter;
use entity::article;
use sea_orm::ActiveValue::Set;
use sea_orm::{ActiveModelTrait, EntityTrait};
use tests::on_both_engines;

use crate::statements::counted_archive;

type Tested = Result<(), Box<dyn std::error::Error>>;

const FOUND: &str =
    "{ articles(search: \"river\", first: 24, filter: { includeDuplicates: true }) {
  edges { node { id related(first: 20) { id } } } } }";

/// The ids that are found, and all that they are related to.
async fn found(
    schema: &graphql::Schema,
) -> Result<(Vec<String>, Vec<String>), Box<dyn std::error::Error>> {
    let response = graphql::execute(schema, async_graphql::Request::new(FOUND)).await;
    assert!(response.errors.is_empty(), "{:?}", response.errors);
    let data = response.data.into_json()?;
    let id = |node: &serde_json::Value| node["id"].as_str().unwrap_or_default().to_owned();
    let edges = data["articles"]["edges"].as_array().cloned();
    let nodes: Vec<_> = edges
        .unwrap_or_default()
        .iter()
        .map(|edge| edge["node"].clone())
        .collect();
    let related = nodes.iter().filter_map(|node| node["related"].as_array());
    Ok((
        nodes.iter().map(id).collect(),
        related.flatten().map(id).collect(),
    ))
}

on_both_engines!(
    what_was_hidden_since_the_index_was_written_is_not_shown,
    async |database| -> Tested {
        let (store, connection, _) = counted_archive(database.url()).await?;
        let folder = tempfile::tempdir()?;
        let search = Search::start(store.clone(), folder.path().join("index"), "lagging");
        let all = ArticleFilter {
            include_duplicates: true,
            ..ArticleFilter::default()
        };
        let held = async || {
            let all = all.clone();
            search.ask(move |view| view.count(None, &all)).await
        };
        while held().await.ok() != Some(24) {
            tokio::task::yield_now().await;
        }
        // From now on the index stays as it is.
        search.stop().await;
        let schema = graphql::searchable(store, None, search, Limits::default());
        let (before, related) = found(&schema).await?;
        assert_eq!(before.len(), 24);
        let hidden = related.first().cloned().ok_or("none is related")?;
        let row = article::ActiveModel {
            id: Set(entity::id::ArticleId(hidden.clone())),
            hidden_at: Set(Some(chrono::DateTime::UNIX_EPOCH)),
            ..Default::default()
        };
        row.update(&connection).await?;
        let there = article::Entity::find().all(&connection).await?;
        assert_eq!(there.len(), 24);
        let (after, related) = found(&schema).await?;
        assert_eq!(after.len(), 23);
        assert!(!after.contains(&hidden) && !related.contains(&hidden));
        Ok(())
    }
);
