//! Variables by their declared types: the values of those of a trusted document out of the parameters of a URL, and
//! whether values that came as JSON can be of their types at all.

use std::collections::HashMap;

use async_graphql::Pos;
use async_graphql::parser::parse_schema;
use async_graphql::parser::types::{
    BaseType, OperationDefinition, Type, TypeKind, TypeSystemDefinition,
};
use serde_json::{Map, Value, json};

use crate::graphql::{self, Schema};

/// The types of the schema that a value may be of, by name.
pub(super) struct Inputs(HashMap<String, Kind>);

/// How a value of a type is written in a URL.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Kind {
    /// Digits.
    Int,
    /// Digits, perhaps with a point.
    Float,
    /// `true` or `false`.
    Boolean,
    /// A day, `2026-11-22`.
    Date,
    /// One of these words.
    Enum(Vec<String>),
    /// JSON.
    Object,
    /// As it is.
    Text,
}

/// A variable of a document.
#[derive(Debug)]
pub(super) struct Variable {
    pub(super) name: String,
    /// As the document declares it.
    pub(super) declared: Type,
    /// What it is when it is not given.
    pub(super) default: Option<Value>,
    /// Of its innermost type.
    kind: Kind,
}

impl Inputs {
    /// Of a schema.
    pub(super) fn of(schema: &Schema) -> Self {
        let own = [
            ("Int", Kind::Int),
            ("Float", Kind::Float),
            ("Boolean", Kind::Boolean),
            ("Date", Kind::Date),
        ];
        let own = own.map(|(name, kind)| (name.to_owned(), kind));
        let mut kinds = HashMap::from(own);
        // What does not parse has no inputs: validation, which comes next, then says what is wrong.
        let definitions = parse_schema(schema.sdl()).map(|document| document.definitions);
        for definition in definitions.unwrap_or_default() {
            let TypeSystemDefinition::Type(definition) = definition else {
                continue;
            };
            let kind = match definition.node.kind {
                TypeKind::InputObject(_) => Kind::Object,
                TypeKind::Enum(words) => {
                    let words = words.values.iter();
                    Kind::Enum(words.map(|word| word.node.value.node.to_string()).collect())
                }
                _ => continue,
            };
            kinds.insert(definition.node.name.node.to_string(), kind);
        }
        Self(kinds)
    }

    /// The variables of an operation.
    pub(super) fn variables(&self, operation: &OperationDefinition) -> Vec<Variable> {
        let declared = operation.variable_definitions.iter();
        let read = declared.map(|definition| {
            let declared = definition.node.var_type.node.clone();
            let kind = self.0.get(innermost(&declared)).cloned();
            let default = definition.node.default_value.as_ref();
            Variable {
                name: definition.node.name.node.to_string(),
                default: default.and_then(|value| value.node.clone().into_json().ok()),
                kind: kind.unwrap_or(Kind::Text),
                declared,
            }
        });
        read.collect()
    }

    /// What to say of the first variable whose value is of a kind that its type cannot be: no object where one is
    /// expected, or no word of an enum. The validator looks at no such value before it is executed.
    pub(super) fn misfit(
        &self,
        operation: &OperationDefinition,
        variables: &Map<String, Value>,
    ) -> Option<(Pos, String)> {
        operation.variable_definitions.iter().find_map(|variable| {
            let (name, declared) = (&variable.node.name.node, &variable.node.var_type.node);
            let given = variables.get(name.as_str())?;
            let kind = self.0.get(innermost(declared))?;
            let wrong = kind.refuses(given)?;
            let shown: String = wrong.to_string().chars().take(60).collect();
            let expected = kind.expected();
            let message = format!(
                "the variable ${name} is {shown}; expected {expected}, as its type is {declared}"
            );
            Some((variable.pos, message))
        })
    }
}

impl Kind {
    /// The value, or the item of a list, that cannot be of this kind; only objects and enums are looked at here.
    fn refuses<'a>(&self, value: &'a Value) -> Option<&'a Value> {
        match (self, value) {
            (_, Value::Null) => None,
            // How deep a list may be is for the validator to say; one value stands for a list of it.
            (Self::Object | Self::Enum(_), Value::Array(items)) => {
                items.iter().find_map(|item| self.refuses(item))
            }
            (Self::Object, Value::Object(_)) => None,
            (Self::Enum(words), Value::String(text)) if words.contains(text) => None,
            (Self::Object | Self::Enum(_), other) => Some(other),
            _ => None,
        }
    }

    /// What a value of this kind is.
    fn expected(&self) -> String {
        match self {
            Self::Int => "a whole number".to_owned(),
            Self::Float => "a number".to_owned(),
            Self::Boolean => "true or false".to_owned(),
            Self::Date => "a day like 2026-11-22".to_owned(),
            Self::Enum(words) => format!("one of {}", words.join(", ")),
            Self::Object => "an object".to_owned(),
            Self::Text => "text".to_owned(),
        }
    }
}

