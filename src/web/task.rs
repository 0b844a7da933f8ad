//! The life of one EventSource, as a loop: perform an action, then tell the connection what happened.
//!
//! The loop owns all of the connection's state. It ends by itself only when the connection fails. Closing drops
//! it.

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
                let is_told = lose(request.response.take(), &sink, failure, Some(delay));
                clock::wait(delay).await;
                // The page may still have many events to see before the error, and may close in one of them.
                let _ = JsFuture::from(is_told).await;
                Input::Elapsed
            }
            Action::Fail(failure) => {
                drop(lose(request.response.take(), &sink, failure, None));
                return;
            }
            // Announce, Deliver and Read share one `await`, because each adds to the compiled code.
            reading => {
                let Some(response) = &mut request.response else {
                    return;
                };
                match response.body() {
                    Err(error) => Input::Failed(Cause::Network(error), now()),
                    Ok((body, url)) => {
                        match reading {
                            Action::Announce => {
                                control.read(body.reads());
                                sink.announce(url);
                            }
                            Action::Deliver(batch) => {
                                if let Some(caught_up) = sink.deliver_batch(&batch) {
                                    drop(batch);
                                    let _ = JsFuture::from(caught_up).await;
                                }
                            }
                            _ => sink.read(),
                        }
                        control.or_lost(body.read()).await
                    }
                }
            }
        };
        let Some(next) = connection.handle(input) else {
            return;
        };
        action = next;
    }
}

/// Tells the page why the connection was lost. A refused response is kept until then, for the page to take.
fn lose(
    response: Option<Response>,
    sink: &Sink,
    Failure { cause, attempt }: Failure<JsValue>,
    delay: Option<u64>,
) -> Promise {
    let is_refusal = matches!(cause, Cause::Status(_) | Cause::ContentType(_));
    let refused = response.filter(|_| is_refusal);
    let is_told = sink.lose(
        cause.reason(),
        &cause.message(),
        cause.is_silent(),
        attempt,
        delay.map(number),
        refused.as_ref().and_then(Response::inner),
        &cause.into_error().unwrap_or_default(),
    );
    if let Some(response) = refused {
        response.give(is_told.clone());
    }
    is_told
}
