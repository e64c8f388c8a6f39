//! What asking about the schema itself costs. It is counted apart: the standard query of tools is deep and long, and it
//! reads nothing but memory, always the same.

use super::measure::Measure;

/// Deepest nesting of fields that ask about the schema. The standard query has 13 levels, that of newer tools 15.
pub(super) const DEPTH: u64 = 20;

/// How often lists that lead on to types may lie within one another. Types have fields, which have types, which have
/// fields: each turn multiplies the answer by all the fields of the schema. The standard query needs one.
pub(super) const LISTS: u64 = 2;

/// How often the limit of cost may be spent on the schema: its fields are answered a hundred times faster than others.
pub(super) const TIMES: u64 = 10;

/// A field with what is selected `below` it; `outermost` if it is `__schema` or `__type` itself.
pub(super) fn field(name: &str, outermost: bool, below: Measure) -> Measure {
    let items = match name {
        "types" => 50,
        "fields" => 10,
        "args" | "directives" | "enumValues" | "inputFields" => 5,
        "interfaces" | "possibleTypes" => 2,
        _ => 1,
    };
    let leads_on = matches!(
        name,
        "fields" | "inputFields" | "interfaces" | "possibleTypes"
    );
    Measure {
        depth: u64::from(outermost),
        roots: 1,
        cost: 0,
        per_item: 0,
        introspection: below.introspection.saturating_mul(items).saturating_add(1),
        introspection_depth: below.introspection_depth + 1,
        introspection_lists: below.introspection_lists + u64::from(leads_on),
        ..below
    }
}
