//! RSS 2.0: `description` is the abstract, `content:encoded` the full text, both HTML as readers of RSS take them.

use rss::extension::atom::{AtomExtension, Link};
use rss::extension::dublincore::DublinCoreExtension;
use rss::extension::{Extension, ExtensionMap};
use rss::{Category, Channel, Guid, Item};

use super::text::{escaped, html, plain};
use super::{Entry, Format, GENERATOR, Head, WriteError};

pub(super) fn write(head: &Head, entries: &[Entry]) -> Result<Vec<u8>, WriteError> {
    let channel = Channel {
        title: plain(&head.title),
        link: head.page.clone(),
        description: plain(&head.title),
        language: head.language.clone(),
        last_build_date: Some(head.updated.to_rfc2822()),
        generator: Some(GENERATOR.to_owned()),
        atom_ext: Some(AtomExtension { links: links(head) }),
        items: entries.iter().map(item).collect(),
        ..Channel::default()
    };
    Ok(channel.write_to(Vec::new())?)
}

fn links(head: &Head) -> Vec<Link> {
    let here = [("self", head.address(Format::Rss))];
    let all = here.into_iter().chain(head.parts());
    all.map(|(rel, href)| Link {
        href: href.to_owned(),
        rel: rel.to_owned(),
        mime_type: Some(Format::Rss.media_type().to_owned()),
        ..Link::default()
    })
    .collect()
}

fn item(entry: &Entry) -> Item {
    let category = |category: &super::Category| Category {
        name: plain(&category.name),
        domain: None,
    };
    Item {
        title: Some(plain(&entry.title)),
        link: Some(entry.url.clone()),
        description: entry.summary.as_deref().map(escaped),
        categories: entry.categories.iter().map(category).collect(),
        guid: Some(Guid {
            value: entry.id.clone(),
            permalink: false,
        }),
        pub_date: entry.published().map(|moment| moment.to_rfc2822()),
        content: Some(html(&entry.paragraphs)),
        extensions: updated(entry),
        dublin_core_ext: Some(DublinCoreExtension {
            creators: vec![plain(&entry.source)],
            languages: entry.language.clone().into_iter().collect(),
            ..DublinCoreExtension::default()
        }),
        ..Item::default()
    }
}

/// RSS has no word for when an item changed; it borrows Atom's.
fn updated(entry: &Entry) -> ExtensionMap {
    let element = Extension {
        name: "atom:updated".to_owned(),
        value: Some(entry.updated.to_rfc3339()),
        ..Extension::default()
    };
    let of_atom = [("updated".to_owned(), vec![element])].into();
    [("atom".to_owned(), of_atom)].into()
}
