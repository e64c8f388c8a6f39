//! The pages for people who read: the front page, lists, articles, topics, and what became of every line of an ingested
//! page.
//!
//! Each page asks the GraphQL schema by a document of `queries/`, as any other client would, and puts the answer into a
//! template of `api/templates`. They work without JavaScript; the little there is (`api/dashboard`) makes them better.

mod article;
mod assets;
mod body;
mod card;
mod chart;
mod clippings;
mod day;
mod home;
mod json_ld;
mod language;
mod list;
mod markdown;
mod page;
mod playground;
mod problem;
mod selection;
mod share;
mod sitemap;
mod topics;
mod view;

use actix_web::web;

pub(crate) use problem::Problem;

use crate::graphql::{PublicUrl, Schema};
use crate::http::{DocumentsError, Questions};

/// What all pages share.
#[derive(Clone)]
pub struct Site {
    questions: Questions,
    /// Where readers reach this server, if it was told.
    public: Option<PublicUrl>,
    /// Whether reading needs a token, so that nothing is for machines that collect pages.
    private: bool,
}

impl Site {
    /// The pages over a schema.
    pub async fn over(
        schema: &Schema,
        public: Option<PublicUrl>,
        private: bool,
    ) -> Result<Self, DocumentsError> {
        let questions = Questions::of(schema).await?;
        Ok(Self {
            questions,
            public,
            private,
        })
    }
}

/// Where the pages are.
pub(crate) fn routes(config: &mut web::ServiceConfig) {
    // A name with a point in it is a file's: a feed's, say.
    config
        .service(view::resource("/", home::get))
        .service(view::resource("/articles", list::articles))
        .service(view::resource("/search", list::search))
        .service(view::resource("/articles/{slug:[^./]+}", article::get))
        .service(view::resource("/topics", topics::all))
        .service(view::resource("/topics/{slug:[^./]+}", topics::one))
        .service(view::resource("/pages", page::all))
        .service(view::resource("/pages/{id:[^./]+}", page::one))
        .service(view::resource("/clippings", clippings::get))
        .service(view::resource("/sitemap.xml", sitemap::index))
        .service(view::resource("/sitemap/{part}.xml", sitemap::part))
        .service(view::resource("/robots.txt", sitemap::robots))
        .service(view::resource("/assets/{name}", assets::get));
}
