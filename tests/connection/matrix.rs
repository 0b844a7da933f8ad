//! Every input in every state.

use crate::{
    Answer, Answers, BLOCKED, ELAPSED, END, EVENT_STREAM, FORBIDDEN, NETWORK_ERROR, OK, RESET,
    UNFETCHABLE, chunk, response, states::every_state,
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
        RESET,
        END,
        NETWORK_ERROR,
        FORBIDDEN,
        BLOCKED,
        UNFETCHABLE,
        ELAPSED,
    ];
    // In the order of the inputs: Announce, Deliver, Read, rEestablish, reQuest, Fail, or no answer.
    let answers = |state| match state {
        "requesting" | "requesting, doubted" => "AFF....EEFFF.",
        "requesting, allowed" => "AFF....EEEFF.",
        "open" => "...DRRREEEFF.",
        "open once" => "...DRRRFFFFF.",
        "waiting" => "............Q",
        "failed" => ".............",
        other => unreachable!("{other}"),
    };
    for (column, input) in inputs.iter().enumerate() {
        for (state, mut connection) in every_state() {
            let before = format!("{connection:?}");
            let action = connection.answer(input.clone());
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

fn letter(action: Option<&Answer>) -> u8 {
    match action {
        Some(Answer::Announce) => b'A',
        Some(Answer::Deliver(_)) => b'D',
        Some(Answer::Read) => b'R',
        Some(Answer::Reestablish(_)) => b'E',
        Some(Answer::Request) => b'Q',
        Some(Answer::Fail(_)) => b'F',
        None => b'.',
    }
}
