//! Random inputs in any order.

use crate::{
    BLOCKED, ELAPSED, END, FORBIDDEN, NETWORK_ERROR, OK, RESET, UNFETCHABLE, chunk,
    random::{Random, rounds},
    response,
    watched::Watched,
};
use eventsource_wasm::{Action, Input, Moment, Policy};

/// No matter what happens in what order, an input gets an answer exactly if it answers the last action, as
/// the table in `connection.rs` says. An input without an answer changes nothing.
#[test]
fn random_inputs_keep_the_order() {
    let (mut actions, mut failures) = (0, 0);
    rounds(2000, |random| {
        let policy = if random.below(5) > 0 {
            Policy::Standard
        } else {
            Policy::Never
        };
        let mut connection = Watched::new(policy);
        for _ in 0..60 {
            let input = at(random_input(random), random);
            if let Some(action) = connection.handle(&input) {
                actions += 1;
                failures += usize::from(matches!(action, Action::Fail(_)));
            }
        }
    });
    println!("{actions} actions, {failures} of them failures");
}

/// The input at a random time, because the clock may stand still, jump, and go back.
fn at<'a>(input: Input<'a>, random: &mut Random) -> Input<'a> {
    let now = Moment {
        time: random.below(20) as u64 * 1000,
        random: 0.5,
    };
    match input {
        Input::Response(head, _) => Input::Response(head, now),
        Input::Failed(cause, _) => Input::Failed(cause, now),
        other => other,
    }
}

/// Inputs that fail the connection are rare, because nothing happens after that.
fn random_input(random: &mut Random) -> Input<'static> {
    const CHUNKS: [&str; 12] = [
        "data: x\n\n",
        "\n",
        "\r",
        "\r\n\r\n",
        "id: 1\n",
        "id: 2\n\n",
        "id: \u{1}\n\n",
        "id\n",
        "retry: 5\n",
        "\u{FEFF}",
        "da",
        "ta: y\n",
    ];
    match random.below(60) {
        0 => response(204, None),
        1 => response(200, Some("text/html")),
        2 => UNFETCHABLE,
        3 => BLOCKED,
        4..6 => FORBIDDEN,
        6..16 => OK,
        16..40 => chunk(random.one_of(&CHUNKS)),
        40..43 => END,
        43 => RESET,
        44..50 => NETWORK_ERROR,
        _ => ELAPSED,
    }
}
