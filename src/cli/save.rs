//! `archq save`: the loaded graph as a file.

use super::args::Save;
use super::args::Shared;
use super::beside;
use super::counted;
use super::exit::Exit;
use super::opened;
use super::paint::Console;
use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::model::GraphView;
use crate::session::Session;
use crate::session::save_graph;
use std::io;
use std::io::BufWriter;
use std::path::Path;

/// Writes the graph; the ending of the file says how.
pub(super) fn run(save: &Save, shared: &Shared, console: &Console) -> io::Result<Exit> {
    if let Some(error) = refusal(&save.output) {
        console.show(&error, None);
        return Ok(Exit::Wrong);
    }
    let (session, exit) = opened(shared, &save.paths, console);
    if save.output == "-" {
        save_graph(session.graph(), &mut BufWriter::new(io::stdout().lock()))?;
        return Ok(exit);
    }
    match write(&session, Path::new(&save.output)) {
        Ok(()) => {
            let graph = session.graph();
            let nodes = counted(graph.node_count(), "node");
            let edges = counted(graph.edge_count(), "edge");
            console.say(&format!("{nodes}, {edges} written to {}", save.output));
            Ok(exit)
        }
        Err(error) => {
            let why = error.to_string().to_lowercase();
            let message = format!("cannot write `{}`: {why}", save.output);
            console.show(&Diagnostic::error(&Code::CANNOT_WRITE, message), None);
            Ok(exit.or(Exit::Wrong))
        }
    }
}

fn write(session: &Session, path: &Path) -> io::Result<()> {
    let graph = session.graph();
    let snapshot = path.extension().is_some_and(|ending| ending == "archq");
    beside::write(path, |out| match snapshot {
        true => graph.write_snapshot(out),
        false => save_graph(graph, out),
    })
}

/// Says why a file of this name is not written.
fn refusal(name: &str) -> Option<Diagnostic> {
    let ending = Path::new(name)
        .extension()
        .and_then(|ending| ending.to_str());
    match ending {
        Some("archq" | "jsonl" | "ndjson") => None,
        None if name == "-" => None,
        _ => Some(
            Diagnostic::error(
                &Code::UNKNOWN_FORMAT,
                format!("the ending of `{name}` tells no format of a graph"),
            )
            .expected("a name that ends with `.jsonl` or `.archq`"),
        ),
    }
}
