//! Asks a server over HTTP, as a client of it would.

use std::time::Duration;

use serde_json::{Value, json};
use ureq::http::header::{AUTHORIZATION, CONTENT_TYPE};
use ureq::http::{HeaderMap, Request, Response};
use ureq::{Agent, AsSendBody};

/// One server's client; may be shared between threads.
#[derive(Clone, Debug)]
pub struct Client {
    origin: String,
    agent: Agent,
    secret: Option<String>,
}

/// What the server answered.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The HTTP status code.
    pub status: u16,
    /// The headers.
    pub headers: HeaderMap,
    /// The body, as text; what is not UTF-8 in it replaced.
    pub body: String,
    /// The body as it came, compressed if it was.
    pub bytes: Vec<u8>,
}

impl Client {
    /// The client of `http://HOST:PORT`.
    #[must_use]
    pub fn of(origin: String) -> Self {
        // A status of 400 or 500 is an answer like any other; a proxy of the machine has no part in it.
        let agent = Agent::config_builder()
            .http_status_as_error(false)
            .proxy(None)
            .timeout_global(Some(Duration::from_secs(30)))
            .build()
            .new_agent();
        Self {
            origin,
            agent,
            secret: None,
        }
    }

    /// The same client as the holder of a token, for what is asked by [`graphql`](Self::graphql).
    #[must_use]
    pub fn holding(&self, secret: &str) -> Self {
        Self {
            secret: Some(secret.to_owned()),
            ..self.clone()
        }
    }

    /// `http://HOST:PORT`, for clients of other kinds.
    #[must_use]
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// GET of a path (`/healthz`) with these headers.
    ///
    /// # Panics
    ///
    /// When no answer comes.
    #[must_use]
    #[track_caller]
    pub fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(request("GET", &self.origin, path, headers, ()))
    }

    /// POST of a body to a path with these headers, `Content-Type` among them.
    ///
    /// # Panics
    ///
    /// When no answer comes.
    #[must_use]
    #[track_caller]
    pub fn post(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.send(request(
            "POST",
            &self.origin,
            path,
            headers,
            body.to_owned(),
        ))
    }

    /// A request of any method without a body.
    ///
    /// # Panics
    ///
    /// When no answer comes.
    #[must_use]
    #[track_caller]
    pub fn call(&self, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.send(request(method, &self.origin, path, headers, ()))
    }

    /// The whole GraphQL answer (`data`, `errors`, `extensions`) to a query.
    ///
    /// # Panics
    ///
    /// When the answer is not JSON.
    #[must_use]
    #[track_caller]
    pub fn graphql(&self, query: &str, variables: Value) -> Value {
        let body = json!({ "query": query, "variables": variables }).to_string();
        let bearer = self
            .secret
            .as_ref()
            .map(|secret| format!("Bearer {secret}"));
        let mut headers = vec![(CONTENT_TYPE.as_str(), "application/json")];
        headers.extend(
            bearer
                .as_deref()
                .map(|bearer| (AUTHORIZATION.as_str(), bearer)),
        );
        self.post("/graphql", &headers, &body).json()
    }

    /// The `data` of an answer without errors.
    ///
    /// # Panics
    ///
    /// With the errors, when there are any.
    #[must_use]
    #[track_caller]
    pub fn data(&self, query: &str, variables: Value) -> Value {
        let mut answer = self.graphql(query, variables);
        assert!(
            answer.get("errors").is_none(),
            "errors in the answer to\n{query}\n{answer:#}"
        );
        answer["data"].take()
    }

    #[track_caller]
    fn send(&self, request: Request<impl AsSendBody>) -> Answer {
        let shown = format!("{} {}", request.method(), request.uri());
        let answer: Response<ureq::Body> = self
            .agent
            .run(request)
            .unwrap_or_else(|error| panic!("no answer to {shown}: {error}"));
        let (head, mut body) = answer.into_parts();
        let bytes = body
            .with_config()
            .limit(1 << 30)
            .read_to_vec()
            .unwrap_or_else(|error| panic!("the answer to {shown} breaks off: {error}"));
        Answer {
            status: head.status.as_u16(),
            headers: head.headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
            bytes,
        }
    }
}

impl Answer {
    /// The body as JSON.
    ///
    /// # Panics
    ///
    /// When it is not JSON.
    #[must_use]
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| {
            panic!("status {}, not JSON: {error}\n{}", self.status, self.body)
        })
    }

    /// The value of a header; empty when it is absent.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}

#[track_caller]
fn request<B>(
    method: &str,
    origin: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: B,
) -> Request<B> {
    headers
        .iter()
        .fold(
            Request::builder()
                .method(method)
                .uri(format!("{origin}{path}")),
            |request, (name, value)| request.header(*name, *value),
        )
        .body(body)
        .unwrap_or_else(|error| panic!("{method} {path} is not a request: {error}"))
}
