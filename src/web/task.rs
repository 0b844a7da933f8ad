//! One EventSource's life: perform the action, feed back what came of it, again.
//!
//! The loop owns all of the connection's state. It never ends by itself but by failing; closing
//! drops it.

use super::{body::Body, control::Control, request::Request, response::Response, sys::Sink, timer};
use crate::{
    connection::{Action, Connection, Input},
    failure::Failure,
};
use alloc::rc::Rc;
use wasm_bindgen_futures::JsFuture;

/// Where the bytes come from.
pub(super) enum Source {
    Request(Request),
    Stream(Body),
}

pub(super) async fn run(source: Source, sink: Sink, control: Rc<Control>) {
    let (mut request, mut response, (mut connection, mut action)) = match source {
        Source::Request(request) => (Some(request), Response::default(), Connection::new()),
        Source::Stream(body) => (None, Response::from_body(body), Connection::from_stream()),
    };
    let mut reconnection_time = connection.reconnection_time();
    loop {
        let input = match action {
            Action::Request => {
                let Some(request) = &mut request else { return };
                control.until_resumed().await;
                control.take_interrupt();
                let id = connection.last_event_id();
                let arrives = async {
                    match request.send(id, &control).await {
                        Ok(arrived) => {
                            request.follow(&arrived);
                            response = arrived;
                            response.head()
                        }
                        Err(_) => request.error(&control).await,
                    }
                };
                control.or_interrupted(arrives).await
            }
            Action::Reestablish { after } => {
                response = Response::default();
                let is_told = sink.reestablish();
                timer::wait(after).await;
                // The page may have a lot to see before the error, and close then.
                let _ = JsFuture::from(is_told).await;
                Input::Elapsed
            }
            Action::Fail(Failure::Status(204) | Failure::Ended) => return sink.fail(None),
            Action::Fail(failure) => return sink.fail(Some(&failure.message())),
            // One place that reads: each `await` is compiled anew.
            reading => {
                match reading {
                    Action::Announce => sink.announce(&response.url),
                    Action::Deliver(batch) => {
                        let caught_up = sink.deliver(batch.text(), batch.table());
                        drop(batch);
                        if let Some(caught_up) = caught_up {
                            let _ = JsFuture::from(caught_up).await;
                        }
                    }
                    _ => sink.read(),
                }
                control.or_interrupted(response.body.read(&control)).await
            }
        };
        let Some(next) = connection.handle(input) else {
            return;
        };
        action = next;
        if reconnection_time != connection.reconnection_time() {
            reconnection_time = connection.reconnection_time();
            #[allow(clippy::cast_precision_loss)]
            sink.retry(reconnection_time as f64);
        }
    }
}
