//! Which of the candidates stand in an issue, and where: one article a story, grouped by topic, none of them starved.

use std::cmp::Reverse;
use std::collections::HashMap;

use chrono::NaiveDate;

/// An article that may stand in an issue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Candidate {
    /// Its language.
    pub language: String,
    /// Its day of publication.
    pub published_on: Option<NaiveDate>,
    /// Its story, if it shares one with others.
    pub story: Option<String>,
    /// Its topics, the surest first.
    pub topics: Vec<String>,
}

/// How much stands in an issue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Most articles under one topic.
    pub per_topic: usize,
    /// Most articles in all.
    pub articles: usize,
}

/// What stands in an issue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// The article that opens it.
    pub lead: Option<Pick>,
    /// Its parts, in order; each has an article.
    pub parts: Vec<Part>,
}

/// A part of an issue: the articles of one topic.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The topic; none for the articles that have none of those wanted.
    pub topic: Option<String>,
    /// Its articles.
    pub picks: Vec<Pick>,
    /// Stories of the topic that found no room.
    pub left_out: usize,
}

/// An article in an issue, by its place among the candidates.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pick {
    /// The article.
    pub article: usize,
    /// The others of its story.
    pub also: Vec<usize>,
}

/// Choose from `candidates`, which come in the order they are wanted in.
///
/// `topics` are the parts in their order; an article goes to the surest of its topics among them. Of a story the newest
/// article is taken, and of those of one day the one in the language that comes first in `languages`; the article
/// `lead` is taken whatever its story has. Where `limits.articles` bites, every topic gives up its last articles first.
pub fn choose(
    candidates: &[Candidate],
    topics: &[String],
    languages: &[String],
    lead: Option<usize>,
    limits: Limits,
) -> Chosen {
    let mut chosen = Chosen::default();
    let mut parts: Vec<Part> = topics
        .iter()
        .map(|topic| Part {
            topic: Some(topic.clone()),
            ..Part::default()
        })
        .chain([Part::default()])
        .collect();
    for pick in picks(candidates, languages, lead) {
        if Some(pick.article) == lead {
            chosen.lead = Some(pick);
            continue;
        }
        let surest = candidates[pick.article]
            .topics
            .iter()
            .find_map(|topic| topics.iter().position(|wanted| wanted == topic));
        parts[surest.unwrap_or(topics.len())].picks.push(pick);
    }
    let room = limits
        .articles
        .saturating_sub(usize::from(chosen.lead.is_some()));
    let sizes: Vec<usize> = parts
        .iter()
        .map(|part| part.picks.len().min(limits.per_topic))
        .collect();
    for (part, kept) in parts.iter_mut().zip(shares(&sizes, room)) {
        part.left_out = part.picks.len() - kept;
        part.picks.truncate(kept);
    }
    parts.retain(|part| !part.picks.is_empty());
    chosen.parts = parts;
    chosen
}

/// How many each of several lists may keep so that all together keep at most `room`: one after the other gets one more,
/// as long as it has one.
pub(super) fn shares(sizes: &[usize], room: usize) -> Vec<usize> {
    let mut kept = vec![0; sizes.len()];
    let mut left = room.min(sizes.iter().sum());
    while left > 0 {
        for (kept, size) in kept.iter_mut().zip(sizes) {
            if *kept < *size && left > 0 {
                *kept += 1;
                left -= 1;
            }
        }
    }
    kept
}

