//! A request that is validated and priced, and not executed.

use async_graphql::parser::types::{
    Directive, DocumentOperations, InlineFragment, OperationDefinition, Selection, SelectionSet,
};
use async_graphql::{Name, Positioned, Request, Response, ServerError, Value};

use super::Schema;

/// Price and validate a request. The answer has no data, and in `extensions` what executing it would cost.
pub async fn dry_run(schema: &Schema, mut request: Request) -> Response {
    let cost = match super::limits(schema).price(&mut request) {
        Ok(cost) => cost,
        Err(refused) => return refused.into(),
    };
    let mut response = match skip_all(&mut request) {
        Ok(()) => schema.execute(request).await,
        Err(error) => Response::from_errors(vec![error]),
    };
    response.data = Value::Null;
    if let Some(cost) = cost {
        response
            .extensions
            .insert("cost".to_owned(), cost.extension());
    }
    response
}

/// Skip all that a request selects, in a way that the validator still looks at it: `{ a }` → `{ ... @skip(if: true) { a } }`.
fn skip_all(request: &mut Request) -> Result<(), ServerError> {
    let mut document = request.parsed_query()?.clone();
    match &mut document.operations {
        DocumentOperations::Single(operation) => skip(&mut operation.node),
        DocumentOperations::Multiple(operations) => {
            operations
                .values_mut()
                .for_each(|operation| skip(&mut operation.node));
        }
    }
    request.set_parsed_query(document);
    Ok(())
}

fn skip(operation: &mut OperationDefinition) {
    let at = operation.selection_set.pos;
    let always = Directive {
        name: Positioned::new(Name::new("skip"), at),
        arguments: vec![(
            Positioned::new(Name::new("if"), at),
            Positioned::new(async_graphql_value::Value::Boolean(true), at),
        )],
    };
    let selected = std::mem::take(&mut operation.selection_set.node);
    let skipped = InlineFragment {
        type_condition: None,
        directives: vec![Positioned::new(always, at)],
        selection_set: Positioned::new(selected, at),
    };
    operation.selection_set.node = SelectionSet {
        items: vec![Positioned::new(
            Selection::InlineFragment(Positioned::new(skipped, at)),
            at,
        )],
    };
}
