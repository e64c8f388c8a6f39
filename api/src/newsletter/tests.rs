use chrono::NaiveDate;
use pulldown_cmark::{Event, Parser, Tag};

use super::*;

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, day).expect("a day")
}

fn item(number: usize, title: &str, text: &str) -> Item {
    Item {
        id: format!("art_{number}"),
        title: title.to_owned(),
        language: "en".to_owned(),
        published_on: Some(day(24)),
        abstract_: Some(text.to_owned()),
        link: Some(format!(
            "https://news.example.org/articles/{number}?a=1&b=2"
        )),
        labels: vec!["Environment".to_owned()],
        also: Vec::new(),
    }
}

/// An issue with two sections, each with one article.
pub(super) fn issue() -> Issue {
    let section = |number: usize, title: &str| Section {
        topic_id: Some(format!("t:{number}")),
        title: title.to_owned(),
        items: vec![item(
            number,
            &format!("Lock {number} opens"),
            "The lock opened. Boats pass.",
        )],
        left_out: 0,
    };
    Issue {
        name: "weekly".to_owned(),
        title: "The Weekly".to_owned(),
        edition_id: "ed_0123456789abcdef".to_owned(),
        language: Language::English,
        period_from: day(19),
        period_to: day(25),
        is_empty: false,
        found: 5,
        waiting: 0,
        shown: 2,
        more: Some("https://news.example.org/articles?from=2026-11-19".to_owned()),
        intro: Passage::default(),
        lead: None,
        sections: vec![section(1, "Environment"), section(2, "Education")],
        footer: Passage::default(),
    }
}

fn dressed(issue: Issue) -> Issue {
    let template = |name: &str, source: &str| Template::new(name, source).expect("a template");
    let (intro, footer) = (issue.language.intro(), issue.language.footer());
    issue
        .dressed(&template("intro", intro), &template("footer", footer))
        .expect("dressed")
}

fn envelope() -> Envelope {
    Envelope {
        from: Some("News <news@example.org>".parse().expect("a mailbox")),
        to: None,
        date: 1_795_000_000,
    }
}

fn rendered(issue: &Issue, format: Format) -> String {
    render(issue, format, &envelope()).expect("rendered")
}

/// What no format may let through.
const HOSTILE: [&str; 12] = [
    "<script>alert(1)</script>",
    "</p></td></table><img src=https://evil.example/x onerror=alert(1)>",
    "\" onmouseover=\"alert(1)\" style=\"background:url(https://evil.example/y)",
    "a\0b\u{1b}[31m\u{8}\u{7f}",
    "\u{202e}gnp.exe\u{202c} \u{2067}turned\u{2069}",
    "![x](https://evil.example/p.png) [go](javascript:alert(1)) `x` **b** # h",
    "</mj-text><mj-include path=\"/etc/passwd\" /> <!-- --> <![CDATA[ x ]]> &lt;b&gt; &amp;",
    "{{ constructor }} {% raw %} *|UNSUB|* {{ .Subscriber.Email }}",
    "👩\u{200d}🚒🏳\u{fe0f}\u{200d}🌈 שלום مرحبا 水水水",
    "line\r\nBcc: victim@example.org\r\n\r\n.\r\nQUIT",
    "# heading\n- list\n1. one\n> quote\n---\n| a | b |",
    "\u{feff}\u{fffe}\u{ffff}\u{e0001}",
];

