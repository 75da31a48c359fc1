//! The labels of the article as a whole.

use std::collections::BTreeSet;

use egui::Ui;

use super::super::panels::Pane;
use super::super::panels::sections::{Folds, Section};
use super::super::words;
use super::{Asked, AttributesState, Target, attributes_ui};
use crate::model::{Codebook, TargetId};
use crate::session::ArticleView;

impl Target {
    /// The article as a whole.
    pub fn article(article: &ArticleView) -> Option<Self> {
        Some(Self {
            site: "inspector",
            article: article.id.clone(),
            id: TargetId::new(article.id.as_str()).ok()?,
        })
    }
}

/// Draws what the codebook asks about the article, and what is said of it already; nothing where there is neither.
pub fn article_labels_ui(
    ui: &mut Ui,
    pane: &mut Pane<'_>,
    article: &ArticleView,
    codebook: &Codebook,
    state: &mut AttributesState,
    folds: &mut Folds,
) {
    let is_asked = codebook.asked(&codebook.article_labels).next().is_some();
    if !is_asked && article.layer.labels.is_empty() {
        return;
    }
    let Some(target) = Target::article(article) else {
        return;
    };
    if !folds.heading_ui(ui, pane.palette, Section::Article, words::WHOLE_ARTICLE) {
        return;
    }
    let asked = Asked {
        target: &target,
        codebook,
        uses: &codebook.article_labels,
        values: &article.layer.labels,
        unconfirmed: &BTreeSet::new(),
        selection: None,
        proposed: super::Proposed::default(),
    };
    attributes_ui(ui, pane, &asked, state);
}