/// One article a story, in the order of the candidates.
fn picks(candidates: &[Candidate], languages: &[String], lead: Option<usize>) -> Vec<Pick> {
    let mut stories: HashMap<&str, Vec<usize>> = HashMap::new();
    for (place, candidate) in candidates.iter().enumerate() {
        if let Some(story) = &candidate.story {
            stories.entry(story).or_default().push(place);
        }
    }
    let rank = |place: &usize| {
        let candidate = &candidates[*place];
        let language = languages
            .iter()
            .position(|wanted| *wanted == candidate.language)
            .unwrap_or(languages.len());
        (
            Some(*place) != lead,
            Reverse(candidate.published_on),
            language,
            *place,
        )
    };
    for story in stories.values_mut() {
        story.sort_by_key(rank);
    }
    (0..candidates.len())
        .filter_map(|place| {
            let also = match &candidates[place].story {
                Some(story) => {
                    let (first, others) = stories[story.as_str()].split_first()?;
                    if *first != place {
                        return None;
                    }
                    others.to_vec()
                }
                None => Vec::new(),
            };
            Some(Pick {
                article: place,
                also,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(day: u32, language: &str, story: &str, topics: &[&str]) -> Candidate {
        Candidate {
            language: language.to_owned(),
            published_on: NaiveDate::from_ymd_opt(2026, 11, day),
            story: (!story.is_empty()).then(|| story.to_owned()),
            topics: topics.iter().map(|topic| (*topic).to_owned()).collect(),
        }
    }

    fn texts(list: &[&str]) -> Vec<String> {
        list.iter().map(|text| (*text).to_owned()).collect()
    }

    const ROOMY: Limits = Limits {
        per_topic: 10,
        articles: 100,
    };

    /// A part: its topic, its articles with the others of their stories, and how many are left out.
    type Shown<'a> = (Option<&'a str>, Vec<(usize, Vec<usize>)>, usize);

    fn shown(chosen: &Chosen) -> Vec<Shown<'_>> {
        let parts = chosen.parts.iter().map(|part| {
            let picks = part.picks.iter();
            let picks = picks
                .map(|pick| (pick.article, pick.also.clone()))
                .collect();
            (part.topic.as_deref(), picks, part.left_out)
        });
        parts.collect()
    }

    #[test]
    fn an_article_goes_to_its_surest_wanted_topic_in_the_order_of_topics() {
        let candidates = [
            candidate(9, "en", "", &["b", "a"]),
            candidate(8, "en", "", &["x", "a"]),
            candidate(7, "en", "", &[]),
            candidate(6, "en", "", &["a"]),
        ];
        let chosen = choose(&candidates, &texts(&["a", "b"]), &[], None, ROOMY);
        let one = |place| (place, Vec::new());
        assert_eq!(
            shown(&chosen),
            [
                (Some("a"), vec![one(1), one(3)], 0),
                (Some("b"), vec![one(0)], 0),
                (None, vec![one(2)], 0),
            ]
        );
    }

    #[test]
    fn a_story_stands_there_once_by_its_newest_article_in_the_wanted_language() {
        let candidates = [
            candidate(9, "fr", "s", &["a"]),
            candidate(9, "en", "s", &["a"]),
            candidate(8, "en", "s", &["a"]),
            candidate(7, "en", "", &["a"]),
        ];
        for (languages, first, also) in [
            (&["en"][..], 1, vec![0, 2]),
            (&["fr", "en"], 0, vec![1, 2]),
            (&[], 0, vec![1, 2]),
        ] {
            let chosen = choose(&candidates, &texts(&["a"]), &texts(languages), None, ROOMY);
            let picks: Vec<_> = shown(&chosen).remove(0).1;
            assert_eq!(picks, [(first, also), (3, Vec::new())], "{languages:?}");
        }
    }

    #[test]
    fn the_lead_stands_alone_and_takes_its_story_with_it() {
        let candidates = [
            candidate(9, "en", "s", &["a"]),
            candidate(8, "en", "s", &["a"]),
            candidate(7, "en", "", &["a"]),
        ];
        let chosen = choose(&candidates, &texts(&["a"]), &[], Some(1), ROOMY);
        let lead = Pick {
            article: 1,
            also: vec![0],
        };
        assert_eq!(chosen.lead, Some(lead));
        assert_eq!(shown(&chosen), [(Some("a"), vec![(2, Vec::new())], 0)]);
    }

    #[test]
    fn where_there_is_too_little_room_every_topic_keeps_its_first() {
        let mut candidates = vec![candidate(9, "en", "", &["a"]); 5];
        candidates.extend(vec![candidate(8, "en", "", &["b"]); 2]);
        for (per_topic, articles, a, b) in [
            (10, 100, (5, 0), (2, 0)),
            (3, 100, (3, 2), (2, 0)),
            (3, 3, (2, 3), (1, 1)),
            (1, 100, (1, 4), (1, 1)),
        ] {
            let limits = Limits {
                per_topic,
                articles,
            };
            let chosen = choose(&candidates, &texts(&["a", "b"]), &[], None, limits);
            let kept: Vec<_> = chosen
                .parts
                .iter()
                .map(|part| (part.picks.len(), part.left_out))
                .collect();
            assert_eq!(kept, [a, b], "{limits:?}");
        }
        let none = Limits {
            per_topic: 5,
            articles: 0,
        };
        assert_eq!(
            choose(&candidates, &texts(&["a"]), &[], None, none),
            Chosen::default()
        );
    }

    #[test]
    fn nothing_is_chosen_of_nothing() {
        assert_eq!(
            choose(&[], &texts(&["a"]), &[], None, ROOMY),
            Chosen::default()
        );
    }
}
