//! One WebSocket from its beginning to its end.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use actix_ws::CloseReason;
use async_graphql::parser::types::OperationType;
use futures_util::StreamExt;
use futures_util::stream::{AbortHandle, BoxStream, SelectAll, abortable, once};
use tokio::sync::oneshot;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};
use tracing::error;

use super::close::Close;
use super::frames::{Frames, Incoming};
use super::message::{Said, Say};
use crate::graphql::{Code, Live, Who};
use crate::http::answer::Answer;
use crate::http::endpoint::Endpoint;
use crate::http::refusal::Refusal;
use crate::http::request::Asked;
use crate::http::standing::{Place, Standing};
use crate::http::token::Pass;

/// How soon a client must say `connection_init`.
const INIT: Duration = Duration::from_secs(3);
/// How long a client may take nothing of what it is sent.
const SEND: Duration = Duration::from_secs(10);
/// How often a client is asked for a sign of life, and how often it may miss that.
const SIGN: (Duration, u32) = (Duration::from_secs(25), 3);

/// One WebSocket.
pub(super) struct Session {
    out: actix_ws::Session,
    endpoint: Arc<Endpoint>,
    standing: Arc<Standing>,
    /// The id of the request that opened it.
    request: String,
    /// By which the client was let in.
    pass: Pass,
    initialised: bool,
    running: HashMap<String, Running>,
    responses: SelectAll<BoxStream<'static, (String, Option<Answer>)>>,
    /// The subscription that is about to begin. Nothing more is read before it has: whatever a client says after
    /// `subscribe` is answered when no event is missed any more.
    beginning: Option<oneshot::Receiver<()>>,
}

/// An operation that runs; dropping it ends it.
struct Running {
    abort: AbortHandle,
    _place: Place,
}

/// How a connection ends.
enum End {
    /// We close it.
    Closed(Close),
    /// The client closes it, and is told so with its own reason.
    Closing(Option<CloseReason>),
    /// There is nobody to say anything to.
    Gone,
}

impl Drop for Running {
    fn drop(&mut self) {
        self.abort.abort();
    }
}

impl From<Close> for End {
    fn from(close: Close) -> Self {
        Self::Closed(close)
    }
}

impl Session {
    pub(super) fn over(
        out: actix_ws::Session,
        endpoint: Arc<Endpoint>,
        standing: Arc<Standing>,
        request: String,
        pass: Pass,
    ) -> Self {
        Self {
            out,
            endpoint,
            standing,
            request,
            pass,
            initialised: false,
            running: HashMap::new(),
            responses: SelectAll::new(),
            beginning: None,
        }
    }

    /// Serve the client until either side has enough.
    pub(super) async fn run(mut self, mut frames: Frames) {
        let Err(end) = self.serve(&mut frames).await;
        // What runs has no place to go any more.
        self.running.clear();
        match end {
            End::Closed(close) => self.end(close).await,
            End::Closing(reason) => {
                let _ = timeout(SEND, self.out.close(reason)).await;
            }
            End::Gone => {}
        }
    }

    /// Close the connection.
    pub(super) async fn end(self, close: Close) {
        // It may be gone, or take nothing: then it is dropped all the same.
        let _ = timeout(SEND, self.out.close(Some(close.into()))).await;
    }

    async fn serve(&mut self, frames: &mut Frames) -> Result<std::convert::Infallible, End> {
        let mut ending = self.standing.ending();
        let mut signs = interval(SIGN.0);
        signs.set_missed_tick_behavior(MissedTickBehavior::Delay);
        signs.reset();
        let mut heard = Instant::now();
        let mut quiet_until = heard + INIT;
        loop {
            let waits = !self.initialised || self.running.is_empty();
            tokio::select! {
                () = ending.come() => return Err(Close::AWAY.into()),
                incoming = frames.next(), if self.beginning.is_none() => {
                    heard = Instant::now();
                    let text = match incoming? {
                        Incoming::Text(text) => text,
                        Incoming::Ping(bytes) => {
                            let sent = timeout(SEND, self.out.pong(&bytes)).await;
                            sent.map_err(|_| End::Gone)?.map_err(|_| End::Gone)?;
                            continue;
                        }
                        Incoming::Sign => continue,
                        Incoming::Close(reason) => return Err(End::Closing(reason)),
                        Incoming::Gone => return Err(End::Gone),
                    };
                    self.hear(Said::read(&text)?).await?;
                    if self.initialised {
                        quiet_until = heard + self.standing.limits.idle;
                    }
                }
                Some((id, response)) = self.responses.next(), if !self.responses.is_empty() => {
                    self.tell(&id, response).await?;
                    if self.initialised && self.running.is_empty() {
                        quiet_until = Instant::now() + self.standing.limits.idle;
                    }
                }
                _ = begun(&mut self.beginning), if self.beginning.is_some() => self.beginning = None,
                () = sleep_until(quiet_until), if waits => {
                    let close = if self.initialised { Close::IDLE } else { Close::INIT_TIMEOUT };
                    return Err(close.into());
                }
                _ = signs.tick() => {
                    if heard.elapsed() > SIGN.0 * SIGN.1 {
                        return Err(End::Gone);
                    }
                    // What runs on shall not outlive the token that began it.
                    if self.initialised {
                        self.shown().await?;
                    }
                    let sent = timeout(SEND, self.out.ping(b"")).await;
                    sent.map_err(|_| End::Gone)?.map_err(|_| End::Gone)?;
                }
            }
        }
    }

