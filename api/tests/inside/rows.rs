//! Rows read as one are, value for value, the rows that are stored.

use api::store::Store;
use api::store::articles::{ArticleFilter, ArticleOrder};
use api::store::window::{End, Window};
use chrono::{DateTime, NaiveDate, Utc};
use entity::id::{ArticleId, PageId, TopicId};
use entity::span::{Ranked, Ranking, Span, Spans};
use entity::{abstracts, article, label, page, topic};
use sea_orm::ActiveValue::Set;
use sea_orm::{Database, EntityTrait, IntoActiveModel, QueryOrder};
use tests::on_both_engines;

type Tested = Result<(), Box<dyn std::error::Error>>;

/// What JSON must escape, what folds, what lies beyond the basic plane.
pub(super) const ODD: &str = "“Lac d’Ondré” \"quoted\" \\ back\tslash\n\nsecond — paragraph \u{1f3db} \u{2028} \u{7f} é e\u{301} {} [1,2]";

pub(super) fn at(micros: i64) -> DateTime<Utc> {
    DateTime::from_timestamp_micros(micros).expect("a moment")
}

pub(super) fn article(number: u32, page: &PageId) -> article::Model {
    article::Model {
        id: ArticleId::of(&[&number.to_string()]),
        page_id: page.clone(),
        position: number as i32,
        slug: format!("slug-{number}"),
        title: format!("{number} {ODD}"),
        language: "fr".to_owned(),
        published_on: (number > 1)
            .then(|| NaiveDate::from_ymd_opt(2021, 3, number).expect("a day")),
        date_basis: (number > 1).then_some(article::DateBasis::Stated),
        body: ODD.to_owned(),
        word_count: 7,
        fingerprint: "f".to_owned(),
        text_hash: "h".to_owned(),
        duplicate_of: None,
        ingested_at: at(1_700_000_000_000_000 + i64::from(number)),
        changed_at: at(1_700_000_000_123_456),
        title_key: String::new(),
        hidden_at: None,
        merged_into: (number == 3).then(|| ArticleId::of(&["1"])),
        labels_set_at: (number == 2).then(|| at(1_600_000_000_000_000)),
        story_id: None,
    }
}

pub(super) fn page() -> page::Model {
    page::Model {
        id: PageId::of(&["page"]),
        source: "s".to_owned(),
        name: "n".to_owned(),
        media_type: "text/plain".to_owned(),
        encoding: "utf-8".to_owned(),
        content_hash: "c".to_owned(),
        byte_count: 1,
        reader: "0".to_owned(),
        ingested_at: at(1),
        superseded_by: None,
        corrected_at: None,
    }
}

on_both_engines!(
    rows_read_as_one_are_those_stored,
    async |database| -> Tested {
        let store = Store::open(database.url()).await?;
        store.migrate_up().await?;
        let connection = Database::connect(database.url()).await?;
        let page = page();
        let of_page = page.id.clone();
        page::Entity::insert(page.into_active_model())
            .exec_without_returning(&connection)
            .await?;
        let articles: Vec<_> = (1..=4).map(|number| article(number, &of_page)).collect();
        let ids: Vec<ArticleId> = articles.iter().map(|article| article.id.clone()).collect();
        article::Entity::insert_many(articles.into_iter().map(IntoActiveModel::into_active_model))
            .exec_without_returning(&connection)
            .await?;
        topic::Entity::insert(topic::ActiveModel {
            id: Set(TopicId("t:1".to_owned())),
            name: Set(ODD.to_owned()),
            names: Set(topic::Names([("fr".to_owned(), ODD.to_owned())].into())),
            description: Set(String::new()),
            position: Set(-1),
        })
        .exec_without_returning(&connection)
        .await?;
        for (id, score) in ids.iter().zip([0.1 + 0.2, 1.0 / 3.0, 0.001, 1.0]) {
            label::Entity::insert(label::ActiveModel {
                article_id: Set(id.clone()),
                topic_id: Set(TopicId("t:1".to_owned())),
                score: Set(score),
                evidence_start: Set(None),
                evidence_end: Set(None),
                origin: Set(label::Origin::Editor),
                model: Set(None),
                created_at: Set(at(1_700_000_000_000_001)),
            })
            .exec_without_returning(&connection)
            .await?;
            abstracts::Entity::insert(abstracts::ActiveModel {
                article_id: Set(id.clone()),
                kind: Set(abstracts::Kind::Edited),
                text: Set(ODD.to_owned()),
                sentences: Set(Spans(vec![Span { start: 0, end: 9 }])),
                ranking: Set(Ranking(vec![Ranked {
                    start: 0,
                    end: 9,
                    score: 0.123_456_79,
                    omissible: vec![Span { start: 2, end: 4 }],
                    passing: 1,
                    leans_on: Some(Span { start: 0, end: 2 }),
                }])),
                model: Set("m".to_owned()),
                model_version: Set("1".to_owned()),
                text_hash: Set("h".to_owned()),
                created_at: Set(at(1)),
            })
            .exec_without_returning(&connection)
            .await?;
        }

        let everything = Window {
            size: 10,
            end: End::First,
            after: None,
            before: None,
        };
        let listed = store
            .articles(
                &ArticleFilter::default(),
                ArticleOrder::default(),
                &everything,
            )
            .await?;
        let plainly = article::Entity::find()
            .order_by_desc(article::Column::PublishedOn)
            .all(&connection)
            .await?;
        let dated = |rows: Vec<article::Model>| -> Vec<_> {
            rows.into_iter()
                .filter(|row| row.published_on.is_some())
                .collect()
        };
        assert_eq!(listed.rows.len(), 4);
        assert_eq!(listed.rows[3].published_on, None, "the undated come last");
        assert_eq!(dated(listed.rows.clone()), dated(plainly.clone()));
        let sorted = |mut rows: Vec<article::Model>| {
            rows.sort_by(|one, other| one.id.cmp(&other.id));
            rows
        };
        assert_eq!(sorted(store.articles_by_id(&ids).await?), sorted(plainly));

        let labels = label::Entity::find()
            .order_by_desc(label::Column::Score)
            .all(&connection)
            .await?;
        assert_eq!(store.labels(&ids).await?, labels, "to the last digit");
        let mut summaries = store.abstracts(&ids).await?;
        summaries.sort_by(|one, other| one.article_id.cmp(&other.article_id));
        let stored = abstracts::Entity::find()
            .order_by_asc(abstracts::Column::ArticleId)
            .all(&connection)
            .await?;
        assert_eq!(summaries, stored);
        let topics = topic::Entity::find().all(&connection).await?;
        assert_eq!(
            store.topics_by_id(&[TopicId("t:1".to_owned())]).await?,
            topics
        );
        assert!(store.labels(&[]).await?.is_empty());
        Ok(())
    }
);
