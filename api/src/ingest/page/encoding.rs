//! Bytes to text, in one of four encodings.

use std::fmt;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::PageError;

/// How the bytes of a page hold its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, little endian, by its byte order mark.
    Utf16Le,
    /// UTF-16, big endian, by its byte order mark.
    Utf16Be,
    /// Windows-1252 (and so Latin-1): what is not UTF-8 and holds no impossible byte.
    Windows1252,
}

impl Encoding {
    /// The name it is stored and shown under, in lower case.
    pub fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "utf-8",
            Encoding::Utf16Le => "utf-16le",
            Encoding::Utf16Be => "utf-16be",
            Encoding::Windows1252 => "windows-1252",
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The encoding of `bytes` and their text, without a byte order mark.
pub(super) fn decode(bytes: &[u8]) -> Result<(Encoding, String), PageError> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(Encoding::Utf16Le, rest),
        [0xfe, 0xff, rest @ ..] => utf16(Encoding::Utf16Be, rest),
        [0xef, 0xbb, 0xbf, rest @ ..] => {
            let text = str::from_utf8(rest).map_err(|e| PageError::Malformed {
                encoding: Encoding::Utf8,
                offset: e.valid_up_to() + 3,
            })?;
            refuse_binary(rest, 3)?;
            Ok((Encoding::Utf8, text.to_owned()))
        }
        _ => {
            refuse_binary(bytes, 0)?;
            match str::from_utf8(bytes) {
                Ok(text) => Ok((Encoding::Utf8, text.to_owned())),
                Err(error) => windows_1252(bytes, error.valid_up_to()),
            }
        }
    }
}

/// Control characters that stand in real text files: tab, line ends, form feed, escape-free terminals' backspace excluded.
fn is_text_control(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | 0x0b | 0x0c | b'\r' | 0x1a)
}

/// Finds the first byte below space that no text holds. One stray control character in a long text is forgiven (scrapers leave
/// them); a NUL never is, nor are controls in more than one byte in a thousand.
fn refuse_binary(bytes: &[u8], shift: usize) -> Result<(), PageError> {
    let odd = |&(_, &byte): &(usize, &u8)| (byte < 0x20 && !is_text_control(byte)) || byte == 0x7f;
    let mut controls = bytes.iter().enumerate().filter(odd).peekable();
    let Some(&(first, &byte)) = controls.peek() else {
        return Ok(());
    };
    if let Some(nul) = memchr::memchr(0, bytes) {
        return Err(PageError::Binary {
            offset: nul + shift,
            byte: 0,
        });
    }
    if controls.count() * 1000 > bytes.len() {
        return Err(PageError::Binary {
            offset: first + shift,
            byte,
        });
    }
    Ok(())
}

fn utf16(encoding: Encoding, bytes: &[u8]) -> Result<(Encoding, String), PageError> {
    let unit = |pair: &[u8]| match encoding {
        Encoding::Utf16Le => u16::from_le_bytes([pair[0], pair[1]]),
        _ => u16::from_be_bytes([pair[0], pair[1]]),
    };
    let decoder = if encoding == Encoding::Utf16Le {
        UTF_16LE
    } else {
        UTF_16BE
    };
    let Some(text) = decoder.decode_without_bom_handling_and_without_replacement(bytes) else {
        let mut at = 2;
        for result in char::decode_utf16(bytes.chunks_exact(2).map(unit)) {
            match result {
                Ok(c) => at += c.len_utf16() * 2,
                Err(_) => break,
            }
        }
        return Err(PageError::Malformed {
            encoding,
            offset: at,
        });
    };
    let low = |unit: u16| {
        u8::try_from(unit)
            .ok()
            .filter(|&b| (b < 0x20 && !is_text_control(b)) || b == 0x7f)
    };
    let mut controls = bytes
        .chunks_exact(2)
        .map(unit)
        .enumerate()
        .filter_map(|(at, unit)| Some((at, low(unit)?)))
        .peekable();
    if let Some(&(at, byte)) = controls.peek() {
        let many = controls.clone().count() * 1000 > text.len();
        let nul = controls.find(|&(_, byte)| byte == 0);
        if let Some((at, byte)) = nul.or(many.then_some((at, byte))) {
            return Err(PageError::Binary {
                offset: at * 2 + 2,
                byte,
            });
        }
    }
    Ok((encoding, text.into_owned()))
}

/// Decodes what is not UTF-8. `first` is where UTF-8 broke: a page that is UTF-8 but for a few bytes is a damaged UTF-8 page, and is
/// refused at that byte rather than filled with mojibake.
fn windows_1252(bytes: &[u8], first: usize) -> Result<(Encoding, String), PageError> {
    if let Some(at) = bytes
        .iter()
        .position(|byte| matches!(byte, 0x81 | 0x8d | 0x8f | 0x90 | 0x9d))
    {
        let damaged = bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
        return Err(if damaged {
            PageError::Malformed {
                encoding: Encoding::Utf8,
                offset: first,
            }
        } else {
            PageError::Binary {
                offset: at,
                byte: bytes[at],
            }
        });
    }
    let (mut sequences, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        sequences += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    if sequences > broken {
        return Err(PageError::Malformed {
            encoding: Encoding::Utf8,
            offset: first,
        });
    }
    let high = bytes.iter().filter(|&&byte| byte >= 0x80).count();
    if high * 2 > bytes.len() && bytes.len() > 16 {
        return Err(PageError::Binary {
            offset: first,
            byte: bytes[first],
        });
    }
    let text = WINDOWS_1252.decode_without_bom_handling(bytes).0;
    Ok((Encoding::Windows1252, text.into_owned()))
}
