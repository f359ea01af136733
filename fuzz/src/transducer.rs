//! Term dictionaries built node by node, with arbitrary addresses.

/// The length of the header of a transducer.
pub const HEAD: usize = 16;
/// The address of the leaf, which has no bytes.
pub const LEAF: usize = 0;

/// The bytes of a transducer under construction.
pub struct Nodes(pub Vec<u8>);

impl Nodes {
    /// Starts a transducer without nodes.
    pub fn new() -> Nodes {
        Nodes([2_u64.to_le_bytes(), 0_u64.to_le_bytes()].concat())
    }

    /// Returns the address of the next node if it has this length.
    pub fn next(&self, length: usize) -> usize {
        self.0.len() + length - 1
    }

    /// Adds a node with an output if it is final, and transitions by input, output and address; returns its address.
    pub fn add(&mut self, is_final: Option<u64>, transitions: &[(u8, u64, usize)]) -> usize {
        let start = self.0.len() as u64;
        self.0.extend(is_final.unwrap_or_default().to_le_bytes().iter().take(if is_final.is_some() { 8 } else { 0 }));
        for (_, output, _) in transitions.iter().rev() {
            self.0.extend(output.to_le_bytes());
        }
        for &(.., target) in transitions.iter().rev() {
            let distance = if target == LEAF { 0 } else { start.wrapping_sub(target as u64) };
            self.0.extend(distance.to_le_bytes());
        }
        self.0.extend(transitions.iter().rev().map(|(input, ..)| input));
        if transitions.len() > 32 {
            let mut index = [255; 256];
            for (at, (input, ..)) in transitions.iter().enumerate() {
                index[usize::from(*input)] = byte(at);
            }
            self.0.extend(index);
        }
        let count = transitions.len();
        self.0.push(0x88);
        if count == 0 || count > 63 {
            self.0.push(if count == 256 { 1 } else { byte(count) });
        }
        let low = if count > 63 { 0 } else { byte(count) };
        self.0.push(low | if is_final.is_some() { 0x40 } else { 0 });
        self.0.len() - 1
    }

    /// Returns the length of a node that is not final.
    pub fn length(transitions: usize) -> usize {
        2 + transitions * 17
    }

    /// Returns a dictionary with a root that leads to `target` by `first`.
    pub fn rooted(mut self, first: u8, target: usize, count: u64, info: Info) -> Vec<u8> {
        self.add(None, &[(first, 0, target)]);
        self.dictionary(count, info)
    }

    /// Returns a dictionary of `count` terms with posting lists at `info`; the last node is the root.
    fn dictionary(mut self, count: u64, info: Info) -> Vec<u8> {
        let root = self.0.len() as u64 - 1;
        self.0.extend(count.to_le_bytes());
        self.0.extend(root.to_le_bytes());
        let (heads, rows) = info.of(count);
        let infos = [&(heads.len() as u64).to_le_bytes()[..], &count.to_le_bytes(), &heads, &rows].concat();
        self.0.extend(&infos);
        self.0.extend((infos.len() as u64).to_le_bytes());
        self.0.extend([1, 0, 0, 0, 1, 0, 0, 0]);
        self.0
    }
}

/// The positions of the posting lists of all terms of a dictionary.
#[derive(Clone, Copy)]
pub struct Info {
    pub entries: u32,
    pub start: u64,
    pub length: u32,
    /// The widths of the numbers in a row: entries, postings, positions.
    pub widths: [u8; 3],
    pub rows_at: u64,
}

impl Info {
    /// A list of one entry, at the start of the posting lists.
    pub const ONE: Info = Info { entries: 1, start: 0, length: 2, widths: [0; 3], rows_at: 0 };

    fn of(self, count: u64) -> (Vec<u8>, Vec<u8>) {
        let groups = count.min(1 << 16).div_ceil(256);
        let head = [
            &self.rows_at.to_le_bytes()[..],
            &self.entries.to_le_bytes(),
            &self.start.to_le_bytes(),
            &self.length.to_le_bytes(),
            &[0; 12],
            &self.widths,
        ]
        .concat();
        (head.repeat(usize::try_from(groups).expect("few groups")), vec![0; 64])
    }
}

/// Converts a number to a byte.
pub fn byte(number: usize) -> u8 {
    u8::try_from(number).expect("a byte")
}
