//! An event as a page sees it.

#[expect(
    clippy::struct_field_names,
    reason = "the standard's word is event type"
)]
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Event {
    pub(crate) event_type: String,
    pub(crate) data: String,
    pub(crate) last_event_id: String,
}
