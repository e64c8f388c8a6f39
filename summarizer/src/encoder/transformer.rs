//! The tensors: a BERT encoder from `rust-bert`, mean pooling, and every failure of libtorch as an error.

use std::collections::HashMap;

use rust_bert::bert::{BertConfig, BertForSentenceEmbeddings};
use serde::Deserialize;
use tch::{Device, Kind, Tensor, nn};

use super::precision::Precision;
use crate::libtorch::guarded;
use crate::model::{ModelError, ModelFolder};

/// Windows of one width, ready to compute.
pub(super) struct Rows<'a> {
    pub(super) width: usize,
    pub(super) windows: Vec<&'a [i64]>,
}

/// The weights, read once; the threads' models share them.
pub(super) struct Weights {
    configuration: BertConfig,
    tensors: HashMap<String, Tensor>,
    kind: Kind,
    padding: i64,
}

/// A model on its thread.
pub(super) struct Transformer {
    model: BertForSentenceEmbeddings,
    padding: i64,
    /// Keeps the model's variables.
    _variables: nn::VarStore,
}

#[derive(Deserialize)]
struct Kinds {
    model_type: String,
}

#[derive(Deserialize)]
struct Pooling {
    pooling_mode_mean_tokens: bool,
    #[serde(default)]
    pooling_mode_cls_token: bool,
    #[serde(default)]
    pooling_mode_max_tokens: bool,
    #[serde(default)]
    pooling_mode_mean_sqrt_len_tokens: bool,
}

impl Weights {
    /// Read the weights in this precision; `padding` is the piece that fills rows up.
    pub(super) fn load(
        folder: &ModelFolder,
        padding: i64,
        precision: Precision,
    ) -> Result<Self, ModelError> {
        let Kinds { model_type } = folder.configuration("config.json")?;
        if model_type != "bert" {
            return Err(folder.unsupported(format!(
                "config.json: model_type is {model_type:?} and should be \"bert\""
            )));
        }
        let pooling: Pooling = folder.configuration("1_Pooling/config.json")?;
        let only_mean = pooling.pooling_mode_mean_tokens
            && !pooling.pooling_mode_cls_token
            && !pooling.pooling_mode_max_tokens
            && !pooling.pooling_mode_mean_sqrt_len_tokens;
        if !only_mean {
            return Err(folder.unsupported(
                "1_Pooling/config.json: only the mean of the tokens is supported as pooling",
            ));
        }
        let kind = precision.kind();
        let tensors = Tensor::read_safetensors(folder.weights())
            .map_err(|error| folder.unsupported(format!("model.safetensors: {error}")))?;
        Ok(Self {
            configuration: folder.configuration("config.json")?,
            // Once for all threads, which share what needs no conversion.
            tensors: tensors
                .into_iter()
                .map(|(name, tensor)| (name, tensor.to_kind(kind)))
                .collect(),
            kind,
            padding,
        })
    }

    /// The same weights for another thread; the numbers themselves are not copied.
    pub(super) fn shared(&self) -> Self {
        let share = |(name, tensor): (&String, &Tensor)| (name.clone(), tensor.shallow_clone());
        Self {
            configuration: self.configuration.clone(),
            tensors: self.tensors.iter().map(share).collect(),
            kind: self.kind,
            padding: self.padding,
        }
    }
}

impl Transformer {
    /// A model that computes with these weights, or what does not fit.
    pub(super) fn new(weights: &Weights) -> Result<Self, String> {
        let mut variables = nn::VarStore::new(Device::Cpu);
        // Without the layer over the first piece, which not every model has and no mean needs.
        let model = BertForSentenceEmbeddings::new_with_optional_pooler(
            variables.root(),
            &weights.configuration,
            false,
        );
        variables.freeze();
        variables.set_kind(weights.kind);
        for (name, mut variable) in variables.variables() {
            let Some(tensor) = weights.tensors.get(&name) else {
                return Err(format!("model.safetensors: there is no tensor {name:?}"));
            };
            if tensor.size() != variable.size() {
                return Err(format!(
                    "model.safetensors: {name:?} has the shape {:?} and should have {:?}",
                    tensor.size(),
                    variable.size()
                ));
            }
            variable.f_set_data(tensor).map_err(text)?;
        }
        Ok(Self {
            model,
            padding: weights.padding,
            _variables: variables,
        })
    }

    /// The mean of the windows' token vectors, one per window, not yet of length one; or what libtorch said.
    pub(super) fn forward(&self, rows: &Rows<'_>) -> Result<Vec<Vec<f64>>, String> {
        guarded(|| self.compute(rows))
    }

    fn compute(&self, rows: &Rows<'_>) -> Result<Vec<Vec<f64>>, String> {
        let (height, width) = (rows.windows.len(), rows.width);
        let mut ids = Vec::with_capacity(height * width);
        let mut mask = Vec::with_capacity(height * width);
        for window in &rows.windows {
            ids.extend_from_slice(window);
            ids.resize(ids.len() + width - window.len(), self.padding);
            mask.resize(mask.len() + window.len(), 1_i64);
            mask.resize(mask.len() + width - window.len(), 0);
        }
        let shape = [height as i64, width as i64];
        let ids = Tensor::from_slice(&ids).f_reshape(shape).map_err(text)?;
        let mask = Tensor::from_slice(&mask).f_reshape(shape).map_err(text)?;
        let output = tch::no_grad(|| {
            self.model
                .forward_t(Some(&ids), Some(&mask), None, None, None, None, None, false)
        })
        .map_err(text)?;
        let hidden = output.hidden_state.to_kind(Kind::Float).contiguous();
        let dimensions = usize::try_from(hidden.size()[2]).map_err(text)?;
        let mut values = vec![0.0_f32; height * width * dimensions];
        hidden
            .f_copy_data(&mut values, height * width * dimensions)
            .map_err(text)?;
        // Pooled here, not by libtorch, whose order of summation depends on the shape of the whole batch.
        let means = rows.windows.iter().enumerate().map(|(row, window)| {
            let mut mean = vec![0.0_f64; dimensions];
            let start = row * width * dimensions;
            let own = &values[start..start + window.len() * dimensions];
            for token in own.chunks_exact(dimensions) {
                for (sum, value) in mean.iter_mut().zip(token) {
                    *sum += f64::from(*value);
                }
            }
            for sum in &mut mean {
                *sum /= window.len() as f64;
            }
            mean
        });
        Ok(means.collect())
    }
}

fn text(error: impl ToString) -> String {
    error.to_string()
}
