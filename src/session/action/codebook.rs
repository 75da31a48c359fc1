//! Actions of the codebook: its editor, and the commands of `hashiya apply` that the editor gives.

use super::Menu::Edit;
use super::{Action, Entry, Opens, ctrl};
use crate::session::situation::writable;

#[rustfmt::skip]
pub(super) static ENTRIES: &[Entry] = &[
    Entry::new(Action::Codebook, "codebook", "Codebook…", "Add, rename, colour, order, and retire labels, attributes, and types, with what that does to the work so far")
        .opens(Opens::Dialog).menu(Edit, 5).keys(&[ctrl("K").shift()]).when(writable),
    Entry::new(Action::NewLabel, "new-label", "New label…", "Add a label to the codebook")
        .opens(Opens::Dialog).menu(Edit, 5).when(writable),
    Entry::new(Action::SetLabelDefinition, "set-label-definition", "Define label", "Add a label to the codebook, or change its names, colour, key, attributes, or place")
        .apply("set_label_definition").when(writable),
    Entry::new(Action::SetAttributeDefinition, "set-attribute-definition", "Define attribute", "Add an attribute to the codebook, or change its names, type, choices, or place")
        .apply("set_attribute_definition").when(writable),
    Entry::new(Action::SetRelationType, "set-relation-type", "Define relation type", "Add a type of relation to the codebook, or change it")
        .apply("set_relation_type").when(writable),
    Entry::new(Action::SetEventType, "set-event-type", "Define event type", "Add a type of event to the codebook, or change it and its roles")
        .apply("set_event_type").when(writable),
    Entry::new(Action::SetArticleLabel, "set-article-label", "Define article label", "Ask an attribute of each article as a whole, or change how")
        .apply("set_article_label").when(writable),
    Entry::new(Action::SetChoice, "set-choice", "Define choice", "Add a choice to an attribute, or change its names or place, or retire it")
        .apply("set_choice").when(writable),
    Entry::new(Action::SetRole, "set-role", "Define role", "Add a role to an event type, or change its names, labels, numbers, or place, or retire it")
        .apply("set_role").when(writable),
    Entry::new(Action::SetAttributeUse, "set-attribute-use", "Define asked attribute", "Ask an attribute of what has a label or type, or change whether it is required, its default, or its place")
        .apply("set_attribute_use").when(writable),
    Entry::new(Action::RemoveCodebookEntry, "remove-codebook-entry", "Remove codebook entry", "Take an entry, a choice, or a role out of the codebook; what uses it is moved, cleared, or stands in the way")
        .apply("remove_codebook_entry").when(writable),
    Entry::new(Action::RenameCodebookId, "rename-codebook-id", "Rename codebook id", "Give an entry, a choice, or a role another id; all annotations carry over")
        .apply("rename_codebook_id").when(writable),
    Entry::new(Action::ImportCodebook, "import-codebook", "Import codebook", "Take over a codebook from TOML")
        .apply("import_codebook").when(writable),
];
