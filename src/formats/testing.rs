//! What tests of formats are made of: a round trip through a real file, and layers as marked-up text.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::testing::parse;
use crate::model::{
    Annotator, Article, ArticleId, Attributes, Codebook, Extra, Header, Layer, Relation, RelationId,
    RelationTypeId, SpanId,
};
use crate::text::Text;

use super::codebook_toml::default_codebook;
use super::{
    Collected, Detected, Diagnostic, Files, Format, Out, ReadOptions, Shape, WriteOptions, detect, format,
    read, writer,
};

/// An article with one layer, from marked-up text as `model::testing` reads it.
pub(crate) fn marked(id: &str, markup: &str) -> (Article, Vec<(Annotator, Layer)>) {
    let (text, spans) = parse(markup);
    let id = ArticleId::new(id).unwrap();
    let article = Article::new(Some(id), Header::default(), Text::new(text)).unwrap();
    let layer = Layer {
        spans,
        ..Layer::default()
    };
    (article, vec![(Annotator::new("ana").unwrap(), layer)])
}

/// A format like another one, but that its dataset is a folder.
pub(crate) fn as_folder(id: &str) -> Format {
    Format {
        shape: Shape::Folder,
        ..*format(id).unwrap()
    }
}

/// How a dataset of the default codebook is written.
pub(crate) fn options() -> WriteOptions {
    options_for(default_codebook())
}

/// How a dataset of a codebook is written.
pub(crate) fn options_for(codebook: Codebook) -> WriteOptions {
    WriteOptions {
        codebook: Arc::new(codebook),
        name: "test".to_owned(),
        ..WriteOptions::default()
    }
}

/// How a file is read by somebody who has the default codebook.
pub(crate) fn knowing() -> ReadOptions {
    ReadOptions {
        codebook: Some(Arc::new(default_codebook())),
        ..ReadOptions::default()
    }
}

/// Puts a relation between two spans into a layer.
pub(crate) fn relate(layer: &mut Layer, id: &str, kind: &str, from: &str, to: &str) {
    let relation = Relation {
        id: RelationId::new(id).unwrap(),
        relation_type: RelationTypeId::new(kind).unwrap(),
        from: SpanId::new(from).unwrap(),
        to: SpanId::new(to).unwrap(),
        attributes: Attributes::new(),
        extra: Extra::new(),
    };
    layer.relations.insert(relation.id.clone(), relation);
}

/// Writes a dataset into a folder, a file of it under `dataset.ENDING`; gives the path of the whole and what the writer
/// said.
pub(crate) fn write_to(
    folder: &Path,
    format: &Format,
    options: &WriteOptions,
    articles: &[(Article, Vec<(Annotator, Layer)>)],
) -> (PathBuf, Vec<Diagnostic>) {
    let path = if format.is_one_file() {
        folder.join(format!("dataset.{}", format.endings[0]))
    } else {
        folder.join("dataset")
    };
    let mut writer = writer(
        format,
        Box::new(Plain(path.clone(), format.is_one_file())),
        options,
    )
    .unwrap();
    for (article, layers) in articles {
        writer.article(article, layers).unwrap();
    }
    (path, writer.finish().unwrap())
}

/// Reads a file, or every file of a folder that a format claims.
pub(crate) fn read_from(path: &Path, options: &ReadOptions) -> Collected {
    let mut collected = Collected::default();
    for entry in walkdir::WalkDir::new(path).sort_by_file_name() {
        let entry = entry.unwrap();
        if !entry.file_type().is_file() {
            continue;
        }
        match detect(entry.path()) {
            Ok(Detected::Reads(format)) => {
                assert!(read(format, entry.path(), options, &mut collected).is_continue());
            }
            Ok(Detected::Companion(_)) => {}
            Err(found) => collected.diagnostics.push(found),
        }
    }
    collected
}

/// Files without any care: beside a path, or in it.
pub(crate) struct Plain(pub PathBuf, pub bool);

impl Files<'static> for Plain {
    fn main(&mut self) -> io::Result<Out<'static>> {
        create(&self.0)
    }

    fn further(&mut self, name: &str) -> io::Result<Option<Out<'static>>> {
        let path = if self.1 {
            let stem = self.0.file_stem().unwrap().to_string_lossy().into_owned();
            self.0.with_file_name(format!("{stem}.{name}"))
        } else {
            self.0.join(name)
        };
        std::fs::create_dir_all(path.parent().unwrap())?;
        create(&path).map(Some)
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        std::fs::rename(self.0.join(from), self.0.join(to))
    }
}

fn create(path: &Path) -> io::Result<Out<'static>> {
    let file: Box<dyn Write + Send> = Box::new(io::BufWriter::new(std::fs::File::create(path)?));
    Ok(file)
}

/// The id of the format that a file turns out to be of, or the code of its refusal.
pub(crate) fn detected(name: &str, bytes: &[u8]) -> &'static str {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    match detect(&path) {
        Ok(Detected::Reads(format) | Detected::Companion(format)) => format.id,
        Err(found) => found.code,
    }
}
