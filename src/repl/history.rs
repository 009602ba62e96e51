//! Where the history lies: the XDG state folder, for nobody but its owner.

use rustyline::Editor;
use rustyline::Helper;
use rustyline::history::FileHistory;
use std::env;
use std::fs::DirBuilder;
use std::fs::OpenOptions;
use std::io;
use std::path::Path;
use std::path::PathBuf;

/// Loads the history; gives its file, or nothing where there is no place for one.
pub(super) fn open<H: Helper>(line: &mut Editor<H, FileHistory>) -> Option<PathBuf> {
    let path = file()?;
    make_private(&path).ok()?;
    // A broken history is left behind, not mourned.
    let _ = line.load_history(&path);
    Some(path)
}

/// Gives `$XDG_STATE_HOME/archq/history` or `~/.local/state/archq/history`.
fn file() -> Option<PathBuf> {
    let state = env::var_os("XDG_STATE_HOME")
        .map(PathBuf::from)
        .filter(|folder| folder.is_absolute());
    let home = || env::var_os("HOME").filter(|home| !home.is_empty());
    let state = state.or_else(|| Some(PathBuf::from(home()?).join(".local/state")))?;
    Some(state.join("archq").join("history"))
}

/// Makes the file and its folder where they are missing, readable by their owner alone.
fn make_private(path: &Path) -> io::Result<()> {
    let mut folders = DirBuilder::new();
    folders.recursive(true);
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        use std::os::unix::fs::OpenOptionsExt;
        folders.mode(0o700);
        options.mode(0o600);
    }
    folders.create(path.parent().unwrap_or(path))?;
    let file = options.open(path)?;
    #[cfg(unix)]
    {
        use std::fs::Permissions;
        use std::os::unix::fs::PermissionsExt;
        file.set_permissions(Permissions::from_mode(0o600))?;
    }
    drop(file);
    Ok(())
}
