//! What to do about a refusal that does not say so itself, in the words of the command line.
//!
//! Knows codes alone: what depends on the project is said where it is refused.

use crate::session::Refusal;

/// Where there is nothing better to say.
const HELP: &str = "`hashiya help` lists the commands, and `hashiya manual` explains them";
const FIELDS: &str = "`hashiya apply --help` lists the commands with their fields";
const WHAT_IS_THERE: &str = "`hashiya show PROJECT ARTICLE` lists what is there, with its ids";
const CODEBOOK: &str = "`hashiya codebook PROJECT` shows what the codebook has and allows";
const DISK: &str = "check the path, its permissions, and the room on the disk";

/// What to do about it; never nothing.
pub(super) fn hint_of(refusal: &Refusal) -> &str {
    refusal.hint.as_deref().unwrap_or_else(|| usual(&refusal.code))
}

fn usual(code: &str) -> &'static str {
    match code {
        "nothing_to_undo" | "nothing_to_redo" => {
            "`hashiya log PROJECT` shows what was done, where, and by whom"
        }
        "bad_json" => "a command is one JSON object in one line, in UTF-8",
        "bad_field" | "empty_batch" => FIELDS,
        "not_in_a_batch" => "give it a line of its own",
        "bad_id" => "an id is not empty and has no control characters",
        "bad_annotator" => "a name is not empty and has no control characters",
        "wrong_type" | "label_not_allowed" | "too_many_fillers" | "type_in_use" => CODEBOOK,
        "duplicate_id" => "give it another id, or change the one that is there",
        "retired" => "choose another one, or set `retired` to false in the codebook",
        "outside_text" | "bad_ranges" | "empty_range" => {
            "positions count Unicode code points from 0, the end exclusive"
        }
        "same_span" | "too_few_spans" | "same_event" | "too_few_events" => "name different ones",
        "duplicate_span" | "duplicate_relation" | "duplicate_filler" => {
            "nothing needs to be done; to change it, name it by its id"
        }
        "unchanged" => {
            "nothing needs to be done; a batch is refused as a whole, so leave the command out of it"
        }
        "unknown_problem" => "`hashiya check PROJECT --json` gives each problem with its key",
        "conflict" | "cancelled" => "nothing was changed; look at what is there now, then try again",
        "nothing_chosen" => "leave out a choice, or take `--status any`",
        "io" | "read_only" | "not_found" | "not_read" | "cannot_read" => DISK,
        "invalid" => "nothing was changed; make it shorter or simpler, then try again",
        "database" => "nothing was changed; try again, and let `hashiya check PROJECT` look at the project",
        "no_thread" => "close other programs, then try again",
        code if code.starts_with("unknown_") => WHAT_IS_THERE,
        _ => HELP,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_keeps_its_own_hint_and_without_one_gets_that_of_its_code() {
        let bare = Refusal::new("unknown_span", "article a has no span x");
        assert_eq!(hint_of(&bare), WHAT_IS_THERE);
        assert_eq!(hint_of(&bare.hint("look again")), "look again");
        assert_eq!(hint_of(&Refusal::new("of_tomorrow", "it is new")), HELP);
    }
}
