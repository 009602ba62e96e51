//! Where the program gets its memory: from mimalloc, asked the short way.
//!
//! Templates become many small texts and lists. The library's own wrapper names an alignment with
//! every request, which takes twice as long as to ask for memory that suits any pointer; and what is
//! given back is kept for a while, for the kernel clears a page before it gives it out again.

use libmimalloc_sys as mi;
use std::alloc::{GlobalAlloc, Layout};
use std::ffi::c_long;

/// The alignment that every piece of memory has.
const USUAL: usize = align_of::<usize>();

/// How long memory that nobody needs is kept before the system gets it back, in milliseconds: as
/// long as most templates take. Ten times as long brings no speed, and a third more memory for a
/// million nodes.
const KEPT: c_long = 100;

/// The number of `mi_option_purge_delay` among mimalloc's options, which the bindings do not name.
const PURGE_DELAY: mi::mi_option_t = 15;

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

/// Keeps memory that was given back for its next use; to be called before there is much of it.
#[allow(unsafe_code, reason = "an option of a C library is set")]
pub(crate) fn keep() {
    // SAFETY: this writes a number, which mimalloc reads when it next asks how long to wait.
    unsafe { mi::mi_option_set(PURGE_DELAY, KEPT) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_memory_as_long_as_it_says() {
        // SAFETY: this reads a number.
        #[allow(unsafe_code, reason = "an option of a C library is read")]
        let kept = || unsafe { mi::mi_option_get(PURGE_DELAY) };
        assert_eq!(kept(), 10, "no longer the option that it was");
        keep();
        assert_eq!(kept(), KEPT);
    }

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
