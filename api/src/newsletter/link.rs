//! Links of an issue: what tells a site that a reader came from it.

use std::fmt::Write;

/// The three parameters by which web analytics tell where a reader came from; nothing is added for those not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Utm {
    /// `utm_source`: who sent it.
    pub source: Option<String>,
    /// `utm_medium`: by what way.
    pub medium: Option<String>,
    /// `utm_campaign`: in which issue.
    pub campaign: Option<String>,
}

impl Utm {
    /// The link with them, before what follows a `#`.
    pub fn on(&self, link: &str) -> String {
        let (address, fragment) = match link.split_once('#') {
            Some((address, fragment)) => (address, Some(fragment)),
            None => (link, None),
        };
        let mut link = address.to_owned();
        for (name, value) in [
            ("utm_source", &self.source),
            ("utm_medium", &self.medium),
            ("utm_campaign", &self.campaign),
        ] {
            if let Some(value) = value {
                link.push(if link.contains('?') { '&' } else { '?' });
                link.push_str(name);
                link.push('=');
                encode(value, &mut link);
            }
        }
        if let Some(fragment) = fragment {
            link.push('#');
            link.push_str(fragment);
        }
        link
    }
}

fn encode(value: &str, link: &mut String) {
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            link.push(char::from(byte));
        } else {
            // Writing to a text cannot fail.
            let _ = write!(link, "%{byte:02X}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_stand_between_the_address_and_its_fragment() {
        let utm = |source: &str, medium: &str| Utm {
            source: Some(source.to_owned()),
            medium: (!medium.is_empty()).then(|| medium.to_owned()),
            campaign: None,
        };
        for (utm, link, expected) in [
            (
                utm("weekly", "email"),
                "https://a.example/x",
                "https://a.example/x?utm_source=weekly&utm_medium=email",
            ),
            (
                utm("weekly", ""),
                "https://a.example/x?y=1#z",
                "https://a.example/x?y=1&utm_source=weekly#z",
            ),
            (
                utm("à & b", ""),
                "https://a.example/",
                "https://a.example/?utm_source=%C3%A0%20%26%20b",
            ),
            (
                Utm::default(),
                "https://a.example/#z",
                "https://a.example/#z",
            ),
        ] {
            assert_eq!(utm.on(link), expected);
        }
    }
}
