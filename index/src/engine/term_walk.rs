//! Enumerates the terms of a dictionary.
//!
//! A forged transducer of 3 KB can have 2^60 paths, through nodes that share their suffixes. A walk ends even there.
//! Every node leads to a term of at most [`TERM_MAX`] bytes, and term numbers ascend to a known limit. So a full walk
//! takes at most [`TERM_MAX`] steps for each term. A walk that an automaton prunes may find no term for long; it ends
//! after [`STEPS_MAX`] steps.

use tantivy_fst::Automaton;
use tantivy_fst::automaton::AlwaysMatch;

use super::node::Node;
use super::term_dictionary::{TERM_MAX, TermDictionary, sum};
use crate::error::{PackError, damaged};

/// The most transitions that a pruned walk follows. Among 1,000,000 words, a search at edit distance 1 follows some
/// 20,000; terms beyond the limit are not found.
const STEPS_MAX: usize = 1 << 20;

/// A walk along the transitions of a dictionary, depth first.
pub(crate) struct TermWalk<'a, A: Automaton> {
    terms: &'a TermDictionary,
    automaton: A,
    /// The nodes from the first to the current one.
    path: Vec<Step<'a, A::State>>,
    key: Vec<u8>,
    /// The number of the current term.
    number: u64,
    /// The least number that the next term may have.
    number_min: u64,
    steps_left: usize,
    /// True until the first node was examined.
    is_new: bool,
}

struct Step<'a, S> {
    node: Node<'a>,
    /// The number of the next transition.
    next: usize,
    /// The sum of the outputs on the path.
    output: u64,
    state: S,
}

impl<'a> TermWalk<'a, AlwaysMatch> {
    /// Starts a walk over the terms that begin with `prefix`.
    pub(crate) fn below(terms: &'a TermDictionary, prefix: &[u8]) -> Result<TermWalk<'a, AlwaysMatch>, PackError> {
        let start = if prefix.len() > TERM_MAX { None } else { terms.descend(prefix)? };
        Ok(TermWalk::start(terms, AlwaysMatch, start, prefix.to_vec(), usize::MAX))
    }
}

impl<'a, A: Automaton> TermWalk<'a, A> {
    /// Starts a walk over the terms that `automaton` accepts.
    pub(crate) fn matching(terms: &'a TermDictionary, automaton: A) -> Result<TermWalk<'a, A>, PackError> {
        let start = terms.first_node()?.map(|node| (node, 0));
        Ok(TermWalk::start(terms, automaton, start, Vec::new(), STEPS_MAX))
    }

    fn start(
        terms: &'a TermDictionary,
        automaton: A,
        start: Option<(Node<'a>, u64)>,
        key: Vec<u8>,
        steps_left: usize,
    ) -> Self {
        let state = automaton.start();
        let first = start.map(|(node, output)| Step { node, next: 0, output, state });
        let path = first.into_iter().collect();
        TermWalk { terms, automaton, path, key, number: 0, number_min: 0, steps_left, is_new: true }
    }

    /// Goes to the next term; returns false where there is none.
    pub(crate) fn advance(&mut self) -> Result<bool, PackError> {
        if std::mem::take(&mut self.is_new) && self.is_at_term()? {
            return Ok(true);
        }
        while let Some(step) = self.path.last_mut() {
            if step.next == step.node.count() {
                self.path.pop();
                // The first node has no byte of its own.
                if !self.path.is_empty() {
                    self.key.pop();
                }
                continue;
            }
            let Some(steps_left) = self.steps_left.checked_sub(1) else { return Ok(false) };
            self.steps_left = steps_left;
            let transition = step.node.transition(step.next)?;
            step.next += 1;
            let state = self.automaton.accept(&step.state, transition.input);
            if !self.automaton.can_match(&state) {
                continue;
            }
            if self.key.len() >= TERM_MAX {
                return Err(damaged("a term of a dictionary has no end"));
            }
            let output = sum(step.output, transition.output)?;
            self.key.push(transition.input);
            self.path.push(Step { node: self.terms.node(transition.target)?, next: 0, output, state });
            if self.is_at_term()? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Returns the current term.
    pub(crate) fn key(&self) -> &[u8] {
        &self.key
    }

    /// Returns the number of the current term.
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// Returns true if a term that the automaton accepts ends at the current node.
    fn is_at_term(&mut self) -> Result<bool, PackError> {
        let Some(step) = self.path.last() else { return Ok(false) };
        if !step.node.is_final() || !self.automaton.is_match(&step.state) {
            return Ok(false);
        }
        self.number = sum(step.output, step.node.final_output())?;
        if self.number < self.number_min || self.number >= self.terms.count() {
            return Err(damaged("the terms of a dictionary are not in order"));
        }
        self.number_min = self.number + 1;
        Ok(true)
    }
}
