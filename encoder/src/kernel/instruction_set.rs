//! Sets of instructions, and the choice among them at run time.

use super::dots::{Plain, Work};
#[cfg(target_arch = "aarch64")]
use super::neon::Neon;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use super::wasm::Simd128;
#[cfg(target_arch = "x86_64")]
use super::x86::{Avx2, Avx512Vnni, Sse2};

/// A set of instructions that vectors are computed with.
///
/// All yield the same bits. The choice is for tests and measurements: an encoder takes the fastest of the processor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InstructionSet {
    /// No vector instructions but those that the compiler finds.
    Plain,
    /// SSE2, which every processor of x86-64 has.
    Sse2,
    /// AVX2 of x86-64.
    Avx2,
    /// AVX-512 of x86-64 with VNNI.
    Avx512Vnni,
    /// NEON of 64-bit Arm.
    Neon,
    /// 128-bit vectors of WebAssembly, in programs that were compiled for them.
    Simd128,
}

impl InstructionSet {
    /// All sets, the slowest first.
    const ALL: [InstructionSet; 6] = [
        InstructionSet::Plain,
        InstructionSet::Sse2,
        InstructionSet::Simd128,
        InstructionSet::Neon,
        InstructionSet::Avx2,
        InstructionSet::Avx512Vnni,
    ];

    /// Returns the sets that the processor has, the slowest first.
    pub fn available() -> impl Iterator<Item = InstructionSet> {
        struct Nothing;
        impl Work for Nothing {
            type Output = ();
            fn run<K: super::dots::Kernel>(self, _: K) {}
        }
        InstructionSet::ALL.into_iter().filter(|set| set.run(Nothing).is_ok())
    }

    /// Computes with the fastest set that the processor has.
    pub(crate) fn run_fastest<W: Work>(work: W) -> W::Output {
        #[cfg(target_arch = "x86_64")]
        {
            if let Some(kernel) = Avx512Vnni::detect() {
                return kernel.run(work);
            }
            if let Some(kernel) = Avx2::detect() {
                return kernel.run(work);
            }
            work.run(Sse2)
        }
        #[cfg(target_arch = "aarch64")]
        match Neon::detect() {
            Some(kernel) => kernel.run(work),
            None => work.run(Plain),
        }
        #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
        {
            work.run(Simd128)
        }
        #[cfg(not(any(
            target_arch = "x86_64",
            target_arch = "aarch64",
            all(target_arch = "wasm32", target_feature = "simd128")
        )))]
        {
            work.run(Plain)
        }
    }

    /// Computes with this set, or gives the work back if the processor has it not.
    pub(crate) fn run<W: Work>(self, work: W) -> Result<W::Output, W> {
        match self {
            InstructionSet::Plain => Ok(work.run(Plain)),
            #[cfg(target_arch = "x86_64")]
            InstructionSet::Sse2 => Ok(work.run(Sse2)),
            #[cfg(target_arch = "x86_64")]
            InstructionSet::Avx2 => match Avx2::detect() {
                Some(kernel) => Ok(kernel.run(work)),
                None => Err(work),
            },
            #[cfg(target_arch = "x86_64")]
            InstructionSet::Avx512Vnni => match Avx512Vnni::detect() {
                Some(kernel) => Ok(kernel.run(work)),
                None => Err(work),
            },
            #[cfg(target_arch = "aarch64")]
            InstructionSet::Neon => match Neon::detect() {
                Some(kernel) => Ok(kernel.run(work)),
                None => Err(work),
            },
            #[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
            InstructionSet::Simd128 => Ok(work.run(Simd128)),
            _ => Err(work),
        }
    }
}
