//! Tries in place: double arrays in the format of Darts-clone, which the rules of normalisation of `sentencepiece` have.
//!
//! A node is a unit of 32 bits. A byte leads to the unit at the node's base XOR the byte, if that unit has the byte as
//! its label. The base is the place of the node XOR its offset; a key that ends here has its value at the base itself.
//!
//! ```text
//! node   label (8 bits), 1 if a key ends here, 1 if the offset stands for 256 times as much, offset (22 bits)
//! value  31 bits, then 1
//! ```
//!
//! A damaged unit can lead anywhere, so each place is looked up with a check.

/// The greatest number of units of a trie.
pub(crate) const UNITS_MAX: u32 = 1 << 24;

/// A trie, in place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DoubleArray<'a> {
    pub(crate) units: &'a [[u8; 4]],
}

impl<'a> DoubleArray<'a> {
    /// Returns the length and the value of each key that `text` begins with, the shortest first.
    pub(crate) fn prefixes<'t>(self, text: &'t [u8]) -> impl Iterator<Item = (usize, u32)> + use<'a, 't> {
        let mut node = self.root();
        // A byte 0 would lead to a value.
        text.iter()
            .take_while(|&&byte| byte != 0)
            .zip(1..)
            .map_while(move |(&byte, length)| {
                let parent = node?;
                node = self.child(parent, byte);
                node.map(|node| (length, self.value(node)))
            })
            .filter_map(|(length, value)| Some((length, value?)))
    }

    /// Calls `found` with each key and its value.
    ///
    /// # Errors
    ///
    /// A node that stands in two places or behind the end, in words; the first error of `found`.
    pub(crate) fn for_each_key(
        self,
        mut found: impl FnMut(&[u8], u32) -> Result<(), &'static str>,
    ) -> Result<(), &'static str> {
        let mut seen = vec![false; self.units.len()];
        let mut open: Vec<(Node, usize, u8)> = self.root().map(|root| (root, 0, 0)).into_iter().collect();
        let mut key = Vec::new();
        while let Some((node, length, label)) = open.pop() {
            if std::mem::replace(&mut seen[node.place], true) {
                return Err("a node of a trie stands in two places");
            }
            key.truncate(length.saturating_sub(1));
            key.extend((length > 0).then_some(label));
            if node.ends_key() {
                found(&key, self.value(node).ok_or("a value of a trie is missing")?)?;
            }
            let children = (1..=u8::MAX).filter_map(|byte| Some((self.child(node, byte)?, length + 1, byte)));
            open.extend(children);
        }
        Ok(())
    }

    /// Returns the values of all keys; that of several keys may stand once, where these share their ends.
    pub(crate) fn values(self) -> Vec<u32> {
        let mut seen = vec![false; self.units.len()];
        let mut open: Vec<Node> = self.root().into_iter().collect();
        let mut values = Vec::new();
        while let Some(node) = open.pop() {
            if !std::mem::replace(&mut seen[node.place], true) {
                values.extend(self.value(node));
                open.extend((1..=u8::MAX).filter_map(|byte| self.child(node, byte)));
            }
        }
        values
    }

    fn root(self) -> Option<Node> {
        self.node(0)
    }

    fn node(self, place: usize) -> Option<Node> {
        self.units.get(place).map(|&unit| Node { place, unit: u32::from_le_bytes(unit) })
    }

    fn child(self, parent: Node, byte: u8) -> Option<Node> {
        self.node(parent.base() ^ usize::from(byte)).filter(|node| node.label() == u32::from(byte))
    }

    /// Returns the value of the key that ends at a node.
    fn value(self, node: Node) -> Option<u32> {
        let value = self.node(node.base()).filter(|_| node.ends_key())?;
        Some(value.unit & 0x7fff_ffff)
    }
}

/// A unit and its place.
#[derive(Clone, Copy)]
struct Node {
    place: usize,
    unit: u32,
}

impl Node {
    /// Returns the byte that leads here; a value has none.
    fn label(self) -> u32 {
        self.unit & 0x8000_00ff
    }

    fn ends_key(self) -> bool {
        self.unit & 1 << 8 != 0
    }

    fn base(self) -> usize {
        let shift = if self.unit & 1 << 9 == 0 { 0 } else { 8 };
        self.place ^ ((self.unit >> 10) << shift) as usize
    }
}
