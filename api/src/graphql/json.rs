//! Answers as JSON.

use async_graphql::Value;

/// Write a value, behind what is there. Bytes are JSON already: no type of the schema has any, but for lists that are
/// answered as they were read.
///
/// # Errors
///
/// When a value cannot be JSON, as no value of a schema can be.
pub fn write(body: &mut Vec<u8>, value: &Value) -> serde_json::Result<()> {
    match value {
        Value::Binary(json) => body.extend_from_slice(json),
        Value::Object(fields) => joined(body, b"{}", fields, |body, (name, value)| {
            serde_json::to_writer(&mut *body, name)?;
            body.push(b':');
            write(body, value)
        })?,
        Value::List(values) => joined(body, b"[]", values, write)?,
        other => serde_json::to_writer(body, other)?,
    }
    Ok(())
}

/// What is written of each, with commas between, within brackets.
fn joined<T>(
    body: &mut Vec<u8>,
    &[open, close]: &[u8; 2],
    items: impl IntoIterator<Item = T>,
    each: impl Fn(&mut Vec<u8>, T) -> serde_json::Result<()>,
) -> serde_json::Result<()> {
    body.push(open);
    for (place, item) in items.into_iter().enumerate() {
        if place > 0 {
            body.push(b',');
        }
        each(body, item)?;
    }
    body.push(close);
    Ok(())
}
