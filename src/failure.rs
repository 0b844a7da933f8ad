//! Why a connection fails for good, and what a developer is told of it.

use alloc::{borrow::Cow, string::String};
use core::fmt;

/// Why a connection failed for good. Its `Display` tells a developer what to do.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Failure {
    /// The response's status was not 200.
    Status(u16),
    /// The response's Content-Type was not `text/event-stream`.
    ContentType(Option<String>),
    /// CORS forbids the response, or a preflight was refused.
    Forbidden,
    /// The page's content security policy forbids the request.
    Blocked,
    /// The URL's scheme is not one to fetch.
    Unfetchable,
    /// An event has more than 512 MiB, which no JavaScript string could hold.
    TooLong,
    /// A stream that was not requested has ended: nobody can reestablish it.
    Ended,
}

impl Failure {
    /// Tells a developer what was wrong, what is allowed and what to do. Put together without `fmt`,
    /// which is large in WebAssembly.
    #[must_use]
    pub fn message(&self) -> Cow<'static, str> {
        match self {
            Self::Status(status) => joined(
                "the server answered with status ",
                &decimal(*status),
                ". An event stream needs status 200; every other ends the connection for good. Look at \
                 what the server sends for this URL.",
            ),
            Self::ContentType(Some(content_type)) => joined(
                "the server answered with the Content-Type \"",
                content_type,
                "\". An event stream needs \"text/event-stream\". Let the server send that header.",
            ),
            Self::ContentType(None) => {
                "the server answered without a Content-Type. An event stream needs \
                 \"text/event-stream\". Let the server send that header."
                    .into()
            }
            Self::Forbidden => {
                "the server can be reached, but CORS forbids this page to read the response. Let the \
                 server send Access-Control-Allow-Origin. If this happens on a reconnection only, the \
                 preflight for its Last-Event-ID header was refused: let the server answer OPTIONS with \
                 Access-Control-Allow-Headers: Last-Event-ID, or set the option \
                 lastEventIdQueryParameterName to send the ID in the URL instead."
                    .into()
            }
            Self::Blocked => {
                "the page's Content-Security-Policy forbids to connect there, or to where the server \
                 redirects to. Add that origin to the policy's connect-src."
                    .into()
            }
            Self::TooLong => {
                "an event is longer than 512 MiB, more than a string can hold. Let the server end each \
                 event with a blank line, and send smaller ones."
                    .into()
            }
            Self::Ended => "the stream has ended.".into(),
            Self::Unfetchable => {
                "fetch cannot request a URL with this scheme. Use http: or https:.".into()
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

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message())
    }
}
