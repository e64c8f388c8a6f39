use super::*;

fn day(number: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(2025, 1, 1)?.checked_add_days(chrono::Days::new(number.into()))
}

fn place(model: &str, multilingual: bool, x: f64, y: f64) -> Place {
    Place {
        model: model.to_owned(),
        multilingual,
        embedding: Embedding::normalised(&[x, y]),
    }
}

/// An article whose embedding has this angle, in degrees, and whose text has these names.
fn telling(day: Option<NaiveDate>, language: &str, degrees: f64, names: &str) -> Telling {
    let (sine, cosine) = degrees.to_radians().sin_cos();
    Telling {
        day,
        language: language.to_owned(),
        places: vec![place("model", false, cosine, sine)],
        names: Names::of("A title", &format!("It was seen by {names}.")),
    }
}

const TEN: &str = "Ada Bell Cora Dean Ebba Finn Gail Hank Iris Jack";
const SIX: &str = "Ada Bell Cora Dean Ebba Finn";
const TWO: &str = "Ada Bell";

#[test]
fn what_is_on_the_same_event_follows_from_day_language_nearness_and_names() {
    let here = |language| telling(day(30), language, 0.0, TEN);
    for (one, other, same, why) in [
        (
            here("en"),
            telling(day(30), "en", 40.0, TEN),
            true,
            "near, and all names",
        ),
        (
            here("en"),
            telling(day(30), "en", 55.0, TEN),
            false,
            "all names, but far",
        ),
        (
            here("en"),
            telling(day(30), "en", 35.0, SIX),
            true,
            "six names of ten",
        ),
        (
            here("en"),
            telling(day(30), "en", 40.0, SIX),
            false,
            "six names of ten, but farther",
        ),
        (
            here("en"),
            telling(day(30), "en", 0.0, TWO),
            false,
            "two names are too few",
        ),
        (
            here("en"),
            telling(day(51), "en", 40.0, TEN),
            true,
            "three weeks apart",
        ),
        (
            here("en"),
            telling(day(52), "en", 0.0, TEN),
            false,
            "a day more",
        ),
        (
            here("en"),
            telling(None, "en", 40.0, TEN),
            true,
            "no day, but near",
        ),
        (
            here("en"),
            telling(None, "en", 35.0, SIX),
            false,
            "no day, and not so near",
        ),
        (
            telling(None, "en", 0.0, TEN),
            telling(None, "en", 40.0, TEN),
            true,
            "neither has a day",
        ),
        (
            here("fr"),
            telling(day(30), "fr", 40.0, TEN),
            true,
            "French, and all names",
        ),
        (
            here("fr"),
            telling(day(30), "fr", 35.0, SIX),
            false,
            "French must be nearer",
        ),
        (
            here("en"),
            telling(day(30), "fr", 75.0, TEN),
            true,
            "a translation is far off",
        ),
        (
            here("en"),
            telling(day(30), "fr", 40.0, SIX),
            true,
            "six of ten names, and not far",
        ),
        (
            here("en"),
            telling(day(30), "fr", 75.0, SIX),
            false,
            "six of ten names, and far",
        ),
        (
            here("en"),
            telling(day(30), "fr", 0.0, TWO),
            false,
            "two names are no translation",
        ),
    ] {
        assert_eq!(one.same_event(&other), same, "{why}");
        assert_eq!(other.same_event(&one), same, "{why}, the other way round");
        let cosine = one.places[0]
            .embedding
            .similarity(&other.places[0].embedding);
        let read = promising(cosine, false, &one.language, &other.language);
        assert!(read || !same, "{why}: it must be read to be found");
    }
}

#[test]
fn embeddings_of_different_models_do_not_compare() {
    let one = telling(day(30), "en", 0.0, TEN);
    let other = Telling {
        places: vec![place("another", false, 1.0, 0.0)],
        ..one.clone()
    };
    assert!(one.same_event(&one) && !one.same_event(&other));
}

/// The same article also in a space of all languages, at this angle in degrees.
fn shared(one: Telling, degrees: f64) -> Telling {
    let (sine, cosine) = degrees.to_radians().sin_cos();
    let mut places = one.places.clone();
    places.push(place("many", true, cosine, sine));
    Telling { places, ..one }
}

/// In the space of all languages alone.
fn only_shared(one: Telling, degrees: f64) -> Telling {
    let mut one = shared(one, degrees);
    one.places.remove(0);
    one
}

