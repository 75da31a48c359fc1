//! Whole calls for the help of each command, and what the exit codes mean.

/// What the program answers with.
pub(super) const EXIT_CODES: &str = "\
Exit codes:
  0  all is done
  1  it failed and nothing was changed, or a check found something
  2  the call was wrong
  3  it is done, but not all of it: some input was refused and is listed, or the answer could not be written

`hashiya help COMMAND` has examples, `hashiya manual` explains it all.";

pub(super) const NEW: &str = "\
Examples:
  hashiya new mali.hashiya
  hashiya new entities.hashiya --codebook entities
  hashiya new protests.hashiya --codebook protests.toml";

pub(super) const IMPORT: &str = "\
Examples:
  hashiya import mali.hashiya articles/
  hashiya import mali.hashiya news.csv --column text=Body --column published=Day
  hashiya import mali.hashiya spans.jsonl --annotator ana --label-map PER=actor --rejected kept-out.jsonl";

pub(super) const EXPORT: &str = "\
Examples:
  hashiya export mali.hashiya --format jsonl --output mali.jsonl
  hashiya export mali.hashiya --format spacy --split train=0.8,dev=0.2 --output mali.spacy
  hashiya export mali.hashiya --format csv --output - --label casualty | less";

pub(super) const CODEBOOK: &str = "\
Examples:
  hashiya codebook mali.hashiya
  hashiya codebook mali.hashiya --output codebook.toml
  hashiya codebook mali.hashiya --import codebook.toml";

pub(super) const FORMATS: &str = "\
Examples:
  hashiya formats
  hashiya formats csv";

pub(super) const MANUAL: &str = "\
Examples:
  hashiya manual
  hashiya manual review";

pub(super) const LIST: &str = "\
Examples:
  hashiya list mali.hashiya --status todo
  hashiya list mali.hashiya --annotator ana --review changes_requested --json";

pub(super) const SHOW: &str = "\
Examples:
  hashiya show mali.hashiya a1
  hashiya show mali.hashiya 'market bombing' --annotator ana";

pub(super) const STATS: &str = "\
Examples:
  hashiya stats mali.hashiya
  hashiya stats mali.hashiya --json";

pub(super) const APPLY: &str = "\
Examples:
  hashiya apply mali.hashiya commands.jsonl --annotator ana
  echo '{\"command\":\"set_status\",\"article\":\"a1\",\"status\":\"done\"}' | hashiya apply mali.hashiya";

pub(super) const UNDO: &str = "\
Examples:
  hashiya undo mali.hashiya a1
  hashiya undo mali.hashiya";

pub(super) const REDO: &str = "\
Examples:
  hashiya redo mali.hashiya a1
  hashiya redo mali.hashiya";

pub(super) const LOG: &str = "\
Examples:
  hashiya log mali.hashiya --article a1
  hashiya log mali.hashiya --article a1 --span s3";

pub(super) const DATE: &str = "\
Examples:
  hashiya date '12 mai 2022'
  hashiya date hier --published 2022-05-12";

pub(super) const QUANTITY: &str = "\
Examples:
  hashiya quantity 'plus de 50 civils tués'
  hashiya quantity 'dozens wounded' 'at least 12 dead' --lang en --json";

pub(super) const CHECK: &str = "\
Examples:
  hashiya check mali.hashiya
  hashiya check mali.hashiya --strict --json";

pub(super) const RECOVER: &str = "\
Example:
  hashiya recover mali.hashiya --output saved.hashiya";

pub(super) const BACKUP: &str = "\
Example:
  hashiya backup mali.hashiya --output mali-copy.hashiya";

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser as _};

    use super::super::args::Typed;

    /// The words of a call as a shell hands them over: what stands between ' is one.
    fn words(call: &str) -> Vec<String> {
        let mut words = Vec::new();
        for (place, part) in call.split('\'').enumerate() {
            if place % 2 == 1 {
                words.push(part.to_owned());
            } else {
                words.extend(part.split_whitespace().map(str::to_owned));
            }
        }
        words
    }

    #[test]
    fn every_command_has_examples_and_each_is_a_call_of_it() {
        for command in Typed::command().get_subcommands() {
            let help = command
                .get_after_help()
                .map(ToString::to_string)
                .unwrap_or_default();
            let calls: Vec<&str> = help
                .lines()
                .filter_map(|line| {
                    Some(
                        line.strip_prefix("  ")?
                            .rsplit_once("| hashiya")
                            .map_or(line, |(_, call)| call),
                    )
                })
                .map(str::trim)
                .collect();
            assert!(!calls.is_empty(), "{} has no example", command.get_name());
            for call in calls {
                let call = call.split(" | ").next().unwrap_or_default();
                let mut words = words(call);
                if words.first().map(String::as_str) != Some("hashiya") {
                    words.insert(0, "hashiya".to_owned());
                }
                assert_eq!(
                    words.get(1).map(String::as_str),
                    Some(command.get_name()),
                    "{call}"
                );
                let parsed = Typed::try_parse_from(&words);
                assert!(parsed.is_ok(), "{call}: {}", parsed.unwrap_err());
            }
        }
    }
}
