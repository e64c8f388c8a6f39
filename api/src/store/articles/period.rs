//! Which days of publication are wanted, and whether any.

use chrono::NaiveDate;
use sea_orm::sea_query::{Expr, ExprTrait};

use super::filter::ArticleFilter;
use super::order::{AFTER_ALL, BEFORE_ALL, Direction, OrderField, SortKey};
use super::plan::Plan;

/// The days that a day of publication can be compared with: not those that stand for none.
fn days(filter: &ArticleFilter) -> Option<(NaiveDate, NaiveDate)> {
    let (from, to) = (filter.published_from, filter.published_to);
    (from.is_some() || to.is_some()).then(|| {
        let first = BEFORE_ALL.succ_opt().unwrap_or(BEFORE_ALL);
        let last = AFTER_ALL.pred_opt().unwrap_or(AFTER_ALL);
        (
            from.map_or(first, |from| Ord::max(from, first)),
            to.map_or(last, |to| Ord::min(to, last)),
        )
    })
}

impl Plan {
    /// The condition on the day of publication, said so that the index of the order serves it too.
    pub(super) fn published(&self, filter: &ArticleFilter) -> Option<Expr> {
        let by_day = self.order.field == OrderField::PublishedAt;
        let undated = self.order.value(&SortKey::PublishedOn(None));
        let day = || {
            if by_day {
                self.sorted()
            } else {
                self.out_of_sight("published_on")
            }
        };
        if let Some((from, to)) = days(filter) {
            return Some(day().gte(from).and(day().lte(to)));
        }
        // A range, not an equality: PostgreSQL would take the key for a constant and walk the articles by id instead.
        let newest_first = self.order.direction == Direction::Desc;
        Some(match (filter.undated?, by_day) {
            (true, true) if newest_first => day().lte(undated),
            (true, true) => day().gte(undated),
            (false, true) if newest_first => day().gt(undated),
            (false, true) => day().lt(undated),
            (true, false) => day().is_null(),
            (false, false) => day().is_not_null(),
        })
    }
}
