//! What was typed: the command line as clap reads it. What it means is each command's own file to say.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::examples;

/// Read articles in any language, mark who did what to whom, and save it as JSON Lines.
///
/// Without a command the window opens, on a project file or on articles (files and folders).
#[derive(Debug, Parser)]
#[command(
    name = "hashiya",
    version,
    args_conflicts_with_subcommands = true,
    subcommand_negates_reqs = true,
    after_help = examples::EXIT_CODES
)]
pub struct Typed {
    /// A project file, or articles: files and folders.
    pub paths: Vec<PathBuf>,
    /// Whose name to annotate under; else `HASHIYA_ANNOTATOR`, the preference, the system's user name, or else
    /// `annotator`.
    #[arg(long, value_name = "NAME")]
    pub annotator: Option<String>,
    #[command(subcommand)]
    pub command: Option<Typing>,
}

/// A command as it was typed.
#[derive(Debug, Subcommand)]
pub enum Typing {
    /// Make an empty project.
    New(New),
    /// Add articles and annotations to a project; format and encoding are found out.
    Import(Import),
    /// Write a dataset.
    Export(Export),
    /// Show the codebook as TOML, write it to a file, or take one over.
    Codebook(Codebook),
    /// List the formats and what each can hold.
    Formats(Formats),
    /// Show the manual: its pages, or one of them.
    Manual(Manual),
    /// List the articles of a project with status and counts; as JSON, one object a line.
    List(List),
    /// Show one article with its spans.
    Show(Show),
    /// Count articles, spans by label and annotator, status, languages.
    Stats(Stats),
    /// Run commands given as JSON Lines; each is one transaction and gets one answer line, after it is on disk.
    Apply(Apply),
    /// Take back the last change in an article; without ARTICLE, of the project (imports, codebook).
    #[command(after_help = examples::UNDO)]
    Undo(Turn),
    /// Do again what the last undo took back.
    #[command(after_help = examples::REDO)]
    Redo(Turn),
    /// Show the journal; as JSON, one object a line.
    Log(Log),
    /// Say which date words mean.
    Date(Date),
    /// Say what a casualty expression comes to: how many, of whom, and what befell them; as JSON, one object a line.
    Quantity(Quantity),
    /// Prove a project sound, and list what a colleague would ask about its articles.
    Check(Check),
    /// Save what can be read of a damaged project into a new one.
    Recover(Recover),
    /// Write a consistent copy of a project, also while it is open.
    Backup(Backup),
}

/// `hashiya new`.
#[derive(Debug, Args)]
#[command(after_help = examples::NEW)]
pub struct New {
    /// The project file to make, such as mali.hashiya.
    pub project: PathBuf,
    /// A codebook: one that comes with the program, `conflict`, `entities`, or `empty`, or a TOML file; - is standard input.
    #[arg(long, value_name = "NAME|FILE", default_value = "conflict")]
    pub codebook: String,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `hashiya import`.
#[derive(Debug, Args)]
#[command(after_help = examples::IMPORT)]
pub struct Import {
    /// The project file.
    pub project: PathBuf,
    /// Files and folders; folders are read with all that is in them.
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// The format of all files, where it shall not be found out; `hashiya formats` lists them.
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<String>,
    /// Whose annotations those without a name are; yours where absent, as `hashiya --help` says.
    #[arg(long, value_name = "NAME")]
    pub annotator: Option<String>,
    /// Give annotators of the files other names: `ana=Ana Petit`; `bot=` leaves that one's work out. May be repeated.
    #[arg(long, value_name = "OLD=NEW", value_delimiter = ',')]
    pub annotator_map: Vec<String>,
    /// What to do with a text that is there already under another id, or, where the files give no ids, with other
    /// annotations.
    #[arg(long, value_enum, default_value_t = Duplicates::Skip)]
    pub duplicates: Duplicates,
    /// Give labels of the files other names: `PER=actor`; `MISC=` leaves its spans out. May be repeated.
    #[arg(long, value_name = "OLD=NEW", value_delimiter = ',')]
    pub label_map: Vec<String>,
    /// Which column of a table holds what, where its name does not say so: `text=Body`. May be repeated. WHAT is text,
    /// title, id, lang, published, url, source, author; of a table of spans article, annotator, label, start, end,
    /// quote, and span, offsets, fragments, status, meta, sha256.
    #[arg(long, value_name = "WHAT=COLUMN")]
    pub column: Vec<String>,
    /// How files count positions that leave it open, unless their quotes prove otherwise: `codepoint`, `utf16`, `byte`.
    #[arg(long, value_name = "UNIT")]
    pub offsets: Option<String>,
    /// Keep out lines with annotations that the codebook does not know, instead of adding to it.
    #[arg(long)]
    pub strict: bool,
    /// Write all that was kept out, with the reasons, to this new file as JSON Lines; without anything kept out there is
    /// none. Of a part of an article, such as a span, it says which article and annotator came in without it.
    #[arg(long, value_name = "FILE")]
    pub rejected: Option<PathBuf>,
    /// Answer as JSON. `diagnostics` lists 10,000 findings of what was kept out and as many others; `listed` says how
    /// many, `findings` how many there are.
    #[arg(long)]
    pub json: bool,
}

/// What to do with duplicate texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Duplicates {
    /// Leave them out.
    Skip,
    /// Take them in.
    Keep,
}

