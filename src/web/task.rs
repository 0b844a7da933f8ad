//! One EventSource's life: perform the action, feed back what came of it, again.
//!
//! The loop owns all of the connection's state. It never ends by itself but by failing; closing
//! drops it.

use super::{
    request::{Request, Response},
    sys::Sink,
    timer::wait,
};
use crate::connection::{Action, Connection, Failure, Input};
use alloc::string::ToString;
use wasm_bindgen_futures::JsFuture;

pub(super) async fn run(mut request: Request, sink: Sink) {
    let (mut connection, mut action) = Connection::new();
    let mut response = Response::default();
    loop {
        let input = match action {
            Action::Request => match request.send(connection.last_event_id()).await {
                Ok(arrived) => {
                    response = arrived;
                    request.follow(&response);
                    response.head()
                }
                Err(_) => request.error(),
            },
            Action::Announce => {
                sink.announce(&response.url);
                response.body.read().await
            }
            Action::Deliver(batch) => {
                let caught_up = sink.deliver(batch.text(), batch.table());
                drop(batch);
                if let Some(caught_up) = caught_up {
                    let _ = JsFuture::from(caught_up).await;
                }
                response.body.read().await
            }
            Action::Read => response.body.read().await,
            Action::Reestablish { after } => {
                response = Response::default();
                sink.reestablish();
                wait(after).await;
                Input::Elapsed
            }
            Action::Fail(Failure::Status(204)) => return sink.fail(None),
            Action::Fail(failure) => return sink.fail(Some(&failure.to_string())),
        };
        match connection.handle(input) {
            Some(next) => action = next,
            None => return,
        }
    }
}
