//! A connection that is watched: whatever happens to it, in whatever order, each of its answers is
//! compared with what the table at the head of `connection.rs` says. Where the connection is in a
//! state, this only remembers what was answered last.

use super::rows::rows;
use eventsource_wasm::{Action, Connection, EventStream, Failure, Head, Input, is_event_stream};

pub(crate) struct Watched {
    connection: Connection,
    last: Action,
    is_requested: bool,
    was_announced: bool,
    /// The last request that was answered.
    was_forbidden: bool,
    stream: EventStream,
    /// As JavaScript knows it, from the batches alone.
    last_event_id: String,
}

impl Watched {
    /// One that requests, or one that reads a stream.
    #[track_caller]
    pub(crate) fn new(is_requested: bool) -> Self {
        let (connection, last) = if is_requested {
            Connection::new()
        } else {
            Connection::from_stream()
        };
        let expected = if is_requested {
            Action::Request
        } else {
            Action::Announce
        };
        assert_eq!(last, expected);
        let watched = Self {
            connection,
            last,
            is_requested,
            was_announced: false,
            was_forbidden: false,
            stream: EventStream::new(),
            last_event_id: String::new(),
        };
        watched.assert_state();
        watched
    }

    /// Returns what the input was answered with.
    #[track_caller]
    pub(crate) fn handle(&mut self, input: Input) -> Option<&Action> {
        let Some(expected) = self.expect(input) else {
            let before = format!("{:?}", self.connection);
            let answer = self.connection.handle(input);
            assert_eq!(answer, None, "{input:?} after {:?}", self.last);
            let after = format!("{:?}", self.connection);
            assert_eq!(after, before, "{input:?} after {:?}", self.last);
            return None;
        };
        let action = self.connection.handle(input);
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

    #[track_caller]
    pub(crate) fn reset(&mut self) {
        self.connection.reset();
        self.stream.restart();
        self.assert_state();
    }

    fn expect(&mut self, input: Input) -> Option<Action> {
        match self.last {
            Action::Request => self.expect_of_request(input),
            Action::Announce | Action::Deliver(_) | Action::Read => match input {
                Input::Chunk(bytes) => {
                    let batch = self.stream.feed(bytes);
                    Some(batch.map_or(Action::Read, Action::Deliver))
                }
                Input::Reset => {
                    self.stream.restart();
                    Some(Action::Read)
                }
                Input::End | Input::NetworkError => Some(self.lose()),
                _ => None,
            },
            Action::Reestablish { .. } => match input {
                Input::Elapsed => Some(Action::Request),
                _ => None,
            },
            Action::Fail(_) => None,
        }
    }

    fn expect_of_request(&mut self, input: Input) -> Option<Action> {
        let action = match input {
            Input::Response(head) => self.judge(head),
            Input::NetworkError => self.lose(),
            Input::Forbidden if self.was_announced && !self.was_forbidden => self.lose(),
            Input::Forbidden => Action::Fail(Failure::Forbidden),
            Input::Blocked => Action::Fail(Failure::Blocked),
            Input::Unfetchable => Action::Fail(Failure::Unfetchable),
            Input::Chunk(_) | Input::Reset | Input::End | Input::Elapsed => return None,
        };
        self.was_forbidden = matches!(input, Input::Forbidden);
        Some(action)
    }

    fn judge(&mut self, head: Head) -> Action {
        let content_type = head.content_type.map(String::from);
        if head.status != 200 {
            Action::Fail(Failure::Status(head.status))
        } else if content_type.as_deref().is_some_and(is_event_stream) {
            self.was_announced = true;
            Action::Announce
        } else {
            Action::Fail(Failure::ContentType(content_type))
        }
    }

    fn lose(&mut self) -> Action {
        self.stream.restart();
        if self.is_requested {
            Action::Reestablish {
                after: self.stream.reconnection_time(),
            }
        } else {
            Action::Fail(Failure::Ended)
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
