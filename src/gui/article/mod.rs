//! The article: text that is selected, tagged, and walked.
//!
//! The widget reads an article's text and one layer of annotations, and queues [`ArticleOutput`]s; it changes
//! nothing itself and knows neither the session nor the project.

mod accessibility;
mod act;
mod ask;
mod card;
mod chips;
mod copy;
mod drag_range;
mod edges;
mod find;
mod find_marks;
mod find_thread;
mod headline;
mod hidden;
mod index;
mod input_keys;
mod input_mouse;
mod keys;
mod labels;
mod margin;
mod menu_place;
mod output;
mod overview;
mod page;
mod paint;
mod parts;
mod relations;
mod sheet;
mod span_edges;
mod stack;
mod stage;
mod state;
mod view;

pub use act::ArticleAct;
pub use edges::EdgeStep;
pub use find::{Find, FindStatus};
pub use headline::first_line;
pub use index::SpanIndex;
pub(in crate::gui) use keys::{label_of_key, label_of_text};
pub use labels::{LabelView, LabelViews};
pub use output::{ArticleOutput, ArticleRefusal};
pub use overview::Hits;
pub use page::Page;
pub use relations::{Choice, Linking, can_be_reversed};
pub use stage::CarriedSpan;
pub use state::ArticleState;
pub use view::{article_id, article_ui};
