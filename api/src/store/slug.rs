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

#[cfg(test)]
mod tests {
    use super::of;

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
}
