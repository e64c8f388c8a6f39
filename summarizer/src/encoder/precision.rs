//! With how many digits the encoder computes.

use std::num::NonZeroUsize;

use clap::ValueEnum;
use tch::Kind;

/// The numbers that the encoder computes with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Precision {
    /// 16 bits, of which 8 are digits: twice as fast where the processor has instructions for it, slower elsewhere.
    /// Embeddings lie at a cosine of 0.9999 to those of float32.
    Bfloat16,
    /// 32 bits, as the models were trained.
    Float32,
}

/// How the encoder computes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Computing {
    /// Cores, each of which is kept busy.
    pub threads: NonZeroUsize,
    /// The numbers it computes with.
    pub precision: Precision,
}

impl Precision {
    /// The faster one on this processor.
    #[must_use]
    pub fn of_processor() -> Self {
        #[cfg(target_arch = "x86_64")]
        if std::is_x86_feature_detected!("avx512bf16") {
            return Self::Bfloat16;
        }
        Self::Float32
    }

    /// What libtorch calls it.
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::Bfloat16 => Kind::BFloat16,
            Self::Float32 => Kind::Float,
        }
    }
}

impl Computing {
    /// On so many cores, in the precision that is fastest here.
    #[must_use]
    pub fn on(threads: NonZeroUsize) -> Self {
        Self {
            threads,
            precision: Precision::of_processor(),
        }
    }
}

impl Default for Computing {
    /// On all cores.
    fn default() -> Self {
        Self::on(std::thread::available_parallelism().unwrap_or(NonZeroUsize::MIN))
    }
}
