//! `AuditConnection`: what editors did, a page at a time.

use async_graphql::{Context, Error, ID, Json, Object};

use super::PageInfo;
use crate::graphql::cursor::Place;
use crate::graphql::date::Moment;
use crate::graphql::error::internal;
use crate::graphql::paging::Paging;
use crate::store::Store;
use crate::store::editing::{AuditPlace, Entry};
use crate::store::window::Slice;

/// A page of the audit.
pub(in crate::graphql) struct AuditConnection(Slice<Entry>);

/// One change made by a mutation.
#[derive(Clone)]
struct AuditEntry(Entry);

/// A change and its place in the audit.
struct AuditEdge(Entry);

fn cursor(entry: &Entry) -> String {
    AuditPlace(entry.id).encode(())
}

impl AuditConnection {
    /// The part of the audit that is asked for.
    pub(in crate::graphql) async fn read(
        context: &Context<'_>,
        paging: &Paging,
    ) -> Result<Self, Error> {
        let window = paging.window::<AuditPlace>(())?;
        let store = context.data_unchecked::<Store>();
        Ok(Self(store.audit(&window).await.map_err(internal)?))
    }
}

/// What editors did, a page at a time.
#[Object]
impl AuditConnection {
    /// Where this page lies in the list, and the cursors to read on.
    async fn page_info(&self) -> PageInfo {
        PageInfo {
            has_previous_page: self.0.earlier,
            has_next_page: self.0.later,
            start_cursor: self.0.rows.first().map(cursor),
            end_cursor: self.0.rows.last().map(cursor),
        }
    }

    /// The changes, each with its cursor.
    async fn edges(&self) -> Vec<AuditEdge> {
        self.0.rows.iter().cloned().map(AuditEdge).collect()
    }

    /// The changes.
    async fn nodes(&self) -> Vec<AuditEntry> {
        self.0.rows.iter().cloned().map(AuditEntry).collect()
    }

    /// How many changes there are on all pages of the list together. Counted only when asked for.
    async fn total_count(&self, context: &Context<'_>) -> Result<u64, Error> {
        let store = context.data_unchecked::<Store>();
        store.count_audit().await.map_err(internal)
    }
}

/// A change and its place in the audit.
#[Object]
impl AuditEdge {
    /// The change.
    async fn node(&self) -> AuditEntry {
        AuditEntry(self.0.clone())
    }

    /// Its place in the list, to be passed as `after` or `before`.
    async fn cursor(&self) -> String {
        cursor(&self.0)
    }
}

/// One change made by a mutation.
#[Object]
impl AuditEntry {
    /// Its number: later ones are greater.
    async fn number(&self) -> i64 {
        self.0.id
    }

    /// When it was made.
    async fn at(&self) -> Moment {
        Moment(self.0.at)
    }

    /// Name of the token it was made with.
    async fn by(&self) -> &str {
        &self.0.by
    }

    /// The mutation: `editAbstract`.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// The client's name for it.
    async fn client_mutation_id(&self) -> Option<&str> {
        self.0.client_mutation_id.as_deref()
    }

    /// What was asked for: the arguments of the mutation. Of long texts the length and the hash are kept.
    async fn request(&self) -> Json<&serde_json::Value> {
        Json(&self.0.request)
    }

    /// What came of it, as the payload said.
    async fn outcome(&self) -> String {
        match serde_json::to_value(self.0.record.outcome) {
            Ok(serde_json::Value::String(name)) => name,
            _ => String::new(),
        }
    }

    /// Ids of the articles concerned.
    async fn articles(&self) -> Vec<ID> {
        let ids = self.0.record.articles.iter();
        ids.map(|id| ID(id.to_string())).collect()
    }

    /// What was there before, in the form that fits the mutation; none if nothing was replaced.
    async fn before(&self) -> Option<Json<&serde_json::Value>> {
        Some(&self.0.record.before)
            .filter(|before| !before.is_null())
            .map(Json)
    }
}