fn innermost(declared: &Type) -> &str {
    match &declared.base {
        BaseType::Named(name) => name.as_str(),
        BaseType::List(items) => innermost(items),
    }
}

/// The values of the variables that these parameters give; else which is wrong, and what would be right. A parameter
/// that is empty is as one that is not there, as forms send what nobody filled in.
pub(super) fn given(
    variables: &[Variable],
    parameters: &[(String, String)],
) -> Result<Map<String, Value>, String> {
    if let Some((unknown, _)) = parameters
        .iter()
        .find(|(name, _)| !variables.iter().any(|variable| variable.name == *name))
    {
        let names: Vec<_> = variables.iter().map(|variable| &*variable.name).collect();
        let known = match names.as_slice() {
            [] => "the document has no variables".to_owned(),
            names => format!("expected one of: {}", names.join(", ")),
        };
        return Err(format!("there is no variable {unknown}; {known}"));
    }
    let mut values = Map::new();
    for variable in variables {
        let given: Vec<&str> = parameters
            .iter()
            .filter(|(name, text)| *name == variable.name && !text.is_empty())
            .map(|(_, text)| text.as_str())
            .collect();
        if let Some(value) = variable.value(&given)? {
            values.insert(variable.name.clone(), value);
        }
    }
    Ok(values)
}

impl Variable {
    fn value(&self, given: &[&str]) -> Result<Option<Value>, String> {
        match (&self.declared.base, given) {
            (_, []) if self.declared.nullable || self.default.is_some() => Ok(None),
            (_, []) => Err(format!(
                "the variable {} is missing; expected a value of {}",
                self.name, self.declared
            )),
            (BaseType::Named(_), [text]) => self.one(text).map(Some),
            (BaseType::Named(_), _) => Err(format!(
                "the variable {} is given {} times; expected one value of {}",
                self.name,
                given.len(),
                self.declared
            )),
            (BaseType::List(_), given) => self.list(given).map(Some),
        }
    }

    /// The items of a list: the parameter repeated, items parted by commas, or a list in JSON. Objects have commas of
    /// their own, so each has a parameter to itself.
    fn list(&self, given: &[&str]) -> Result<Value, String> {
        if let [text] = given
            && text.starts_with('[')
        {
            return serde_json::from_str(text).map_err(|_| self.wrong(text, "a list in JSON"));
        }
        let items = given.iter().flat_map(|text| match self.kind {
            Kind::Object => vec![*text],
            _ => text.split(',').collect(),
        });
        items.map(|item| self.one(item)).collect()
    }

    fn one(&self, text: &str) -> Result<Value, String> {
        match &self.kind {
            Kind::Text => Ok(json!(text)),
            Kind::Int => text
                .parse::<i32>()
                .map(Value::from)
                .map_err(|_| self.wrong(text, &self.kind.expected())),
            Kind::Float => match text.parse::<f64>() {
                Ok(number) if number.is_finite() => Ok(json!(number)),
                _ => Err(self.wrong(text, &self.kind.expected())),
            },
            Kind::Boolean => text
                .parse::<bool>()
                .map(Value::from)
                .map_err(|_| self.wrong(text, &self.kind.expected())),
            Kind::Date => match graphql::day(text) {
                Some(_) => Ok(json!(text)),
                None => Err(self.wrong(text, &self.kind.expected())),
            },
            Kind::Enum(words) if words.iter().any(|word| word == text) => Ok(json!(text)),
            Kind::Enum(_) => Err(self.wrong(text, &self.kind.expected())),
            Kind::Object => match serde_json::from_str(text) {
                Ok(object @ Value::Object(_)) => Ok(object),
                _ => Err(self.wrong(text, "an object in JSON")),
            },
        }
    }

    fn wrong(&self, text: &str, expected: &str) -> String {
        let shown: String = text.chars().take(60).collect();
        format!(
            "the variable {} is {shown:?}; expected {expected}, as its type is {}",
            self.name, self.declared
        )
    }
}

#[cfg(test)]
mod tests;
