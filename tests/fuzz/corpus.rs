//! Good files of every format that reads, small ones, to be spoilt: the sample project exported a few articles at a time,
//! and articles as the web, mail, and offices have them.

use std::io::{Cursor, Read, Write};
use std::path::Path;
use std::sync::OnceLock;

use hashiya::formats::registry;
use hashiya::session::{ExportOptions, StatusChoice, Watch, export_to_place};

use super::articles;
use super::desk::{project_of, sample_lines};
use super::mutation::mutate;
use super::numbers::Numbers;

/// A file, with the files that lie beside it.
#[derive(Clone)]
pub struct Input {
    /// The first is the one to spoil.
    pub files: Vec<(String, Vec<u8>)>,
}

/// Which articles of the sample go into one dataset: short ones of each script.
const SETS: &[&[usize]] = &[&[0, 14], &[17, 21], &[8], &[16, 5], &[20]];
/// Committed exports that no set has, and what the readers of other tools are tried on.
const COMMITTED: &[&str] = &[
    "exports/hf/data/train-00000-of-00001.parquet",
    "exports/sample.xlsx",
    "exports/sample.spacy",
    "exports/sample.gliner.json",
    "exports/sample.articles.parquet",
    "exports/sample.conll",
    "tests/readers/tricky.jsonl",
];
const WORDS: &str = "\u{1f534} Plus de 50 civils ont fui Alep. وصلت القافلة إلى المدينة.\n\nFin, 12/05/2022.";

/// All of them, and those that may be thrown in.
pub fn corpus() -> &'static [Input] {
    static CORPUS: OnceLock<Vec<Input>> = OnceLock::new();
    CORPUS.get_or_init(|| {
        let mut all = articles_of_each_kind();
        all.extend(SETS.iter().flat_map(|set| exports_of(set)));
        all.extend(COMMITTED.iter().map(|path| {
            let whole = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
            let name = whole.file_name().unwrap().to_string_lossy().into_owned();
            Input {
                files: vec![(name, std::fs::read(&whole).unwrap())],
            }
        }));
        all
    })
}

fn articles_of_each_kind() -> Vec<Input> {
    let samples = articles::samples();
    let inputs = samples.iter().map(|sample| {
        let whole = [&sample.head, WORDS.as_bytes(), &sample.tail].concat();
        let mut files = vec![(
            format!("{}.{}", sample.id, sample.ending),
            articles::wrapped(sample, &whole),
        )];
        files.extend(
            sample
                .companion
                .map(|(ending, content)| (format!("{}.{ending}", sample.id), content.into())),
        );
        Input { files }
    });
    let mut all: Vec<Input> = inputs.collect();
    all.push(Input {
        files: vec![("words.parquet".to_owned(), articles::parquet_of(WORDS))],
    });
    all.extend(super::invented::files().map(|(name, content)| Input {
        files: vec![(name.to_owned(), content.as_bytes().to_vec())],
    }));
    all
}

/// Some articles in every format that writes and reads: each file in turn with the others beside it.
fn exports_of(set: &[usize]) -> Vec<Input> {
    let folder = tempfile::tempdir().unwrap();
    let session = project_of(folder.path(), "p.hashiya", &sample_lines(set));
    let options = ExportOptions {
        status: StatusChoice::Any,
        ..ExportOptions::default()
    };
    let mut all = Vec::new();
    for format in registry()
        .iter()
        .filter(|format| format.reads() && format.writes())
    {
        let place = folder.path().join(format.id);
        std::fs::create_dir(&place).unwrap();
        let name = if format.is_one_file() {
            format!("in.{}", format.endings[0])
        } else {
            "in".to_owned()
        };
        export_to_place(
            session.reader(),
            format,
            &place.join(&name),
            &options,
            &mut Watch::silent(),
        )
        .unwrap();
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        for entry in walkdir::WalkDir::new(&place).sort_by_file_name() {
            let entry = entry.unwrap();
            if entry.file_type().is_file() {
                let name = entry
                    .path()
                    .strip_prefix(&place)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned();
                files.push((name, std::fs::read(entry.path()).unwrap()));
            }
        }
        for first in 0..files.len() {
            if files[first].0.ends_with(".hashiya-export") {
                continue;
            }
            let mut files = files.clone();
            files.swap(0, first);
            all.push(Input { files });
        }
    }
    all
}

/// One of them, spoilt.
pub fn spoilt(numbers: &mut Numbers) -> Input {
    let all = corpus();
    let mut input = numbers.item(all).clone();
    let other = &numbers.item(all).files[0].1;
    let (name, bytes) = &mut input.files[0];
    if is_archive(bytes) && !numbers.once_in(3) {
        if let Some(packed) = spoilt_inside(numbers, bytes, other) {
            *bytes = packed;
        }
    } else if bytes.starts_with(b"\x78\x9c") && !numbers.once_in(3) {
        *bytes = packed(numbers, bytes, other);
    } else {
        mutate(numbers, bytes, other);
    }
    if numbers.once_in(30) {
        // Under another name it may be taken for something else.
        let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
        let endings = [
            "", "txt", "json", "jsonl", "xml", "csv", "tsv", "html", "zip", "xlsx", "eml", "mbox", "pdf",
            ending,
        ];
        *name = format!("{stem}.{}", numbers.pick(&endings));
    }
    input
}

fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// An archive of which one part is spoilt.
fn spoilt_inside(numbers: &mut Numbers, bytes: &[u8], other: &[u8]) -> Option<Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = Vec::new();
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).ok()?;
        let mut content = Vec::new();
        part.read_to_end(&mut content).ok()?;
        parts.push((part.name().ok()?.into_owned(), content));
    }
    let chosen = numbers.below(parts.len());
    mutate(numbers, &mut parts.get_mut(chosen)?.1, other);
    if numbers.once_in(8) {
        parts.swap_remove(numbers.below(parts.len()));
    }
    if numbers.once_in(8) {
        let from = numbers.below(parts.len().max(1));
        let part = parts.get(from)?.clone();
        parts.push((format!("{}x", part.0), part.1));
    }
    let mut out = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        let options =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        out.start_file(name, options).ok()?;
        out.write_all(&content).ok()?;
    }
    Some(out.finish().ok()?.into_inner())
}

/// What is packed as a whole, spoilt inside.
fn packed(numbers: &mut Numbers, bytes: &[u8], other: &[u8]) -> Vec<u8> {
    let mut content = Vec::new();
    flate2::read::ZlibDecoder::new(bytes)
        .read_to_end(&mut content)
        .unwrap();
    mutate(numbers, &mut content, other);
    let mut out = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(&content).unwrap();
    out.finish().unwrap()
}
