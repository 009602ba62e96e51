//! PATHs to texts: files, folders, standard input.
//!
//! A folder is walked as git would see it: what `.gitignore` names and what belongs to others
//! (`node_modules`, `.terraform`, `vendor`) is left out. Everything read is bounded. Does not know
//! what the texts mean beyond telling one kind from another.

use crate::diag::Code;
use crate::diag::Diagnostic;
use ignore::WalkBuilder;
use std::fs::File;
use std::io;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

/// How much is read from the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InputBounds {
    /// Largest file, in bytes.
    pub file_size: u64,
    /// Most files of one folder.
    pub files: usize,
    /// Deepest folder below the one that was named.
    pub folder_depth: usize,
}

impl Default for InputBounds {
    fn default() -> Self {
        Self {
            file_size: 1 << 30,
            files: 20_000,
            folder_depth: 32,
        }
    }
}

/// One text to load.
#[derive(Debug)]
pub(super) struct Input {
    /// The file as the user named it, or as found below what they named.
    pub(super) name: String,
    /// Where its neighbours are.
    pub(super) folder: PathBuf,
    /// What it holds.
    pub(super) bytes: Vec<u8>,
}

/// What was found at a path.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) inputs: Vec<Input>,
    pub(super) problems: Vec<Diagnostic>,
}

/// Folders that hold other people's or generated files.
const VENDORED: &[&str] = &[
    "node_modules",
    ".terraform",
    "vendor",
    ".git",
    ".aws-sam",
    ".venv",
    "venv",
    "__pycache__",
    "target",
];

/// Reads what is at a path; walks it if it is a folder.
pub(super) fn gather(path: &str, bounds: &InputBounds) -> Gathered {
    let mut gathered = Gathered::default();
    if path == "-" {
        gathered.take(read_stream("-", io::stdin().lock(), bounds));
        return gathered;
    }
    let place = Path::new(path);
    if place.is_dir() {
        walk(place, bounds, &mut gathered);
        if gathered.inputs.is_empty() && gathered.problems.is_empty() {
            gathered.problems.push(nothing(path));
        }
    } else {
        gathered.take(read_file(place, bounds));
    }
    gathered
}

impl Gathered {
    fn take(&mut self, input: Result<Input, Diagnostic>) {
        match input {
            Ok(input) => self.inputs.push(input),
            Err(problem) => self.problems.push(problem),
        }
    }
}

fn walk(folder: &Path, bounds: &InputBounds, gathered: &mut Gathered) {
    let walker = WalkBuilder::new(folder)
        .max_depth(Some(bounds.folder_depth))
        .require_git(false)
        .sort_by_file_name(|a, b| a.cmp(b))
        .filter_entry(|entry| {
            entry.depth() == 0 || !VENDORED.iter().any(|name| entry.file_name() == *name)
        })
        .build();
    for entry in walker {
        match entry {
            Ok(entry) if is_wanted(entry.path()) => {
                if gathered.inputs.len() >= bounds.files {
                    gathered.problems.push(too_many(folder, bounds));
                    return;
                }
                gathered.take(read_file(entry.path(), bounds));
            }
            Ok(_) => {}
            Err(error) => gathered.problems.push(unreadable(
                &folder.display().to_string(),
                &error.to_string(),
            )),
        }
    }
}

/// Tells by the ending whether a file in a folder may be an input; what it is, its content tells.
fn is_wanted(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    matches!(ending, Some("jsonl")) && path.is_file()
}

fn read_file(path: &Path, bounds: &InputBounds) -> Result<Input, Diagnostic> {
    let name = path.display().to_string();
    let file = File::open(path).map_err(|error| unreadable(&name, &reason(&error)))?;
    let mut input = read_stream(&name, file, bounds)?;
    input.folder = path.parent().unwrap_or(Path::new("")).to_owned();
    Ok(input)
}

fn read_stream(name: &str, stream: impl Read, bounds: &InputBounds) -> Result<Input, Diagnostic> {
    let mut bytes = Vec::new();
    stream
        .take(bounds.file_size + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(name, &reason(&error)))?;
    if bytes.len() as u64 > bounds.file_size {
        return Err(too_large(name, bounds));
    }
    Ok(Input {
        name: name.to_owned(),
        folder: PathBuf::new(),
        bytes,
    })
}

fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "there is no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        io::ErrorKind::IsADirectory => "it is a folder".to_owned(),
        _ => error.to_string().to_lowercase(),
    }
}

fn unreadable(name: &str, why: &str) -> Diagnostic {
    Diagnostic::error(
        &Code::UNREADABLE_INPUT,
        format!("cannot read `{name}`: {why}"),
    )
}

fn too_large(name: &str, bounds: &InputBounds) -> Diagnostic {
    let mib = bounds.file_size >> 20;
    Diagnostic::error(
        &Code::INPUT_TOO_LARGE,
        format!("`{name}` is larger than {mib} MiB"),
    )
    .help("raise the bound with `--max-file-size`")
}

fn too_many(folder: &Path, bounds: &InputBounds) -> Diagnostic {
    let text = format!(
        "`{}` holds more than {} inputs; the rest is left out",
        folder.display(),
        bounds.files
    );
    Diagnostic::error(&Code::INPUT_TOO_LARGE, text).help("raise the bound with `--max-files`")
}

pub(super) fn nothing(path: &str) -> Diagnostic {
    Diagnostic::error(
        &Code::NOTHING_FOUND,
        format!("`{path}` holds nothing that archq reads"),
    )
    .expected("a template, Terraform files, or a graph in JSON Lines")
}
