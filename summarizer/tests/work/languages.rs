//! Archives in several languages, by the two real encoders.

use std::num::NonZeroUsize;
use std::sync::Arc;

use chrono::NaiveDate;
use entity::{abstracts, article, embedding};
use sea_orm::{ActiveModelTrait, EntityTrait, QueryOrder, Set};
use summarizer::config::{default_model_folder, default_multilingual_folder};
use summarizer::encoder::Computing;
use summarizer::model::ModelFolder;
use summarizer::model::import::NAME;
use summarizer::topic::Vocabulary;
use summarizer::understanding::{Options, Summarizer};
use summarizer::worker::{Ended, Plan, Worker};
use tests::on_both_engines;

use crate::archive::{Archive, id};

/// A text: title, body, language.
type Told = (&'static str, &'static str, &'static str);

const BRIDGE: Told = (
    "Agency and Port-Aurel open the Marivet footbridge",
    "The Intergovernmental Agency for Lakes and Rivers (IALR) and the city of Port-Aurel opened the Marivet footbridge \
     on 12 April 2024. Ada Lind, director of the IALR, and mayor Karim Sy cut the ribbon. The bridge cost 3.2 million and \
     spares 900 pupils the ferry. It was designed by Bell and Finn of Harbour City.",
    "en",
);

const PONT: Told = (
    "L’Agence et Port-Aurel inaugurent la passerelle de Marivet",
    "L’Agence intergouvernementale des lacs et rivières (IALR) et la ville de Port-Aurel ont inauguré la passerelle de \
     Marivet le 12 avril 2024. Ada Lind, directrice de l’IALR, et le maire Karim Sy ont coupé le ruban. L’ouvrage a coûté \
     3,2 millions et épargne le bac à 900 élèves. Il a été dessiné par Bell et Finn de Harbour City.",
    "fr",
);

const UNION: Told = (
    "Agency and lock keepers agree on rest periods",
    "The Intergovernmental Agency for Lakes and Rivers (IALR) and the union of lock keepers signed an agreement in \
     Port-Aurel on 12 April 2024. Ada Lind, director of the IALR, and Karim Sy, secretary of the union, spoke of a good \
     compromise. Keepers rest for eleven hours after a shift of 900 minutes. Bell and Finn of Harbour City advised both.",
    "en",
);

async fn archive(fresh: &tests::Fresh, told: &[Told]) -> Archive {
    let archive = Archive::with(fresh, told.len()).await;
    for (number, (title, body, language)) in told.iter().enumerate() {
        let changed = article::ActiveModel {
            id: Set(id(number)),
            title: Set((*title).into()),
            body: Set((*body).into()),
            language: Set((*language).into()),
            published_on: Set(NaiveDate::from_ymd_opt(2024, 4, 12)),
            date_basis: Set(Some(article::DateBasis::Dateline)),
            ..Default::default()
        };
        changed.update(&archive.database).await.expect("an article");
    }
    archive
}

async fn work(archive: &Archive, multilingual: bool) {
    let folder = ModelFolder::open(&default_model_folder()).expect("the encoder of `make setup`");
    let vocabulary = Vocabulary::built_in().expect("the built-in vocabulary");
    let options = Options {
        computing: Computing::on(NonZeroUsize::MIN),
        multilingual: multilingual.then(default_multilingual_folder),
        ..Options::default()
    };
    let summarizer = Summarizer::load(&folder, &vocabulary, options);
    let summarizer = Arc::new(summarizer.expect("a summarizer"));
    let worker = Worker::new(archive.queue().await, summarizer, 4);
    let ended = worker.run(Plan::UntilEmpty, std::future::pending(), |_| {});
    assert_eq!(ended.await.expect("a run"), Ended::Empty);
}

/// Article, model and whether languages share its space, of every embedding.
async fn embeddings(archive: &Archive) -> Vec<(String, String, bool)> {
    let all = embedding::Entity::find()
        .order_by_asc(embedding::Column::ArticleId)
        .order_by_asc(embedding::Column::Model);
    let all = all.all(&archive.database).await.expect("embeddings");
    let row = |row: embedding::Model| (row.article_id.to_string(), row.model, row.multilingual);
    all.into_iter().map(row).collect()
}

async fn stories(archive: &Archive) -> Vec<bool> {
    let all = article::Entity::find().order_by_asc(article::Column::Id);
    let all = all.all(&archive.database).await.expect("articles");
    all.iter()
        .map(|article| article.story_id.is_some())
        .collect()
}

on_both_engines!(
    where_languages_meet_every_article_is_in_their_common_space_and_finds_its_translation,
    async |fresh| {
        let archive = archive(&fresh, &[BRIDGE, PONT, UNION]).await;
        work(&archive, true).await;
        let row = |number, model: &str| (id(number).to_string(), model.to_owned(), model == NAME);
        let english = "all-MiniLM-L6-v2";
        let expected = [
            row(0, english),
            row(0, NAME),
            row(1, NAME),
            row(2, english),
            row(2, NAME),
        ];
        assert_eq!(embeddings(&archive).await, expected);
        assert_eq!(stories(&archive).await, [true, true, false]);
        let made = archive.abstracts().await;
        let models: Vec<&str> = made.iter().map(|found| found.model.as_str()).collect();
        assert_eq!(models, [english, NAME, english]);
    }
);

on_both_engines!(
    what_was_read_before_another_language_came_gets_its_place_later,
    async |fresh| {
        let archive = archive(&fresh, &[BRIDGE, PONT]).await;
        work(&archive, false).await;
        assert!(
            embeddings(&archive)
                .await
                .iter()
                .all(|(_, _, shared)| !shared)
        );
        // The French one is made anew by its own encoder, the English one only gets its place.
        archive.order_anew(1).await;
        let before = archive.abstracts().await;
        work(&archive, true).await;
        let after = archive.abstracts().await;
        assert_eq!(before[0], after[0]);
        assert_eq!(after[1].model, NAME);
        assert_eq!(
            embeddings(&archive)
                .await
                .iter()
                .filter(|(_, _, shared)| *shared)
                .count(),
            2
        );
        assert_eq!(stories(&archive).await, [true, true]);
    }
);

on_both_engines!(an_archive_in_english_pays_for_one_encoder, async |fresh| {
    let archive = archive(&fresh, &[BRIDGE, UNION]).await;
    work(&archive, true).await;
    assert!(
        embeddings(&archive)
            .await
            .iter()
            .all(|(_, _, shared)| !shared)
    );
});

on_both_engines!(
    without_the_multilingual_encoder_all_is_read_by_the_english_one,
    async |fresh| {
        let archive = archive(&fresh, &[BRIDGE, PONT]).await;
        work(&archive, false).await;
        let kinds = archive
            .abstracts()
            .await
            .into_iter()
            .map(|found| (found.kind, found.model));
        let expected = (abstracts::Kind::Extractive, "all-MiniLM-L6-v2".to_owned());
        assert!(kinds.into_iter().all(|found| found == expected));
    }
);
