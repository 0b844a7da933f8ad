//! Whether a lost connection is reestablished, and when. Every decision about retrying is made here.

use crate::cause::Cause;

/// Decides whether a lost connection is reestablished.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Policy {
    /// As the standard says: after [`Cause::Network`] and [`Cause::End`], the connection is reestablished
    /// when the reconnection time has passed. For any other cause, it fails.
    Standard,
    /// Never: the connection fails for any cause.
    Never,
}

/// What a policy knows besides the cause.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Circumstances {
    /// How many failures there have been in a row, including this one: 1 or more.
    pub failures: u32,
    /// The reconnection time, in milliseconds.
    pub reconnection_time: u64,
    /// At least 0 and less than 1. A policy can use it to spread the requests of many clients.
    pub random: f64,
}

impl Policy {
    /// The time until the next request, in milliseconds. `None` if there is no next request, because the
    /// connection fails.
    #[must_use]
    pub fn delay<E>(self, cause: &Cause<E>, circumstances: Circumstances) -> Option<u64> {
        match (self, cause) {
            (Self::Standard, Cause::Network(_) | Cause::End) => {
                Some(circumstances.reconnection_time)
            }
            _ => None,
        }
    }
}