#[test]
fn hostile_text_harms_no_format() {
    let long = "x".repeat(10_000);
    for text in HOSTILE.into_iter().chain([long.as_str(), ""]) {
        let mut hostile = issue();
        hostile.title = text.to_owned();
        hostile.sections[0].title = text.to_owned();
        let mut bad = item(3, text, text);
        bad.language = text.to_owned();
        bad.labels = vec![text.to_owned()];
        bad.also = vec![Also {
            id: "art_9".to_owned(),
            title: text.to_owned(),
            language: text.to_owned(),
            published_on: None,
            link: bad.link.clone(),
        }];
        hostile.lead = Some(bad.clone());
        hostile.sections[0].items.push(bad);
        let hostile = dressed(hostile);
        for (format, name) in Format::ALL {
            let written = rendered(&hostile, format);
            let place = format!("{name} of {text:.60?}");
            for harm in [
                "\0",
                "\u{1b}",
                "\u{202e}",
                "\u{2067}",
                "\u{fffe}",
                &"x".repeat(201),
            ] {
                assert!(!written.contains(harm), "{place}: {harm:?} is there");
            }
            match format {
                Format::Html | Format::Mjml => is_harmless_markup(&written, &place),
                Format::Text => is_harmless_text(&written, &place),
                Format::Markdown => is_harmless_markdown(&written, &place),
                Format::Json => {
                    let _: serde_json::Value = serde_json::from_str(&written).expect(&place);
                }
                Format::Eml => is_one_message(&written, &place),
            }
        }
    }
}

fn is_harmless_markup(written: &str, place: &str) {
    let tags = tags(written);
    for harm in [
        "<script",
        "<img",
        "<link",
        "<iframe",
        "<mj-include",
        " src=",
        " onerror",
        " onmouseover",
    ] {
        assert!(!tags.contains(harm), "{place}: {harm:?} is there\n{tags}");
    }
    for harm in ["{{", "{%", "*|UN", "<script", "<mj-include"] {
        assert!(!written.contains(harm), "{place}: {harm:?} is there");
    }
}

/// The tags of a document without the values of their attributes and without what stands between them.
fn tags(written: &str) -> String {
    let mut tags = String::new();
    let (mut within, mut quoted) = (false, false);
    for letter in written.chars() {
        match letter {
            '"' if within => quoted = !quoted,
            '<' if !quoted => within = true,
            _ => {}
        }
        if within && !quoted {
            tags.push(letter);
        }
        if letter == '>' && !quoted {
            within = false;
        }
    }
    tags
}

fn is_harmless_text(written: &str, place: &str) {
    for line in written.lines() {
        let bounded = line.chars().count() <= 72 || line.contains("://");
        assert!(bounded, "{place}: {line}");
    }
    for harm in ["{{", "{%", "*|"] {
        assert!(!written.contains(harm), "{place}: {harm:?} is there");
    }
}

fn is_harmless_markdown(written: &str, place: &str) {
    for event in Parser::new(written) {
        match event {
            Event::Html(markup) | Event::InlineHtml(markup) => panic!("{place}: {markup}"),
            Event::Start(Tag::Image { dest_url, .. }) => panic!("{place}: {dest_url}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                assert!(
                    dest_url.starts_with("https://news.example.org/"),
                    "{place}: {dest_url}"
                );
            }
            Event::Start(Tag::List(_) | Tag::BlockQuote(_) | Tag::CodeBlock(_)) => {
                panic!("{place}: text became something else\n{written}");
            }
            _ => {}
        }
    }
    for harm in ["{{", "{%", "*|"] {
        assert!(!written.contains(harm), "{place}: {harm:?} is there");
    }
}

fn is_one_message(written: &str, place: &str) {
    let (head, _) = written.split_once("\r\n\r\n").expect(place);
    let names: Vec<&str> = head
        .split("\r\n")
        .filter(|line| !line.starts_with([' ', '\t']))
        .filter_map(|line| line.split_once(':'))
        .map(|(name, _)| name)
        .collect();
    assert!(
        !names.contains(&"Bcc") && names.contains(&"Subject"),
        "{place}: {names:?}"
    );
    for line in written.split("\r\n") {
        assert!(line.len() <= 998 && line.is_ascii(), "{place}: {line}");
    }
}

