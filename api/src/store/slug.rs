//! Readable names for links.

/// Longest slug, in bytes of ASCII; the suffix that parts two of the same name comes on top.
const LIMIT: usize = 80;

/// `title` in lower-case ASCII, words joined by hyphens, cut after a word; empty when nothing of it can be written so.
pub(super) fn of(title: &str) -> String {
    let mut slug = slug::slugify(title);
    if slug.len() > LIMIT {
        let cut = if slug.as_bytes()[LIMIT] == b'-' {
            LIMIT
        } else {
            slug[..LIMIT].rfind('-').unwrap_or(LIMIT)
        };
        slug.truncate(cut);
    }
    slug
}

/// The readable name of a topic, for links: its English name written so, or its id where nothing of that can be. Topics of
/// one vocabulary that share a name share it; it then means the first of them.
pub fn topic_slug(topic: &entity::topic::Model) -> String {
    slug_of_topic(topic.id.as_str(), &topic.name)
}

/// The same of a topic that is known by its id and its English name.
pub fn slug_of_topic(id: &str, name: &str) -> String {
    let slug = of(name);
    if slug.is_empty() { of(id) } else { slug }
}

#[cfg(test)]
mod tests {
    use entity::id::TopicId;
    use entity::topic;

    use super::{of, topic_slug};

    #[test]
    fn a_slug_is_ascii_and_ends_with_a_whole_word() {
        let long = "word ".repeat(40);
        for (title, slug) in [
            ("The Lake Café Hosts Dr. Ada", "the-lake-cafe-hosts-dr-ada"),
            (
                "Clôture de l’atelier à Tanger",
                "cloture-de-l-atelier-a-tanger",
            ),
            ("“Quoted”: what now?", "quoted-what-now"),
            ("…", ""),
            (long.as_str(), &"word-".repeat(16)[..79]),
        ] {
            assert_eq!(of(title), slug, "{title}");
        }
    }
    #[test]
    fn a_topic_is_named_by_its_english_name_or_else_its_id() {
        for (id, name, slug) in [
            ("medtop:05000000", "Education", "education"),
            (
                "medtop:01000000",
                "Arts, culture, entertainment and media",
                "arts-culture-entertainment-and-media",
            ),
            ("medtop:05000000", "…", "medtop-05000000"),
        ] {
            let topic = topic::Model {
                id: TopicId(id.to_owned()),
                name: name.to_owned(),
                names: topic::Names::default(),
                description: String::new(),
                position: 0,
            };
            assert_eq!(topic_slug(&topic), slug, "{name}");
        }
    }
}
