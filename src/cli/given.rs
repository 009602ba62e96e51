//! Parameters behind `:load PATH`: the flags of the command line.

use super::args::Given;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::session::Session;
use clap::Args;
use clap::Command;
use clap::FromArgMatches;

/// Takes the flags off a line, gives their values to the session, and leaves the path.
///
/// # Errors
/// Where a flag is not written as on the command line.
pub fn take<'a>(line: &'a str, session: &mut Session) -> Result<&'a str, Diagnostic> {
    let Some((path, flags)) = line.split_once(" --") else {
        return Ok(line);
    };
    let command = Command::new("load")
        .no_binary_name(true)
        .disable_help_flag(true);
    let words = format!("--{flags}");
    let matches = Given::augment_args(command).try_get_matches_from(words.split_whitespace());
    match matches.and_then(|matches| Given::from_arg_matches(&matches)) {
        Ok(given) => session.give(given.template_parameters, given.parameter_files),
        Err(_) => {
            let error = Diagnostic::error(&Code::BAD_USAGE, "`:load` is not used this way");
            let usage = "`:load PATH [--parameter NAME=VALUE] [--parameters FILE]`";
            return Err(error.expected(usage));
        }
    }
    Ok(path.trim_end())
}
