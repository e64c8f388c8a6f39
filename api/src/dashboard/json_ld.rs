//! Facts for machines, as schema.org names them.

use serde_json::{Value, json};

/// JSON that may stand in a page: nothing in it ends the element it stands in, or begins another.
pub(super) fn embedded(facts: &Value) -> String {
    facts
        .to_string()
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

/// What is said of a press release.
pub(super) struct NewsArticle<'a> {
    pub(super) address: &'a str,
    pub(super) title: &'a str,
    pub(super) language: &'a str,
    pub(super) published_on: Option<&'a str>,
    pub(super) summary: Option<&'a str>,
    pub(super) topics: Vec<&'a str>,
    pub(super) words: u32,
    /// The source of its page.
    pub(super) publisher: &'a str,
    /// When what is shown of it last changed, as ISO 8601 has it.
    pub(super) modified: &'a str,
}

impl NewsArticle<'_> {
    /// As JSON that may stand in a page.
    pub(super) fn facts(&self) -> String {
        // What is not known is left out.
        let all = json!({
            "@context": "https://schema.org",
            "@type": "NewsArticle",
            "headline": self.title,
            "url": self.address,
            "mainEntityOfPage": self.address,
            "inLanguage": (self.language != "und").then_some(self.language),
            "datePublished": self.published_on,
            "dateModified": self.modified,
            "publisher": { "@type": "Organization", "name": self.publisher },
            "abstract": self.summary,
            "articleSection": self.topics,
            "wordCount": self.words,
        });
        let known = match all {
            Value::Object(facts) => facts
                .into_iter()
                .filter(|(_, fact)| !fact.is_null())
                .collect(),
            other => return embedded(&other),
        };
        embedded(&Value::Object(known))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_the_facts_can_end_the_element_they_stand_in() {
        let title = "</script><script>alert(1)</script>&<!--";
        let facts = NewsArticle {
            address: "http://h/a",
            title,
            language: "und",
            published_on: None,
            summary: None,
            topics: vec!["A & B"],
            words: 3,
            publisher: "</script>",
            modified: "2024-03-01T00:00:00Z",
        }
        .facts();
        assert!(!facts.contains(['<', '>', '&']), "{facts}");
        let read: Value = serde_json::from_str(&facts).expect("JSON");
        assert_eq!(read["headline"], title);
        assert_eq!(read["publisher"]["name"], "</script>");
        assert_eq!(read["dateModified"], "2024-03-01T00:00:00Z");
        assert!(read.get("inLanguage").is_none() && read.get("datePublished").is_none());
    }
}
