//! Strings are freed with the size of their allocation, even if the caller wrote into them.

#![expect(unsafe_code, reason = "an allocator that compares, and a caller of C functions")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::ffi::c_char;
use std::ptr;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The length of the head before each block, which holds its size.
const HEAD: usize = 64;

/// The number of blocks freed with a size other than that of their allocation.
static MISMATCHES: AtomicUsize = AtomicUsize::new(0);

struct Comparing;

fn with_head(layout: Layout) -> Layout {
    Layout::from_size_align(layout.size() + HEAD, layout.align().max(HEAD)).expect("blocks of tests are small")
}

// SAFETY: every block comes from `System`, with a head unless its alignment is greater than `HEAD`.
unsafe impl GlobalAlloc for Comparing {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.align() > HEAD {
            // SAFETY: as the caller promises.
            return unsafe { System.alloc(layout) };
        }
        // SAFETY: the size is not 0, and the head is part of the block.
        unsafe {
            let block = System.alloc(with_head(layout));
            if !block.is_null() {
                block.cast::<usize>().write_unaligned(layout.size());
                return block.add(HEAD);
            }
            block
        }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if layout.align() > HEAD {
            // SAFETY: as the caller promises.
            return unsafe { System.dealloc(block, layout) };
        }
        // SAFETY: the block was allocated above, with a head.
        unsafe {
            let block = block.sub(HEAD);
            let size = block.cast::<usize>().read_unaligned();
            if size != layout.size() {
                MISMATCHES.fetch_add(1, Ordering::Relaxed);
            }
            System.dealloc(block, with_head(Layout::from_size_align(size, layout.align()).expect("it was a layout")));
        }
    }
}

#[global_allocator]
static ALLOCATOR: Comparing = Comparing;

#[test]
fn a_shortened_string_is_freed_with_the_size_that_it_was_allocated_with() {
    let markdown = c"**Hold** the button for ten seconds.";
    for cut in [0, 1, 10] {
        let mut error: *mut c_char = ptr::null_mut();
        // SAFETY: by the rules of faqt.h, texts end with a NUL, and each string is freed once.
        unsafe {
            let shown = faqt_c::faqt_plain(markdown.as_ptr(), usize::MAX, &raw mut error);
            assert!(!shown.is_null() && error.is_null());
            shown.add(cut).write(0);
            faqt_c::faqt_string_free(shown);
            faqt_c::faqt_open(ptr::null(), &raw mut error);
            error.add(cut).write(0);
            faqt_c::faqt_string_free(error);
        }
    }
    assert_eq!(MISMATCHES.load(Ordering::Relaxed), 0);
}
