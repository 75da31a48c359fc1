//! Words of the dialogs of import and export.

use super::counted;

/// Whose work goes out.
pub const WHOSE: &str = "Annotator";
/// Everybody's.
pub const EVERYONE: &str = "Everyone";
/// Work of which status.
pub const STATUS: &str = "Status";
/// The usual choice of formats that models train on.
pub const USUAL_DONE: &str = "Done (usual for training)";
/// The usual choice of other formats.
pub const USUAL_ANY: &str = "Any (usual)";
/// Work of any status.
pub const ANY: &str = "Any";
/// Spans of which labels.
pub const LABELS: &str = "Labels";
/// Spans of all labels.
pub const ALL_LABELS: &str = "All labels";
/// Articles in which languages.
pub const LANGUAGES: &str = "Languages";
/// Articles in all languages.
pub const ALL_LANGUAGES: &str = "All languages";
/// The parts of a split.
pub const PARTS: &str = "Parts";
/// How they are written.
pub const PARTS_HINT: &str = "train=0.8,dev=0.1,test=0.1";
/// How positions are counted.
pub const UNIT: &str = "Positions in";
/// One unit.
pub const CODE_POINTS: &str = "code points (Python)";
/// Another.
pub const UTF16: &str = "UTF-16 units (JavaScript, Java)";
/// Another.
pub const BYTES: &str = "UTF-8 bytes";
/// Whether line ends are changed on the way out.
pub const LINE_FEEDS: &str = "Every line end as a line feed";
/// While it is counted.
pub const COUNTING: &str = "Counting what this would write…";
/// Where a format holds everything.
pub const NOTHING_LOST: &str = "Nothing is left out.";
/// The dialog after an export.
pub const EXPORTED: &str = "Exported";
/// How many files lie beside the one that was named, and which.
pub fn files_beside(names: &[String]) -> Option<String> {
    if names.is_empty() {
        return None;
    }
    let files = super::counted(names.len() as u64, "file", "files");
    let verb = if names.len() == 1 { "belongs" } else { "belong" };
    Some(format!("{files} beside it {verb} to it: {}", names.join(", ")))
}
/// Above a snippet.
pub const HOW_TO_LOAD: &str = "To load it in Python:";
/// Copies the snippet.
pub const COPY_SNIPPET: &str = "Copy snippet";
/// Shows the export where it lies.
pub const OPEN_FOLDER: &str = "Open folder";
/// Where no file manager could be started.
pub const NO_FOLDER: &str = "The folder could not be opened:";
/// Where nothing was exported before.
pub const NOTHING_TO_REPEAT: &str = "Nothing was exported from this project yet";

/// The dialog of an import.
pub const IMPORT: &str = "Add articles";
/// Brings in what is shown.
pub const IMPORT_NOW: &str = "Add";
/// While files are looked into.
pub const LOOKING: &str = "Looking into the files…";
/// Where nothing can come in.
pub const NOTHING_TO_IMPORT: &str = "Nothing in these files can be read as an article.";
/// The list of files.
pub const FILES: &str = "Files";
/// The first articles.
pub const FIRST_ARTICLES: &str = "First articles";
/// What is wrong or good to know.
pub const FINDINGS: &str = "Problems";
/// The labels in the files.
pub const LABELS_IN_FILES: &str = "Labels in the files";
/// Says what an empty name does.
pub const LABEL_MAP_HINT: &str = "Give a label another name, or empty its field to leave its spans out.";
/// Heading of the annotators and their new names.
pub const ANNOTATORS_IN_FILES: &str = "Annotators in the files";
/// What the fields beside annotators are for.
pub const ANNOTATOR_MAP_HINT: &str =
    "Give an annotator another name, or empty the field to leave that work out.";
/// The columns of a table.
pub const COLUMNS: &str = "Columns";
/// How a format is chosen that was found out.
pub const FOUND_OUT: &str = "detected";
/// What reads files.
pub const READ_AS: &str = "Read as";
/// A file that nothing reads.
pub const UNREADABLE: &str = "not readable";
/// A label that the codebook lacks.
pub const NEW_LABEL: &str = "new";
/// A column whose use is found by its name.
pub const BY_NAME: &str = "by its name";

/// How a column is found that nobody chose, with the one that was.
pub fn by_name(found: Option<&String>) -> String {
    found.map_or_else(
        || format!("{BY_NAME} (none)"),
        |column| format!("{BY_NAME}: {column}"),
    )
}

/// How much was seen of files.
pub fn seen(articles: u64, is_whole: bool) -> String {
    if is_whole {
        counted(articles, "article", "articles")
    } else {
        format!("the first {articles} articles were looked at")
    }
}

/// Files that were not looked into.
pub fn more_files(count: u64) -> String {
    format!("and {}", counted(count, "more file", "more files"))
}

/// An article in a preview.
pub fn article(lang: &str, length: usize, spans: usize) -> String {
    let spans = match spans {
        0 => String::new(),
        _ => format!(", {}", counted(spans, "span", "spans")),
    };
    let lang = if lang.is_empty() { "?" } else { lang };
    format!("{lang}, {length} characters{spans}")
}
