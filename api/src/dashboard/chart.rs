//! Articles by month, stacked by topic: an SVG of the crate `plotters`, with the colours left to the stylesheet.

use std::fmt::Write as _;

use plotters::prelude::*;

use super::day;

/// Size of the drawing, in its own units.
const SIZE: (u32, u32) = (760, 280);
/// Most series of a chart: as many as there are colours that can be told apart, and one for the rest.
pub(super) const SERIES: usize = 6;

/// What stands in the drawing for the colours of lines and letters, which the stylesheet has: they differ by theme.
const GRID: RGBColor = RGBColor(1, 1, 1);
const INK: RGBColor = RGBColor(2, 2, 2);
const CLASSES: [(&str, &str); 3] = [
    ("stroke=\"#010101\"", "class=\"grid\""),
    ("stroke=\"#020202\"", "class=\"axis\""),
    ("fill=\"#020202\"", "class=\"ink\""),
];

/// A topic and how many articles it has in each month.
#[derive(Debug)]
pub(super) struct Series {
    pub(super) name: String,
    /// One for each month.
    pub(super) counts: Vec<u64>,
}

/// Months, the oldest first, and what was in them.
#[derive(Debug, Default)]
pub(super) struct Chart {
    /// Each as `2024-03`.
    pub(super) months: Vec<String>,
    pub(super) series: Vec<Series>,
}

/// A row of the table that says the same.
pub(super) struct Row {
    pub(super) month: String,
    pub(super) name: String,
    pub(super) counts: Vec<u64>,
    pub(super) total: u64,
}

impl Chart {
    /// Of these counts: month, topic (none for articles without), articles. The topics with most articles have a series
    /// each, the rest one together.
    pub(super) fn of(months: Vec<String>, counts: &[(String, Option<String>, u64)]) -> Self {
        let mut topics: Vec<(String, u64)> = Vec::new();
        let known = |month: &String| months.contains(month);
        for (_, topic, count) in counts.iter().filter(|(month, ..)| known(month)) {
            let Some(topic) = topic else { continue };
            match topics.iter_mut().find(|(name, _)| name == topic) {
                Some((_, sum)) => *sum += count,
                None => topics.push((topic.clone(), *count)),
            }
        }
        topics.sort_by(|(a, many), (b, more)| (more, a).cmp(&(many, b)));
        // One topic more than there are colours is no "rest".
        let shown = if topics.len() > SERIES + 1 {
            SERIES
        } else {
            topics.len().min(SERIES)
        };
        let (own, rest) = topics.split_at(shown);
        let series = |name: &str, takes: &dyn Fn(Option<&str>) -> bool| Series {
            name: name.to_owned(),
            counts: months
                .iter()
                .map(|month| {
                    let of_month = counts.iter().filter(|(found, ..)| found == month);
                    of_month
                        .filter(|(_, topic, _)| takes(topic.as_deref()))
                        .map(|(.., count)| count)
                        .sum()
                })
                .collect(),
        };
        let mut all: Vec<Series> = own
            .iter()
            .map(|(name, _)| series(name, &|topic| topic == Some(name)))
            .collect();
        let others = series("Other or no topic", &|topic| {
            topic.is_none_or(|topic| rest.iter().any(|(name, _)| name == topic))
        });
        if others.counts.iter().any(|count| *count > 0) {
            all.push(others);
        }
        Self {
            months,
            series: all,
        }
    }

    /// Whether there is nothing to draw.
    pub(super) fn is_empty(&self) -> bool {
        self.series.is_empty()
    }

    /// The same as a table, a row for each month.
    pub(super) fn rows(&self) -> Vec<Row> {
        let rows = self.months.iter().enumerate().map(|(place, month)| {
            let counts: Vec<u64> = self
                .series
                .iter()
                .map(|series| series.counts[place])
                .collect();
            Row {
                month: month.clone(),
                name: day::month(month),
                total: counts.iter().sum(),
                counts,
            }
        });
        rows.collect()
    }

    /// The drawing, with this name for whoever cannot see it. Empty if it cannot be drawn.
    pub(super) fn svg(&self, name: &str) -> String {
        self.drawn(name).unwrap_or_default()
    }

