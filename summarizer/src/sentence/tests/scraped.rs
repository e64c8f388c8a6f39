//! Texts as scrapers leave them.

use super::{check, check_news};

#[test]
fn what_was_run_together_is_parted() {
    check(&[
        "The mill is open, he said.|Taylor Swift came to see it.",
        "Le maire est en cause...|Selon lui, tout va bien.",
        "Une promesse faite aux salariés|C’est ce que dit le maire de la ville.",
        "Le pont ouvrira en juin|Alors que la ville attend depuis des années.",
        "McTavish and LeBlanc play for MacDonald of YouTube, in the #BringBackOurBoats match.",
    ]);
}

#[test]
fn a_short_line_over_longer_ones_is_a_heading_and_a_wrapped_one_is_not() {
    check_news(
        "News of the mill\nMore than two hundred guests came to see the new mill of the town on Monday.",
        &[
            "News of the mill",
            "More than two hundred guests came to see the new mill of the town on Monday.",
        ],
    );
    check_news(
        "More than two hundred guests came to see the\nMill of the town on Monday, among them the\nMayor of Oslo.",
        &[
            "More than two hundred guests came to see the\nMill of the town on Monday, among them the\nMayor of Oslo.",
        ],
    );
}
