//! Every input in every state.

use crate::{EVENT_STREAM, OK, chunk, response, states::every_state};
use eventsource_wasm::{
    Action,
    Input::{Blocked, Elapsed, End, Forbidden, NetworkError, Reset, Unfetchable},
};

#[test]
fn every_input_in_every_state() {
    let inputs = [
        OK,
        response(200, Some("text/html")),
        response(204, Some(EVENT_STREAM)),
        chunk("\ndata\n\n"),
        chunk("data"),
        chunk(""),
        Reset,
        End,
        NetworkError,
        Forbidden,
        Blocked,
        Unfetchable,
        Elapsed,
    ];
    // In the order of the inputs: Announce, Deliver, Read, rEestablish, reQuest, Fail, or no answer.
    let answers = |state| match state {
        "requesting" | "requesting, doubted" => "AFF.....EFFF.",
        "requesting, allowed" => "AFF.....EEFF.",
        "open" => "...DRRREE....",
        "open stream" => "...DRRRFF....",
        "waiting" => "............Q",
        "failed" => ".............",
        other => unreachable!("{other}"),
    };
    for (column, input) in inputs.into_iter().enumerate() {
        for (state, mut connection) in every_state() {
            let before = format!("{connection:?}");
            let action = connection.handle(input);
            assert_eq!(
                letter(action.as_ref()),
                answers(state).as_bytes()[column],
                "{state}: {input:?}"
            );
            if action.is_none() {
                assert_eq!(format!("{connection:?}"), before, "{state}: {input:?}");
            }
        }
    }
}

fn letter(action: Option<&Action>) -> u8 {
    match action {
        Some(Action::Announce) => b'A',
        Some(Action::Deliver(_)) => b'D',
        Some(Action::Read) => b'R',
        Some(Action::Reestablish { .. }) => b'E',
        Some(Action::Request) => b'Q',
        Some(Action::Fail(_)) => b'F',
        None => b'.',
    }
}