#[test]
fn a_mail_stays_below_what_gmail_shows_and_says_what_is_left() {
    let mut large = issue();
    let text = "A sentence of an abstract that goes on for a while. ".repeat(70);
    for section in &mut large.sections {
        section.items = (0..50)
            .map(|number| item(number, "A title", &text))
            .collect();
    }
    large.found = 250;
    large.shown = 100;
    let html = rendered(&dressed(large.clone()), Format::Html);
    assert!(
        (80_000..102_000).contains(&html.len()),
        "{} bytes",
        html.len()
    );
    let shown = html.matches("A title</a>").count();
    assert!(shown > 15, "{shown}");
    assert!(
        html.contains(&format!("{} more articles of this period", 250 - shown)),
        "{shown}"
    );
    // The text twin has no such limit.
    assert_eq!(
        rendered(&dressed(large), Format::Text)
            .matches("A title")
            .count(),
        100
    );
}

#[test]
fn a_mail_fetches_nothing_and_carries_its_styles() {
    let html = rendered(&dressed(issue()), Format::Html);
    for fetched in [" src=", "<link", "@import", "url(", "<script"] {
        assert!(!html.contains(fetched), "{fetched}");
    }
    for there in [
        "prefers-color-scheme: dark",
        "name=\"color-scheme\"",
        "<html lang=\"en\"",
        "display:none",
        "https://news.example.org/articles/1?a=1&amp;b=2",
        "19–25 November 2026",
        "3 more articles of this period",
        "2 press releases on 2 topics.",
    ] {
        assert!(html.contains(there), "{there}\n{html}");
    }
    assert!(!html.contains("&amp;amp;"), "escaped twice\n{html}");
}

#[test]
fn an_article_is_marked_with_its_language_and_direction() {
    let mut mixed = issue();
    mixed.sections[0].items[0].language = "he".to_owned();
    mixed.sections[1].items[0].language = "fr".to_owned();
    let html = rendered(&dressed(mixed), Format::Html);
    assert!(html.contains("<div lang=\"he\" dir=\"rtl\">"), "{html}");
    assert!(html.contains("<div lang=\"fr\" dir=\"ltr\">"), "{html}");
}

#[test]
fn an_issue_with_nothing_in_it_says_so_in_every_format() {
    let mut empty = issue();
    empty.sections.clear();
    (empty.is_empty, empty.found, empty.shown) = (true, 0, 0);
    let empty = dressed(empty);
    for (format, name) in Format::ALL {
        let written = rendered(&empty, format);
        let says = match format {
            Format::Json => "\"isEmpty\": true",
            _ => "Nothing was published in this period.",
        };
        assert!(written.contains(says), "{name}: {written}");
        assert!(!written.contains("more article"), "{name}");
    }
}

#[test]
fn the_same_issue_is_the_same_bytes() {
    for (format, name) in Format::ALL {
        let issue = dressed(issue());
        assert_eq!(rendered(&issue, format), rendered(&issue, format), "{name}");
    }
}

#[test]
fn text_and_markdown_read_well() {
    let mut small = issue();
    small.sections.truncate(1);
    small.sections[0].items[0].also = vec![Also {
        id: "art_7".to_owned(),
        title: "Une écluse ouvre".to_owned(),
        language: "fr".to_owned(),
        published_on: None,
        link: None,
    }];
    (small.found, small.shown) = (2, 1);
    let small = dressed(small);
    let rule = "-".repeat(72);
    let expected = format!(
        "THE WEEKLY\n19–25 November 2026\n\nOne press release.\n\nENVIRONMENT\n{rule}\n\nLock 1 opens\n24 November 2026\n\n\
         The lock opened. Boats pass.\n\nhttps://news.example.org/articles/1?a=1&b=2\n\nAlso:\n- Une écluse ouvre\n\n\
         {rule}\nYou are reading The Weekly, 19–25 November 2026.\n"
    );
    assert_eq!(rendered(&small, Format::Text), expected);
    assert_eq!(
        rendered(&small, Format::Markdown),
        "# The Weekly\n\n*19–25 November 2026*\n\nOne press release.\n\n## Environment\n\n\
         ### [Lock 1 opens](https://news.example.org/articles/1?a=1&b=2)\n\n*24 November 2026*\n\n\
         The lock opened. Boats pass.\n\nAlso: Une écluse ouvre\n\n---\n\n\
         You are reading The Weekly, 19–25 November 2026.\n"
    );
}
