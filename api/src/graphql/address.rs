//! Where articles stand on the web.

use super::error::{Code, bad};
use async_graphql::Error;

/// The address under which readers reach this server, without a slash at its end: `https://news.example.org`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

/// What stands between the server's address and an article's slug.
const ARTICLES: &str = "/articles/";

/// Why an address cannot be where readers reach a server.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "{0:?} is not the address of a server; expected one like \"https://news.example.org\", without a query"
)]
pub struct NotPublic(String);

impl std::str::FromStr for PublicUrl {
    type Err = NotPublic;

    fn from_str(text: &str) -> Result<Self, NotPublic> {
        let refuse = || NotPublic(text.to_owned());
        let rest = ["https://", "http://"]
            .iter()
            .find_map(|scheme| text.strip_prefix(scheme))
            .ok_or_else(refuse)?;
        let host = rest.split('/').next().unwrap_or_default();
        let odd = |letter: char| {
            letter.is_whitespace() || letter.is_control() || matches!(letter, '?' | '#' | '@')
        };
        if host.is_empty() || text.contains(odd) {
            return Err(refuse());
        }
        Ok(Self(text.trim_end_matches('/').to_owned()))
    }
}

impl PublicUrl {
    /// A host, with or without a port, that is asked without encryption; none if it is no host.
    pub(crate) fn of_host(host: &str) -> Option<Self> {
        format!("http://{host}").parse().ok()
    }

    /// The socket that a server listens on.
    pub(crate) fn of_socket(socket: std::net::SocketAddr) -> Self {
        Self(format!("http://{socket}"))
    }

    /// The address itself, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The address of an article.
    pub fn of(&self, slug: &str) -> String {
        format!("{}{ARTICLES}{slug}", self.0)
    }

    /// The address of something else there; `path` begins with a slash.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }
}

/// The slug in the address of an article; of this server's, where its address is known. None if it is another's.
pub(super) fn slug(public: Option<&PublicUrl>, url: &str) -> Result<Option<String>, Error> {
    let odd = || {
        let example = public.map_or_else(
            || "https://news.example.org/articles/a-slug".to_owned(),
            |public| public.of("a-slug"),
        );
        let message =
            format!("by: {url:?} is not the address of an article; expected one like {example:?}");
        bad(Code::BadUserInput, message)
    };
    let bare = url.split(['?', '#']).next().unwrap_or_default();
    let bare = bare.trim_end_matches('/');
    let (server, slug) = bare.rsplit_once(ARTICLES).ok_or_else(odd)?;
    if slug.is_empty() || slug.contains('/') || server.parse::<PublicUrl>().is_err() {
        return Err(odd());
    }
    Ok(public
        .is_none_or(|public| public.0.eq_ignore_ascii_case(server))
        .then(|| slug.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_server_and_nothing_more() {
        for (text, address) in [
            (
                "https://news.example.org",
                Some("https://news.example.org/articles/x"),
            ),
            (
                "https://news.example.org/press/",
                Some("https://news.example.org/press/articles/x"),
            ),
            ("http://[::1]:8000", Some("http://[::1]:8000/articles/x")),
            ("news.example.org", None),
            ("ftp://news.example.org", None),
            ("https://", None),
            ("https:///x", None),
            ("https://a.example/?q", None),
            ("https://me@a.example", None),
            ("https://a.example/ b", None),
        ] {
            let found = text.parse::<PublicUrl>().ok().map(|public| public.of("x"));
            assert_eq!(found.as_deref(), address, "{text}");
        }
    }

    #[test]
    fn an_articles_address_names_its_slug() {
        let public: PublicUrl = "https://news.example.org".parse().expect("an address");
        for (url, known, any) in [
            (
                "https://news.example.org/articles/lock-opens",
                Some(Some("lock-opens")),
                Some(Some("lock-opens")),
            ),
            (
                "https://News.example.org/articles/lock-opens/?utm=1#top",
                Some(Some("lock-opens")),
                Some(Some("lock-opens")),
            ),
            (
                "https://else.example.org/articles/lock-opens",
                Some(None),
                Some(Some("lock-opens")),
            ),
            ("https://news.example.org/articles/", None, None),
            ("https://news.example.org/pages/lock-opens", None, None),
            ("/articles/lock-opens", None, None),
            ("", None, None),
        ] {
            let found = |public| slug(public, url).ok();
            assert_eq!(
                found(Some(&public)),
                known.map(|slug| slug.map(str::to_owned)),
                "{url}"
            );
            assert_eq!(
                found(None),
                any.map(|slug| slug.map(str::to_owned)),
                "{url}"
            );
        }
    }
}
