//! Articles that say the like: nearest by the signs of their embeddings, which leaves few to be compared exactly.

use std::collections::BinaryHeap;
use std::sync::Arc;

use entity::id::ArticleId;
use tantivy::columnar::ColumnValues;
use tantivy::{Searcher, SegmentReader};

use super::document::{CODE, CODES, DUPLICATE, HIDDEN, model_number, signs};
use super::filter::{Keys, whole};
use super::key::Key;

/// Documents whose codes are read at once.
const BLOCK: usize = 1024;

/// What articles are sought near to.
struct Near {
    model: u64,
    code: [u64; CODE],
    own: Option<Key>,
    best: BinaryHeap<(u32, Key)>,
}

/// For each of these (the article, the model of its embedding, its numbers) the articles whose embeddings by that model
/// have the most signs in common with it, at most `count`; duplicates, hidden ones and itself left out. One pass for all.
pub(super) fn nearest(
    searcher: &Searcher,
    to: &[(ArticleId, String, Vec<f32>)],
    count: usize,
) -> tantivy::Result<Vec<Vec<ArticleId>>> {
    let mut sought: Vec<Near> = to
        .iter()
        .map(|(id, model, vector)| Near {
            model: model_number(model),
            code: signs(vector),
            own: Key::of(id),
            best: BinaryHeap::with_capacity(count + 1),
        })
        .collect();
    for reader in searcher.segment_readers() {
        scan(reader, &mut sought, count)?;
    }
    let ids = |near: Near| near.best.into_iter().map(|(_, key)| key.id()).collect();
    Ok(sought.into_iter().map(ids).collect())
}

fn scan(reader: &SegmentReader, sought: &mut [Near], count: usize) -> tantivy::Result<()> {
    let columns = reader.fast_fields();
    let column = |name: &str| whole(columns, name);
    let (flags, models) = (column("flags")?, column("model")?);
    let codes = CODES
        .into_iter()
        .map(column)
        .collect::<tantivy::Result<Vec<Arc<dyn ColumnValues<u64>>>>>()?;
    let keys = Keys::of(reader)?;
    let mut block = vec![[0_u64; BLOCK]; CODE + 1];
    let mut models_of = [0_u64; BLOCK];
    let mut from = 0;
    while from < reader.max_doc() {
        let length = BLOCK.min((reader.max_doc() - from) as usize);
        for (column, block) in codes.iter().chain([&flags]).zip(&mut block) {
            column.get_range(u64::from(from), &mut block[..length]);
        }
        models.get_range(u64::from(from), &mut models_of[..length]);
        for near in sought.iter_mut() {
            for (at, model) in models_of[..length].iter().enumerate() {
                if *model != near.model || block[CODE][at] & (DUPLICATE | HIDDEN) != 0 {
                    continue;
                }
                let apart = (0..CODE).map(|part| (block[part][at] ^ near.code[part]).count_ones());
                let apart: u32 = apart.sum();
                let full = near.best.len() >= count;
                if full && near.best.peek().is_none_or(|(worst, _)| apart >= *worst) {
                    continue;
                }
                let document = from + at as u32;
                let key = keys.get(document);
                if reader.is_deleted(document) || near.own == Some(key) {
                    continue;
                }
                if full {
                    near.best.pop();
                }
                near.best.push((apart, key));
            }
        }
        from += length as u32;
    }
    Ok(())
}
