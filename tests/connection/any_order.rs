//! Random inputs in any order.

use crate::{
    OK, chunk,
    random::{Random, rounds},
    response,
    watched::Watched,
};
use eventsource_wasm::{Action, Input};

/// Whatever happens, in whatever order: an input has an answer exactly if it answers the last action,
/// as the table in `connection.rs` says, and without one nothing changes.
#[test]
fn random_inputs_keep_the_order() {
    let (mut actions, mut failures) = (0, 0);
    rounds(2000, |random| {
        let mut connection = Watched::new(random.below(5) > 0);
        for _ in 0..60 {
            if random.below(20) == 0 {
                connection.reset();
            }
            if let Some(action) = connection.handle(random_input(random)) {
                actions += 1;
                failures += usize::from(matches!(action, Action::Fail(_)));
            }
        }
    });
    println!("{actions} actions, {failures} of them failures");
}

/// Failures are rare among them, as nothing follows one.
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
        2 => Input::Unfetchable,
        3 => Input::Blocked,
        4..6 => Input::Forbidden,
        6..16 => OK,
        16..40 => chunk(random.one_of(&CHUNKS)),
        40..43 => Input::End,
        43 => Input::Reset,
        44..50 => Input::NetworkError,
        _ => Input::Elapsed,
    }
}
