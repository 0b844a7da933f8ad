//! A watched connection. It takes any inputs in any order, and compares each answer with the table at the
//! head of
//! `connection.rs`. It has no states like the connection's: it only remembers the last answer.

use super::rows::rows;
use eventsource_wasm::{
    Action, Cause, Connection, EventStream, Failure, Head, Input, Moment, Policy, is_event_stream,
};

pub(crate) struct Watched {
    connection: Connection,
    policy: Policy,
    last: Action,
    /// The time at which the connection was announced, if nothing has ended it since.
    opened: Option<u64>,
    was_announced: bool,
    /// Whether the last request that was answered was forbidden.
    was_forbidden: bool,
    failures: u32,
    delay: u64,
    stream: EventStream,
    /// As JavaScript learns it, only from the batches.
    last_event_id: String,
}

impl Watched {
    #[track_caller]
    pub(crate) fn new(policy: Policy) -> Self {
        let watched = Self {
            connection: Connection::new(policy),
            policy,
            last: Action::Request,
            opened: None,
            was_announced: false,
            was_forbidden: false,
            failures: 0,
            delay: 0,
            stream: EventStream::new(),
            last_event_id: String::new(),
        };
        watched.assert_state();
        watched
    }

    /// Returns the answer to the input.
    #[track_caller]
    pub(crate) fn handle(&mut self, input: &Input) -> Option<&Action> {
        let Some(expected) = self.expect(input) else {
            let before = format!("{:?}", self.connection);
            let answer = self.connection.handle(input.clone());
            assert_eq!(answer, None, "{input:?} after {:?}", self.last);
            let after = format!("{:?}", self.connection);
            assert_eq!(after, before, "{input:?} after {:?}", self.last);
            return None;
        };
        let action = self.connection.handle(input.clone());
        let action = action.unwrap_or_else(|| panic!("{input:?} after {:?}", self.last));
        assert_eq!(action, expected, "{input:?} after {:?}", self.last);
        if let (Action::Deliver(batch), Action::Deliver(expected)) = (&action, &expected) {
            assert_eq!(batch.text(), expected.text());
            assert_eq!(batch.table(), expected.table());
            if let Some(row) = rows(batch, &self.last_event_id).last() {
                row.last_event_id().clone_into(&mut self.last_event_id);
            }
        }
        self.last = action;
        self.assert_state();
        Some(&self.last)
    }

    fn expect(&mut self, input: &Input) -> Option<Action> {
        match self.last {
            Action::Request => match input {
                Input::Response(head, now) => Some(self.judge(*head, *now)),
                Input::Failed(cause, now) => Some(self.lose(cause.clone(), *now)),
                Input::Chunk(_) | Input::Reset | Input::Elapsed => None,
            },
            Action::Announce | Action::Deliver(_) | Action::Read => match input {
                Input::Chunk(bytes) => {
                    let batch = self.stream.feed(bytes);
                    Some(batch.map_or(Action::Read, Action::Deliver))
                }
                Input::Reset => {
                    self.stream.restart();
                    Some(Action::Read)
                }
                Input::Failed(cause, now) => Some(self.lose(cause.clone(), *now)),
                Input::Response(..) | Input::Elapsed => None,
            },
            Action::Reestablish { .. } => match input {
                Input::Elapsed => Some(Action::Request),
                _ => None,
            },
            Action::Fail(_) => None,
        }
    }

    fn judge(&mut self, head: Head, now: Moment) -> Action {
        let content_type = head.content_type.map(String::from);
        if head.status != 200 {
            self.lose(Cause::Status(head.status), now)
        } else if content_type.as_deref().is_some_and(is_event_stream) {
            self.was_announced = true;
            self.was_forbidden = false;
            self.opened = Some(now.time);
            Action::Announce
        } else {
            self.lose(Cause::ContentType(content_type), now)
        }
    }

    fn lose(&mut self, cause: Cause, now: Moment) -> Action {
        if let Some(opened) = self.opened.take() {
            let open_for = now.time.checked_sub(opened);
            if open_for.is_some_and(|time| time >= 5000 && time >= self.delay) {
                self.failures = 0;
            }
        }
        self.failures += 1;
        let is_forbidden = matches!(cause, Cause::Forbidden(()));
        let is_proof = !self.was_announced || self.was_forbidden;
        self.was_forbidden = is_forbidden;
        let cause = if is_forbidden && !is_proof {
            Cause::Network(())
        } else {
            cause
        };
        let may_pass = matches!(cause, Cause::Network(()) | Cause::End);
        let failure = Failure {
            cause,
            attempt: self.failures,
        };
        if may_pass && self.policy == Policy::Standard {
            self.stream.restart();
            self.delay = self.stream.reconnection_time();
            Action::Reestablish {
                failure,
                delay: self.delay,
            }
        } else {
            Action::Fail(failure)
        }
    }

    #[track_caller]
    fn assert_state(&self) {
        let id = self.stream.last_event_id();
        assert_eq!(self.last_event_id, id);
        let is_sendable = |char: char| char == '\t' || !(char < ' ' || char == '\u{7F}');
        let sent = Some(id).filter(|id| !id.is_empty() && id.chars().all(is_sendable));
        assert_eq!(self.connection.last_event_id(), sent);
        assert_eq!(
            self.connection.reconnection_time(),
            self.stream.reconnection_time()
        );
    }
}
