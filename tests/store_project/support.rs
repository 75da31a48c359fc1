//! Small projects for tests.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use hashiya::model::*;
use hashiya::store::{
    Added, Duplicates, ExportQuery, Finding, Reader, Recovered, Recovery, Store, StoreError, StoredArticle,
    recover,
};
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
        retired: false,
    }
}

pub fn codebook() -> Codebook {
    let attribute = |id: &str, kind| Attribute::plain(AttributeId::new(id).unwrap(), kind);
    Codebook {
        labels: vec![label("actor"), label("location")],
        attributes: vec![
            attribute("precision", AttributeType::Choice),
            attribute("relevance", AttributeType::Choice),
        ],
        relation_types: vec![RelationType {
            to: vec![LabelId::new("actor").unwrap()],
            ..RelationType::plain(RelationTypeId::new("part-of").unwrap())
        }],
        event_types: vec![EventType {
            roles: vec![Role {
                description: [("en".to_owned(), "Who is hit.\n\n- *one*".to_owned())].into(),
                max: Some(3),
                ..Role::plain(RoleId::new("target").unwrap())
            }],
            ..EventType::plain(EventTypeId::new("incident").unwrap())
        }],
        article_labels: vec![AttributeUse::plain(AttributeId::new("relevance").unwrap())],
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

    /// Articles `c0` and `c1`, the first with everything that a layer can hold, by `reader`.
    pub fn import_with_layers(&mut self, batch: &str) -> TransactionId {
        let id = BatchId::new(batch).unwrap();
        self.clock += 1;
        let edits = vec![Edit::Batch(id.clone(), Change::add(()))];
        let transaction = transaction(self.clock, vec![Scope::Project], edits);
        let mut batch = self.store.begin_batch(&id, Duplicates::Skip).unwrap();
        let layers = [(annotator("reader"), full_layer())];
        let first = article("c0", &format!("Lu : {TEXT}"));
        assert_eq!(batch.add(&first, &layers).unwrap(), Added::Added);
        assert_eq!(
            batch.add(&article("c1", "Rien à signaler."), &[]).unwrap(),
            Added::Added
        );
        batch.finish(|writer| writer.append(&transaction)).unwrap()
    }

    pub fn retitle(&mut self, article: &str, title: &str) -> TransactionId {
        let id = article_id(article);
        let before = self.store.header(&id).unwrap().unwrap();
        let after = Header {
            title: Some(title.to_owned()),
            ..before.clone()
        };
        let edit = Edit::Header(id, Change::replace(before, after));
        self.commit(vec![Scope::Project], vec![edit]).unwrap()
    }

    pub fn add_label(&mut self, id: &str, position: usize) -> TransactionId {
        let item = CodebookItem::Label(label(id));
        let entry = CodebookEntry { position, item };
        let edit = Edit::Codebook(entry.item.key(), Change::add(entry));
        self.commit(vec![Scope::Project], vec![edit]).unwrap()
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
            let Some(entry) = writer.undo_candidate(scope, &annotator("me"))? else {
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
            let Some(entry) = writer.redo_candidate(scope, &annotator("me"))? else {
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
        let findings = check(&self.store).into_iter();
        findings.map(|finding| finding.code).collect()
    }

    #[track_caller]
    pub fn assert_sound(&self) {
        assert_eq!(check(&self.store), []);
    }

    /// The folder, with which the file goes, and the path of what is closed now.
    pub fn close(self) -> (TempDir, PathBuf) {
        (self.folder, self.path)
    }

    pub fn reopen(self) -> Self {
        let clock = self.clock;
        let (folder, path) = self.close();
        let store = Store::open(&path).unwrap();
        Self {
            folder,
            path,
            store,
            clock,
        }
    }
}

/// What `check` finds.
pub fn check(store: &Reader) -> Vec<Finding> {
    store.check(&mut |_, _| ControlFlow::Continue(())).unwrap()
}

/// The articles that an export takes, in order, with their layers.
pub fn exported(store: &Reader, query: &ExportQuery) -> Vec<(StoredArticle, Vec<(Annotator, Layer)>)> {
    let mut found = Vec::new();
    let mut visit = |stored, layers| {
        found.push((stored, layers));
        ControlFlow::Continue(())
    };
    store.each_article(query, &mut visit).unwrap();
    found
}

/// Saves what can be read of a project into a new one.
pub fn rescue(damaged: &Path, new: &Path) -> Result<Recovered, StoreError> {
    let recovery = Recovery {
        project_id: "p2".to_owned(),
        batch: BatchId::new("rescue").unwrap(),
        author: annotator("me"),
        at: at(99),
    };
    match recover(damaged, new, &recovery, &mut |_, _| ControlFlow::Continue(()))? {
        ControlFlow::Continue(recovered) => Ok(recovered),
        ControlFlow::Break(()) => panic!("nobody broke it off"),
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

/// `{"later":1.50}`: a key that this version does not know, its number to the letter.
pub fn unknown() -> Extra {
    serde_json::from_str(r#"{"later":1.50,"a":{"z":null,"b":[1e3]}}"#).unwrap()
}

pub fn value(json: &str) -> Value {
    Value::from_json(&serde_json::from_str(json).unwrap()).unwrap()
}

/// A layer with every kind of item, every field set, and unknown keys wherever there may be some.
pub fn full_layer() -> Layer {
    let attribute = |id: &str, json: &str| (AttributeId::new(id).unwrap(), value(json));
    let attributes: Attributes = [
        attribute("precision", r#""near""#),
        attribute(
            "when",
            r#"{"value":"2022-05/2022-06","precision":"month","approximate":true,"seen":1.0}"#,
        ),
        attribute(
            "count",
            r#"{"kind":"killed","low":51,"modifier":"more_than","who":["civilians"]}"#,
        ),
        attribute("who", r#"{"id":"Q796","name":"Iraq"}"#),
        attribute("weight", "1.50"),
        attribute("rank", "-3"),
        attribute("sure", "false"),
        attribute("kinds", r#"["a","b"]"#),
    ]
    .into();
    let mut one = span("i1", "actor", 5, 10);
    one.attributes = attributes.clone();
    one.unconfirmed = [AttributeId::new("when").unwrap()].into();
    one.review = Some(SpanReview {
        verdict: Verdict::Approved,
        by: Some(annotator("lead")),
        at: Some(at(9)),
        extra: unknown(),
    });
    one.origin.extra = unknown();
    one.modified = Some(at(8));
    one.extra = unknown();
    let mut two = span("i2", "location", 0, 4);
    let range = |start, end| ByteRange::between(ByteOffset::new(start), ByteOffset::new(end));
    two.ranges = Ranges::new(vec![range(0, 2), range(5, 8)]).unwrap();
    let relation = Relation {
        id: RelationId::new("r1").unwrap(),
        relation_type: RelationTypeId::new("part-of").unwrap(),
        from: two.id.clone(),
        to: one.id.clone(),
        attributes: attributes.clone(),
        extra: unknown(),
    };
    Layer {
        status: Some(Status::InProgress),
        review: Some(Verdict::ChangesRequested),
        flagged: false,
        spans: [one, two].into_iter().collect(),
        relations: [(relation.id.clone(), relation)].into(),
        events: [(EventId::new("e1").unwrap(), full_event(attributes))].into(),
        labels: [attribute("relevance", r#""event""#)].into(),
        notes: [(NoteId::new("n1").unwrap(), full_note())].into(),
        dismissed: [ProblemKey::new("loose_edge/span/s1/0-4").unwrap()].into(),
        extra: unknown(),
    }
}

fn full_event(attributes: Attributes) -> Event {
    let role = |filler, note: Option<&str>| RoleFiller {
        role: RoleId::new("target").unwrap(),
        filler,
        inferred: note.is_some(),
        note: note.map(str::to_owned),
        extra: unknown(),
    };
    Event {
        id: EventId::new("e1").unwrap(),
        event_type: EventTypeId::new("incident").unwrap(),
        rank: -3,
        trigger: Some(SpanId::new("i2").unwrap()),
        roles: vec![
            role(Filler::Span(SpanId::new("i1").unwrap()), None),
            role(Filler::Value(value("12")), Some("d'après la suite")),
        ],
        attributes,
        extra: unknown(),
    }
}

pub fn full_note() -> Note {
    Note {
        id: NoteId::new("n1").unwrap(),
        target: Some(TargetId::new("e1").unwrap()),
        author: Some(annotator("lead")),
        created: Some(at(4)),
        text: "À vérifier\navec la source".to_owned(),
        state: NoteState::Resolved,
        replies: vec![Reply {
            author: None,
            created: Some(at(5)),
            text: "تم".to_owned(),
            extra: unknown(),
        }],
        extra: unknown(),
    }
}
