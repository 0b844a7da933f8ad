//! Why a connection is lost or fails, and what a developer is told about it.

use alloc::{borrow::Cow, string::String};
use core::fmt;

/// Why a connection is lost or fails. `E` is what the caller's I/O says about it, carried along untouched:
/// in Rust an `io::Error`, say; on the web what `fetch` threw. Its `Display` tells a developer what to do.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Cause<E = ()> {
    /// The request or the body failed in a way that may pass.
    Network(E),
    /// The body has ended.
    End,
    /// The response's status was not 200.
    Status(u16),
    /// The response's Content-Type was not `text/event-stream`.
    ContentType(Option<String>),
    /// CORS forbids the response, or the server refused a preflight.
    Forbidden(E),
    /// The page's content security policy forbids the request, or what it was redirected to.
    Blocked(E),
    /// The URL's scheme is not one to fetch.
    Unfetchable(E),
    /// An event has more than 512 MiB, which no JavaScript string could hold.
    TooLong,
}

impl<E> Cause<E> {
    /// The cause in one word, for programs: `network`, `end`, `status`, `type`, `policy` or `size`.
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

    /// Whether a failure for this cause needs no explanation: the server asked for it, the stream was
    /// simply over, or whoever gave the stream knows.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        matches!(self, Self::Status(204) | Self::End | Self::Network(_))
    }

    /// Takes out what the caller's I/O said.
    pub fn into_error(self) -> Option<E> {
        match self {
            Self::Network(error)
            | Self::Forbidden(error)
            | Self::Blocked(error)
            | Self::Unfetchable(error) => Some(error),
            Self::End | Self::Status(_) | Self::ContentType(_) | Self::TooLong => None,
        }
    }

    /// Tells a developer what was wrong, what is allowed and what to do. It is put together without `fmt`,
    /// which is large in WebAssembly.
    #[must_use]
    pub fn message(&self) -> Cow<'static, str> {
        match self {
            Self::Network(_) => {
                "the connection was lost, or could not be made. Check that the server is running and \
                 can be reached."
                    .into()
            }
            Self::End => "the stream has ended.".into(),
            Self::Status(status) => joined(
                "the server answered with status ",
                &decimal(*status),
                ". An event stream needs status 200; any other status ends the connection for good. \
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
                "fetch cannot request a URL with this scheme. Use http: or https:.".into()
            }
            Self::TooLong => {
                "an event is longer than 512 MiB, more than a string can hold. Have the server end each \
                 event with a blank line, and send smaller events."
                    .into()
            }
        }
    }
}

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