/// `hashiya export`.
#[derive(Debug, Args)]
#[command(after_help = examples::EXPORT)]
pub struct Export {
    /// The project file.
    pub project: PathBuf,
    /// The format; `hashiya formats` lists them.
    #[arg(long, value_name = "FORMAT")]
    pub format: String,
    /// Where to write; - is standard output. What has this name is replaced. `csv`, `csv-excel`, and `parquet` write
    /// their other tables beside it (`news.articles.csv`), and `labelstudio` its config (`news.config.xml`): these
    /// replace nothing unless PATH is there too.
    #[arg(long, value_name = "PATH")]
    pub output: PathBuf,
    /// Only this annotator's work, and only articles that have some.
    #[arg(long, value_name = "NAME")]
    pub annotator: Option<String>,
    /// Only work of this status: `todo`, `in_progress`, `done`, `skipped`, or `any`. Formats that models train on
    /// take what is done, the others any, where it is not given.
    #[arg(long, value_name = "STATUS")]
    pub status: Option<String>,
    /// Only spans of these labels, and what hangs on them; the articles stay. May be repeated.
    #[arg(long, value_name = "LABEL", value_delimiter = ',')]
    pub label: Vec<String>,
    /// Only articles in these languages: `fr` also takes `fr-CA`, `und` those of no known language. May be repeated.
    #[arg(long, value_name = "LANGUAGE", value_delimiter = ',')]
    pub lang: Vec<String>,
    /// Line ends of the texts: as they are, or all as one line feed.
    #[arg(long, value_enum, default_value_t = Newline::Keep)]
    pub newline: Newline,
    /// How positions are counted, in `csv`, `csv-excel`, `xlsx`, and `parquet`: `codepoint` (where absent), `utf16`,
    /// `byte`.
    #[arg(long, value_name = "UNIT")]
    pub offsets: Option<String>,
    /// Parts for training and tests, such as `train=0.8,dev=0.1,test=0.1`: by article, near-identical ones together. Only
    /// the proportion of the shares counts, so `train=8,dev=1,test=1` is the same. Where the format is one file, each part
    /// is one, named after PATH: `news.train.jsonl`.
    #[arg(long, value_name = "PARTS")]
    pub split: Option<String>,
    /// Deals the articles to the parts in another way; the same number gives the same parts.
    #[arg(long, value_name = "NUMBER", default_value_t = 1, value_parser = whole_number, allow_negative_numbers = true)]
    pub seed: u64,
    /// Write nothing; say what would be written and what would be left out, as the export itself does.
    #[arg(long)]
    pub dry_run: bool,
    /// Answer as JSON, on standard error where the dataset goes to standard output.
    #[arg(long)]
    pub json: bool,
}

/// A number from 0, with what is wrong in words.
fn whole_number(typed: &str) -> Result<u64, &'static str> {
    typed.parse().map_err(|_invalid| "it is a whole number from 0")
}

/// Line ends of an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Newline {
    /// As they are in the texts.
    Keep,
    /// All as one line feed; positions move along.
    Lf,
}

