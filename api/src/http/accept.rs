//! Which media type a client wants its answer in.

use actix_web::HttpRequest;
use actix_web::http::header::{Accept, Header, QualityItem};

/// A media type that this server answers in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum MediaType {
    /// `application/graphql-response+json`: the status says whether the request could be executed.
    GraphqlResponse,
    /// `application/json`: a well-formed request always gets 200.
    Json,
    /// `text/html`: a browser, which gets the playground.
    Html,
    /// `text/event-stream`: one event for each response.
    EventStream,
}

impl MediaType {
    const ALL: [(Self, &'static str); 4] = [
        (Self::GraphqlResponse, "application/graphql-response+json"),
        (Self::Json, "application/json"),
        (Self::Html, "text/html"),
        (Self::EventStream, "text/event-stream"),
    ];

    /// As it stands in `Content-Type`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::GraphqlResponse => "application/graphql-response+json; charset=utf-8",
            Self::Json => "application/json; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
            Self::EventStream => "text/event-stream",
        }
    }

    /// The same for one answer that is data: a browser gets it as JSON, and so does who waits for events when there are
    /// none.
    pub(super) fn for_data(self) -> Self {
        match self {
            Self::Html | Self::EventStream => Self::Json,
            data => data,
        }
    }

    /// The best of what the client accepts; JSON when it does not say; none when we have nothing it accepts.
    pub(super) fn wanted(request: &HttpRequest) -> Option<Self> {
        match Accept::parse(request) {
            Ok(accept) if !accept.0.is_empty() => best(&accept.0),
            _ => Some(Self::Json),
        }
    }
}

fn best(accepted: &[QualityItem<actix_web::mime::Mime>]) -> Option<MediaType> {
    let mut best = None;
    for item in accepted {
        let range = item.item.essence_str();
        let found = match range {
            // Whoever takes anything gets what every client understands.
            "*/*" | "application/*" => Some(MediaType::Json),
            "text/*" => Some(MediaType::Html),
            _ => MediaType::ALL
                .into_iter()
                .find(|(_, name)| *name == range)
                .map(|(found, _)| found),
        };
        if let Some(found) = found
            && item.quality > actix_web::http::header::Quality::ZERO
            && best.is_none_or(|(_, quality)| item.quality > quality)
        {
            best = Some((found, item.quality));
        }
    }
    best.map(|(found, _)| found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn the_best_media_type_accepted_is_found() {
        let browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        for (accept, wanted) in [
            ("application/json", Some(MediaType::Json)),
            (
                "application/graphql-response+json, application/json;q=0.9",
                Some(MediaType::GraphqlResponse),
            ),
            (
                "application/json;q=0.5, application/graphql-response+json",
                Some(MediaType::GraphqlResponse),
            ),
            ("application/json; charset=utf-8", Some(MediaType::Json)),
            ("*/*", Some(MediaType::Json)),
            (browser, Some(MediaType::Html)),
            ("text/event-stream", Some(MediaType::EventStream)),
            ("image/png", None),
            ("application/json;q=0", None),
        ] {
            let request = TestRequest::default()
                .insert_header(("Accept", accept))
                .to_http_request();
            assert_eq!(MediaType::wanted(&request), wanted, "{accept}");
        }
        assert_eq!(
            MediaType::wanted(&TestRequest::default().to_http_request()),
            Some(MediaType::Json)
        );
    }
}
