//! Many rows read as one: the database writes a statement's rows as one JSON text, which is read here.
//!
//! Through the driver each value of each row costs allocations and a look-up of its column by name, and on SQLite each row
//! a way from one thread to another. Measured over the home page, that was most of what a request took.

mod article;
mod summary;

use sea_orm::sea_query::SelectStatement;
use sea_orm::{ActiveEnum, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, Statement};
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};

pub(super) use article::{Bodies, articles};
pub(super) use summary::{Rankings, abstracts, labels, topics};

use super::StoreError;

/// A column, and how its values come through JSON unharmed.
#[derive(Clone, Copy, Debug)]
enum Column {
    /// Text, a whole number, a date or a moment: as it is.
    Plain(&'static str),
    /// JSON itself: as the text of it, since SQLite takes long to put one JSON into another.
    Json(&'static str),
    /// Left out: this text instead.
    Left(&'static str),
    /// A floating-point number: as text of 17 digits, since SQLite's JSON keeps but 15.
    Float(&'static str),
}

/// What a select of an entity gives, written as an array for each row.
trait Listed: DeserializeOwned {
    /// The entity's row.
    type Model;
    /// The columns in the order of the fields.
    const COLUMNS: &'static [Column];

    fn model(self) -> Result<Self::Model, DbErr>;
}

/// All rows of a select that gives at least the columns of `R`, in its order.
async fn all<R: Listed>(
    select: &SelectStatement,
    columns: &[Column],
    connection: &DatabaseConnection,
) -> Result<Vec<R::Model>, StoreError> {
    let backend = connection.get_database_backend();
    let rows: Statement = backend.build(select);
    let values: Vec<String> = columns
        .iter()
        .map(|column| column.written(backend))
        .collect();
    let values = values.join(", ");
    let inner = &rows.sql;
    let sql = match backend {
        DbBackend::Postgres => format!(
            "SELECT coalesce(json_agg(json_build_array({values})), '[]')::text AS \"rows\" FROM ({inner}) AS \"listed\""
        ),
        _ => format!("SELECT json_group_array(json_array({values})) AS \"rows\" FROM ({inner})"),
    };
    let as_one = Statement {
        sql,
        values: rows.values,
        db_backend: backend,
    };
    let Some(row) = connection.query_one_raw(as_one).await? else {
        return Ok(Vec::new());
    };
    let text: String = row.try_get_by_index(0)?;
    let listed: Vec<R> = serde_json::from_str(&text)
        .map_err(|error| StoreError::Damaged(format!("rows that cannot be read: {error}")))?;
    Ok(listed.into_iter().map(R::model).collect::<Result<_, _>>()?)
}

impl Column {
    fn written(self, backend: DbBackend) -> String {
        match (self, backend) {
            (Self::Plain(name), _) | (Self::Json(name), DbBackend::Sqlite) => {
                format!("\"{name}\"")
            }
            (Self::Left(text), DbBackend::Sqlite) => format!("'{text}'"),
            (Self::Left(text), _) => format!("'{text}'::text"),
            (Self::Json(name), _) | (Self::Float(name), DbBackend::Postgres) => {
                format!("\"{name}\"::text")
            }
            (Self::Float(name), _) => format!("printf('%!.17g', \"{name}\")"),
        }
    }
}

/// A number that came as text.
fn float<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(D::Error::custom)
}

/// A value that came as the text of its JSON.
fn json<'de, T: DeserializeOwned, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let text = String::deserialize(deserializer)?;
    serde_json::from_str(&text).map_err(D::Error::custom)
}

/// The columns with one of them left out: this text instead.
fn without(columns: &[Column], name: &str, text: &'static str) -> Vec<Column> {
    let left = |column: &Column| match column {
        Column::Plain(found) | Column::Json(found) if *found == name => Column::Left(text),
        other => *other,
    };
    columns.iter().map(left).collect()
}

/// A value of one of our enums.
fn choice<E: ActiveEnum<Value = String>>(value: &String) -> Result<E, DbErr> {
    E::try_from_value(value)
}
