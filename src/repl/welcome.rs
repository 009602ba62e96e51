//! The first screen: what is loaded, and three questions worth typing.

use super::Repl;
use crate::cli;
use crate::cli::counted;
use crate::cli::paint::Tone;
use crate::session::Session;
use std::io;
use std::io::Write;

/// Shows the first screen.
pub(super) fn show(repl: &Repl) -> io::Result<()> {
    let session = repl.desk.borrow();
    let mut out = io::stdout().lock();
    let name = repl.tone(Tone::Strong, concat!("archq ", env!("CARGO_PKG_VERSION")));
    writeln!(out, "{name}  {}", summary(&session))?;
    for (at, question) in session.questions().iter().enumerate() {
        let lead = if at == 0 { "Try:" } else { "" };
        let lead = repl.tone(Tone::Quiet, &format!("{lead:<5}"));
        writeln!(out, "{lead}{}", repl.tone(Tone::Name, question))?;
    }
    let foot = "Tab completes, :help helps, Ctrl-D leaves.";
    writeln!(out, "{}", repl.tone(Tone::Quiet, foot))
}

/// Says in one line what is loaded.
pub(super) fn summary(session: &Session) -> String {
    let catalog = session.catalog().map(|counts| {
        format!(
            "catalog of {}, {}, {}",
            counted(counts.services, "service"),
            counted(counts.features, "feature"),
            counted(counts.facts, "fact")
        )
    });
    let mut parts: Vec<String> = catalog.into_iter().collect();
    parts.extend(session.loaded().iter().map(cli::loaded));
    let findings = session.findings().len();
    if findings > 0 {
        parts.push(format!("{} (:findings)", counted(findings, "finding")));
    }
    match parts[..] {
        [] => "an empty graph".to_owned(),
        _ => parts.join("; "),
    }
}
