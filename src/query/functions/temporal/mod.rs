//! Functions on instants and durations.

use super::Function;
use super::Types;

/// The functions on instants.
pub(super) const INSTANTS: &[Function] =
    &[
        Function::scalar("timestamp", &[], Types::INTEGER, |context, _| {
            let millis = context.clock.statement().div_euclid(1_000_000);
            Ok(crate::model::Value::Int(millis as i64))
        })
        .help("gives the milliseconds since 1970-01-01T00:00Z at the start of the statement")
        .example("timestamp() > 0", "true"),
    ];
/// The functions on durations.
pub(super) const DURATIONS: &[Function] = &[];
