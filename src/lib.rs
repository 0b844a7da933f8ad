//! The web's `EventSource`: server-sent events, parsed and connected in Rust.
//!
//! In JavaScript this is the npm package `eventsource-wasm`, a class that is used like the
//! browser's own. In Rust it is the core beneath that class: [`EventStream`] parses an event stream,
//! [`Connection`] decides about the connection. Both do no I/O and know no clock, so they run
//! wherever Rust does.
//!
//! # The floors
//!
//! A module imports only from floors below its own.
//!
//! | floor | modules | what they do |
//! |---|---|---|
//! | 0 | `line`, `batch`, `mime`, `reconnection`, `failure` | bytes to lines; events laid out for one decode; the response's MIME type; the time to wait; why a connection fails |
//! | 1 | `event_stream` | lines to events |
//! | 2 | `connection` | what happened → what is to be done |
//! | 3 | `web` (wasm32 only) | fetch, body, timer, and the task that drives the connection |
//! | 4 | `js/eventsource.js` | the class: Web IDL, handlers, dispatch |
//! | 5 | `js/` entries | how the class is imported or installed |
//!
//! The words are those of the [standard](https://html.spec.whatwg.org/multipage/server-sent-events.html).

#![no_std]
// What wasm-bindgen generates is unsafe, on wasm32 only: see `web`.
#![cfg_attr(not(target_arch = "wasm32"), forbid(unsafe_code))]

extern crate alloc;
// A cdylib cannot be linked without it; no module uses it.
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
