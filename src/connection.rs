//! Every transition of the connection: [`Input`] → [`Action`], in one match.
//!
//! The caller performs the action, then answers with the input that results from it:
//!
//! | action | answer with |
//! |---|---|
//! | `Request` | `Response` or `Failed` |
//! | `Announce`, `Deliver`, `Read` | the body's next `Chunk`, `Reset` or `Failed` |
//! | `Reestablish` | `Elapsed`, when the delay has passed |
//! | `Fail` | nothing more |
//!
//! Closing needs no input: to close, drop the connection.

use crate::{
    batch::Batch,
    cause::Cause,
    event_stream::EventStream,
    mime::is_event_stream,
    policy::{Circumstances, Policy},
};
use alloc::string::String;

/// What happened. `E` is the error of the caller's I/O.
#[derive(Clone, Debug)]
pub enum Input<'a, E = ()> {
    /// The response's head has arrived.
    Response(Head<'a>, Moment),
    /// The next bytes of the response's body.
    Chunk(&'a [u8]),
    /// The next bytes belong to another response. Forgets what is incomplete.
    Reset,
    /// The request failed, or the body ended or failed.
    Failed(Cause<E>, Moment),
    /// The delay before the next request has passed.
    Elapsed,
}

/// The part of a response that decides whether it is an event stream.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The status, after redirects.
    pub status: u16,
    /// The combined value of the Content-Type headers.
    pub content_type: Option<&'a str>,
}

/// When something happened, and a random number for the delay that may follow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// In milliseconds, by any clock, as long as it is always the same one.
    pub time: u64,
    /// At least 0 and less than 1.
    pub random: f64,
}

/// What the caller has to do next. `E` is the error of the caller's I/O.
#[derive(Debug, Eq, PartialEq)]
pub enum Action<E = ()> {
    /// Request the resource, with [`Connection::last_event_id`].
    Request,
    /// [Announce the connection](https://html.spec.whatwg.org/multipage/server-sent-events.html#announce-the-connection),
    /// then go on reading the body.
    Announce,
    /// Dispatch these events, then go on reading the body.
    Deliver(Batch),
    /// Go on reading the body.
    Read,
    /// [Reestablish the connection](https://html.spec.whatwg.org/multipage/server-sent-events.html#reestablish-the-connection).
    Reestablish {
        /// What ended the connection.
        failure: Failure<E>,
        /// The time until the next request, in milliseconds.
        delay: u64,
    },
    /// [Fail the connection](https://html.spec.whatwg.org/multipage/server-sent-events.html#fail-the-connection).
    Fail(Failure<E>),
}

/// How a connection ended.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Failure<E = ()> {
    /// Why.
    pub cause: Cause<E>,
    /// How many failures there have been in a row, including this one. The count starts again after a
    /// connection that was open for at least five seconds, and at least as long as the delay before it.
    pub attempt: u32,
}

/// In bytes. Without a limit, a stream whose lines never end would fill the memory.
const LONGEST_EVENT: usize = 512 << 20;

/// In milliseconds: how long a connection has to be open to count as a success.
const SUCCESS: u64 = 5000;

/// One event source's connection to its resource, with all its requests, one after the other.
///
/// To use it, begin with [`Action::Request`]. Perform each action, and pass what happened to
/// [`handle`](Self::handle), which returns the next action.
///
/// ```
/// use eventsource_wasm::{Action, Cause, Connection, Input, Moment, Policy};
///
/// let mut connection = Connection::new(Policy::Standard);
/// let now = Moment { time: 0, random: 0.5 };
/// let refused = Input::Failed(Cause::Network("connection refused"), now);
/// match connection.handle(refused) {
///     Some(Action::Reestablish { failure, delay }) => {
///         assert_eq!(failure.cause, Cause::Network("connection refused"));
///         assert_eq!((failure.attempt, delay), (1, 3000));
///     }
///     other => panic!("{other:?}"),
/// }
/// ```
#[derive(Debug)]
pub struct Connection {
    state: State,
    policy: Policy,
    failures: u32,
    /// The delay before the last request, in milliseconds.
    delay: u64,
    event_stream: EventStream,
}

#[derive(Clone, Copy, Debug)]
enum State {
    Requesting(Access),
    /// Since this time.
    Open(u64),
    Waiting(Access),
    Failed,
}

