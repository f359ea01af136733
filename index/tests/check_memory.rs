//! A check holds a single copy of the pack that it asks.

#![expect(unsafe_code, reason = "an allocator that looks at sizes")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

use faqt::build::Builder;

/// The size of the blocks that are counted.
static WANTED: AtomicUsize = AtomicUsize::new(usize::MAX);
/// The number of blocks of that size that were asked for.
static FOUND: AtomicUsize = AtomicUsize::new(0);

struct Counting;

// SAFETY: every block is the system's.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if layout.size() == WANTED.load(Ordering::Relaxed) {
            FOUND.fetch_add(1, Ordering::Relaxed);
        }
        // SAFETY: as the caller promises.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as the caller promises.
        unsafe { System.dealloc(block, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

#[test]
fn a_check_makes_no_copy_of_the_pack() {
    let folder = tempfile::tempdir().expect("a folder");
    let entry = |entry: u32| format!("# Question {entry}?\n\nAnswer {entry}.\n\n");
    let text = (0..200).map(entry).collect::<Vec<String>>().concat();
    std::fs::write(folder.path().join("faq.md"), text).expect("it can be written");
    let builder = Builder::new(folder.path());
    let length = builder.build().expect("the content is sound").pack.len();
    // A copy is a block of exactly the pack's length; the buffer of a pack that is being written grows by doubling.
    WANTED.store(length, Ordering::Relaxed);
    let checked = builder.check().expect("the content can be read");
    assert_eq!((checked.entries, FOUND.load(Ordering::Relaxed)), (200, 0));
}
