//! Every transition of the connection: [`Input`] → [`Action`], in one match.
//!
//! The caller performs the action, and answers with the input that comes of it:
//!
//! | action | perform it, then answer with |
//! |---|---|
//! | `Request` | `Response`, `NetworkError`, `Forbidden`, `Blocked` or `Unfetchable` |
//! | `Announce`, `Deliver`, `Read` | the body's next `Chunk`, its `End`, `Reset` or `NetworkError` |
//! | `Reestablish` | `Elapsed`, when the time has passed |
//! | `Fail` | nothing any more |
//!
//! Closing needs no input: whoever closes drops the connection.

use crate::{batch::Batch, event_stream::EventStream, failure::Failure, mime::is_event_stream};
use alloc::string::String;

/// What happened.
#[derive(Clone, Copy, Debug)]
pub enum Input<'a> {
    /// The response's head has arrived.
    Response(Head<'a>),
    /// The next bytes of the response's body.
    Chunk(&'a [u8]),
    /// What follows belongs to another response of the same stream.
    Reset,
    /// The body has ended.
    End,
    /// The request or the body failed in a way that may pass.
    NetworkError,
    /// The request failed though the server can be reached: CORS forbids the response, or a preflight
    /// was refused.
    Forbidden,
    /// The page's content security policy forbids the request, or what it was redirected to.
    Blocked,
    /// The request failed in a way that cannot pass: its URL's scheme is not one to fetch.
    Unfetchable,
    /// The reconnection time has passed.
    Elapsed,
}

/// What of a response decides whether it is an event stream.
#[derive(Clone, Copy, Debug)]
pub struct Head<'a> {
    /// The status, after redirects.
    pub status: u16,
    /// The Content-Type headers' combined value.
    pub content_type: Option<&'a str>,
}

/// What is to be done.
#[derive(Debug, Eq, PartialEq)]
pub enum Action {
    /// Request the resource, with [`Connection::last_event_id`].
    Request,
    /// [Announce the connection](https://html.spec.whatwg.org/multipage/server-sent-events.html#announce-the-connection),
    /// then read on.
    Announce,
    /// Dispatch these events, then read on.
    Deliver(Batch),
    /// Read on.
    Read,
    /// [Reestablish the connection](https://html.spec.whatwg.org/multipage/server-sent-events.html#reestablish-the-connection).
    Reestablish {
        /// The reconnection time, in milliseconds.
        after: u64,
    },
    /// [Fail the connection](https://html.spec.whatwg.org/multipage/server-sent-events.html#fail-the-connection).
    Fail(Failure),
}

/// In bytes. A stream without an end to its lines would otherwise fill the memory.
const LONGEST_EVENT: usize = 512 << 20;

/// One event source's connection to its resource, over all requests that it takes.
///
/// ```
/// use eventsource_wasm::{Action, Connection, Input};
///
/// let (mut connection, action) = Connection::new();
/// assert_eq!(action, Action::Request);
/// assert_eq!(
///     connection.handle(Input::NetworkError),
///     Some(Action::Reestablish { after: 3000 }),
/// );
/// ```
#[derive(Debug)]
pub struct Connection {
    state: State,
    access: Access,
    source: Source,
    event_stream: EventStream,
}

#[derive(Clone, Copy, Debug)]
enum State {
    Requesting,
    Open,
    Waiting,
    Failed,
}

/// Does CORS let the page read? A server that restarts between a request and the question whether it
/// can be reached looks like one that forbids; so once it has allowed, it is asked twice.
#[derive(Clone, Copy, Debug)]
enum Access {
    Unknown,
    Allowed,
    Doubted,
}

#[derive(Clone, Copy, Debug)]
enum Source {
    Url,
    Stream,
}

impl Connection {
    /// A connection, and its first action: to request the resource.
    #[must_use]
    pub fn new() -> (Self, Action) {
        (Self::from(State::Requesting, Source::Url), Action::Request)
    }

    /// A connection to a stream that somebody else has requested, and its first action: to announce.
    /// It fails where another would be reestablished.
    #[must_use]
    pub fn from_stream() -> (Self, Action) {
        (Self::from(State::Open, Source::Stream), Action::Announce)
    }

    fn from(state: State, source: Source) -> Self {
        Self {
            state,
            source,
            access: Access::Unknown,
            event_stream: EventStream::new(),
        }
    }

    /// Forgets what is incomplete, so that another response of the same stream can follow. The last
    /// event ID and the reconnection time remain.
    pub fn reset(&mut self) {
        self.event_stream.restart();
    }

    /// The [reconnection time](EventStream::reconnection_time), in milliseconds.
    #[must_use]
    pub fn reconnection_time(&self) -> u64 {
        self.event_stream.reconnection_time()
    }

    /// The value for the request's `Last-Event-ID` header. `None` where the last event ID string is
    /// empty or has a control character, which no header can carry.
    #[must_use]
    pub fn last_event_id(&self) -> Option<&str> {
        let id = self.event_stream.last_event_id();
        let is_sendable = |byte: u8| byte == b'\t' || !byte.is_ascii_control();
        (!id.is_empty() && id.bytes().all(is_sendable)).then_some(id)
    }

    /// Takes what happened and says what is to be done. `None` if this input cannot answer the last
    /// action; it then changes nothing.
    pub fn handle(&mut self, input: Input<'_>) -> Option<Action> {
        use State::{Failed, Open, Requesting, Waiting};
        let (state, action) = match (self.state, input) {
            (
                Requesting,
                Input::Response(Head {
                    status: 200,
                    content_type,
                }),
            ) => match content_type {
                Some(mime_type) if is_event_stream(mime_type) => {
                    self.access = Access::Allowed;
                    (Open, Action::Announce)
                }
                other => (
                    Failed,
                    Action::Fail(Failure::ContentType(other.map(String::from))),
                ),
            },
            (Requesting, Input::Response(Head { status, .. })) => {
                (Failed, Action::Fail(Failure::Status(status)))
            }
            (Requesting, Input::Blocked) => (Failed, Action::Fail(Failure::Blocked)),
            (Requesting, Input::Unfetchable) => (Failed, Action::Fail(Failure::Unfetchable)),
            (Requesting, Input::Forbidden) => match self.access {
                Access::Allowed => {
                    self.access = Access::Doubted;
                    (Waiting, self.reestablish())
                }
                Access::Unknown | Access::Doubted => (Failed, Action::Fail(Failure::Forbidden)),
            },
            (Open, Input::Chunk(bytes)) => match self.event_stream.feed(bytes) {
                Some(batch) => (Open, Action::Deliver(batch)),
                None if self.event_stream.pending() > LONGEST_EVENT => {
                    (Failed, Action::Fail(Failure::TooLong))
                }
                None => (Open, Action::Read),
            },
            (Open, Input::Reset) => {
                self.reset();
                (Open, Action::Read)
            }
            (Requesting | Open, Input::NetworkError) | (Open, Input::End) => match self.source {
                Source::Url => {
                    if let Access::Doubted = self.access {
                        self.access = Access::Allowed;
                    }
                    (Waiting, self.reestablish())
                }
                Source::Stream => (Failed, Action::Fail(Failure::Ended)),
            },
            (Waiting, Input::Elapsed) => (Requesting, Action::Request),
            _ => return None,
        };
        self.state = state;
        Some(action)
    }

    fn reestablish(&mut self) -> Action {
        self.event_stream.restart();
        Action::Reestablish {
            after: self.event_stream.reconnection_time(),
        }
    }
}
