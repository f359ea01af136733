//! An error of a damaged pack names the section that was read and the block that was changed.

use std::ops::Range;

use faqt::build::Builder;
use faqt::{KnowledgeBase, OpenError, PackError, SearchError};

const BLOCK: usize = 4096;
const HEAD: usize = 32;

fn pack() -> Vec<u8> {
    let entry = |number| format!("# Where is lamp {number}?\n\nIn room {}, beside door {}.\n", number * 7, number * 13);
    let text: Vec<String> = (0..2_000).map(entry).collect();
    Builder::from_files("help", [("a.md", text.concat())]).findability(false).build().expect("sound").pack
}

/// Returns the error of opening or verifying a pack.
fn error(pack: Vec<u8>) -> PackError {
    match KnowledgeBase::from_vec(pack) {
        Ok(kb) => kb.verify().expect_err("it is damaged"),
        Err(OpenError::Pack(error)) => error,
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn a_changed_block_is_named_with_a_section_in_it() {
    let pack = pack();
    let mut sections: Vec<(String, Range<usize>)> = Vec::new();
    let kb = KnowledgeBase::from_vec(pack.clone()).expect("sound");
    for (name, length) in kb.parts().filter(|(name, _)| *name != "head") {
        let start = sections.last().map_or(HEAD, |(_, range)| range.end);
        sections.push((name.to_owned(), start..start + length));
    }
    let end = sections.last().map(|(_, range)| range.end).expect("there are sections");
    assert!(end / BLOCK > 20, "{end}");
    for start in (0..end).step_by(BLOCK) {
        let block = start.max(HEAD)..end.min(start + BLOCK);
        let mut changed = pack.clone();
        changed[block.end - 1] ^= 0x20;
        let error = error(changed);
        let PackError::Damaged { section: Some(section), offset, .. } = &error else { panic!("{start}: {error:?}") };
        assert_eq!(*offset, Some(block.start as u64), "{error:?}");
        let (_, range) = sections.iter().find(|(name, _)| name == section).expect("a section of the pack");
        assert!(range.start < block.end && block.start < range.end, "{start}: {error:?}");
    }
    // The checksums of the blocks.
    let mut changed = pack.clone();
    changed[end] ^= 0x20;
    let PackError::Damaged { offset, .. } = error(changed) else { panic!("the pack is damaged") };
    assert_eq!(offset, Some(end as u64));
}

#[test]
fn a_search_says_where_a_pack_is_damaged() {
    let mut pack = pack();
    // The entries come first.
    pack[HEAD + BLOCK] ^= 0x20;
    let kb = KnowledgeBase::from_vec(pack).expect("its ends are sound");
    let failed: Vec<SearchError> = kb.entries().filter_map(Result::err).collect();
    assert!(!failed.is_empty());
    for error in failed {
        let SearchError::Pack(PackError::Damaged { section, offset, .. }) = error else { panic!("{error}") };
        assert_eq!((section.as_deref(), offset), (Some("entries"), Some(BLOCK as u64)));
    }
}
