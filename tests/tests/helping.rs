//! `--help`: every command and option is explained, every option has its environment twin, and what the documents show
//! a reader to type is there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use tests::program::Program;
use tests::shared::workspace;

fn help(program: Program, command: &[&str]) -> String {
    program
        .with(command.iter().chain(&["--help"]))
        .run()
        .succeeds()
        .stdout
}

/// The names and explanations below `Commands:`.
fn commands(help: &str) -> Vec<(String, String)> {
    let listed = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| line.starts_with("  "));
    let pairs = listed.filter_map(|line| line.strip_prefix("  ")?.split_once("  "));
    pairs
        .map(|(name, words)| (name.to_owned(), words.trim().to_owned()))
        .filter(|(name, _)| name != "help" && !name.is_empty())
        .collect()
}

/// The options of a help text, each with all that is said about it.
fn options(help: &str) -> Vec<(String, String)> {
    let mut found: Vec<(String, String)> = Vec::new();
    for line in help.lines().skip_while(|line| *line != "Options:").skip(1) {
        let trimmed = line.trim_start();
        // What is said about an option is indented further, and may begin with the name of another.
        let names = trimmed.starts_with('-') && line.len() - trimmed.len() < 8;
        let long = trimmed
            .split([' ', ','])
            .find(|word| word.starts_with("--"));
        match (names, long, found.last_mut()) {
            (true, Some(long), _) => found.push((long.to_owned(), trimmed.to_owned())),
            (_, _, Some((_, said))) => {
                said.push('\n');
                said.push_str(trimmed);
            }
            _ => {}
        }
    }
    found
}

/// Every command of a program, as words to type, with its help text; the program itself first.
fn all_commands(program: Program) -> Vec<(Vec<String>, String)> {
    let mut found = vec![(Vec::new(), help(program, &[]))];
    let mut next = 0;
    while let Some((words, text)) = found.get(next).cloned() {
        for (name, explained) in commands(&text) {
            assert!(
                !explained.is_empty(),
                "{} {words:?} {name}: the help does not explain it",
                program.name()
            );
            let mut longer = words.clone();
            longer.push(name);
            let typed: Vec<_> = longer.iter().map(String::as_str).collect();
            let text = help(program, &typed);
            found.push((longer, text));
        }
        next += 1;
    }
    found
}

#[test]
fn every_command_is_explained_and_every_option_has_its_environment_twin() {
    for program in [Program::Communique, Program::Summarizer] {
        let mut checked = 0;
        for (words, text) in all_commands(program) {
            for (option, said) in options(&text) {
                if matches!(option.as_str(), "--help" | "--version") {
                    continue;
                }
                let place = format!("{} {} {option}", program.name(), words.join(" "));
                assert!(
                    said.contains("[env: "),
                    "{place}: has no environment twin:\n{said}"
                );
                assert!(
                    said.lines().count() > 1 || said.contains("  "),
                    "{place}: is not explained"
                );
                checked += 1;
            }
        }
        assert!(
            checked >= 5,
            "{}: only {checked} options found in its help",
            program.name()
        );
    }
}

/// Variables that stand for options of several commands which differ in their words only. `serve` hands its environment
/// down to the summarizer that it starts, so what is not here has one meaning in both programs.
const SHARED: [&str; 7] = [
    "COMMUNIQUE_DIGESTS",
    "COMMUNIQUE_DRY_RUN",
    "COMMUNIQUE_JSON",
    "COMMUNIQUE_LOG",
    "COMMUNIQUE_LOG_FORMAT",
    "COMMUNIQUE_PUBLIC_URL",
    "DATABASE_URL",
];

#[test]
fn no_environment_variable_means_two_things() {
    let mut known: BTreeMap<String, (String, String)> = BTreeMap::new();
    for program in [Program::Communique, Program::Summarizer] {
        for (words, text) in all_commands(program) {
            for (option, said) in options(&text) {
                let Some((_, variable)) = said.split_once("[env: ") else {
                    continue;
                };
                let name = variable.split(['=', ']']).next().unwrap_or_default();
                let place = format!("{} {} {option}", program.name(), words.join(" "));
                // The lines are broken where the command has room.
                let said = said.split_whitespace().collect::<Vec<_>>().join(" ");
                let (before, meant) = known
                    .entry(name.to_owned())
                    .or_insert_with(|| (place.clone(), said.clone()));
                let one = before.ends_with(&format!(" {option}"));
                assert!(one, "{name}: {before} and {place}");
                assert!(
                    *meant == said || SHARED.contains(&name),
                    "{name} is of {before} and of {place}:\n{meant}\n{said}"
                );
            }
        }
    }
    assert!(known.len() > 50, "{known:?}");
}

