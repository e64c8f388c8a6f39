//! A small language of notices, each about none, one or two of four topics, and what is said of each.

/// Topics, and the words by which one knows them; the first is the topic's name.
pub(crate) const TOPICS: [(&str, [&str; 6]); 4] = [
    (
        "sport",
        ["sport", "coach", "team", "goal", "league", "runner"],
    ),
    (
        "health",
        [
            "health", "doctor", "vaccine", "hospital", "nurse", "patient",
        ],
    ),
    (
        "education",
        [
            "education",
            "school",
            "teacher",
            "pupil",
            "lesson",
            "university",
        ],
    ),
    (
        "weather",
        ["weather", "storm", "rain", "wind", "flood", "snow"],
    ),
];

/// Words that say nothing of a topic, and the one that stands for all that are not known.
const FILLERS: [&str; 21] = [
    "the", "a", "in", "of", "on", "and", "for", "with", "new", "was", "were", "said", "opened",
    "council", "town", "people", "year", "monday", "today", "many", "unheard",
];

/// What is asked about a notice.
pub(crate) struct Pair {
    pub(crate) notice: String,
    pub(crate) topic: &'static str,
    /// As the model numbers them: 0 contradiction, 1 neutral, 2 entailment.
    pub(crate) answer: i64,
}

/// All words of the language but the one that is not known.
pub(crate) fn words() -> Vec<&'static str> {
    let topics = TOPICS.iter().flat_map(|(_, words)| words);
    let fillers = FILLERS.iter().filter(|word| **word != "unheard");
    fillers.chain(topics).copied().collect()
}

/// The pair of this number; the same number gives the same pair.
pub(crate) fn pair(number: u64) -> Pair {
    let mut state = number.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d;
    let mut pick = |limit: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 33) as usize % limit
    };
    for _ in 0..4 {
        pick(2);
    }
    let about: Vec<usize> = (0..pick(3)).map(|_| pick(TOPICS.len())).collect();
    let mut words: Vec<&str> = (0..6 + pick(18))
        .map(|_| FILLERS[pick(FILLERS.len())])
        .collect();
    for &topic in &about {
        for _ in 0..1 + pick(3) {
            words.insert(pick(words.len() + 1), TOPICS[topic].1[pick(6)]);
        }
    }
    // Half of the questions about something are answered with yes.
    let asked = match about.first() {
        Some(&topic) if pick(2) == 0 => topic,
        _ => pick(TOPICS.len()),
    };
    let answer = match about.as_slice() {
        [] => 1,
        about if about.contains(&asked) => 2,
        _ => 0,
    };
    Pair {
        notice: words.join(" "),
        topic: TOPICS[asked].0,
        answer,
    }
}
