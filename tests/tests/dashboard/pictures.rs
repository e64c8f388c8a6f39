//! The pictures of `docs/images`, taken anew by `make screenshots`.

use std::fs;

use serde_json::json;
use tests::Fresh;
use tests::browser::Browser;
use tests::shared::workspace;

use crate::filled;

/// Most bytes of a picture.
const LARGEST: usize = 200_000;

#[test]
#[ignore = "writes docs/images; `make screenshots` runs it"]
fn the_main_pages_look_as_the_pictures_show_them() {
    let browser = Browser::start().expect("a browser");
    let database = Fresh::sqlite();
    let server = filled(&database);
    let folder = workspace().join("docs/images");
    fs::create_dir_all(&folder).expect("a folder");
    let pages = server.data("{ pages(first: 50) { nodes { id name } } }", json!({}));
    let pages = pages["pages"]["nodes"].as_array().cloned().expect("pages");
    let several = pages
        .iter()
        .find(|page| {
            page["name"]
                .as_str()
                .is_some_and(|name| name.starts_with("02"))
        })
        .expect("a page of several");
    let lines = format!("/pages/{}", several["id"].as_str().expect("an id"));
    let article = "/articles/floating-laboratory-begins-its-first-season-on-lake-ondre";
    for (name, path, scheme, (width, height)) in [
        ("dashboard", "/", "light", (1120, 780)),
        ("dashboard-dark", "/", "dark", (1120, 780)),
        ("dashboard-phone", "/", "light", (390, 844)),
        ("article", article, "light", (1120, 780)),
        ("article-dark-phone", article, "dark", (390, 844)),
        ("articles", "/articles?q=lake", "light", (1120, 780)),
        ("page", lines.as_str(), "light", (1120, 780)),
    ] {
        browser.prefers(scheme);
        browser.resize(width, height);
        browser.open(&format!("{}{path}", server.origin()));
        let shot = browser.devtools("Page.captureScreenshot", &json!({ "format": "png" }));
        let data = shot["data"].as_str().expect("a picture");
        let bytes = data_encoding::BASE64
            .decode(data.as_bytes())
            .expect("base64");
        assert!(bytes.len() < LARGEST, "{name} has {} bytes", bytes.len());
        fs::write(folder.join(format!("{name}.png")), bytes).expect("written");
    }
}