#[test]
fn the_commands_of_the_issue_are_there() {
    let names = |program| {
        all_commands(program)
            .into_iter()
            .map(|(words, _)| words.join(" "))
            .collect::<BTreeSet<_>>()
    };
    let communique = names(Program::Communique);
    for command in [
        "migrate",
        "ingest",
        "show page",
        "status",
        "serve",
        "schema",
    ] {
        assert!(communique.contains(command), "{command}: {communique:?}");
    }
    let summarizer = names(Program::Summarizer);
    for command in ["run", "text"] {
        assert!(summarizer.contains(command), "{command}: {summarizer:?}");
    }
}

/// The calls of the two programs in a document's code, inline, indented or fenced: the program and the words after it.
fn shown(document: &str) -> Vec<(Program, Vec<&str>)> {
    let mut fenced = false;
    let mut found = Vec::new();
    for line in document.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            continue;
        }
        let pieces: Vec<&str> = if fenced || line.starts_with("    ") {
            vec![line.split(" #").next().unwrap_or_default()]
        } else {
            line.split('`').skip(1).step_by(2).collect()
        };
        for piece in pieces {
            let mut words = piece
                .split_whitespace()
                .skip_while(|word| *word == "$" || word.contains('='));
            let name = words.next().unwrap_or_default().rsplit('/').next();
            let program = [Program::Communique, Program::Summarizer]
                .into_iter()
                .find(|program| Some(program.name()) == name);
            found.extend(program.map(|program| (program, words.collect())));
        }
    }
    found
}

#[test]
fn what_the_documents_show_to_type_is_there() {
    let commands = |program| all_commands(program);
    let (communique, summarizer) = (commands(Program::Communique), commands(Program::Summarizer));
    let mut checked = 0;
    for name in ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"] {
        let document = fs::read_to_string(workspace().join(name))
            .unwrap_or_else(|error| panic!("{name}: {error}"));
        for (program, words) in shown(&document) {
            let known = if program == Program::Communique {
                &communique
            } else {
                &summarizer
            };
            let plain: Vec<_> = words
                .iter()
                .take_while(|word| word.chars().all(|c| c.is_ascii_lowercase()))
                .collect();
            // The longest command that the words begin with; what follows are its arguments.
            let command = known.iter().filter(|(command, _)| {
                plain
                    .iter()
                    .copied()
                    .zip(command)
                    .filter(|(one, other)| *one == other)
                    .count()
                    == command.len()
            });
            let (command, text) = command
                .max_by_key(|(command, _)| command.len())
                .expect("the program itself, at least");
            let shown = format!("{name}: `{} {}`", program.name(), words.join(" "));
            assert!(
                !command.is_empty() || words.iter().all(|word| word.starts_with('-')),
                "{shown}: there is no such command"
            );
            for option in words
                .iter()
                .filter_map(|word| word.trim_matches(['[', ']']).split('=').next())
                .filter(|word| word.starts_with("--"))
            {
                assert!(text.contains(option), "{shown}: its help has no {option}");
            }
            checked += 1;
        }
    }
    assert!(checked > 0, "no document shows a command");
}

#[test]
fn help_is_read_with_all_that_it_says() {
    let text = "Usage: x\n\nCommands:\n  migrate  Create\n  help     Print this\n\nOptions:\n      --listen <A>\n          Address\n          \n          [env: LISTEN=] [default: all with\n          --watch]\n  -h, --help\n          Print help\n";
    assert_eq!(
        commands(text),
        [("migrate".to_owned(), "Create".to_owned())]
    );
    let found = options(text);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(
        found[0].0 == "--listen" && found[0].1.contains("[env: "),
        "{found:?}"
    );
    let shown = shown(
        "```\n$ DATABASE_URL=x target/release/communique ingest --json pages # why\n```\n`communique serve`",
    );
    let expected = [
        (Program::Communique, vec!["ingest", "--json", "pages"]),
        (Program::Communique, vec!["serve"]),
    ];
    assert_eq!(shown, expected);
}
