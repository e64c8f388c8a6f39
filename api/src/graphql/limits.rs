//! What a request may ask for at most. Checked before anything is executed, and on the raw text before it is parsed.
//!
//! `docs/limits.md` tells the same to users.

mod introspection;
mod measure;
mod prices;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;
mod text;

use std::time::Duration;

use async_graphql::parser::types::{
    DocumentOperations, ExecutableDocument, OperationDefinition, OperationType,
};
use async_graphql::{Name, Request, Response, ServerError, Variables, value};

use super::error::Code;
use measure::{Measure, Unmeasurable, measure};
use prices::{PRICES, Prices};
use text::Counted;

/// Longest way through selections and fragments that is executed; the library refuses less unless it is told. What is
/// longer was refused before, so this is never reached.
pub const NESTING: usize = measure::STEPS as usize + 1;

/// Most selections of a document, fragments put in place. The validator looks at each several times.
const SELECTIONS: u64 = 5_000;

/// What a request may ask for at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Nesting of fields; what asks about the schema itself is counted apart.
    pub depth: u64,
    /// Cost, by the rules of `docs/limits.md`.
    pub cost: u64,
    /// Fields under another name.
    pub aliases: u64,
    /// Fields on the outermost level.
    pub root_fields: u64,
    /// Directives.
    pub directives: u64,
    /// Tokens of the document.
    pub tokens: u64,
    /// Items on a page.
    pub page: u64,
    /// Time to answer in.
    pub time: Duration,
    /// Whether the schema may be asked for.
    pub introspection: bool,
    /// Whether an unknown name is answered with a known one that is like it.
    pub suggestions: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 12,
            cost: 20_000,
            aliases: 100,
            root_fields: 20,
            directives: 100,
            tokens: 5_000,
            page: 100,
            time: Duration::from_secs(10),
            introspection: true,
            suggestions: true,
        }
    }
}

/// What a request costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// What it asks for.
    pub requested: u64,
    /// What it may ask for.
    pub limit: u64,
}

/// Why a request is not executed, and what it would have cost where that can be told.
#[derive(Clone, Debug)]
pub struct Refused {
    /// What the client is told.
    pub error: Box<ServerError>,
    /// What it would have cost.
    pub cost: Option<Cost>,
}

impl From<Refused> for Response {
    fn from(refused: Refused) -> Self {
        let mut response = Self::from_errors(vec![*refused.error]);
        if let Some(cost) = refused.cost {
            let name = "cost".to_owned();
            let _ = response.extensions.insert(name, cost.extension());
        }
        response
    }
}

impl Limits {
    /// Refuse a document that it would be unsafe or slow to parse. To be called on every text before it is parsed.
    pub fn check_text(&self, document: &str) -> Result<(), ServerError> {
        match text::count(document.as_bytes(), self.tokens) {
            Counted::Tokens(_) => Ok(()),
            Counted::TooDeep => Err(brackets()),
            Counted::TooMany => {
                // Counting on to tell the true number would be what the limit spares.
                let message = format!(
                    "the document has more than {} tokens; split it",
                    self.tokens
                );
                Err(beyond(
                    Code::TooManyTokens,
                    message,
                    self.tokens + 1,
                    self.tokens,
                ))
            }
        }
    }

    /// Refuse JSON that nests so deep that it would be unsafe to read.
    pub fn check_json(&self, json: &[u8]) -> Result<(), ServerError> {
        match text::count(json, u64::MAX) {
            Counted::TooDeep => Err(brackets()),
            Counted::Tokens(_) | Counted::TooMany => Ok(()),
        }
    }

    /// What is answered when a request took longer than it may.
    pub(super) fn timeout(&self) -> ServerError {
        let message = format!(
            "the request took longer than {:?}; ask for less at once",
            self.time
        );
        let mut error = ServerError::new(message, None);
        let extensions = error.extensions.get_or_insert_default();
        extensions.set("code", Code::Timeout.as_str());
        extensions.set("limit", self.time.as_secs_f64());
        error
    }

    /// What a request costs, or which limit it passes. None if its document does not parse or names no operation:
    /// execution then says what is wrong.
    pub fn price(&self, request: &mut Request) -> Result<Option<Cost>, Refused> {
        let variables = std::mem::take(&mut request.variables);
        let name = request.operation_name.take();
        let priced = match request.parsed_query() {
            Ok(document) => self.price_document(&PRICES, document, name.as_deref(), &variables),
            Err(_) => Ok(None),
        };
        request.variables = variables;
        request.operation_name = name;
        priced
    }

