//! What is said of a selection to whoever makes an issue of it: why there is nothing in it, and what is still missing.

use super::selection::Selection;

impl Selection {
    /// Why there is nothing in it; none if there is something.
    pub fn nothing(&self) -> Option<String> {
        if !self.is_empty() {
            return None;
        }
        let period = format!("from {} to {}", self.from, self.to);
        Some(match (self.sent, self.waiting) {
            (0, 0) => format!("nothing was published {period} that fits"),
            (0, waiting) => format!(
                "nothing {period} has one of these topics yet: {} to be summarised and labelled",
                counted(waiting, "article waits", "articles wait")
            ),
            (sent, _) => format!(
                "nothing new was published {period} that fits: {} in an edition of {} that was sent",
                counted(sent as u64, "article was", "articles were"),
                self.wanted.name
            ),
        })
    }

    /// What is missing in it that a summarizer will make; none if nothing is.
    pub fn missing(&self) -> Option<String> {
        if self.is_empty() || self.waiting == 0 {
            return None;
        }
        let waiting = counted(self.waiting, "article", "articles");
        Some(match self.wanted.topics.is_empty() {
            true => format!("{waiting} in it without an abstract yet"),
            false => format!(
                "{waiting} of the period not summarised and labelled yet: some may belong in it"
            ),
        })
    }
}

fn counted(number: u64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use entity::id::EditionId;

    use super::*;
    use crate::digest::Wanted;

    fn nothing(sent: usize, waiting: u64, topics: &[&str]) -> Selection {
        let topics = topics.iter().map(|topic| (*topic).to_owned()).collect();
        Selection {
            wanted: Wanted {
                topics,
                ..Wanted::named("weekly".parse().expect("a name"))
            },
            edition: EditionId::of(&[]),
            articles: Vec::new(),
            from: NaiveDate::default(),
            to: NaiveDate::default(),
            found: 0,
            sent,
            waiting,
            lead: None,
            groups: Vec::new(),
        }
    }

    #[test]
    fn an_empty_selection_says_why_it_is_empty() {
        let period = "from 1970-01-01 to 1970-01-01";
        for (sent, waiting, expected) in [
            (0, 0, format!("nothing was published {period} that fits")),
            (
                0,
                1,
                format!(
                    "nothing {period} has one of these topics yet: 1 article waits to be summarised and labelled"
                ),
            ),
            (
                2,
                7,
                format!(
                    "nothing new was published {period} that fits: 2 articles were in an edition of weekly that was sent"
                ),
            ),
        ] {
            let selection = nothing(sent, waiting, &["education"]);
            assert_eq!(selection.nothing(), Some(expected));
            assert_eq!(selection.missing(), None);
        }
    }
}
