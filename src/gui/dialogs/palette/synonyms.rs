//! What other programs call a command, and what somebody who does not know its name would type.

use crate::session::action::Action;

/// Other names of commands, in small letters, between commas.
const SYNONYMS: &[(Action, &str)] = &[
    (
        Action::SetRanges,
        "extend span, shrink span, expand span, resize, boundaries",
    ),
    (
        Action::ToggleProclitic,
        "clitic, prefix, article, conjunction, preposition",
    ),
    (Action::AddNote, "comment, remark"),
    (
        Action::InspectSpan,
        "attributes, properties, values, features, edit span",
    ),
    (Action::ConfirmValues, "accept values, ok"),
    (Action::RemoveSpan, "delete span, delete annotation, untag, erase"),
    (Action::MergeSpans, "join spans, unite, combine"),
    (Action::SplitSpan, "cut span, divide span"),
    (Action::AddFragment, "discontinuous span, fragment"),
    (Action::RemoveFragment, "delete fragment"),
    (Action::ClearSelection, "deselect, unselect, cancel"),
    (Action::NextCandidate, "suggestion, untagged, next entity"),
    (Action::MarkDone, "finish article, complete, submit, finished"),
    (
        Action::MarkDoneAndNext,
        "finish article, submit, save and next, complete",
    ),
    (Action::MarkTodo, "reopen article, unfinished, not done"),
    (Action::MarkSkipped, "ignore article, reject article"),
    (
        Action::NextArticle,
        "next document, next text, go to next article",
    ),
    (
        Action::PreviousArticle,
        "previous document, go back, go to previous article",
    ),
    (
        Action::InspectArticle,
        "document label, classify, classification, relevance, attributes of the article",
    ),
    (
        Action::EditMetadata,
        "metadata, properties, rename article, publication date, url",
    ),
    (
        Action::ShowProblems,
        "errors, warnings, validate, validation, quality",
    ),
    (Action::DismissProblem, "ignore problem"),
    (
        Action::Codebook,
        "edit labels, label set, labels, tag set, schema, ontology, attributes, categories, configuration",
    ),
    (Action::NewLabel, "add label, create label, new tag, new category"),
    (
        Action::FindInArticle,
        "search, search text, look for, regex, regular expression",
    ),
    (
        Action::TagAllHits,
        "annotate all, label all, concordance, replace all",
    ),
    (
        Action::FilterArticles,
        "search articles, sort articles, list of articles",
    ),
    (
        Action::Settings,
        "preferences, options, configuration, font, change keys, key bindings, rebind shortcuts",
    ),
    (Action::NewProject, "create project, new file"),
    (Action::OpenProject, "load project, recent projects"),
    (Action::OpenArticles, "open file, open folder, load texts"),
    (Action::OpenSample, "tutorial, example, demo, tour"),
    (Action::Import, "import, add files, add documents, load, upload"),
    (Action::SaveSnapshot, "save, write"),
    (
        Action::Export,
        "download, csv, excel, conll, brat, spacy, label studio, doccano, parquet, export format",
    ),
    (
        Action::SaveProjectAs,
        "rename project, copy project, backup, save copy",
    ),
    (
        Action::CheckProject,
        "validate project, report, integrity, verify",
    ),
    (
        Action::SetAnnotator,
        "user name, change my name, rename annotator, who am i, login, author",
    ),
    (Action::Quit, "exit, close window"),
    (Action::Help, "documentation, user guide, tutorial, how to"),
    (Action::ShowShortcuts, "hotkeys, key bindings, cheat sheet"),
    (
        Action::Guidelines,
        "instructions, definitions, label descriptions",
    ),
    (Action::About, "licence, license"),
    (
        Action::AddRelation,
        "add relation, arc, connect spans, coreference, same as, new relation",
    ),
    (
        Action::ReverseRelation,
        "swap relation, direction of the relation, invert",
    ),
    (Action::RemoveRelation, "delete relation, delete link, unlink"),
    (Action::AddToEvent, "argument, fill role, slot, participant"),
    (Action::NewEvent, "add event, create event, incident"),
    (
        Action::ReviewMode,
        "adjudication, adjudicate, curation, quality control",
    ),
    (Action::AcceptSpan, "approve span, correct, right, agree"),
    (Action::QuerySpan, "reject span, disagree, wrong"),
    (Action::ApproveArticle, "accept article, approve work"),
    (
        Action::RequestChanges,
        "reject article, reject work, send back, return work",
    ),
    (Action::ToggleFlag, "bookmark, star, favourite, favorite, pin"),
    (Action::ShowNotes, "comments, threads, discussion"),
    (Action::SpanHistory, "changes, who changed, versions, log, audit"),
    (Action::ZoomIn, "bigger font, font size, enlarge, increase text"),
    (Action::ZoomOut, "smaller font, font size, reduce, decrease text"),
    (Action::ZoomReset, "reset zoom, 100 %, font size"),
    (Action::TextSize, "font size, font"),
    (Action::ArabicFace, "font, arabic font, naskh, typeface"),
    (
        Action::ToggleTheme,
        "dark mode, light mode, night, colours, colors, appearance",
    ),
    (
        Action::ToggleList,
        "sidebar, left panel, file list, hide articles",
    ),
    (Action::ToggleInspector, "sidebar, right panel, hide labels pane"),
    (Action::ToggleEvents, "event table, bottom panel"),
    (Action::AllEvents, "event table, events of all articles"),
    (
        Action::ShowHidden,
        "non-printing, zero width, whitespace, bidi marks",
    ),
    (Action::MarginNumbers, "line numbers, paragraph numbers"),
    (
        Action::LabelDisplay,
        "compact, highlight, underline, tint, overlap",
    ),
    (Action::HideLabel, "hide labels, hide spans, filter labels"),
    (Action::ShowLabelAlone, "isolate, solo, only this label"),
    (Action::DirectionRightToLeft, "rtl"),
    (Action::DirectionLeftToRight, "ltr"),
    (Action::Undo, "revert, take back"),
    (Action::UndoProject, "undo import, revert import"),
];

/// Other names of what a label's own row does.
pub(super) const OF_LABELS: &str = "change label, relabel, retag, tag as, annotate as, mark as";

/// The other names of a command; empty where its own is the usual one.
pub(super) fn synonyms(action: Action) -> &'static str {
    let found = SYNONYMS.iter().find(|(named, _)| *named == action);
    found.map_or("", |(_, names)| names)
}