    /// The same of a document that was parsed elsewhere.
    fn price_document(
        &self,
        prices: &Prices,
        document: &ExecutableDocument,
        name: Option<&str>,
        variables: &Variables,
    ) -> Result<Option<Cost>, Refused> {
        let refused = |cost| {
            move |error| Refused {
                error: Box::new(error),
                cost,
            }
        };
        // The validator walks through all operations, not only the one to be executed.
        let mut selections: u64 = 0;
        let mut cost = None;
        for (found, operation) in document.operations.iter() {
            let measured = measure(prices, document, &operation.node, variables);
            let measured = measured.map_err(unmeasurable).map_err(refused(cost))?;
            let is_meant = name.is_none() || name == found.map(Name::as_str);
            if is_meant {
                cost = Some(self.cost(&measured));
            }
            selections = selections.saturating_add(measured.selections);
            let message = || {
                "the document selects too much once its fragments are put in place; ask for less at once".to_owned()
            };
            within(Code::TooLarge, selections, SELECTIONS, message).map_err(refused(cost))?;
            if is_meant {
                self.judge(&measured, &operation.node)
                    .map_err(refused(cost))?;
            }
        }
        let one = name.is_some() || matches!(document.operations, DocumentOperations::Single(_));
        Ok(cost.filter(|_| one || document.operations.iter().count() == 1))
    }

    /// The cost of what was measured.
    fn cost(&self, measured: &Measure) -> Cost {
        Cost {
            // What a subscription costs, it costs for each event.
            requested: measured.cost.saturating_add(measured.per_item),
            limit: self.cost,
        }
    }

    /// Which limit it passes, if any.
    fn judge(
        &self,
        measured: &Measure,
        operation: &OperationDefinition,
    ) -> Result<(), ServerError> {
        if !self.introspection && measured.introspection > 0 {
            let message = "the document asks for __schema or __type, which this server does not tell; ask for what the \
                documentation names";
            return Err(coded(Code::ValidationFailed, message));
        }
        within(
            Code::TooManyRootFields,
            measured.roots,
            self.root_fields,
            || {
                format!(
                    "the operation has {} fields on its outermost level; expected at most {}",
                    measured.roots, self.root_fields
                )
            },
        )?;
        within(Code::TooManyAliases, measured.aliases, self.aliases, || {
            format!(
                "the operation has {} aliases; expected at most {}",
                measured.aliases, self.aliases
            )
        })?;
        within(
            Code::TooManyDirectives,
            measured.directives,
            self.directives,
            || {
                format!(
                    "the operation has {} directives; expected at most {}",
                    measured.directives, self.directives
                )
            },
        )?;
        within(Code::TooDeep, measured.depth, self.depth, || {
            format!(
                "the operation nests {} fields; expected at most {}",
                measured.depth, self.depth
            )
        })?;
        within(
            Code::TooDeep,
            measured.introspection_depth,
            introspection::DEPTH,
            || {
                format!(
                    "the operation nests {} fields of the schema; expected at most {}",
                    measured.introspection_depth,
                    introspection::DEPTH
                )
            },
        )?;
        within(
            Code::TooDeep,
            measured.introspection_lists,
            introspection::LISTS,
            || {
                "the operation goes round in the schema, from types to fields to types; ask for one turn at a time".to_owned()
            },
        )?;
        within(Code::PageTooLarge, measured.page, self.page, || {
            format!(
                "a page of {} items is asked for; expected at most {}",
                measured.page, self.page
            )
        })?;
        let schema = self.cost.saturating_mul(introspection::TIMES);
        within(Code::TooCostly, measured.introspection, schema, || {
            "the operation asks too much about the schema; ask for less of it at once".to_owned()
        })?;
        let Cost { requested, .. } = self.cost(measured);
        within(Code::TooCostly, requested, self.cost, || {
            let kind = match operation.ty {
                OperationType::Query => "query",
                OperationType::Mutation => "mutation",
                OperationType::Subscription => "subscription",
            };
            format!(
                "the {kind} costs {requested}; expected at most {}: ask for smaller pages or fewer fields",
                self.cost
            )
        })
    }
}

impl Cost {
    /// As it stands in the `extensions` of a reply.
    pub fn extension(self) -> async_graphql::Value {
        value!({ "requested": self.requested, "limit": self.limit })
    }
}

fn within(
    code: Code,
    requested: u64,
    limit: u64,
    message: impl FnOnce() -> String,
) -> Result<(), ServerError> {
    if requested <= limit {
        return Ok(());
    }
    Err(beyond(code, message(), requested, limit))
}

/// An error that says which limit was passed, and by how much.
pub fn beyond(code: Code, message: impl Into<String>, requested: u64, limit: u64) -> ServerError {
    let mut error = ServerError::new(message, None);
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("code", code.as_str());
    extensions.set("requested", requested);
    extensions.set("limit", limit);
    error
}

fn brackets() -> ServerError {
    let message = format!(
        "brackets nest more than {} deep; flatten selections and literals",
        text::BRACKETS
    );
    beyond(
        Code::TooDeep,
        message,
        text::BRACKETS as u64 + 1,
        text::BRACKETS as u64,
    )
}

fn unmeasurable(why: Unmeasurable) -> ServerError {
    let (code, message) = match why {
        Unmeasurable::Cycle(name) => (Code::BadRequest, format!("the fragment {name} uses itself")),
        Unmeasurable::TooLong => (
            Code::TooDeep,
            "fragments within fragments go too deep; put them in place".to_owned(),
        ),
    };
    coded(code, message)
}

fn coded(code: Code, message: impl Into<String>) -> ServerError {
    let mut error = ServerError::new(message, None);
    let extensions = error.extensions.get_or_insert_default();
    extensions.set("code", code.as_str());
    error
}
