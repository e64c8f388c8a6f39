//! The tensors: a classifier of pairs of texts from `rust-bert`, and every failure of libtorch as an error.
//!
//! The classifier and the tokenizer are rust-bert's; its `ZeroShotClassificationModel` above them takes the answers of every
//! model in one order, and cannot run an XLM-RoBERTa, whose configuration it mistakes and to which it gives two segments.

use std::path::Path;

use rust_bert::pipelines::common::{ModelResource, ModelType, TokenizerOption};
use rust_bert::pipelines::zero_shot_classification::{
    ZeroShotClassificationConfig, ZeroShotClassificationOption,
};
use rust_bert::resources::{LocalResource, ResourceProvider};
use rust_tokenizers::tokenizer::TruncationStrategy;
use tch::{Device, Kind, Tensor};

use super::EntailmentFolder;
use super::folder::Answers;
use crate::libtorch::guarded;

/// Hypotheses in one batch: enough to fill the cores, little enough for the memory.
const BATCH: usize = 8;

/// A model on its thread.
pub(super) struct Model {
    classifier: ZeroShotClassificationOption,
    tokenizer: TokenizerOption,
    padding: i64,
    answers: Answers,
    /// Whether the two texts are told apart by their segment, not only by what stands between them.
    segments: bool,
    room: usize,
}

impl Model {
    /// Load the model, or say what does not fit.
    pub(super) fn load(folder: &EntailmentFolder) -> Result<Self, String> {
        let configuration = ZeroShotClassificationConfig {
            model_type: match folder.architecture {
                // But for its tokenizer, it is one.
                ModelType::XLMRoberta => ModelType::Roberta,
                other => other,
            },
            model_resource: ModelResource::Torch(local(&folder.weights)),
            config_resource: local(&folder.configuration),
            vocab_resource: local(&folder.vocabulary),
            merges_resource: folder.merges.as_deref().map(local),
            lower_case: folder.lower_case,
            strip_accents: None,
            add_prefix_space: None,
            device: Device::Cpu,
            // Weights of half precision are computed with in full: processors do not like halves.
            kind: Some(Kind::Float),
        };
        guarded(|| {
            let tokenizer = TokenizerOption::from_file(
                folder.architecture,
                &folder.vocabulary.to_string_lossy(),
                folder
                    .merges
                    .as_deref()
                    .map(Path::to_string_lossy)
                    .as_deref(),
                folder.lower_case,
                None,
                None,
            );
            let tokenizer = tokenizer.map_err(|error| error.to_string())?;
            Ok(Self {
                classifier: ZeroShotClassificationOption::new(&configuration)
                    .map_err(|error| error.to_string())?,
                padding: tokenizer
                    .get_pad_id()
                    .ok_or("its tokenizer has no padding")?,
                tokenizer,
                answers: folder.answers,
                segments: folder.segments,
                room: folder.room,
            })
        })
    }

    /// For each hypothesis, how likely it follows from the premise rather than not. A premise that does not fit is cut at
    /// its end.
    pub(super) fn entailed(
        &self,
        premise: &str,
        hypotheses: &[String],
    ) -> Result<Vec<f64>, String> {
        let mut all = Vec::with_capacity(hypotheses.len());
        for batch in hypotheses.chunks(BATCH) {
            let pairs: Vec<(&str, &str)> = batch
                .iter()
                .map(|hypothesis| (premise, hypothesis.as_str()))
                .collect();
            let judged = tch::no_grad(|| self.judge(&pairs)).map_err(|error| error.to_string())?;
            if judged.len() != batch.len() || judged.iter().any(|score| !score.is_finite()) {
                return Err(format!("of {} hypotheses it says {judged:?}", batch.len()));
            }
            all.extend(judged);
        }
        Ok(all)
    }

    fn judge(&self, pairs: &[(&str, &str)]) -> Result<Vec<f64>, tch::TchError> {
        let longest_first = TruncationStrategy::LongestFirst;
        let inputs = self
            .tokenizer
            .encode_pair_list(pairs, self.room, &longest_first, 0);
        let width = inputs.iter().map(|input| input.token_ids.len()).max();
        let width = width.unwrap_or(0);
        let (mut ids, mut kinds) = (Vec::new(), Vec::new());
        for input in &inputs {
            ids.extend(&input.token_ids);
            let segments = input.segment_ids.iter();
            kinds.extend(segments.map(|&segment| i64::from(self.segments && segment > 0)));
            let padding = width - input.token_ids.len();
            ids.extend(std::iter::repeat_n(self.padding, padding));
            kinds.extend(std::iter::repeat_n(0, padding));
        }
        let shape = [pairs.len() as i64, width as i64];
        let ids = Tensor::from_slice(&ids).f_reshape(shape)?;
        let kinds = Tensor::from_slice(&kinds).f_reshape(shape)?;
        let mask = ids.f_ne(self.padding)?;
        let said =
            self.classifier
                .forward_t(Some(&ids), Some(&mask), Some(&kinds), None, None, false);
        let two = Tensor::from_slice(&[self.answers.opposite, self.answers.entailment]);
        let likely = said.f_index_select(-1, &two)?.f_softmax(-1, Kind::Double)?;
        Vec::<f64>::try_from(likely.f_select(-1, 1)?)
    }
}

fn local(path: &Path) -> Box<dyn ResourceProvider + Send> {
    Box::new(LocalResource::from(path.to_owned()))
}
