//! Exit codes, all in one place.

use crate::diag::Code;
use crate::diag::Diagnostic;
use std::process::ExitCode;

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Answered, also with no rows.
    Answered = 0,
    /// Findings; with `--exit-status` also "no rows".
    Findings = 1,
    /// A wrong question or wrong usage.
    Wrong = 2,
    /// An input could not be read; the others were.
    Unreadable = 3,
    /// No answer within the bounds.
    Undecided = 4,
    /// A fault of the program itself, or an output that cannot be written.
    Fault = 70,
    /// Interrupted by Ctrl-C.
    Interrupted = 130,
}

impl Exit {
    /// Gives the exit code of a question that failed.
    #[must_use]
    pub fn of(error: &Diagnostic) -> Self {
        match error.code {
            code if code == &Code::INTERRUPTED => Self::Interrupted,
            code if code == &Code::TIME_LIMIT || code == &Code::MEMORY_LIMIT => Self::Undecided,
            code if code.error == "InputError" => Self::Unreadable,
            _ => Self::Wrong,
        }
    }

    /// Gives the graver of two ends: a wrong question before an unreadable input before success.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        let rank = |exit: Self| match exit {
            Self::Answered => 0,
            Self::Findings => 1,
            Self::Unreadable => 2,
            Self::Undecided => 3,
            Self::Wrong => 4,
            Self::Fault => 5,
            Self::Interrupted => 6,
        };
        if rank(other) > rank(self) {
            other
        } else {
            self
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(exit as u8)
    }
}
