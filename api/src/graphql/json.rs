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
        Value::Object(fields) => {
            body.push(b'{');
            for (place, (name, value)) in fields.iter().enumerate() {
                if place > 0 {
                    body.push(b',');
                }
                serde_json::to_writer(&mut *body, name)?;
                body.push(b':');
                write(body, value)?;
            }
            body.push(b'}');
        }
        Value::List(values) => {
            body.push(b'[');
            for (place, value) in values.iter().enumerate() {
                if place > 0 {
                    body.push(b',');
                }
                write(body, value)?;
            }
            body.push(b']');
        }
        other => serde_json::to_writer(body, other)?,
    }
    Ok(())
}
