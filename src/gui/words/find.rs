//! The words of finding in the article and of tagging all that was found.

/// The find bar.
pub const FIND_BAR: &str = "Find bar";
/// Its field.
pub const FIND: &str = "Find in the article";
/// In the empty field.
pub const FIND_HINT: &str = "Find…";
/// Puts the bar away.
pub const FIND_CLOSE: &str = "Close find";
/// A switch: what is typed is a regular expression.
pub const FIND_PATTERN: &str = "Regular expression";
/// What it does.
pub const FIND_PATTERN_TIP: &str =
    "Regular expression  Alt+R\nA pattern such as \\d+ civils. It runs on the text as it is.";
/// A switch: a hit is whole words.
pub const FIND_WHOLE: &str = "Whole words";
/// What it does.
pub const FIND_WHOLE_TIP: &str =
    "Whole words  Alt+W\nA hit starts and ends where a word does, in any language.";
/// A switch: spelling counts.
pub const FIND_EXACT: &str = "Exact spelling";
/// What it does.
pub const FIND_EXACT_TIP: &str = "Exact spelling  Alt+C\nCapitals, accents, vowel points, and forms of letters count. \
    Without it any spelling finds any other: احمد finds أحمد.";
/// In the place of the count.
pub const FIND_NONE: &str = "No hit";
/// In the place of the count.
pub const FIND_SEARCHING: &str = "Searching…";
/// In the place of the count, with the reason below.
pub const FIND_NOT_POSSIBLE: &str = "Not possible";
/// Why nothing can be looked for.
pub const FIND_NOTHING_LEFT: &str =
    "Only marks that a search does not see, such as vowel points. Exact spelling finds them.";
/// Why nothing can be looked for.
pub const FIND_TOO_LARGE: &str = "The pattern is too large.";
/// Why hits cannot be tagged.
pub const FIND_NO_HIT: &str = "what you looked for is not in this article";
/// Why they cannot be tagged yet.
pub const FIND_UNDER_WAY: &str = "the search is under way";
/// Opens the dialog that tags all hits.
pub const TAG_ALL: &str = "Tag all…";
/// That dialog.
pub const TAG_ALL_TITLE: &str = "Tag all hits";
/// Its list.
pub const TAG_ALL_HITS: &str = "Hits";
/// Chooses all hits.
pub const TAG_ALL_ALL: &str = "All";
/// Chooses no hit.
pub const TAG_ALL_NONE: &str = "None";
/// What is tagged of a hit.
pub const TAG_ALL_TRIMMED: &str =
    "Space and punctuation at the ends of a hit are not tagged. One undo takes all back.";
/// Where no hit is chosen.
pub const TAG_ALL_NO_HIT: &str = "Choose a hit first.";
/// Where no label was chosen.
pub const TAG_ALL_NO_LABEL: &str = "Choose a label first: click it, or press its key.";
/// Beside a hit that has the label.
pub const TAGGED_ALREADY: &str = "tagged already";
