use super::{Encoding, LINE_LIMIT, Page, PageError};

fn decode(bytes: &[u8]) -> Result<Page, PageError> {
    Page::decode("page.txt", bytes.to_vec())
}

#[test]
fn every_encoding_in_use_gives_the_same_text() {
    let text = "Clôture de l’atelier à 5 €\n";
    let utf16 = |unit: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(unit).collect::<Vec<u8>>();
    let windows: &[u8] = b"Cl\xf4ture de l\x92atelier \xe0 5 \x80\n";
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), Encoding::Utf8),
        ([b"\xef\xbb\xbf", text.as_bytes()].concat(), Encoding::Utf8),
        (
            [b"\xff\xfe".to_vec(), utf16(u16::to_le_bytes)].concat(),
            Encoding::Utf16Le,
        ),
        (
            [b"\xfe\xff".to_vec(), utf16(u16::to_be_bytes)].concat(),
            Encoding::Utf16Be,
        ),
        (windows.to_vec(), Encoding::Windows1252),
    ] {
        let page = decode(&bytes).expect("text decodes");
        assert_eq!((page.text.as_str(), page.encoding), (text, encoding));
        assert_eq!(page.bytes, bytes);
    }
}

#[test]
fn bytes_that_are_no_text_are_refused_where_they_stand() {
    for (bytes, error) in [
        (&b""[..], PageError::Empty),
        (b" \r\n\t\n", PageError::Empty),
        ("\u{feff}\u{a0}\u{200b}\n".as_bytes(), PageError::Empty),
        (b"a title\n\0\0", PageError::Binary { offset: 8, byte: 0 }),
        (
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
            PageError::Binary { offset: 8, byte: 0 },
        ),
        (
            b"\x01\x02\x03 some text",
            PageError::Binary { offset: 0, byte: 1 },
        ),
        (
            b"caf\xe9 \x81 bar",
            PageError::Binary {
                offset: 5,
                byte: 0x81,
            },
        ),
        (
            "à côté d’été, cassé ici:\u{fffd}"
                .as_bytes()
                .split_last()
                .map_or(&b""[..], |(_, rest)| rest),
            PageError::Malformed {
                encoding: Encoding::Utf8,
                offset: 32,
            },
        ),
        (
            b"\xef\xbb\xbfabc\xff",
            PageError::Malformed {
                encoding: Encoding::Utf8,
                offset: 6,
            },
        ),
        (
            b"\xff\xfea\0\x00\xd8b\0",
            PageError::Malformed {
                encoding: Encoding::Utf16Le,
                offset: 4,
            },
        ),
        (
            b"\xff\xfea\0b",
            PageError::Malformed {
                encoding: Encoding::Utf16Le,
                offset: 4,
            },
        ),
        (
            b"\xfe\xff\0a\0\0\0b",
            PageError::Binary { offset: 4, byte: 0 },
        ),
    ] {
        assert_eq!(
            decode(bytes).map(|page| page.text),
            Err(error),
            "{:?}",
            bytes.escape_ascii().to_string()
        );
    }
}

#[test]
fn a_stray_control_character_does_not_make_a_long_text_binary() {
    let text = format!("{}\x07\n", "A line of the text.\n".repeat(100));
    assert!(decode(text.as_bytes()).is_ok());
}

#[test]
fn a_page_has_its_limits() {
    let page = "word ".repeat(Page::LIMIT / 5 + 1);
    assert_eq!(
        decode(page.as_bytes()),
        Err(PageError::TooLarge {
            bytes: page.len(),
            limit: Page::LIMIT
        })
    );
    let line = format!("A title\n\n{}\n", "word ".repeat(LINE_LIMIT / 5 + 1));
    assert!(
        matches!(decode(line.as_bytes()), Err(PageError::LineTooLong { line: 3, bytes, .. }) if bytes > LINE_LIMIT)
    );
}

#[test]
fn markup_data_and_documents_are_refused_by_name() {
    let html =
        "Menu\n<div class=\"a\"><a href=\"/\">Home</a></div>\n<p>Some text</p>\n<p>More</p>\n";
    for (text, error) in [
        (
            "<!DOCTYPE html>\n<html><body>Hello</body></html>",
            PageError::Html { line: 1 },
        ),
        ("\n\n<HTML lang=en><p>Hello", PageError::Html { line: 3 }),
        (
            "<!-- saved -->\n<html><p>Hello",
            PageError::Html { line: 1 },
        ),
        (html, PageError::Html { line: 2 }),
        (
            "<?xml version=\"1.0\"?>\n<rss version=\"2.0\"></rss>",
            PageError::Feed { line: 1 },
        ),
        (
            "<feed xmlns=\"http://www.w3.org/2005/Atom\"></feed>",
            PageError::Feed { line: 1 },
        ),
        (
            "{\"title\": \"A\", \"text\": \"B\"}",
            PageError::Json { line: 1 },
        ),
        ("[{\"title\": \"A\"}]", PageError::Json { line: 1 }),
        ("[]", PageError::Json { line: 1 }),
        (
            "%PDF-1.7\n1 0 obj\n<<>>\nendobj",
            PageError::Document { format: "PDF" },
        ),
        (
            "{\\rtf1\\ansi Hello}",
            PageError::Document { format: "RTF" },
        ),
    ] {
        assert_eq!(
            decode(text.as_bytes()).map(|page| page.text),
            Err(error),
            "{text}"
        );
    }
}

#[test]
fn text_that_only_looks_a_little_like_markup_is_read() {
    for text in [
        "Prices < 5 and > 3 stay as they are, said the ministry.",
        "[Rabat, 15 March 2021] The ministers met.",
        "Write to <press@example.org> or see <https://example.org/news>.",
        "{Draft} The ministers met in Rabat.",
        "The tag <b>bold</b> is no longer used, the guide says, and so on for many more words than there are tags in this text.",
    ] {
        assert!(decode(text.as_bytes()).is_ok(), "{text}");
    }
}

#[test]
fn every_refusal_says_what_would_be_right() {
    for bytes in [
        &b""[..],
        b"\0",
        b"\xef\xbb\xbf\xff",
        b"<html>",
        b"<rss>",
        b"{\"a\":1}",
        b"%PDF-1.4",
    ] {
        let message = decode(bytes).expect_err("no text").to_string();
        assert!(
            message.contains("expected") || message.contains("save"),
            "{message}"
        );
        assert!(
            !message.ends_with('.') && message.starts_with(char::is_lowercase),
            "{message}"
        );
    }
}
