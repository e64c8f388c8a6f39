//! What the trainings of the tests' tiny models have in common.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use tch::Tensor;
use tch::nn::{self, OptimizerConfig};

/// What was typed: the folder to write the model into, which is made, and the steps, unless the usual number will do.
pub(crate) fn arguments(usual: u64) -> Result<(PathBuf, u64)> {
    let mut arguments = std::env::args().skip(1);
    let Some(folder) = arguments.next().map(PathBuf::from) else {
        bail!("name the folder to write the model into");
    };
    let steps = arguments
        .next()
        .map_or(Ok(usual), |steps| steps.parse())
        .context("STEPS is no number")?;
    fs::create_dir_all(&folder)?;
    Ok((folder, steps))
}

/// Make smaller what rust-bert drew for variables of these names.
pub(crate) fn shrink(variables: &nn::VarStore, names: &[&str], factor: f64) {
    for (name, mut tensor) in variables.variables() {
        if names.iter().any(|part| name.contains(part)) {
            tch::no_grad(|| {
                let _ = tensor.g_mul_scalar_(factor);
            });
        }
    }
}

/// Descend along the loss of each step, print it, and save the weights in half precision. The rate rises over the first
/// `rising` steps, then falls to nearly nothing.
pub(crate) fn train(
    variables: &mut nn::VarStore,
    folder: &Path,
    steps: u64,
    rising: f64,
    loss: impl Fn(u64) -> Tensor,
) -> Result<()> {
    let mut optimizer = nn::Adam::default().build(variables, 1e-3)?;
    for step in 0..steps {
        let done = step as f64 / steps as f64;
        let rate = f64::min((step + 1) as f64 / rising, 1.0) * (1.0 - done).max(0.02);
        optimizer.set_lr(2e-3 * rate);
        let loss = loss(step);
        optimizer.backward_step_clip_norm(&loss, 1.0);
        if step % 100 == 0 || step + 1 == steps {
            println!("step {step}: loss {:.4}", loss.double_value(&[]));
        }
    }
    variables.half();
    Ok(variables.save(folder.join("model.safetensors"))?)
}
