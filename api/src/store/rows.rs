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

pub(super) use article::articles;
pub(super) use summary::{abstracts, labels, topics};

use super::StoreError;

/// A column, and how its values come through JSON unharmed.
#[derive(Clone, Copy, Debug)]
enum Column {
    /// Text, a whole number, a date or a moment: as it is.
    Plain(&'static str),
    /// JSON itself.
    Json(&'static str),
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
    connection: &DatabaseConnection,
) -> Result<Vec<R::Model>, StoreError> {
    let backend = connection.get_database_backend();
    let rows: Statement = backend.build(select);
    let values: Vec<String> = R::COLUMNS
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
            (Self::Plain(name), _) | (Self::Json(name), DbBackend::Postgres) => {
                format!("\"{name}\"")
            }
            (Self::Json(name), _) => format!("json(\"{name}\")"),
            (Self::Float(name), DbBackend::Postgres) => format!("\"{name}\"::text"),
            (Self::Float(name), _) => format!("printf('%!.17g', \"{name}\")"),
        }
    }
}

/// A number that came as text.
fn float<'de, D: Deserializer<'de>>(deserializer: D) -> Result<f64, D::Error> {
    let text = String::deserialize(deserializer)?;
    text.parse().map_err(D::Error::custom)
}

/// A value of one of our enums.
fn choice<E: ActiveEnum<Value = String>>(value: &String) -> Result<E, DbErr> {
    E::try_from_value(value)
}