/// Whether CORS allows the page to read the responses.
///
/// If the server restarts between a request and its probe, it looks as if CORS forbade the response. So
/// after a response was allowed, only the second `Forbidden` in a row counts.
#[derive(Clone, Copy, Debug)]
enum Access {
    Unknown,
    Allowed,
    Doubted,
}

impl Connection {
    /// A connection that has not requested anything. Its first action is [`Action::Request`].
    #[must_use]
    pub fn new(policy: Policy) -> Self {
        Self {
            state: State::Requesting(Access::Unknown),
            policy,
            failures: 0,
            delay: 0,
            event_stream: EventStream::new(),
        }
    }

    /// The [reconnection time](EventStream::reconnection_time), in milliseconds.
    #[must_use]
    pub fn reconnection_time(&self) -> u64 {
        self.event_stream.reconnection_time()
    }

    /// The value for the request's `Last-Event-ID` header. It is `None` if the last event ID string is
    /// empty, or has a control character, which no header can carry.
    #[must_use]
    pub fn last_event_id(&self) -> Option<&str> {
        let id = self.event_stream.last_event_id();
        let is_sendable = |byte: u8| byte == b'\t' || !byte.is_ascii_control();
        (!id.is_empty() && id.bytes().all(is_sendable)).then_some(id)
    }

    /// Takes what happened, and returns what to do next.
    ///
    /// Returns `None` if this input cannot answer the last action. The connection then stays as it was.
    pub fn handle<E>(&mut self, input: Input<'_, E>) -> Option<Action<E>> {
        use State::{Failed, Open, Requesting, Waiting};
        let (state, action) = match (self.state, input) {
            (Requesting(access), Input::Response(head, now)) => match head.refusal() {
                None => (Open(now.time), Action::Announce),
                Some(cause) => self.lose(access, cause, now),
            },
            (Open(_), Input::Chunk(bytes)) => match self.event_stream.feed(bytes) {
                Some(batch) => (self.state, Action::Deliver(batch)),
                None if self.event_stream.pending() > LONGEST_EVENT => {
                    (Failed, Action::Fail(self.failure(Cause::TooLong)))
                }
                None => (self.state, Action::Read),
            },
            (Open(_), Input::Reset) => {
                self.event_stream.restart();
                (self.state, Action::Read)
            }
            (Requesting(access), Input::Failed(cause, now)) => self.lose(access, cause, now),
            (Open(since), Input::Failed(cause, now)) => {
                if now.time.saturating_sub(since) >= SUCCESS.max(self.delay) {
                    self.failures = 0;
                }
                self.lose(Access::Allowed, cause, now)
            }
            (Waiting(access), Input::Elapsed) => (Requesting(access), Action::Request),
            _ => return None,
        };
        self.state = state;
        Some(action)
    }

    fn lose<E>(&mut self, access: Access, cause: Cause<E>, now: Moment) -> (State, Action<E>) {
        let (cause, access) = match (cause, access) {
            (Cause::Forbidden(error), Access::Allowed) => (Cause::Network(error), Access::Doubted),
            (cause, Access::Doubted) => (cause, Access::Allowed),
            unchanged => unchanged,
        };
        let failure = self.failure(cause);
        let circumstances = Circumstances {
            failures: failure.attempt,
            reconnection_time: self.reconnection_time(),
            random: now.random,
        };
        let Some(delay) = self.policy.delay(&failure.cause, circumstances) else {
            return (State::Failed, Action::Fail(failure));
        };
        self.delay = delay;
        self.event_stream.restart();
        (
            State::Waiting(access),
            Action::Reestablish { failure, delay },
        )
    }

    /// Counts the failure.
    fn failure<E>(&mut self, cause: Cause<E>) -> Failure<E> {
        self.failures = self.failures.saturating_add(1);
        let attempt = self.failures;
        Failure { cause, attempt }
    }
}

impl Head<'_> {
    /// Why this is not an event stream. `None` if it is one.
    fn refusal<E>(&self) -> Option<Cause<E>> {
        match (self.status, self.content_type) {
            (200, Some(content_type)) if is_event_stream(content_type) => None,
            (200, content_type) => Some(Cause::ContentType(content_type.map(String::from))),
            (status, _) => Some(Cause::Status(status)),
        }
    }
}