    /// Do what the client says.
    async fn hear(&mut self, said: Said) -> Result<(), End> {
        match said {
            Said::Init(_) if self.initialised => Err(Close::INIT_AGAIN.into()),
            Said::Init(payload) => {
                self.pass.take(payload.as_ref());
                self.shown().await?;
                self.initialised = true;
                self.say(&Say::ConnectionAck).await
            }
            Said::Ping(payload) => self.say(&Say::Pong { payload }).await,
            Said::Pong => Ok(()),
            Said::Subscribe(..) if !self.initialised => Err(Close::UNAUTHORIZED.into()),
            Said::Subscribe(id, _) if self.running.contains_key(&id) => {
                Err(Close::exists(&id).into())
            }
            Said::Subscribe(id, payload) => {
                let who = self.shown().await?;
                match self.begin(&id, payload, who) {
                    Ok(()) => Ok(()),
                    Err(refusal) => {
                        let payload = &[*refusal.error];
                        self.say(&Say::Error { id: &id, payload }).await
                    }
                }
            }
            Said::Complete(id) => {
                self.running.remove(&id);
                Ok(())
            }
        }
    }

    /// Who asks, if they may still be here: asked anew each time, as a token may have been revoked meanwhile.
    async fn shown(&self) -> Result<Who, End> {
        let shown = self.pass.shown().await;
        shown.map_err(|refusal| Close::forbidden(&refusal.error.message).into())
    }

    /// Begin an operation.
    fn begin(&mut self, id: &str, payload: serde_json::Value, who: Who) -> Result<(), Refusal> {
        let mut prepared = self.endpoint.prepare(Asked::of_json(payload)?, who)?;
        let place = match self.running.len() < self.standing.limits.operations_each {
            true => self.standing.operation(),
            false => None,
        };
        let place = place.ok_or_else(too_many)?;
        let (endpoint, request) = (self.endpoint.clone(), self.request.clone());
        let responses = match prepared.kind {
            OperationType::Subscription => {
                let (live, begun) = Live::channel();
                prepared.request = prepared.request.data(live);
                self.beginning = Some(begun);
                endpoint.stream(prepared, request)
            }
            OperationType::Query | OperationType::Mutation => {
                once(async move { endpoint.execute(prepared, &request).await }).boxed()
            }
        };
        let (id, named) = (id.to_owned(), id.to_owned());
        let responses = responses
            .map(Some)
            .chain(once(async { None }))
            .map(move |response| (named.clone(), response));
        let (responses, abort) = abortable(responses);
        self.responses.push(responses.boxed());
        self.running.insert(
            id,
            Running {
                abort,
                _place: place,
            },
        );
        Ok(())
    }

    /// Tell the client what came of an operation; nothing more comes of it after none.
    async fn tell(&mut self, id: &str, answer: Option<Answer>) -> Result<(), End> {
        match answer {
            Some(answer) if answer.is_executed() => {
                let json = answer.json().map_err(unwritable)?;
                let payload = serde_json::from_slice(&json).map_err(unwritable)?;
                self.say(&Say::Next { id, payload }).await
            }
            Some(refused) => {
                self.running.remove(id);
                let payload = refused.errors();
                self.say(&Say::Error { id, payload }).await
            }
            None => {
                self.running.remove(id);
                self.say(&Say::Complete { id }).await
            }
        }
    }

    async fn say(&mut self, message: &Say<'_>) -> Result<(), End> {
        let text = serde_json::to_string(message).map_err(unwritable)?;
        match timeout(SEND, self.out.text(text)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(_)) | Err(_) => Err(End::Gone),
        }
    }
}

/// Wait until a subscription has begun, or has ended before.
async fn begun(beginning: &mut Option<oneshot::Receiver<()>>) {
    if let Some(receiver) = beginning {
        let _ = receiver.await;
    }
}

fn unwritable(cause: serde_json::Error) -> End {
    error!(%cause, "a message cannot be written as JSON");
    End::Gone
}

fn too_many() -> Refusal {
    Refusal::new(
        actix_web::http::StatusCode::SERVICE_UNAVAILABLE,
        Code::TooManySubscriptions,
        "as many operations run as may at once; complete one first",
    )
}
