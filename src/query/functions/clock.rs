//! The time as a statement sees it: one instant, given by the door.

use std::time::Instant;
use std::time::SystemTime;
use std::time::UNIX_EPOCH;

/// The instant of a statement. Instants are shown in UTC unless a zone is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    nanos: i128,
    started: Instant,
}

impl Clock {
    /// Makes a clock that stands at an instant.
    #[must_use]
    pub fn at(now: SystemTime) -> Self {
        let nanos = match now.duration_since(UNIX_EPOCH) {
            Ok(since) => since.as_nanos() as i128,
            Err(before) => -(before.duration().as_nanos() as i128),
        };
        Self {
            nanos,
            started: Instant::now(),
        }
    }

    /// Gives the instant of the statement in nanoseconds since 1970-01-01T00:00Z.
    #[must_use]
    pub fn statement(&self) -> i128 {
        self.nanos
    }

    /// Gives the instant of right now, in nanoseconds since 1970-01-01T00:00Z.
    #[must_use]
    pub fn realtime(&self) -> i128 {
        self.nanos + self.started.elapsed().as_nanos() as i128
    }
}
