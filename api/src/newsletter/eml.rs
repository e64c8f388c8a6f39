//! An issue as a whole message: a text and its twin in HTML, for a mail program to open.

use std::str::FromStr;

use mail_builder::MessageBuilder;
use mail_builder::headers::address::Address;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::{BodyPart, MimePart};
use serde::Deserialize;

use super::issue::Issue;

/// What a message needs besides its issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Whom it is from.
    pub from: Option<Mailbox>,
    /// Whom it is to; nobody yet, if none is given.
    pub to: Option<Mailbox>,
    /// When it was written, in seconds since 1970.
    pub date: i64,
}

/// Somebody with an address for mail: `News <news@example.org>` or `news@example.org`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Mailbox {
    name: Option<String>,
    address: String,
}

/// Why a text is no [`Mailbox`].
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is no address for mail; expected one like \"news@example.org\" or \"News <news@example.org>\""
)]
pub struct NoMailbox(String);

impl FromStr for Mailbox {
    type Err = NoMailbox;

    fn from_str(text: &str) -> Result<Self, NoMailbox> {
        let refuse = || NoMailbox(text.to_owned());
        let (name, address) = match text.trim().strip_suffix('>') {
            Some(rest) => rest.split_once('<').ok_or_else(refuse)?,
            None => ("", text.trim()),
        };
        let name = name.trim().trim_matches('"').trim();
        let (user, host) = address.rsplit_once('@').ok_or_else(refuse)?;
        let odd = |letter: char| {
            !letter.is_ascii()
                || letter.is_whitespace()
                || letter.is_control()
                || "<>(),;:\"[]\\@".contains(letter)
        };
        if user.is_empty()
            || host.is_empty()
            || user.contains(odd)
            || host.contains(odd)
            || name.contains(char::is_control)
        {
            return Err(refuse());
        }
        Ok(Self {
            name: (!name.is_empty()).then(|| name.to_owned()),
            address: address.to_owned(),
        })
    }
}

impl TryFrom<String> for Mailbox {
    type Error = NoMailbox;

    fn try_from(text: String) -> Result<Self, NoMailbox> {
        text.parse()
    }
}

impl Mailbox {
    fn as_address(&self) -> Address<'_> {
        Address::new_address(self.name.as_deref(), self.address.as_str())
    }

    fn host(&self) -> &str {
        self.address.rsplit('@').next().unwrap_or_default()
    }
}

/// The message. The same issue, envelope and bodies give the same bytes.
pub(super) fn write(issue: &Issue, envelope: &Envelope, text: String, html: String) -> String {
    // A message has an author (RFC 5322 §3.6); this address can be nobody's (RFC 2606).
    let nobody = Mailbox {
        name: Some(issue.title.clone()),
        address: "newsletter@example.invalid".to_owned(),
    };
    let from = envelope.from.as_ref().unwrap_or(&nobody);
    let part = |media: &'static str, body: String| {
        MimePart::new(
            ContentType::new(media).attribute("charset", "utf-8"),
            BodyPart::Text(body.into()),
        )
    };
    let boundary = format!("=_{}", issue.edition_id);
    let both = MimePart::new(
        ContentType::new("multipart/alternative").attribute("boundary", boundary),
        BodyPart::Multipart(vec![part("text/plain", text), part("text/html", html)]),
    );
    let message = MessageBuilder::new()
        .from(from.as_address())
        .subject(issue.title.as_str())
        .date(envelope.date)
        .message_id(format!("{}@{}", issue.edition_id, from.host()))
        .header("Content-Language", Raw::new(issue.language.code()))
        // Mail programs that know this open it as a draft, ready to be sent.
        .header("X-Unsent", Raw::new("1"));
    let message = match &envelope.to {
        Some(to) => message.to(to.as_address()),
        None => message.header("To", Raw::new("undisclosed-recipients:;")),
    };
    let mut bytes = Vec::new();
    message.body(both).serialize(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mailbox_is_an_address_with_or_without_a_name() {
        let of = |name: Option<&str>, address: &str| Mailbox {
            name: name.map(str::to_owned),
            address: address.to_owned(),
        };
        for (text, expected) in [
            ("news@example.org", Some(of(None, "news@example.org"))),
            (
                "Lake News <news@example.org>",
                Some(of(Some("Lake News"), "news@example.org")),
            ),
            (
                "\"News, daily\" <n@example.org>",
                Some(of(Some("News, daily"), "n@example.org")),
            ),
            ("<n@example.org>", Some(of(None, "n@example.org"))),
            ("news", None),
            ("@example.org", None),
            ("a@b\r\nBcc: c@d", None),
            ("News\r\nBcc: c <a@b>", None),
            ("a@b, c@d", None),
            ("", None),
        ] {
            assert_eq!(text.parse().ok(), expected, "{text:?}");
        }
    }
}
