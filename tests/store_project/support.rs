//! Small projects for tests.

use std::path::PathBuf;

use hashiya::model::*;
use hashiya::store::{Added, Duplicates, Store, StoreError};
use hashiya::text::{ByteOffset, ByteRange, Text};
use tempfile::TempDir;

pub fn annotator(name: &str) -> Annotator {
    Annotator::new(name).unwrap()
}

pub fn article_id(id: &str) -> ArticleId {
    ArticleId::new(id).unwrap()
}

pub fn at(second: u32) -> Timestamp {
    Timestamp::new(&format!(
        "2026-01-31T12:{:02}:{:02}Z",
        second / 60 % 60,
        second % 60
    ))
    .unwrap()
}

pub fn label(id: &str) -> Label {
    Label {
        id: LabelId::new(id).unwrap(),
        names: [("en".to_owned(), id.to_uppercase())].into(),
        description: Words::new(),
        color: Color { r: 10, g: 20, b: 30 },
        key: None,
        attributes: Vec::new(),
    }
}

pub fn codebook() -> Codebook {
    let attribute = |id: &str, attribute_type| Attribute {
        id: AttributeId::new(id).unwrap(),
        names: Words::new(),
        description: Words::new(),
        attribute_type,
        choices: Vec::new(),
    };
    Codebook {
        labels: vec![label("actor"), label("location")],
        attributes: vec![
            attribute("precision", AttributeType::Choice),
            attribute("relevance", AttributeType::Choice),
        ],
        relation_types: vec![RelationType {
            id: RelationTypeId::new("part-of").unwrap(),
            names: Words::new(),
            description: Words::new(),
            from: Vec::new(),
            to: vec![LabelId::new("actor").unwrap()],
            attributes: Vec::new(),
        }],
        event_types: vec![EventType {
            id: EventTypeId::new("incident").unwrap(),
            names: Words::new(),
            description: Words::new(),
            roles: vec![Role {
                id: RoleId::new("target").unwrap(),
                names: Words::new(),
                labels: Vec::new(),
                min: 0,
                max: Some(3),
            }],
            attributes: Vec::new(),
        }],
        article_labels: vec![AttributeUse {
            id: AttributeId::new("relevance").unwrap(),
            required: false,
            default: None,
        }],
    }
}

/// A folder that goes with the test, and a project in it.
pub struct Project {
    pub folder: TempDir,
    pub path: PathBuf,
    pub store: Store,
    pub clock: u32,
}

pub const TEXT: &str = "Le maire d'Alep a salué 🧕🏽 les équipes. وصلت القافلة إلى المدينة مساء أمس.";

