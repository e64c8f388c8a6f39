//! Links that open the question behind a page in the playground, as its own button for sharing makes them.

use form_urlencoded::Serializer;
use serde_json::Value;

/// The address that opens this document with these variables.
pub(super) fn link(document: &str, variables: &Value) -> String {
    let mut parts = Serializer::new(String::new());
    parts.append_pair("query", document);
    if variables
        .as_object()
        .is_some_and(|variables| !variables.is_empty())
    {
        let written = serde_json::to_string_pretty(variables).unwrap_or_default();
        parts.append_pair("variables", &written);
    }
    format!("/graphql#{}", parts.finish())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_link_holds_the_question_and_its_variables() {
        let link = link("# a & b\nquery { x }", &json!({ "n": 1 }));
        let (_, parts) = link.split_once('#').expect("a question");
        let parts: Vec<_> = form_urlencoded::parse(parts.as_bytes()).collect();
        assert_eq!(parts[0], ("query".into(), "# a & b\nquery { x }".into()));
        assert_eq!(parts[1].0, "variables");
        assert_eq!(super::link("{ x }", &json!({})), "/graphql#query=%7B+x+%7D");
    }
}