/// `hashiya codebook`.
#[derive(Debug, Args)]
#[command(after_help = examples::CODEBOOK)]
pub struct Codebook {
    /// The project file.
    pub project: PathBuf,
    /// Write the codebook to this file; - is standard output.
    #[arg(long, value_name = "FILE", conflicts_with = "import")]
    pub output: Option<PathBuf>,
    /// Take over a codebook from a TOML file; - is standard input. What the file lacks stays.
    #[arg(long, value_name = "FILE")]
    pub import: Option<PathBuf>,
    /// With --import: what the file lacks goes, or is retired where annotations use it.
    #[arg(long, requires = "import")]
    pub replace: bool,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `hashiya formats`.
#[derive(Debug, Args)]
#[command(after_help = examples::FORMATS)]
pub struct Formats {
    /// Show the page of this format: what it is for, how an export is loaded, what its limits are.
    pub format: Option<String>,
    /// One object a line.
    #[arg(long)]
    pub json: bool,
}

/// `hashiya manual`.
#[derive(Debug, Args)]
#[command(after_help = examples::MANUAL)]
pub struct Manual {
    /// Show this page.
    pub page: Option<String>,
    /// One object a line.
    #[arg(long)]
    pub json: bool,
}

/// `hashiya list`.
#[derive(Debug, Args)]
#[command(after_help = examples::LIST)]
pub struct List {
    /// The project file.
    pub project: PathBuf,
    /// Count only the work of this annotator, who has some.
    #[arg(long, value_name = "NAME")]
    pub annotator: Option<String>,
    /// Only articles with work of this status: `todo`, `in_progress`, `done`, `skipped`.
    #[arg(long, value_name = "STATUS")]
    pub status: Option<String>,
    /// Only articles with work that was reviewed so: `approved`, `changes_requested`, or `none`.
    #[arg(long, value_name = "VERDICT")]
    pub review: Option<String>,
    /// Only articles that are flagged.
    #[arg(long)]
    pub flagged: bool,
    /// Only articles with an open note.
    #[arg(long)]
    pub open_notes: bool,
    /// One object a line.
    #[arg(long)]
    pub json: bool,
}

/// `hashiya show`.
#[derive(Debug, Args)]
#[command(after_help = examples::SHOW)]
pub struct Show {
    /// The project file.
    pub project: PathBuf,
    /// The id of the article, its title, or words that only its title has.
    pub article: String,
    /// Show only the work of this annotator, who has some in the project.
    #[arg(long, value_name = "NAME")]
    pub annotator: Option<String>,
    /// As lines of the native format.
    #[arg(long)]
    pub json: bool,
}

/// `hashiya stats`.
#[derive(Debug, Args)]
#[command(after_help = examples::STATS)]
pub struct Stats {
    /// The project file.
    pub project: PathBuf,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `hashiya apply`.
#[derive(Debug, Args)]
#[command(after_help = examples::APPLY, after_long_help = format!("{}\n\n{}", examples::APPLY, crate::session::Command::HELP))]
pub struct Apply {
    /// The project file.
    pub project: PathBuf,
    /// Whose layers the commands change, where they name nobody; yours where absent, as `hashiya --help` says.
    #[arg(long, value_name = "NAME")]
    pub annotator: Option<String>,
    /// The commands, one JSON object a line; standard input where absent or -.
    pub file: Option<PathBuf>,
    /// Accepted for symmetry: the answers are JSON always.
    #[arg(long, hide = true)]
    pub json: bool,
}

/// `hashiya undo` and `hashiya redo`.
#[derive(Debug, Args)]
pub struct Turn {
    /// The project file.
    pub project: PathBuf,
    /// The id of the article; the project's own changes where absent.
    pub article: Option<String>,
    /// Whose changes; yours where absent, as `hashiya --help` says.
    #[arg(long, value_name = "NAME")]
    pub annotator: Option<String>,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `hashiya log`.
#[derive(Debug, Args)]
#[command(after_help = examples::LOG)]
pub struct Log {
    /// The project file.
    pub project: PathBuf,
    /// Only what touched the article of this id.
    #[arg(long, value_name = "ARTICLE")]
    pub article: Option<String>,
    /// Only the history of this span of the article: who, when, and what it was before.
    #[arg(long, value_name = "SPAN", requires = "article")]
    pub span: Option<String>,
    /// Whose span; needed only where several annotators have a span of that id.
    #[arg(long, value_name = "NAME", requires = "span")]
    pub annotator: Option<String>,
    /// One object a line.
    #[arg(long)]
    pub json: bool,
}

/// `hashiya date`.
#[derive(Debug, Args)]
#[command(after_help = examples::DATE)]
pub struct Date {
    /// The words, such as “12 mai 2022” or “hier”; several arguments are one expression.
    #[arg(required = true, value_name = "TEXT")]
    pub text: Vec<String>,
    /// The language of the words, such as fr or en-GB.
    #[arg(long, value_name = "LANG")]
    pub lang: Option<String>,
    /// The day on which the article came out, such as 2022-05-12; what the words leave out is taken from it.
    #[arg(long, value_name = "DATE")]
    pub published: Option<String>,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `hashiya quantity`.
#[derive(Debug, Args)]
#[command(after_help = examples::QUANTITY)]
pub struct Quantity {
    /// Expressions such as "plus de 50 civils tués"; each is read by itself.
    #[arg(required = true, allow_negative_numbers = true)]
    pub text: Vec<String>,
    /// The language of the text, such as fr; found out where absent.
    #[arg(long, value_name = "LANG")]
    pub lang: Option<String>,
    /// One object a line.
    #[arg(long)]
    pub json: bool,
}

/// `hashiya check`.
#[derive(Debug, Args)]
#[command(after_help = examples::CHECK)]
pub struct Check {
    /// The project file.
    pub project: PathBuf,
    /// Let warnings count as well.
    #[arg(long)]
    pub strict: bool,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `hashiya recover`.
#[derive(Debug, Args)]
#[command(after_help = examples::RECOVER)]
pub struct Recover {
    /// The damaged project file; it is only read.
    pub project: PathBuf,
    /// The new project file.
    #[arg(long, value_name = "NEW")]
    pub output: PathBuf,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}

/// `hashiya backup`.
#[derive(Debug, Args)]
#[command(after_help = examples::BACKUP)]
pub struct Backup {
    /// The project file.
    pub project: PathBuf,
    /// The new file.
    #[arg(long, value_name = "FILE")]
    pub output: PathBuf,
    /// Answer as JSON.
    #[arg(long)]
    pub json: bool,
}
