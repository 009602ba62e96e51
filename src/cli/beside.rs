//! Files that are written beside their place and then renamed, so that whatever happens in between
//! leaves the old one as it was.

use std::ffi::OsString;
use std::fs;
use std::fs::File;
use std::io;
use std::io::BufWriter;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process;

/// Writes a file; until all of it is on the disk, the old one stands in its place. What is no plain
/// file (a pipe, a device) is written to as it is.
pub(super) fn write(
    path: &Path,
    fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    // A link stays one; what it names is written.
    let place = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let old = fs::metadata(&place).ok();
    if old.as_ref().is_some_and(|old| !old.is_file()) {
        let mut out = BufWriter::new(File::create(&place)?);
        fill(&mut out)?;
        return out.flush();
    }
    let beside = name_beside(&place);
    let written = fill_whole(&beside, fill).and_then(|()| {
        if let Some(old) = old {
            fs::set_permissions(&beside, old.permissions())?;
        }
        fs::rename(&beside, &place)
    });
    if written.is_err() {
        // What is half is of no use; that it could not be written is told already.
        let _ = fs::remove_file(&beside);
    }
    written?;
    settle(&place)
}

/// Fills a file that is not there yet, up to the disk.
fn fill_whole(path: &Path, fill: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(1 << 20, File::create(path)?);
    fill(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()
}

/// Gives a name in the same folder that nobody else uses.
fn name_beside(place: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(place.file_name().unwrap_or_default());
    name.push(format!(".{}.part", process::id()));
    place.with_file_name(name)
}

/// Brings the new name to the disk, too, where folders can be opened.
fn settle(place: &Path) -> io::Result<()> {
    let folder = match place.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    match File::open(folder) {
        Ok(folder) if cfg!(unix) => folder.sync_all(),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_write_that_breaks_off_leaves_the_old_file() -> io::Result<()> {
        let folder = std::env::temp_dir().join(format!("archq-beside-{}", process::id()));
        fs::create_dir_all(&folder)?;
        let path = folder.join("graph.archq");
        write(&path, |out| out.write_all(b"old"))?;
        let broken = write(&path, |out| {
            out.write_all(b"half of the new")?;
            Err(io::Error::other("no room"))
        });
        assert!(broken.is_err());
        assert_eq!(fs::read(&path)?, b"old");
        assert_eq!(fs::read_dir(&folder)?.count(), 1, "nothing half is left");
        write(&path, |out| out.write_all(b"new"))?;
        assert_eq!(fs::read(&path)?, b"new");
        fs::remove_dir_all(&folder)
    }
}
