//! Reads a batch as JavaScript does: decodes it once, then cuts it, counting UTF-16 code units.

use super::event::Event;
use eventsource_wasm::Batch;

#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Row {
    Event(Event),
    /// A blank line has set the last event ID and nothing else.
    LastEventId(String),
}

impl Row {
    pub(crate) fn last_event_id(&self) -> &str {
        match self {
            Self::Event(event) => &event.last_event_id,
            Self::LastEventId(id) => id,
        }
    }
}

/// The rows of a batch. `last_event_id` is that of the row before the batch. Checks that `Batch::events`
/// gives the same events.
#[track_caller]
pub(crate) fn rows(batch: &Batch, last_event_id: &str) -> Vec<Row> {
    let rows = read(batch, last_event_id);
    let events = rows.iter().filter_map(|row| match row {
        Row::Event(event) => Some(event.clone()),
        Row::LastEventId(_) => None,
    });
    let in_rust = batch.events().map(|event| Event {
        event_type: event.event_type.to_string(),
        data: event.data.to_string(),
        last_event_id: event.last_event_id.to_string(),
    });
    assert!(events.eq(in_rust), "{rows:?} in {batch:?}");
    rows
}

#[track_caller]
fn read(batch: &Batch, last_event_id: &str) -> Vec<Row> {
    let text = str::from_utf8(batch.text()).expect("a batch's text is well-formed");
    let text: Vec<u16> = text.encode_utf16().collect();
    let mut position = 0;
    let mut cut = |end: i32| {
        let end = usize::try_from(end).expect("only −1 is negative, where it has a meaning");
        let string = String::from_utf16(&text[position..end]).expect("no cut character");
        position = end;
        string
    };

    let (numbers, rest) = batch.table().as_chunks::<3>();
    assert!(rest.is_empty(), "three numbers a row");
    assert!(
        !numbers.is_empty() || batch.reconnection_time().is_some(),
        "a batch is never empty"
    );
    let mut rows = Vec::<Row>::new();
    for &[data, event_type, id] in numbers {
        let before = rows.last().map_or(last_event_id, Row::last_event_id);
        let data = (data != -1).then(|| cut(data));
        let event_type = cut(event_type);
        let id = (id != -1).then(|| cut(id));
        assert_ne!(
            id.as_deref(),
            Some(before),
            "an ID is stated when it is new"
        );
        rows.push(if let Some(data) = data {
            Row::Event(Event {
                event_type: match event_type.as_str() {
                    "" => "message".to_string(),
                    _ => event_type,
                },
                data,
                last_event_id: id.unwrap_or_else(|| before.to_string()),
            })
        } else {
            assert_eq!(event_type, "", "no event, no type");
            Row::LastEventId(id.expect("a row says something"))
        });
    }
    assert_eq!(position, text.len(), "the table covers the text");
    rows
}
