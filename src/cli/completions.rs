//! `archq completions`: scripts for shells, and the manual page, from the arguments' own table.

use super::args::Arguments;
use super::args::Completions;
use super::args::Shell;
use super::exit::Exit;
use clap::CommandFactory;
use clap_complete::generate;
use std::io;

/// Writes a completion script or the manual page to standard output.
pub(super) fn run(completions: &Completions) -> io::Result<Exit> {
    let mut command = Arguments::command();
    let mut out = io::stdout().lock();
    let shell = match completions.shell {
        Shell::Man => {
            clap_mangen::Man::new(command).render(&mut out)?;
            return Ok(Exit::Answered);
        }
        Shell::Bash => clap_complete::Shell::Bash,
        Shell::Elvish => clap_complete::Shell::Elvish,
        Shell::Fish => clap_complete::Shell::Fish,
        Shell::Powershell => clap_complete::Shell::PowerShell,
        Shell::Zsh => clap_complete::Shell::Zsh,
    };
    // The generator cannot pass an error on; what it writes is small enough to be kept.
    let mut text = Vec::new();
    generate(shell, &mut command, "archq", &mut text);
    io::Write::write_all(&mut out, &text)?;
    Ok(Exit::Answered)
}
