//! Text in, understanding out: an abstract, topic labels and an embedding for a press release, computed by a
//! local transformer; and the worker that keeps a database of articles summarised.

pub mod abstractive;
pub mod abstracts;
pub mod clock;
pub mod config;
mod desk;
pub mod encoder;
pub mod entailment;
pub mod grounding;
pub mod keyphrase;
mod libtorch;
pub mod model;
pub mod queue;
pub mod salience;
pub mod sentence;
pub mod story;
pub mod topic;
pub mod understanding;
pub mod worker;
