//! Atom 1.0.

use atom_syndication::{
    Category, Content, Entry as AtomEntry, Feed, Generator, Link, Person, Text,
};

use super::text::{html, plain};
use super::{Entry, Format, GENERATOR, Head, WriteError};

pub(super) fn write(head: &Head, entries: &[Entry]) -> Result<Vec<u8>, WriteError> {
    let feed = Feed {
        title: Text::plain(plain(&head.title)),
        id: head.id.clone(),
        updated: head.updated.fixed_offset(),
        // Every entry has an author of its own, but an empty feed has no entries.
        authors: vec![person(GENERATOR)],
        generator: Some(Generator {
            value: GENERATOR.to_owned(),
            uri: None,
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
        links: links(head),
        entries: entries.iter().map(entry).collect(),
        lang: head.language.clone(),
        ..Feed::default()
    };
    Ok(feed.write_to(Vec::new())?)
}

fn links(head: &Head) -> Vec<Link> {
    let here = link(
        "self",
        head.address(Format::Atom),
        Format::Atom.media_type(),
    );
    let page = link("alternate", &head.page, "text/html");
    let others = head
        .addresses
        .iter()
        .filter(|(format, _)| *format != Format::Atom);
    let others = others.map(|(format, address)| link("alternate", address, format.media_type()));
    let parts = head
        .parts()
        .map(|(name, address)| link(name, address, Format::Atom.media_type()));
    [here, page]
        .into_iter()
        .chain(others)
        .chain(parts)
        .collect()
}

fn link(rel: &str, href: &str, media_type: &str) -> Link {
    Link {
        href: href.to_owned(),
        rel: rel.to_owned(),
        mime_type: Some(media_type.to_owned()),
        ..Link::default()
    }
}

fn person(name: &str) -> Person {
    Person {
        name: plain(name),
        ..Person::default()
    }
}

fn entry(entry: &Entry) -> AtomEntry {
    let text = |text: &str| Text {
        lang: entry.language.clone(),
        ..Text::plain(plain(text))
    };
    let category = |category: &super::Category| Category {
        term: plain(&category.id),
        scheme: None,
        label: Some(plain(&category.name)),
    };
    AtomEntry {
        title: text(&entry.title),
        id: entry.id.clone(),
        updated: entry.updated.fixed_offset(),
        authors: vec![person(&entry.source)],
        categories: entry.categories.iter().map(category).collect(),
        links: vec![Link {
            hreflang: entry.language.clone(),
            ..link("alternate", &entry.url, "text/html")
        }],
        published: entry.published().map(|moment| moment.fixed_offset()),
        summary: entry.summary.as_deref().map(text),
        content: Some(Content {
            lang: entry.language.clone(),
            value: Some(html(&entry.paragraphs)),
            content_type: Some("html".to_owned()),
            ..Content::default()
        }),
        ..AtomEntry::default()
    }
}
