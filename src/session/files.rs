//! Files that an input names, read from the disk beside it.
//!
//! A template is a stranger's text: it may name only what lies in the project it belongs to, and
//! only ordinary files of a bounded size are read.

use crate::import::Files;
use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

/// How many folders above the one of the input a project may begin, where nothing marks its root.
const FOLDERS_UP: usize = 3;

/// Most files of one folder that are listed.
const FILES_LISTED: usize = 4_096;

/// Reads files of the project that the inputs are in.
#[derive(Debug)]
pub(super) struct Disk {
    /// Nothing outside of this folder is read; nothing at all where there is none.
    root: Option<PathBuf>,
    /// Largest file, in bytes.
    size: u64,
}

impl Disk {
    /// Makes a reader for the inputs at a path.
    pub(super) fn beside(path: &Path, size: u64) -> Self {
        let place = fs::canonicalize(path).ok();
        let folder = place.map(|place| match place.is_dir() {
            true => place,
            false => place.parent().map(Path::to_owned).unwrap_or_default(),
        });
        Self {
            root: folder.map(|folder| root_of(&folder)),
            size,
        }
    }

    /// Makes a reader that reads nothing: what came from a pipe has no neighbours.
    pub(super) fn nowhere() -> Self {
        Self {
            root: None,
            size: 0,
        }
    }
}

/// Gives the project's root: where its repository begins, else a few folders up.
fn root_of(folder: &Path) -> PathBuf {
    let repository = folder.ancestors().find(|f| f.join(".git").exists());
    let above = || folder.ancestors().take(FOLDERS_UP + 1).last();
    repository.or_else(above).unwrap_or(folder).to_owned()
}

impl Files for Disk {
    fn read(&self, base: &str, relative: &str) -> io::Result<Vec<u8>> {
        let denied = |why: &str| io::Error::new(io::ErrorKind::PermissionDenied, why.to_owned());
        let root = self.root.as_ref();
        let root = root.ok_or_else(|| denied("there are no files beside it"))?;
        let folder = Path::new(base).parent().unwrap_or(Path::new(""));
        let path = fs::canonicalize(folder.join(relative))?;
        if !path.starts_with(root) {
            return Err(denied("it lies outside of the project"));
        }
        let about = fs::metadata(&path)?;
        if !about.is_file() {
            return Err(denied("it is not an ordinary file"));
        }
        if about.len() > self.size {
            return Err(denied("it is too large"));
        }
        fs::read(path)
    }

    fn list(&self, folder: &str) -> io::Result<Vec<String>> {
        let outside = || io::Error::from(io::ErrorKind::PermissionDenied);
        let root = self.root.as_ref().ok_or_else(outside)?;
        let path = fs::canonicalize(folder)?;
        if !path.starts_with(root) {
            return Err(outside());
        }
        let entries = fs::read_dir(path)?.take(FILES_LISTED).flatten();
        Ok(entries
            .map(|entry| entry.file_name().to_string_lossy().into_owned())
            .collect())
    }
}
