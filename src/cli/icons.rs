//! A folder of icons, read for pictures.
//!
//! Takes the name of a folder; gives its SVG and PNG files under their names. What a name means and
//! what an icon may hold is known to `render`.

use crate::diag::Code;
use crate::diag::Diagnostic;
use crate::render::Icons;
use std::fs;
use std::io;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;

const ENDINGS: [&str; 2] = ["svg", "png"];

/// Reads the icons of a folder; folders in it are left out.
///
/// # Errors
/// Where the folder cannot be read, or holds no icon.
pub(super) fn read(folder: &Path) -> Result<Icons, Diagnostic> {
    let files = files(folder).map_err(|error| unreadable(folder, &error.to_string()))?;
    if files.is_empty() {
        return Err(unreadable(folder, "there is no .svg and no .png in it"));
    }
    let mut icons = Icons::new(&folder.display().to_string());
    for file in files.iter().take(Icons::COUNT) {
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        let bytes = bytes(file).map_err(|error| unreadable(file, &error.to_string()))?;
        icons.add(&name, &bytes);
    }
    Ok(icons)
}

fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let is_icon = |path: &PathBuf| {
        let ending = path.extension().and_then(|ending| ending.to_str());
        ending.is_some_and(|own| ENDINGS.iter().any(|e| e.eq_ignore_ascii_case(own)))
            && path.is_file()
    };
    let mut files: Vec<PathBuf> = fs::read_dir(folder)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(is_icon)
        .collect();
    files.sort();
    Ok(files)
}

/// Reads a file, and no more of it than shows that it is too large.
fn bytes(file: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    let most = Icons::BYTES as u64 + 1;
    fs::File::open(file)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(path: &Path, why: &str) -> Diagnostic {
    let message = format!(
        "cannot read icons from `{}`: {}",
        path.display(),
        why.to_lowercase()
    );
    Diagnostic::error(&Code::UNREADABLE_INPUT, message)
}
