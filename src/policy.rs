//! Whether a lost connection is reestablished, and when. Every decision about retrying stands here.

use crate::cause::Cause;

/// Decides whether a lost connection is reestablished.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Policy {
    /// As the standard says: a connection that broke off or ended is reestablished after the reconnection
    /// time; whatever else happens, it fails.
    Standard,
    /// Never: every loss is a failure.
    Never,
}

/// What a policy knows besides the cause.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Circumstances {
    /// Failures in a row, this one included: 1 or more.
    pub failures: u32,
    /// In milliseconds.
    pub reconnection_time: u64,
    /// From 0 to 1, without 1: to spread the requests of many clients.
    pub random: f64,
}

impl Policy {
    /// The time until the next request, in milliseconds. `None`: there is none, the connection fails.
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
