//! Server-sent events, parsed and connected without I/O.
//!
//! ```
//! use eventsource_wasm::EventStream;
//!
//! let mut stream = EventStream::new();
//! for chunk in [&b"event: price\ndata: 4"[..], b"2\n\n"] {
//!     if let Some(batch) = stream.feed(chunk) {
//!         for event in batch.events() {
//!             assert_eq!((event.event_type, event.data), ("price", "42"));
//!         }
//!     }
//! }
//! ```
//!
//! [`EventStream`] parses an event stream. [`Connection`] decides when to request, when to retry and when to
//! give up. Both follow the [standard](https://html.spec.whatwg.org/multipage/server-sent-events.html). They do
//! no I/O and use no clock, so they run wherever Rust does. The crate's examples have a client over plain TCP.
//!
//! For JavaScript, this is the core of the npm package `eventsource-wasm`, whose class is used like the
//! browser's own.
//!
//! # The floors
//!
//! A module imports only from floors below its own.
//!
//! | floor | modules | what they do |
//! |---|---|---|
//! | 0 | `line`, `batch`, `mime`, `reconnection`, `cause` | bytes to lines; events laid out for one decode; the response's MIME type; the reconnection time; why a connection is lost |
//! | 1 | `event_stream`, `policy` | lines to events; whether a cause is retried, and when |
//! | 2 | `connection` | what happened → what to do next |
//! | 3 | `web` (wasm32 only) | fetch, reads, timers, and the task that drives the connection |
//! | 4 | `js/` | how to request; the core's reports for a receiver; turns; the class, which is a receiver |
//! | 5 | `js/entries/` | how the class is imported or installed |

#![no_std]
// wasm-bindgen generates unsafe code, but only on wasm32: see `web`.
#![cfg_attr(not(target_arch = "wasm32"), forbid(unsafe_code))]

extern crate alloc;
// No module uses it, but a cdylib cannot be linked without it.
#[cfg(not(target_arch = "wasm32"))]
extern crate std;

mod batch;
mod cause;
mod connection;
mod event_stream;
mod line;
mod mime;
mod policy;
mod reconnection;
#[cfg(target_arch = "wasm32")]
mod web;

pub use batch::{Batch, Event};
pub use cause::Cause;
pub use connection::{Action, Connection, Failure, Head, Input, Moment};
pub use event_stream::EventStream;
pub use mime::is_event_stream;
pub use policy::{Circumstances, Policy};
#[cfg(target_arch = "wasm32")]
pub use web::{Parser, Sink, Source, Task};
