//! Who asks, and the guard on fields that not everybody may use.

use std::sync::Arc;

use async_graphql::{Context, Enum, Error, Guard, SimpleObject};
use entity::id::TokenId;
use entity::token;

use super::error::{Code, bad};
use crate::store::tokens::Holder;

/// Who asks: anybody, or the holder of a token. It travels with the request as its data; what a reply depends on
/// besides the request and the archive is in here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Who(Option<Arc<Holder>>);

/// What a token allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Enum)]
#[graphql(remote = "token::Scope")]
pub(super) enum Scope {
    /// Reading an archive that is private.
    Read,
    /// Bringing in texts.
    Ingest,
    /// Editing abstracts, labels and articles.
    Edit,
}

/// Whoever asks, by the token sent.
#[derive(SimpleObject)]
pub(super) struct Viewer {
    /// Name of the token.
    name: String,
    /// What the token allows.
    scopes: Vec<Scope>,
}

impl Who {
    /// The holder of a token.
    pub fn holding(holder: Holder) -> Self {
        Self(Some(Arc::new(holder)))
    }

    /// The token, if there is one.
    pub fn token(&self) -> Option<&TokenId> {
        self.0.as_ref().map(|holder| &holder.id)
    }

    /// Whether the token allows this.
    pub fn may(&self, scope: token::Scope) -> bool {
        self.0
            .as_ref()
            .is_some_and(|holder| holder.scopes.contains(&scope))
    }

    /// Who asks in this request.
    pub(super) fn asks<'a>(context: &Context<'a>) -> &'a Self {
        static ANYBODY: Who = Who(None);
        context.data_opt().unwrap_or(&ANYBODY)
    }

    pub(super) fn viewer(&self) -> Option<Viewer> {
        self.0.as_ref().map(|holder| Viewer {
            name: holder.name.clone(),
            scopes: holder.scopes.iter().copied().map(Scope::from).collect(),
        })
    }

    /// An error unless the token allows this; `what` needs it.
    pub(super) fn needs(&self, scope: token::Scope, what: &str) -> Result<(), Error> {
        let wanted = scope.as_str();
        match &self.0 {
            Some(holder) if holder.scopes.contains(&scope) => Ok(()),
            Some(holder) => {
                let message = format!(
                    "{what} needs the scope {wanted}; the token {:?} has not got it",
                    holder.name
                );
                Err(bad(Code::Forbidden, message))
            }
            None => {
                let message = format!(
                    "{what} needs a token with the scope {wanted}, sent as Authorization: Bearer …"
                );
                Err(bad(Code::Unauthenticated, message))
            }
        }
    }
}

/// Lets a field be used by the holders of tokens with this scope.
pub(super) struct Needs(pub(super) token::Scope);

impl Guard for Needs {
    async fn check(&self, context: &Context<'_>) -> Result<(), Error> {
        Who::asks(context).needs(self.0, context.field().name())
    }
}
