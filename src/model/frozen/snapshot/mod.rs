//! A packed graph as one file that is mapped and not parsed.
//!
//! Layout: 8 bytes of magic, the version, the length of the header and its checksum; the header, a
//! line of JSON that names every array by place, length and checksum; the arrays, each at a
//! multiple of 64 bytes; the magic again. Little-endian, as every machine this runs on.
//!
//! Opening checks the header, its checksum, the length, the end and that all arrays are as long as
//! they have to be, so a torn or foreign file is refused. It does not read the arrays: those of a
//! small snapshot are summed up, those of a large one only where that is asked for
//! ([`Graph::open_verified`]). What a broken array says is checked when it is read (`model::guard`),
//! left out, and remembered ([`Graph::is_broken`]).

mod header;
mod open;
mod write;

use crate::model::Graph;
use std::fmt;

const MAGIC: &[u8; 8] = b"\x89archq\r\n";
/// Raised whenever the layout changes; an older file is refused by number.
const VERSION: u32 = 2;
/// Magic, version, length and checksum of the header.
const PREFIX: usize = 24;
const ALIGN: usize = 64;

/// Why a file is not opened as a snapshot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SnapshotError {
    /// It does not begin like one.
    Foreign,
    /// It is one of another version of archq.
    Version(u32),
    /// It ends too early, or its parts do not fit together.
    Torn(&'static str),
}

impl fmt::Display for SnapshotError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Foreign => write!(f, "not a snapshot of archq"),
            Self::Version(found) => {
                write!(
                    f,
                    "a snapshot of layout {found}, this archq reads layout {VERSION}"
                )
            }
            Self::Torn(what) => write!(f, "a snapshot that is torn: {what}"),
        }
    }
}

impl std::error::Error for SnapshotError {}

impl Graph {
    /// Tells whether an array of the snapshot was met that is broken; what was read so far may then
    /// lack nodes and edges.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.rest.as_ref().is_some_and(|rest| rest.is_broken())
    }
}

/// FNV-1a, 64 bits: a header is some kilobytes.
fn checksum(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |sum, byte| {
        (sum ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Sums up an array: four words side by side, at the speed of memory.
fn sum(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x517c_c1b7_2722_0a95;
    let mix = |sum: u64, word: u64| (sum.rotate_left(5) ^ word).wrapping_mul(FACTOR);
    let word = |part: &[u8]| {
        let mut word = [0; 8];
        word[..part.len()].copy_from_slice(part);
        u64::from_le_bytes(word)
    };
    let mut rows = bytes.chunks_exact(32);
    let mut lanes = [1u64, 2, 3, 4];
    for row in &mut rows {
        for (lane, part) in lanes.iter_mut().zip(row.chunks_exact(8)) {
            *lane = mix(*lane, word(part));
        }
    }
    let rest = rows.remainder().chunks(8).map(word);
    let start = mix(0, bytes.len() as u64);
    lanes.into_iter().chain(rest).fold(start, mix)
}

fn align(at: usize) -> usize {
    at.div_ceil(ALIGN) * ALIGN
}
