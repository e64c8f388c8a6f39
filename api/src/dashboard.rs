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
mod page;
mod playground;
mod problem;
mod selection;
mod share;
mod sitemap;
mod topics;
mod view;

use actix_web::web;

pub(crate) use language::name as language_name;
pub(crate) use problem::Problem;

use crate::graphql::{PublicUrl, Schema};
use crate::http::{DocumentsError, Questions, resource_to_read};

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
        .service(resource_to_read("/", home::get))
        .service(resource_to_read("/articles", list::articles))
        .service(resource_to_read("/search", list::search))
        .service(resource_to_read("/articles/{slug:[^./]+}", article::get))
        .service(resource_to_read("/topics", topics::all))
        .service(resource_to_read("/topics/{slug:[^./]+}", topics::one))
        .service(resource_to_read("/pages", page::all))
        .service(resource_to_read("/pages/{id:[^./]+}", page::one))
        .service(resource_to_read("/clippings", clippings::get))
        .service(resource_to_read("/sitemap.xml", sitemap::index))
        .service(resource_to_read("/sitemap/{part}.xml", sitemap::part))
        .service(resource_to_read("/robots.txt", sitemap::robots))
        .service(resource_to_read("/assets/{name}", assets::get));
}
