//! The address of a database as it may be shown.

/// `postgres://user:secret@host/name` → `postgres://user@host/name`. What cannot be told from a password is not shown at
/// all: of an address that is not well formed, only what stands before `://`.
pub(super) fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        let scheme = url.split(':').next().unwrap_or_default();
        return format!("{scheme}:…");
    };
    if scheme == "sqlite" {
        return url.to_owned();
    }
    let hidden = format!("{scheme}://…");
    let (user, place) = match rest.rsplit_once('@') {
        // A password that should have been encoded, or a query that has one: where it ends, cannot be told.
        Some((user, _)) if user.contains(['/', '?', '#']) => return hidden,
        Some((user, place)) => (user.split(':').next(), place),
        None => (None, rest),
    };
    let (place, query) = match place.split_once('?') {
        Some((place, query)) => (place, Some(query)),
        None => (place, None),
    };
    let host = place.split(['/', '#']).next().unwrap_or_default();
    let port = host.rsplit_once(':').map_or("", |(_, port)| port);
    if !port.bytes().all(|byte| byte.is_ascii_digit()) {
        return hidden;
    }
    let user = user.map(|user| format!("{user}@")).unwrap_or_default();
    let query = query.map(without_secrets).unwrap_or_default();
    format!("{scheme}://{user}{place}{query}")
}

/// The query of an address, without what a password may stand in.
fn without_secrets(query: &str) -> String {
    let shown: Vec<String> = query
        .split('&')
        .map(|parameter| match parameter.split_once('=') {
            Some((name, _)) if name.to_lowercase().contains("pass") => format!("{name}=…"),
            _ => parameter.to_owned(),
        })
        .collect();
    format!("?{}", shown.join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_never_shown() {
        for (url, shown) in [
            (
                "postgres://ada:secret@db/archive",
                "postgres://ada@db/archive",
            ),
            (
                "postgres://ada:se@cret@db:5432/archive?sslmode=require",
                "postgres://ada@db:5432/archive?sslmode=require",
            ),
            ("postgres://db/archive", "postgres://db/archive"),
            ("postgres://ada:se/cret@db/archive", "postgres://…"),
            ("postgres://ada:se#cret@db/archive", "postgres://…"),
            ("postgres://ada:se?cret@db/archive", "postgres://…"),
            ("postgres://ada:secret", "postgres://…"),
            (
                "postgres://db/archive?user=ada&password=secret&sslmode=require",
                "postgres://db/archive?user=ada&password=…&sslmode=require",
            ),
            ("postgres://db/archive?password=se@cret", "postgres://…"),
            ("postgres:ada:secret@db", "postgres:…"),
            (
                "sqlite://communique.db?mode=rwc",
                "sqlite://communique.db?mode=rwc",
            ),
            ("sqlite::memory:", "sqlite:…"),
        ] {
            assert_eq!(without_password(url), shown, "{url}");
        }
    }
}