impl Project {
    pub fn empty() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("test.hashiya");
        let store = Store::create(&path, &codebook(), "p1", &at(0)).unwrap();
        Self {
            folder,
            path,
            store,
            clock: 0,
        }
    }

    /// With articles `a0`, `a1`… of which each has a text of its own.
    pub fn with_articles(count: usize) -> Self {
        let mut project = Self::empty();
        let articles: Vec<Article> = (0..count)
            .map(|n| article(&format!("a{n}"), &format!("{n} {TEXT}")))
            .collect();
        project.import("b1", &articles);
        project
    }

    pub fn import(&mut self, batch: &str, articles: &[Article]) -> TransactionId {
        let id = BatchId::new(batch).unwrap();
        self.clock += 1;
        let transaction = transaction(
            self.clock,
            vec![Scope::Project],
            vec![Edit::Batch(id.clone(), Change::add(()))],
        );
        let mut batch = self.store.begin_batch(&id, Duplicates::Skip).unwrap();
        for article in articles {
            assert_eq!(batch.add(article, &[]).unwrap(), Added::Added);
        }
        batch.finish(|writer| writer.append(&transaction)).unwrap()
    }

    pub fn commit(&mut self, scopes: Vec<Scope>, edits: Vec<Edit>) -> Result<TransactionId, StoreError> {
        self.clock += 1;
        let transaction = transaction(self.clock, scopes, edits);
        self.store.write(|writer| writer.append(&transaction))
    }

    /// Edits of one layer under its own scope.
    pub fn mark(
        &mut self,
        article: &str,
        who: &str,
        edits: Vec<LayerEdit>,
    ) -> Result<TransactionId, StoreError> {
        let (article, who) = (article_id(article), annotator(who));
        let edits = edits
            .into_iter()
            .map(|edit| Edit::Layer(article.clone(), who.clone(), edit))
            .collect();
        self.commit(vec![Scope::Layer(article, who)], edits)
    }

    pub fn undo(&mut self, scope: &Scope) -> Result<Option<TransactionId>, StoreError> {
        self.clock += 1;
        let at = self.clock;
        self.store.write(|writer| {
            let Some(entry) = writer.undo_candidate(scope)? else {
                return Ok(None);
            };
            let done = writer.transaction(entry.id)?.unwrap();
            let undo = Transaction {
                action: Action::Undo(entry.id),
                edits: invert(done.edits),
                ..transaction(at, done.scopes, Vec::new())
            };
            writer.append(&undo).map(Some)
        })
    }

    pub fn redo(&mut self, scope: &Scope) -> Result<Option<TransactionId>, StoreError> {
        self.clock += 1;
        let at = self.clock;
        self.store.write(|writer| {
            let Some(entry) = writer.redo_candidate(scope)? else {
                return Ok(None);
            };
            let done = writer.transaction(entry.id)?.unwrap();
            let redo = Transaction {
                action: Action::Redo(entry.id),
                edits: done.edits,
                ..transaction(at, done.scopes, Vec::new())
            };
            writer.append(&redo).map(Some)
        })
    }

    pub fn layer(&self, article: &str, who: &str) -> Layer {
        self.store.layer(&article_id(article), &annotator(who)).unwrap()
    }

    /// What `check` finds, as codes.
    pub fn findings(&self) -> Vec<&'static str> {
        let findings = self.store.check(&mut |_, _| std::ops::ControlFlow::Continue(()));
        findings
            .unwrap()
            .into_iter()
            .map(|finding| finding.code)
            .collect()
    }

    pub fn reopen(self) -> Self {
        let Self {
            folder,
            path,
            store,
            clock,
        } = self;
        drop(store);
        let store = Store::open(&path).unwrap();
        Self {
            folder,
            path,
            store,
            clock,
        }
    }
}

pub fn transaction(second: u32, scopes: Vec<Scope>, edits: Vec<Edit>) -> Transaction {
    Transaction {
        action: Action::Do,
        author: annotator("me"),
        at: at(second),
        summary: "test".to_owned(),
        scopes,
        edits,
        selection_before: None,
        selection_after: None,
    }
}

pub fn article(id: &str, text: &str) -> Article {
    let header = Header {
        title: Some(format!("Titre {id}")),
        lang: Some("fr".to_owned()),
        ..Header::default()
    };
    Article::new(Some(article_id(id)), header, Text::new(text)).unwrap()
}

pub fn span(id: &str, label: &str, start: usize, end: usize) -> Span {
    let range = ByteRange::between(ByteOffset::new(start), ByteOffset::new(end));
    Span {
        id: SpanId::new(id).unwrap(),
        ranges: Ranges::one(range).unwrap(),
        label: LabelId::new(label).unwrap(),
        attributes: Attributes::new(),
        unconfirmed: [].into(),
        review: None,
        origin: Origin {
            kind: OriginKind::Person,
            name: Some("me".to_owned()),
            extra: Extra::new(),
        },
        created: Some(at(1)),
        modified: None,
        extra: Extra::new(),
    }
}

pub fn add_span(id: &str, label: &str, start: usize, end: usize) -> LayerEdit {
    LayerEdit::Span(
        SpanId::new(id).unwrap(),
        Change::add(span(id, label, start, end).into()),
    )
}

pub fn layer_scope(article: &str, who: &str) -> Scope {
    Scope::Layer(article_id(article), annotator(who))
}
