//! Why a connection is lost or fails, and what developers are told about it.

use alloc::{borrow::Cow, string::String};
use core::fmt;

/// Why a connection is lost or fails.
///
/// `E` is the error of the caller's I/O, which is carried along untouched: for instance an `io::Error` in
/// Rust, or what `fetch` threw on the web.
///
/// A cause's `Display` is its [`message`](Self::message), which tells developers what to do.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Cause<E = ()> {
    /// The request or the body failed, for a reason that may go away.
    Network(E),
    /// The body has ended.
    End,
    /// The response's status was not 200.
    Status(u16),
    /// The response's Content-Type, if there was one, was not `text/event-stream`.
    ContentType(Option<String>),
    /// CORS forbids the response, or the server refused a preflight.
    Forbidden(E),
    /// The page's Content-Security-Policy forbids the request, or a URL that it was redirected to.
    Blocked(E),
    /// The URL cannot be fetched: because of its scheme, or because it has a user or password.
    Unfetchable(E),
    /// An event is longer than 512 MiB, about the longest string that V8 can hold.
    TooLong,
}

impl<E> Cause<E> {
    /// The cause in one word, for programs:
    ///
    /// - `network`: [`Network`](Self::Network)
    /// - `end`: [`End`](Self::End)
    /// - `status`: [`Status`](Self::Status)
    /// - `type`: [`ContentType`](Self::ContentType)
    /// - `policy`: [`Forbidden`](Self::Forbidden), [`Blocked`](Self::Blocked) or
    ///   [`Unfetchable`](Self::Unfetchable)
    /// - `size`: [`TooLong`](Self::TooLong)
    #[must_use]
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Network(_) => "network",
            Self::End => "end",
            Self::Status(_) => "status",
            Self::ContentType(_) => "type",
            Self::Forbidden(_) | Self::Blocked(_) | Self::Unfetchable(_) => "policy",
            Self::TooLong => "size",
        }
    }

    /// Whether a failure for this cause needs no explanation on a console:
    ///
    /// - [`Status(204)`](Self::Status): the server asked the client to stop.
    /// - [`End`](Self::End): the stream is simply over.
    /// - [`Network`](Self::Network): only a stream that is never reconnected fails for it, and its owner
    ///   sees that it failed.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        matches!(self, Self::Status(204) | Self::End | Self::Network(_))
    }

    /// The error of the caller's I/O, or `None` if the cause has none.
    pub fn into_error(self) -> Option<E> {
        match self {
            Self::Network(error)
            | Self::Forbidden(error)
            | Self::Blocked(error)
            | Self::Unfetchable(error) => Some(error),
            Self::End | Self::Status(_) | Self::ContentType(_) | Self::TooLong => None,
        }
    }

    /// Tells a developer what was wrong, what is allowed and what to do.
    #[must_use]
    pub fn message(&self) -> Cow<'static, str> {
        match self {
            Self::Network(_) => {
                "the connection could not be made, or was lost. Check that the server is running and \
                 can be reached."
                    .into()
            }
            Self::End => "the stream has ended.".into(),
            Self::Status(status) => joined(
                "the server answered with status ",
                &decimal(*status),
                ". An event stream needs status 200; any other status is not retried. \
                 Check what the server sends for this URL.",
            ),
            Self::ContentType(Some(content_type)) => joined(
                "the server answered with the Content-Type \"",
                content_type,
                "\". An event stream needs \"text/event-stream\". Have the server send that header.",
            ),
            Self::ContentType(None) => {
                "the server answered without a Content-Type. An event stream needs \
                 \"text/event-stream\". Have the server send that header."
                    .into()
            }
            Self::Forbidden(_) => {
                "the server can be reached, but CORS does not allow this page to read the response. Have \
                 the server send Access-Control-Allow-Origin. If this happens only when reconnecting, the \
                 server refused the preflight for the Last-Event-ID header: have it answer OPTIONS with \
                 Access-Control-Allow-Headers: Last-Event-ID, or set the option \
                 lastEventIdQueryParameterName to send the ID in the URL instead."
                    .into()
            }
            Self::Blocked(_) => {
                "the page's Content-Security-Policy does not allow connecting to this URL, or to where the \
                 server redirects. Add that origin to the policy's connect-src."
                    .into()
            }
            Self::Unfetchable(_) => {
                "fetch cannot request a URL with this scheme, or with a user or password. Use a plain \
                 http: or https: URL."
                    .into()
            }
            Self::TooLong => {
                "an event is longer than 512 MiB, the longest allowed. Have the server end each event \
                 with a blank line, and send smaller events."
                    .into()
            }
        }
    }
}

/// Does without `format!`, which is large in WebAssembly. So does [`decimal`].
fn joined(start: &str, detail: &str, end: &str) -> Cow<'static, str> {
    let mut message = String::from(start);
    message.push_str(detail);
    message.push_str(end);
    message.into()
}

fn decimal(number: u16) -> String {
    let mut text = if number < 10 {
        String::new()
    } else {
        decimal(number / 10)
    };
    text.push(char::from(b'0' + (number % 10) as u8));
    text
}

impl<E> fmt::Display for Cause<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}
