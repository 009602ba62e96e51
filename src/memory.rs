//! Where the program gets its memory: from mimalloc, asked the short way.
//!
//! Templates become many small texts and lists. The library's own wrapper names an alignment with
//! every request, which takes twice as long as to ask for memory that suits any pointer.

use libmimalloc_sys as mi;
use std::alloc::{GlobalAlloc, Layout};

/// The alignment that every piece of memory has.
const USUAL: usize = align_of::<usize>();

/// Gives and takes memory.
pub(crate) struct Allocator;

// SAFETY: mimalloc gives pieces of at least the size that is asked for, aligned for any pointer or as
// asked, or null; what it gave it also takes back and makes larger, whichever function gave it.
#[allow(unsafe_code, reason = "memory is asked of a C library")]
unsafe impl GlobalAlloc for Allocator {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let (size, align) = (layout.size(), layout.align());
        match align <= USUAL {
            true => unsafe { mi::mi_malloc(size) }.cast(),
            false => unsafe { mi::mi_malloc_aligned(size, align) }.cast(),
        }
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        let (size, align) = (layout.size(), layout.align());
        match align <= USUAL {
            true => unsafe { mi::mi_zalloc(size) }.cast(),
            false => unsafe { mi::mi_zalloc_aligned(size, align) }.cast(),
        }
    }

    #[inline]
    unsafe fn dealloc(&self, memory: *mut u8, _: Layout) {
        unsafe { mi::mi_free(memory.cast()) }
    }

    #[inline]
    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        let align = layout.align();
        match align <= USUAL {
            true => unsafe { mi::mi_realloc(memory.cast(), size) }.cast(),
            false => unsafe { mi::mi_realloc_aligned(memory.cast(), size, align) }.cast(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gives_memory_aligned_as_asked() {
        #[repr(align(4096))]
        struct Page(#[allow(dead_code, reason = "only its layout counts")] u8);
        let odd = Layout::new::<[u8; 3]>();
        for layout in [odd, Layout::new::<[u128; 3]>(), Layout::new::<Page>()] {
            // SAFETY: the piece is as large as the layout says and is given back as it was given.
            #[allow(unsafe_code, reason = "the allocator is called as Rust calls it")]
            unsafe {
                let memory = Allocator.alloc(layout);
                assert_eq!(memory.addr() % layout.align(), 0);
                Allocator.dealloc(memory, layout);
            }
        }
    }
}
