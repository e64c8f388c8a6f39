//! GraphQL by server-sent events: the "distinct connections" mode of `graphql-sse`, at the same URL as GraphQL over HTTP.

use std::convert::Infallible;
use std::time::Duration;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, ContentEncoding};
use actix_web::web::{self, Bytes};
use actix_web::{HttpRequest, HttpResponse};
use async_graphql::parser::types::OperationType;
use futures_util::StreamExt;
use futures_util::stream::{BoxStream, once, unfold};
use tokio::sync::oneshot;
use tokio::time::{Interval, MissedTickBehavior, interval};
use tracing::error;

use super::accept::MediaType;
use super::answer::Answer;
use super::endpoint::Endpoint;
use super::execute::{DRY_RUN, Way, may_come};
use super::log;
use super::refusal::Refusal;
use super::reply::Reply;
use super::request::Asked;
use super::standing::{Ending, Place, Standing};
use super::token::{self, Pass};
use crate::graphql::{Code, Live};

/// How often a comment is sent, so that whoever stands between takes the connection for alive.
const COMMENT: Duration = Duration::from_secs(12);

/// A stream of events: `next` for each response, then `complete`.
struct Events {
    answers: Option<BoxStream<'static, Answer>>,
    beginning: Option<oneshot::Receiver<()>>,
    comments: Interval,
    ending: Ending,
    /// By which the client was let in; none where there is no gate.
    pass: Option<Pass>,
    _places: (Place, Place),
}

/// Answer a request by events; one that is not executed, as any other.
pub(super) fn answer(
    http: &HttpRequest,
    endpoint: &web::Data<Endpoint>,
    way: Way,
    asked: Asked,
) -> HttpResponse {
    begin(http, endpoint, way, asked)
        .unwrap_or_else(|refusal| Reply::refused(refusal, MediaType::GraphqlResponse).send(http))
}

fn begin(
    http: &HttpRequest,
    endpoint: &web::Data<Endpoint>,
    way: Way,
    asked: Asked,
) -> Result<HttpResponse, Refusal> {
    let mut prepared = endpoint.prepare(asked, token::who(http))?;
    let dry = http.headers().contains_key(DRY_RUN);
    if dry && prepared.kind == OperationType::Subscription {
        return Err(Refusal::malformed(
            "a subscription has no dry run; X-Cost-Dry-Run is for queries and mutations",
        ));
    }
    if prepared.kind != OperationType::Subscription {
        may_come(prepared.kind, way)?;
    }
    let standing = http.app_data::<web::Data<Standing>>();
    let held = standing.and_then(|standing| {
        let places = standing.connection().zip(standing.operation())?;
        Some((standing.ending(), places))
    });
    let (ending, places) = held.ok_or_else(|| {
        Refusal::new(
            StatusCode::SERVICE_UNAVAILABLE,
            Code::TooManySubscriptions,
            "as many connections are open as may be; try again later",
        )
    })?;
    let id = log::id(http);
    let mut beginning = None;
    let answers = match prepared.kind {
        OperationType::Subscription => {
            let (live, begun) = Live::channel();
            prepared.request = prepared.request.data(live);
            beginning = Some(begun);
            endpoint.stream(prepared, id)
        }
        OperationType::Query | OperationType::Mutation => {
            let endpoint = endpoint.clone();
            once(async move {
                match dry {
                    true => endpoint.dry_run(prepared, &id).await,
                    false => endpoint.execute(prepared, &id).await,
                }
            })
            .boxed()
        }
    };
    let mut comments = interval(COMMENT);
    comments.set_missed_tick_behavior(MissedTickBehavior::Delay);
    comments.reset();
    let gate = http.app_data::<web::Data<token::Gate>>().cloned();
    let pass = gate.map(|gate| {
        let authorization = http.headers().get(header::AUTHORIZATION).cloned();
        Pass::new(gate.into_inner(), authorization)
    });
    let events = Events {
        answers: Some(answers),
        beginning,
        comments,
        ending,
        pass,
        _places: places,
    };
    let body = unfold(events, |mut events| async move {
        let bytes = events.next().await?;
        Some((Ok::<_, Infallible>(bytes), events))
    });
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_TYPE, "text/event-stream"))
        .insert_header((header::CACHE_CONTROL, "no-cache, no-transform"))
        .insert_header((header::VARY, "accept"))
        // A proxy, and our own compression, would keep events until there are enough of them.
        .insert_header(("X-Accel-Buffering", "no"))
        .insert_header(ContentEncoding::Identity)
        .streaming(body))
}

impl Events {
    /// The next bytes; none at the end.
    async fn next(&mut self) -> Option<Bytes> {
        let answers = self.answers.as_mut()?;
        tokio::select! {
            () = self.ending.come() => None,
            // The first comment says that no event is missed from now on.
            Some(()) = begun(&mut self.beginning), if self.beginning.is_some() => Some(comment()),
            answer = answers.next() => Some(match answer {
                Some(answer) => event("next", &answer),
                None => {
                    self.answers = None;
                    complete()
                }
            }),
            _ = self.comments.tick() => match &self.pass {
                // What runs on shall not outlive the token that began it.
                Some(pass) if pass.shown().await.is_err() => {
                    self.answers = None;
                    Some(complete())
                }
                _ => Some(comment()),
            },
        }
    }
}

/// Wait until a subscription has begun; none if it has ended before.
async fn begun(beginning: &mut Option<oneshot::Receiver<()>>) -> Option<()> {
    let live = beginning.as_mut()?.await;
    *beginning = None;
    live.ok()
}

fn complete() -> Bytes {
    Bytes::from_static(b"event: complete\ndata: \n\n")
}

fn comment() -> Bytes {
    Bytes::from_static(b":\n\n")
}

fn event(name: &str, answer: &Answer) -> Bytes {
    match answer.json() {
        Ok(data) => {
            let mut bytes = format!("event: {name}\ndata: ").into_bytes();
            bytes.extend_from_slice(&data);
            bytes.extend_from_slice(b"\n\n");
            Bytes::from(bytes)
        }
        Err(cause) => {
            error!(%cause, "a response cannot be written as JSON");
            comment()
        }
    }
}
