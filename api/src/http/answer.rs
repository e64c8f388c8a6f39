//! What came of a request, whichever transport answers it. It can be written in one way only: an answer may hold what
//! [`graphql::write`] alone knows how to write, so serde is never given one.

use async_graphql::{Response, ServerError, Value};
use tracing::error;

use crate::graphql::{self, Code, cause};

/// As large as most answers are, in bytes: room that is made at once.
const TYPICAL: usize = 16 << 10;

/// What came of a request.
#[derive(Debug)]
pub(super) struct Answer(Response);

impl Answer {
    /// Of a request that was executed, or that proved not to be valid. Errors of ours are logged, and carry the id of the
    /// request.
    pub(super) fn of(response: Response, id: &str) -> Self {
        Self(labelled(response, id))
    }

    /// Of a request that is not executed.
    pub(super) fn refused(error: ServerError) -> Self {
        Self(Response::from_errors(vec![error]))
    }

    /// Whether anything was executed.
    pub(super) fn is_executed(&self) -> bool {
        is_executed(&self.0)
    }

    /// Its errors.
    pub(super) fn errors(&self) -> &[ServerError] {
        &self.0.errors
    }

    /// Whether one of its errors has this code.
    pub(super) fn has_code(&self, code: Code) -> bool {
        let code = Value::from(code.as_str());
        self.0.errors.iter().any(|error| {
            let extensions = error.extensions.as_ref();
            extensions.and_then(|extensions| extensions.get("code")) == Some(&code)
        })
    }

    /// As JSON. The specification wants `data` left out, not null, where nothing was executed.
    pub(super) fn json(&self) -> serde_json::Result<Vec<u8>> {
        let mut body = Vec::with_capacity(TYPICAL);
        body.push(b'{');
        if self.is_executed() {
            body.extend_from_slice(b"\"data\":");
            graphql::write(&mut body, &self.0.data)?;
        }
        let mut beside = |name: &[u8], written: Vec<u8>| {
            if body.len() > 1 {
                body.push(b',');
            }
            body.extend_from_slice(name);
            body.extend_from_slice(&written);
        };
        if !self.0.extensions.is_empty() {
            beside(b"\"extensions\":", serde_json::to_vec(&self.0.extensions)?);
        }
        if !self.0.errors.is_empty() {
            beside(b"\"errors\":", serde_json::to_vec(&self.0.errors)?);
        }
        body.push(b'}');
        Ok(body)
    }
}

/// Data that is not there at all, rather than null by an error in a field, says that nothing was executed.
fn is_executed(response: &Response) -> bool {
    response.data != Value::Null
        || response.errors.is_empty()
        || response.errors.iter().any(|error| !error.path.is_empty())
}

/// The response, its errors labelled.
pub(super) fn labelled(mut response: Response, id: &str) -> Response {
    let executed = is_executed(&response);
    for failed in &mut response.errors {
        label(failed, executed, id);
    }
    response
}

/// Give an error the code it lacks; log what is ours of it.
fn label(failed: &mut ServerError, executed: bool, id: &str) {
    let ours = cause(failed).map(|cause| error!(%cause, path = ?failed.path, "a field failed"));
    if let Some(example) = graphql::expected(&failed.message) {
        failed.message.push_str(example);
    }
    let extensions = failed.extensions.get_or_insert_default();
    if ours.is_some() {
        extensions.set("requestId", id);
    }
    if extensions.get("code").is_none() {
        let code = match executed {
            // What the schema's machinery itself finds in a field is an argument that it cannot read.
            true => Code::BadUserInput,
            false => Code::ValidationFailed,
        };
        extensions.set("code", code.as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_written_as_json_whatever_it_holds() {
        let written = Value::Binary(br#"[{"title":"A"}]"#.as_slice().into());
        let list = |value| Value::Object([(async_graphql::Name::new("nodes"), value)].into());
        for (response, json) in [
            (
                Response::new(list(written)),
                r#"{"data":{"nodes":[{"title":"A"}]}}"#,
            ),
            (
                Response::new(list(Value::List(vec![Value::Null]))),
                r#"{"data":{"nodes":[null]}}"#,
            ),
            (Response::new(Value::Null), r#"{"data":null}"#),
        ] {
            let answer = Answer::of(response, "id");
            let bytes = answer.json().expect("JSON");
            assert_eq!(String::from_utf8_lossy(&bytes), json);
        }
        let refused = Answer::refused(ServerError::new("no", None));
        assert!(!refused.is_executed());
        let bytes = refused.json().expect("JSON");
        assert!(bytes.starts_with(br#"{"errors":[{"message":"no""#));
    }
}
