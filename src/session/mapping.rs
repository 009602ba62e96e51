//! A snapshot's file as bytes: mapped, so that opening it costs nothing, or read as a whole.
//!
//! The only place that maps a file.

use crate::model::Bytes;
use std::fs::File;
use std::io;

/// Gives the bytes of a file.
#[cfg(feature = "mmap")]
#[allow(unsafe_code, reason = "a mapping is memory that others may change")]
pub(super) fn bytes(file: File) -> io::Result<Bytes> {
    if !file.metadata()?.is_file() {
        return whole(file);
    }
    // SAFETY: archq never writes into a snapshot that is there: it writes beside it and renames, so
    // what was mapped stays what it was. Whoever else changes the file in place while archq reads
    // it can make it read wrong numbers, each of which is checked before it leads anywhere
    // (`model::guard`), and can end it by making the file shorter.
    match unsafe { memmap2::Mmap::map(&file) } {
        Ok(map) => Ok(Bytes::mapped(map)),
        // Not every file system maps.
        Err(_) => whole(file),
    }
}

/// Gives the bytes of a file.
#[cfg(not(feature = "mmap"))]
pub(super) fn bytes(file: File) -> io::Result<Bytes> {
    whole(file)
}

/// Reads a file as a whole; of a stream, whose length nobody knows, as much as it gives.
fn whole(mut file: File) -> io::Result<Bytes> {
    use std::io::Read as _;
    let about = file.metadata()?;
    if about.is_file() {
        let length = usize::try_from(about.len()).unwrap_or(usize::MAX);
        return Bytes::filled(length, |room| file.read_exact(room));
    }
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(Bytes::from(&bytes[..]))
}