#[test]
fn languages_meet_in_their_common_space_and_english_in_its_own() {
    let at = |language, degrees| telling(day(30), language, degrees, TEN);
    let english = shared(at("en", 0.0), 0.0);
    for (other, same, why) in [
        (
            only_shared(at("fr", 0.0), 20.0),
            true,
            "a translation lies near",
        ),
        (
            only_shared(at("fr", 0.0), 35.0),
            false,
            "another article does not",
        ),
        (
            only_shared(telling(day(30), "fr", 0.0, TWO), 0.0),
            false,
            "two names are too few, however near",
        ),
        (
            shared(at("en", 40.0), 90.0),
            true,
            "near where English is compared, wherever it lies among all languages",
        ),
        (
            shared(at("en", 80.0), 0.0),
            false,
            "far where English is compared",
        ),
        (
            only_shared(at("en", 0.0), 10.0),
            true,
            "there is but one space that both are in",
        ),
        (
            at("fr", 40.0),
            true,
            "by the English encoder, where there is no other",
        ),
    ] {
        assert_eq!(english.same_event(&other), same, "{why}");
        assert_eq!(
            other.same_event(&english),
            same,
            "{why}, the other way round"
        );
    }
    let french = only_shared(at("fr", 0.0), 0.0);
    assert!(french.same_event(&only_shared(at("fr", 0.0), 15.0)));
    assert!(!french.same_event(&only_shared(at("fr", 0.0), 35.0)));
}

#[test]
fn titles_that_name_different_things_part_what_is_near() {
    let reception = |of: &str| Telling {
        names: Names::of(
            &format!("Secretary Receives Ambassador of {of}"),
            &format!("With Ada Bell Cora Dean Ebba Finn Gail the ambassador of {of} came."),
        ),
        ..telling(day(30), "en", 0.0, TEN)
    };
    assert!(reception("Keldra").same_event(&reception("Keldra")));
    assert!(!reception("Keldra").same_event(&reception("Marvos")));
}

#[test]
fn a_story_is_what_hangs_together_and_is_named_by_its_first() {
    let at = |day_: u32, degrees: f64| telling(day(day_), "en", degrees, TEN);
    for (tellings, expected) in [
        (vec![], vec![]),
        (vec![at(0, 0.0)], vec![0]),
        (vec![at(0, 0.0), at(0, 90.0)], vec![0, 1]),
        // The second hangs together with the first by the third alone.
        (vec![at(0, 0.0), at(0, 80.0), at(0, 40.0)], vec![0, 0, 0]),
        // A story may last longer than three weeks, step by step.
        (vec![at(0, 0.0), at(20, 0.0), at(40, 0.0)], vec![0, 0, 0]),
        (vec![at(0, 0.0), at(40, 0.0), at(80, 0.0)], vec![0, 1, 2]),
        // Two stories grow together when the last one comes.
        (
            vec![
                at(0, 90.0),
                at(0, 0.0),
                at(0, 90.0),
                at(0, 0.0),
                at(0, 45.0),
            ],
            vec![0, 0, 0, 0, 0],
        ),
    ] {
        let all: Vec<&Telling> = tellings.iter().collect();
        assert_eq!(stories(&all), expected);
    }
}

#[test]
fn who_belongs_together_does_not_depend_on_the_order() {
    let articles: Vec<Telling> = (0..12)
        .map(|number| {
            telling(
                day(number * 29 % 120),
                "en",
                f64::from(number * 37 % 180),
                TEN,
            )
        })
        .collect();
    let together = |order: &[usize]| {
        let all: Vec<&Telling> = order.iter().map(|&place| &articles[place]).collect();
        let first = stories(&all);
        let mut pairs = Vec::new();
        for (one, &article) in order.iter().enumerate() {
            for (other, &beside) in order.iter().enumerate() {
                if article < beside && first[one] == first[other] {
                    pairs.push((article, beside));
                }
            }
        }
        pairs.sort_unstable();
        pairs
    };
    let forwards: Vec<usize> = (0..12).collect();
    let expected = together(&forwards);
    assert!(!expected.is_empty() && expected.len() < 66);
    for step in [5, 7, 11] {
        let shuffled: Vec<usize> = (0..12).map(|place| place * step % 12).collect();
        assert_eq!(together(&shuffled), expected);
    }
}
