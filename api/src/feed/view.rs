//! What a feed is of, and the addresses of its pages and feeds.

use form_urlencoded::Serializer;

use super::Format;

/// Which articles: those of a topic, or of all; and the parameters that narrow them down. A page of the same name shows
/// the same articles.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct View {
    /// Slug of the topic that the path names.
    pub topic: Option<String>,
    /// The parameters of the address, as they were given: name and value.
    pub parameters: Vec<(String, String)>,
}

/// A link from a page to a feed of what it shows: `<link rel="alternate" type="…" title="…" href="…">`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The media type of the feed.
    pub media_type: &'static str,
    /// What a reader that finds it calls it.
    pub title: String,
    /// Its address on this server, from the root; to be escaped as any text is.
    pub href: String,
}

/// The links of a page that shows this view to its feeds, Atom first, as many readers take the first they find.
pub fn alternates(view: &View, title: &str) -> [Link; 3] {
    Format::ALL.map(|format| Link {
        media_type: format.media_type(),
        title: title.to_owned(),
        href: view.feed(format),
    })
}

impl View {
    /// The articles of a topic.
    pub fn of_topic(slug: &str) -> Self {
        Self {
            topic: Some(slug.to_owned()),
            parameters: Vec::new(),
        }
    }

    /// The same with one more parameter.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut view = self.clone();
        view.parameters.push((name.to_owned(), value.to_owned()));
        view
    }

    /// The same without these parameters.
    pub fn without(&self, names: &[&str]) -> Self {
        let mut view = self.clone();
        view.parameters
            .retain(|(name, _)| !names.contains(&name.as_str()));
        view
    }

    /// The address of the feed in this format, from the root.
    pub fn feed(&self, format: Format) -> String {
        let extension = format.extension();
        match &self.topic {
            Some(slug) => self.at(&format!("/topics/{slug}.{extension}")),
            None => self.at(&format!("/feed.{extension}")),
        }
    }

    /// The address of the page, from the root.
    pub fn page(&self) -> String {
        match &self.topic {
            Some(slug) => self.at(&format!("/topics/{slug}")),
            None => self.at("/articles"),
        }
    }

    fn at(&self, path: &str) -> String {
        if self.parameters.is_empty() {
            return path.to_owned();
        }
        let query = Serializer::new(String::new())
            .extend_pairs(&self.parameters)
            .finish();
        format!("{path}?{query}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_view_has_a_page_and_its_feeds() {
        let searched = View::default()
            .with("topic", "education")
            .with("search", "a&b \"é\"");
        for (view, page, feed) in [
            (View::default(), "/articles", "/feed.atom"),
            (
                View::of_topic("education"),
                "/topics/education",
                "/topics/education.atom",
            ),
            (
                View::of_topic("education").with("language", "fr"),
                "/topics/education?language=fr",
                "/topics/education.atom?language=fr",
            ),
            (
                searched.clone(),
                "/articles?topic=education&search=a%26b+%22%C3%A9%22",
                "/feed.atom?topic=education&search=a%26b+%22%C3%A9%22",
            ),
            (
                searched.without(&["search"]),
                "/articles?topic=education",
                "/feed.atom?topic=education",
            ),
        ] {
            assert_eq!(view.page(), page);
            assert_eq!(view.feed(Format::Atom), feed);
        }
    }

    #[test]
    fn a_page_links_to_every_format() {
        let links = alternates(&View::of_topic("education"), "Education");
        let shown = links.map(|link| (link.media_type, link.href));
        assert_eq!(
            shown,
            [
                ("application/atom+xml", "/topics/education.atom".to_owned()),
                ("application/rss+xml", "/topics/education.rss".to_owned()),
                ("application/feed+json", "/topics/education.json".to_owned()),
            ]
        );
    }
}