    fn drawn(&self, name: &str) -> Option<String> {
        let months = i32::try_from(self.months.len()).ok()?;
        let totals = self.rows().into_iter().map(|row| row.total);
        let top = totals.max().filter(|top| *top > 0)?;
        let (mut svg, mut bars) = (String::new(), String::new());
        {
            let area = SVGBackend::with_string(&mut svg, SIZE).into_drawing_area();
            let mut chart = ChartBuilder::on(&area)
                .margin(8)
                .set_label_area_size(LabelAreaPosition::Left, 36)
                .set_label_area_size(LabelAreaPosition::Bottom, 28)
                .build_cartesian_2d(0..months, 0..top + top.div_ceil(10))
                .ok()?;
            let letters = ("inherit", 15).into_font().color(&INK);
            chart
                .configure_mesh()
                .disable_x_mesh()
                .disable_x_axis()
                .light_line_style(TRANSPARENT)
                .bold_line_style(GRID)
                .axis_style(INK)
                .y_labels(usize::try_from(top).unwrap_or(5).clamp(1, 5))
                .y_label_formatter(&|count| count.to_string())
                .label_style(letters)
                .draw()
                .ok()?;
            let plot = chart.plotting_area();
            let (_, floor) = plot.map_coordinate(&(0, 0));
            for (place, month) in self.months.iter().enumerate() {
                let at = i32::try_from(place).ok()?;
                let (left, _) = plot.map_coordinate(&(at, 0));
                let (right, _) = plot.map_coordinate(&(at + 1, 0));
                let gap = (right - left) / 6;
                let middle = (left + right) / 2;
                let under = day::short_month(month);
                let _ = write!(
                    bars,
                    "<text class=\"ink\" x=\"{middle}\" y=\"{}\" text-anchor=\"middle\" font-size=\"12\">{under}</text>",
                    floor + 18
                );
                let mut below = 0;
                for (color, series) in self.series.iter().enumerate() {
                    let count = series.counts[place];
                    if count == 0 {
                        continue;
                    }
                    let (_, bottom) = plot.map_coordinate(&(at, below));
                    below += count;
                    let (_, upper) = plot.map_coordinate(&(at, below));
                    let _ = write!(
                        bars,
                        "<rect class=\"series-{color}\" x=\"{}\" y=\"{upper}\" width=\"{}\" height=\"{}\"><title>{}: {}, {count}</title></rect>",
                        left + gap,
                        right - left - 2 * gap,
                        (bottom - upper).max(1),
                        day::month(month),
                        escaped(&series.name),
                    );
                }
            }
            area.present().ok()?;
        }
        // The element that the crate opens says how large it is in pixels; ours fits the page and has a name.
        let (_, inside) = svg.split_once('>')?;
        let inside = inside.trim_end().strip_suffix("</svg>")?;
        let drawn = CLASSES
            .iter()
            .fold(inside.to_owned(), |text, (color, class)| {
                text.replace(color, class)
            });
        let drawn = drawn
            .replace(" font-family=\"inherit\"", "")
            .replace(" opacity=\"1\"", "");
        Some(format!(
            "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">{drawn}{bars}</svg>",
            SIZE.0,
            SIZE.1,
            escaped(name)
        ))
    }
}

/// Text as it may stand in an element or an attribute.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(rows: &[(&str, Option<&str>, u64)]) -> Vec<(String, Option<String>, u64)> {
        let rows = rows.iter();
        rows.map(|(month, topic, count)| ((*month).to_owned(), topic.map(str::to_owned), *count))
            .collect()
    }

    #[test]
    fn the_largest_topics_have_a_series_each_and_the_rest_share_one() {
        let months = vec!["2024-01".to_owned(), "2024-02".to_owned()];
        let mut rows = vec![
            ("2024-01", Some("A"), 9),
            ("2024-02", Some("A"), 1),
            ("2024-02", None, 2),
            ("2023-01", Some("Z"), 99),
        ];
        rows.extend(["B", "C", "D", "E", "F", "G", "H"].map(|name| ("2024-02", Some(name), 1)));
        let chart = Chart::of(months, &counts(&rows));
        let names: Vec<_> = chart
            .series
            .iter()
            .map(|series| series.name.as_str())
            .collect();
        assert_eq!(names, ["A", "B", "C", "D", "E", "F", "Other or no topic"]);
        let totals: Vec<_> = chart.rows().iter().map(|row| row.total).collect();
        assert_eq!(totals, [9, 10]);
    }

    #[test]
    fn a_drawing_has_a_named_bar_for_each_number_and_no_colour_of_its_own() {
        let months = vec!["2024-01".to_owned(), "2024-02".to_owned()];
        let rows = counts(&[("2024-01", Some("A & <b>"), 3), ("2024-02", None, 1)]);
        let svg = Chart::of(months, &rows).svg("By \"month\"");
        assert!(
            svg.contains("<title>January 2024: A &amp; &lt;b&gt;, 3</title>"),
            "{svg}"
        );
        assert!(
            svg.contains("<title>February 2024: Other or no topic, 1</title>"),
            "{svg}"
        );
        assert!(svg.contains("aria-label=\"By &quot;month&quot;\""), "{svg}");
        assert!(!svg.contains("=\"#") && !svg.contains("style="), "{svg}");
        assert_eq!(svg.matches("<svg").count(), svg.matches("</svg>").count());
    }

    #[test]
    fn nothing_draws_nothing() {
        assert!(Chart::of(vec!["2024-01".to_owned()], &[]).is_empty());
        assert_eq!(Chart::default().svg("x"), "");
    }
}
