//! Values for parameters: files that were named, then what was said at the door.

use super::Session;
use super::input;
use super::settings::Opening;
use crate::diag::Diagnostic;
use crate::import;
use crate::import::Given;
use std::path::Path;

/// Gathers the values; what cannot be read stands beside them.
pub(super) fn gather(opening: &Opening) -> (Vec<Given>, Vec<Diagnostic>) {
    let (mut given, mut problems) = (Vec::new(), Vec::new());
    for file in &opening.parameter_files {
        match read(file, opening) {
            Ok(found) => given.extend(found),
            Err(problem) => problems.push(problem),
        }
    }
    let said = opening.template_parameters.iter();
    given.extend(said.map(|(name, value)| Given::new(name, value)));
    (given, problems)
}

/// Reads one file, also where it is written as the AWS CLI wants files.
fn read(file: &str, opening: &Opening) -> Result<Vec<Given>, Diagnostic> {
    let path = file.strip_prefix("file://").unwrap_or(file);
    let source = import::Source {
        name: path.to_owned(),
        bytes: input::read_file(Path::new(path), &opening.bounds)?,
    };
    import::read_given(&source, &import::Options::default())
}

impl Session {
    /// Says which of the given values nothing that was loaded has a use for.
    pub(super) fn note_unknown_parameters(&mut self) {
        let (given, problems) = gather(&self.opening);
        for problem in problems {
            if !self.problems.contains(&problem) {
                self.problems.push(problem);
            }
        }
        let declared = &self.declared;
        for one in given.iter().filter(|one| !declared.contains(one.name())) {
            let finding = one.unknown(declared.iter().map(AsRef::as_ref));
            if !self.findings.contains(&finding) {
                self.findings.push(finding);
            }
        }
    }
}
