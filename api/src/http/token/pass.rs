//! What whoever holds a connection open showed at the gate, to be looked at again: a token may be revoked meanwhile.

use std::sync::Arc;

use actix_web::http::header::HeaderValue;
use serde_json::{Map, Value};

use super::Gate;
use crate::graphql::Who;
use crate::http::refusal::Refusal;

/// What was shown, and where.
pub(in crate::http) struct Pass {
    gate: Arc<Gate>,
    authorization: Option<HeaderValue>,
}

impl Pass {
    /// Of a connection that was opened with this value of `Authorization`.
    pub(in crate::http) fn new(gate: Arc<Gate>, authorization: Option<HeaderValue>) -> Self {
        Self {
            gate,
            authorization,
        }
    }

    /// Take the value of `Authorization` that a client of a socket sends in its first message, as browsers cannot send it
    /// in a header. What cannot be one is kept as one that is refused.
    pub(in crate::http) fn take(&mut self, payload: Option<&Map<String, Value>>) {
        let named = |(name, _): &(&String, &Value)| name.eq_ignore_ascii_case("authorization");
        let given = payload.and_then(|payload| payload.iter().find(named));
        if let Some((_, value)) = given.filter(|(_, value)| !value.is_null()) {
            let value = HeaderValue::from_str(value.as_str().unwrap_or_default());
            self.authorization = Some(value.unwrap_or(HeaderValue::from_static("")));
        }
    }

    /// Who shows it, if it is in force and they may read.
    pub(in crate::http) async fn shown(&self) -> Result<Who, Refusal> {
        let who = self.gate.who(self.authorization.as_ref()).await?;
        self.gate.may_read(&who)?;
        Ok(who)
    }
}
