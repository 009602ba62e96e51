//! Arrays of plain numbers that are either owned or part of a snapshot, and the snapshot's bytes.

use bytemuck::Pod;
use std::fmt;
use std::io;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// The bytes of a snapshot, shared by all arrays in it: a mapped file, a buffer, or a part of the
/// program itself. They neither move nor change.
#[derive(Clone)]
pub struct Bytes(Arc<Keep>);

enum Keep {
    /// Whole words, so that arrays in them are aligned, and how many bytes of them count.
    Owned(Vec<u64>, usize),
    BuiltIn(&'static [u8]),
    #[cfg(feature = "mmap")]
    Mapped(memmap2::Mmap),
}

impl Bytes {
    /// Makes a buffer of a length that `fill` fills.
    ///
    /// # Errors
    /// Where `fill` fails.
    pub fn filled(
        length: usize,
        fill: impl FnOnce(&mut [u8]) -> io::Result<()>,
    ) -> io::Result<Self> {
        let mut words = vec![0u64; length.div_ceil(8)];
        let bytes: &mut [u8] = bytemuck::cast_slice_mut(&mut words);
        fill(bytes.get_mut(..length).unwrap_or(&mut []))?;
        Ok(Self(Arc::new(Keep::Owned(words, length))))
    }

    /// Takes bytes that are part of the program; arrays are found in them where they are aligned.
    #[must_use]
    pub fn built_in(bytes: &'static [u8]) -> Self {
        Self(Arc::new(Keep::BuiltIn(bytes)))
    }

    /// Takes a file that was mapped.
    #[cfg(feature = "mmap")]
    #[must_use]
    pub fn mapped(map: memmap2::Mmap) -> Self {
        Self(Arc::new(Keep::Mapped(map)))
    }

    /// Tells whether the bytes are part of the program, and as they were built.
    pub(super) fn is_built_in(&self) -> bool {
        matches!(*self.0, Keep::BuiltIn(_))
    }
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match &*self.0 {
            Keep::Owned(words, length) => {
                let bytes: &[u8] = bytemuck::cast_slice(words);
                bytes.get(..*length).unwrap_or(bytes)
            }
            Keep::BuiltIn(bytes) => bytes,
            #[cfg(feature = "mmap")]
            Keep::Mapped(map) => map,
        }
    }
}

impl From<&[u8]> for Bytes {
    fn from(bytes: &[u8]) -> Self {
        let mut words = vec![0u64; bytes.len().div_ceil(8)];
        let room: &mut [u8] = bytemuck::cast_slice_mut(&mut words);
        for (to, from) in room.iter_mut().zip(bytes) {
            *to = *from;
        }
        Self(Arc::new(Keep::Owned(words, bytes.len())))
    }
}

impl fmt::Debug for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Bytes({})", self.len())
    }
}

/// An array that is read as a slice.
#[derive(Clone)]
pub(crate) enum Slab<T: 'static> {
    Owned(Vec<T>),
    /// Items that lie in the bytes beside them.
    Kept(&'static [T], Bytes),
}

impl<T: Pod> Slab<T> {
    /// Takes a part of a snapshot; `None` where it does not hold whole, aligned items.
    pub(crate) fn of(bytes: &Bytes, range: Range<usize>) -> Option<Self> {
        let part = bytes.get(range)?;
        let items = bytemuck::try_cast_slice::<u8, T>(part).ok()?;
        Some(Self::Kept(outlive(items, bytes), bytes.clone()))
    }

    /// Gives the array to a writer of snapshots.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        bytemuck::cast_slice(self)
    }
}

/// Lets a slice of `keep` be stored beside it.
#[allow(
    unsafe_code,
    reason = "an array that finds its part of a snapshot anew at each access costs twice the walk"
)]
fn outlive<T: Pod>(items: &[T], _keep: &Bytes) -> &'static [T] {
    // SAFETY: `items` lie in the memory of `keep`: a heap block, a mapping or the program, which
    // neither moves nor is written to as long as one clone of `keep` lives, for `Bytes` has no way
    // to change it. The only caller stores such a clone in the same value, which hands the slice
    // out for no longer than it is borrowed itself.
    unsafe { std::slice::from_raw_parts(items.as_ptr(), items.len()) }
}

impl<T> Deref for Slab<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        match self {
            Self::Owned(items) => items,
            Self::Kept(items, _) => items,
        }
    }
}

impl<T> Default for Slab<T> {
    fn default() -> Self {
        Self::Owned(Vec::new())
    }
}

impl<T> From<Vec<T>> for Slab<T> {
    fn from(items: Vec<T>) -> Self {
        Self::Owned(items)
    }
}

impl<T> fmt::Debug for Slab<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Owned(items) => write!(f, "Slab({})", items.len()),
            Self::Kept(items, keep) => write!(f, "Slab({} in {keep:?})", items.len()),
        }
    }
}
