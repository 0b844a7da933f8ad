//! One EventSource's life: perform the action, feed back what came of it, again.
//!
//! The loop owns all of the connection's state. It ends by itself only when the connection fails; closing
//! drops it.

use super::{
    clock::{self, now},
    control::Control,
    request::Request,
    response::Response,
    sys::{Sink, number},
};
use crate::{
    cause::Cause,
    connection::{Action, Connection, Failure, Input},
};
use alloc::rc::Rc;
use core::mem;
use js_sys::Promise;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

pub(super) async fn run(mut request: Request, sink: Sink, control: Rc<Control>) {
    let mut connection = Connection::new(request.policy());
    let mut action = Action::Request;
    loop {
        let input = match action {
            Action::Request => {
                control.until_resumed().await;
                let sent = request.send(connection.last_event_id(), &control);
                control.or_lost(sent).await
            }
            Action::Reestablish { failure, delay } => {
                let is_told = lose(&mut request.response, &sink, failure, Some(delay));
                clock::wait(delay).await;
                // The page may have a lot to see before the error, and close then.
                let _ = JsFuture::from(is_told).await;
                Input::Elapsed
            }
            Action::Fail(failure) => {
                drop(lose(&mut request.response, &sink, failure, None));
                return;
            }
            // One place that reads: each `await` is compiled anew.
            reading => {
                let mut is_open = Ok(());
                match reading {
                    Action::Announce => is_open = announce(&mut request.response, &sink, &control),
                    Action::Deliver(batch) => {
                        if let Some(caught_up) = sink.deliver_batch(&batch) {
                            drop(batch);
                            let _ = JsFuture::from(caught_up).await;
                        }
                    }
                    _ => sink.read(),
                }
                match is_open {
                    Ok(()) => control.or_lost(request.response.body.read()).await,
                    Err(error) => Input::Failed(Cause::Network(error), now()),
                }
            }
        };
        let Some(next) = connection.handle(input) else {
            return;
        };
        action = next;
    }
}

/// A page that hears `open` has a body to read.
fn announce(response: &mut Response, sink: &Sink, control: &Control) -> Result<(), JsValue> {
    response.open()?;
    control.read(response.body.reads());
    sink.announce(&response.url);
    Ok(())
}

/// Has the page told. A response that is no event stream is still there then, for the page to take.
fn lose(
    response: &mut Response,
    sink: &Sink,
    Failure { cause, attempt }: Failure<JsValue>,
    delay: Option<u64>,
) -> Promise {
    let response = mem::take(response);
    let is_told = sink.lose(
        cause.reason(),
        &cause.message(),
        cause.is_silent(),
        attempt,
        delay.map(number),
        response.inner(),
        &cause.into_error().unwrap_or_default(),
    );
    response.give(is_told.clone());
    is_told
}
