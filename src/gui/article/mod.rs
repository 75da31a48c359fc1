//! The article: text that is selected, tagged, and walked.

mod output;
pub use output::{ArticleOutput, ArticleRefusal};
