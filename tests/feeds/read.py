"""feedparser reads a feed at the address given, and again with the tag and with the date it was told."""

import html
import json
import re
import sys

import feedparser


def text(markup):
    return html.unescape(re.sub("<[^>]*>", "", markup))


def paragraphs(markup):
    # The line feed between two paragraphs is of the markup.
    return [text(part.removeprefix("\n")) for part in markup.split("</p>") if part.strip()]


def entry(found):
    return {
        "id": found.id,
        "link": found.link,
        "title": found.title,
        "language": found.title_detail.language or found.get("language"),
        "published": found.get("published_parsed"),
        "updated": found.updated,
        "author": found.author,
        "abstract": text(found.summary) if "summary_detail" in found else None,
        "paragraphs": paragraphs(found.content[-1].value),
        "categories": [tag.label or tag.term for tag in found.get("tags", [])],
    }


def links(feed):
    return {link.rel: link.href for link in feed.get("links", []) if link.rel not in ("alternate",)}


def main(url):
    read = feedparser.parse(url)
    print(json.dumps({
        "status": read.status,
        "broken": str(read.bozo_exception) if read.bozo else None,
        "version": read.version,
        "title": read.feed.get("title"),
        "id": read.feed.get("id"),
        "language": read.feed.get("language"),
        "updated": read.feed.get("updated"),
        "links": links(read.feed),
        "entries": [entry(found) for found in read.entries],
        "by_tag": feedparser.parse(url, etag=read.etag).status if "etag" in read else None,
        "by_date": feedparser.parse(url, modified=read.modified).status if "modified" in read else None,
    }))


main(sys.argv[1])
