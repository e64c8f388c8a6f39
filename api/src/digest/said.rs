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
