//! Arrays of plain numbers that are either owned or part of a snapshot that was mapped.

use bytemuck::Pod;
use std::fmt;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// The bytes of a snapshot, shared by all arrays in it; a mapped file or a plain buffer.
pub type Bytes = Arc<dyn AsRef<[u8]> + Send + Sync>;

/// An array that is read as a slice.
#[derive(Clone)]
pub(crate) enum Slab<T> {
    Owned(Vec<T>),
    Mapped(Bytes, Range<usize>),
}

impl<T: Pod> Slab<T> {
    /// Takes a part of a snapshot; `None` where it does not hold whole, aligned items.
    pub(crate) fn mapped(bytes: &Bytes, range: Range<usize>) -> Option<Self> {
        let part = (**bytes).as_ref().get(range.clone())?;
        bytemuck::try_cast_slice::<u8, T>(part).ok()?;
        Some(Self::Mapped(bytes.clone(), range))
    }

    /// Gives the array to a writer of snapshots.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        bytemuck::cast_slice(self)
    }
}

impl<T: Pod> Deref for Slab<T> {
    type Target = [T];

    #[inline]
    fn deref(&self) -> &[T] {
        match self {
            Self::Owned(items) => items,
            // `mapped` has cast this very part once; the bytes do not change.
            Self::Mapped(bytes, range) => {
                let part = (**bytes).as_ref().get(range.clone()).unwrap_or(&[]);
                bytemuck::try_cast_slice(part).unwrap_or(&[])
            }
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

impl<T: Pod> fmt::Debug for Slab<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kept = if matches!(self, Self::Owned(_)) {
            "owned"
        } else {
            "mapped"
        };
        write!(f, "Slab({} {kept})", self.len())
    }
}
