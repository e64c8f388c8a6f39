//! Which model it is, for the rows of what it made.

/// A model that the user brought: what it is called, which it is exactly, and what it was taught.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Its name.
    pub name: String,
    /// Version of the model and of the method: twelve hexadecimal digits of the weights' SHA-256, and the method.
    pub version: String,
    /// ISO 639-1 of the languages it was taught; none if nobody says.
    pub languages: Vec<String>,
}

impl Identity {
    /// Whether it was taught a language; where nobody says, it is left to all.
    #[must_use]
    pub fn knows(&self, language: &str) -> bool {
        self.languages.is_empty() || self.languages.iter().any(|own| own == language)
    }
}
