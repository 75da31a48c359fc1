CREATE TABLE project (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID, STRICT;

CREATE TABLE codebook (
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    position INTEGER NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (kind, id)
) WITHOUT ROWID, STRICT;

CREATE TABLE batch (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    articles INTEGER NOT NULL,
    layers INTEGER NOT NULL,
    digest BLOB NOT NULL
) STRICT;

CREATE TABLE article (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    title TEXT,
    lang TEXT,
    folded TEXT NOT NULL,
    chars INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    sha256 BLOB NOT NULL
) STRICT;
CREATE INDEX article_id ON article (id);
CREATE INDEX article_sha256 ON article (sha256);
CREATE INDEX article_lang ON article (lang);

CREATE TABLE body (
    position INTEGER PRIMARY KEY,
    meta TEXT,
    extra TEXT,
    text TEXT NOT NULL
) STRICT;

CREATE TABLE annotator (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE layer (
    article INTEGER NOT NULL,
    annotator INTEGER NOT NULL,
    status TEXT,
    review TEXT,
    spans INTEGER NOT NULL,
    items INTEGER NOT NULL,
    extra TEXT,
    flagged INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (article, annotator)
) WITHOUT ROWID, STRICT;
CREATE INDEX layer_status ON layer (annotator, status, article);

CREATE TABLE span (
    article INTEGER NOT NULL,
    annotator INTEGER NOT NULL,
    id TEXT NOT NULL,
    label TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (article, annotator, id)
) WITHOUT ROWID, STRICT;
CREATE INDEX span_id ON span (id);
CREATE INDEX span_label ON span (label, article, annotator);

CREATE TABLE item (
    article INTEGER NOT NULL,
    annotator INTEGER NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    type TEXT,
    body TEXT NOT NULL,
    PRIMARY KEY (article, annotator, kind, id)
) WITHOUT ROWID, STRICT;
CREATE INDEX item_id ON item (id);
CREATE INDEX item_kind ON item (kind, article);
CREATE INDEX item_type ON item (kind, type, article);

CREATE TABLE journal (
    number INTEGER PRIMARY KEY,
    action TEXT NOT NULL,
    target INTEGER,
    author INTEGER NOT NULL,
    at TEXT NOT NULL,
    summary TEXT NOT NULL,
    edits INTEGER NOT NULL,
    selection_before TEXT,
    selection_after TEXT,
    undone_by INTEGER,
    digest BLOB NOT NULL
) STRICT;

CREATE TABLE edit (
    number INTEGER NOT NULL,
    place INTEGER NOT NULL,
    article INTEGER,
    annotator INTEGER,
    body TEXT NOT NULL,
    PRIMARY KEY (number, place)
) WITHOUT ROWID, STRICT;
CREATE INDEX edit_layer ON edit (article, annotator) WHERE article IS NOT NULL;

CREATE TABLE scope (
    article INTEGER NOT NULL,
    annotator INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (article, annotator, number)
) WITHOUT ROWID, STRICT;
CREATE INDEX scope_number ON scope (number);
