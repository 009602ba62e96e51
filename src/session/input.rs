//! PATHs to texts: files, folders, standard input.
//!
//! A folder is walked as git would see it: what `.gitignore` names and what belongs to others
//! (`node_modules`, `.terraform`, `vendor`) is left out. Everything read is bounded. Does not know
//! what the texts mean.

use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::import;
use ignore::Walk;
use ignore::WalkBuilder;
use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

/// How much is read from the disk.
#[derive(Clone, Debug)]
pub struct InputBounds {
    /// Largest file that is read as a whole, in bytes; graphs are read line by line.
    pub file_size: u64,
    /// Most files of one folder.
    pub files: usize,
    /// Largest sum of the files of one folder, in bytes.
    pub folder_size: u64,
    /// Deepest folder below the one that was named.
    pub folder_depth: usize,
    /// How much of a template is taken.
    pub templates: import::Bounds,
}

impl Default for InputBounds {
    fn default() -> Self {
        Self {
            file_size: 256 << 20,
            files: 20_000,
            folder_size: 512 << 20,
            folder_depth: 32,
            templates: import::Bounds::default(),
        }
    }
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
];

/// Lists the files of a folder that `wanted` takes, by name; the second list says what could not
/// be looked into.
pub(super) fn walk(
    folder: &Path,
    bounds: &InputBounds,
    wanted: impl Fn(&Path) -> bool,
) -> (Vec<PathBuf>, Vec<Diagnostic>) {
    let mut found = Found::default();
    found.look(folder, bounds, &wanted);
    // What a CDK app puts out is ignored by its repository, and is what the app is.
    let apps: Vec<PathBuf> = found
        .files
        .iter()
        .filter(|file| file.file_name().is_some_and(|name| name == "cdk.json"))
        .map(|file| file.with_file_name("cdk.out"))
        .collect();
    for put_out in apps {
        let seen = found.files.iter().any(|file| file.starts_with(&put_out));
        if !seen && put_out.is_dir() {
            found.look(&put_out, bounds, &wanted);
        }
    }
    (found.files, found.problems)
}

/// What was found so far.
#[derive(Default)]
struct Found {
    files: Vec<PathBuf>,
    size: u64,
    problems: Vec<Diagnostic>,
}

impl Found {
    fn look(&mut self, folder: &Path, bounds: &InputBounds, wanted: impl Fn(&Path) -> bool) {
        for entry in walker(folder, bounds) {
            match entry {
                Ok(entry) if !wanted(entry.path()) || !entry.path().is_file() => {}
                Ok(_) if self.files.len() >= bounds.files => {
                    self.problems.push(too_many(folder, bounds));
                    break;
                }
                Ok(entry) => {
                    self.size += entry.metadata().map_or(0, |about| about.len());
                    if self.size > bounds.folder_size {
                        self.problems.push(too_much(folder, bounds));
                        break;
                    }
                    self.files.push(entry.into_path());
                }
                Err(error) => {
                    let why = error.to_string().to_lowercase();
                    let folder = folder.display().to_string();
                    self.problems.push(unreadable(&folder, &why));
                }
            }
        }
    }
}

fn walker(folder: &Path, bounds: &InputBounds) -> Walk {
    let is_ours = |name: &OsStr| !VENDORED.iter().any(|vendored| name == *vendored);
    WalkBuilder::new(folder)
        .max_depth(Some(bounds.folder_depth))
        .require_git(false)
        .hidden(false)
        .sort_by_file_name(Ord::cmp)
        .filter_entry(move |entry| entry.depth() == 0 || is_ours(entry.file_name()))
        .build()
}

/// Reads a file as a whole.
pub(super) fn read_file(path: &Path, bounds: &InputBounds) -> Result<Vec<u8>, Diagnostic> {
    let name = path.display().to_string();
    let file = open(path)?;
    let size = file.metadata().map_or(0, |about| about.len());
    read_sized(&name, file, size, bounds)
}

/// Opens a file to be read bit by bit.
pub(super) fn open(path: &Path) -> Result<File, Diagnostic> {
    File::open(path).map_err(|error| unreadable(&path.display().to_string(), &reason(&error)))
}

/// Reads a stream up to its end or a bound.
pub(super) fn read_stream(
    name: &str,
    stream: impl Read,
    bounds: &InputBounds,
) -> Result<Vec<u8>, Diagnostic> {
    read_sized(name, stream, 0, bounds)
}

/// Reads a stream that is about so many bytes, for which there is room from the start.
fn read_sized(
    name: &str,
    stream: impl Read,
    size: u64,
    bounds: &InputBounds,
) -> Result<Vec<u8>, Diagnostic> {
    let bound = bounds.file_size;
    let room = size.min(bound).saturating_add(1);
    let mut bytes = Vec::with_capacity(usize::try_from(room).unwrap_or_default());
    let read = stream.take(bound.saturating_add(1)).read_to_end(&mut bytes);
    read.map_err(|error| unreadable(name, &reason(&error)))?;
    match bytes.len() as u64 > bound {
        true => Err(too_large(name, bounds)),
        false => Ok(bytes),
    }
}

/// Says why a file that is there could not be read.
pub(super) fn unreadable_file(name: &str, error: &io::Error) -> Diagnostic {
    unreadable(name, &reason(error))
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
    let message = format!("cannot read `{name}`: {why}");
    Diagnostic::error(&Code::UNREADABLE_INPUT, message)
}

fn too_large(name: &str, bounds: &InputBounds) -> Diagnostic {
    let mib = bounds.file_size >> 20;
    let message = format!("`{name}` is larger than {mib} MiB");
    Diagnostic::error(&Code::INPUT_TOO_LARGE, message)
        .help("raise the bound with `--max-file-size`")
}

fn too_many(folder: &Path, bounds: &InputBounds) -> Diagnostic {
    let files = bounds.files;
    let folder = folder.display();
    let message = format!("`{folder}` holds more than {files} inputs; the rest is left out");
    Diagnostic::error(&Code::INPUT_TOO_LARGE, message).help("raise the bound with `--max-files`")
}

fn too_much(folder: &Path, bounds: &InputBounds) -> Diagnostic {
    let mib = bounds.folder_size >> 20;
    let folder = folder.display();
    let message =
        format!("the inputs in `{folder}` are larger than {mib} MiB; the rest is left out");
    Diagnostic::error(&Code::INPUT_TOO_LARGE, message)
        .help("raise the bound with `--max-folder-size`")
}

/// The error for a place without anything to read.
pub(super) fn nothing(path: &str) -> Diagnostic {
    let message = format!("`{path}` holds nothing that archq reads");
    Diagnostic::error(&Code::NOTHING_FOUND, message)
        .expected("a CloudFormation or SAM template, Terraform files, or a graph in JSON Lines")
}
