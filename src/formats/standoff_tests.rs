//! The standoff formats against the same laws: what is written is read back, every part of it, whoever reads it; what
//! breaks is told.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;

use super::generated::{Dataset, long_article};
use super::generated_full::{full_datasets, native_lines, typed_codebook, without_controls};
use super::testing::{options_for, read_from, write_to};
use super::{Collected, ReadOptions, format};
use crate::model::{Annotator, Article, Layer};

const STANDOFF: [&str; 4] = ["brat", "xmi", "uima-json", "w3c"];

/// What is said of a file though nothing of it was lost.
const HARMLESS: [&str; 1] = ["splits_cluster"];

fn written(id: &str, dataset: &[(Article, Vec<(Annotator, Layer)>)]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let (path, _) = write_to(
        folder.path(),
        format(id).unwrap(),
        &options_for(typed_codebook()),
        dataset,
    );
    (folder, path)
}

/// The lines of `hashiya/1` of what was read.
fn lines(read: &Collected) -> Vec<String> {
    let all = read.articles.iter().map(|incoming| {
        let layers = incoming.layers.iter();
        let layers = layers.map(|(annotator, layer)| (annotator.clone().unwrap(), layer.clone()));
        (incoming.article.clone(), layers.collect())
    });
    native_lines(&all.collect::<Vec<_>>())
}

fn knowing(knows: bool) -> ReadOptions {
    ReadOptions {
        codebook: knows.then(|| Arc::new(typed_codebook())),
        ..ReadOptions::default()
    }
}

fn round_trip(id: &str, dataset: &Dataset, knows: bool) {
    let (_folder, path) = written(id, dataset);
    let read = read_from(&path, &knowing(knows));
    let told: Vec<_> = read
        .diagnostics
        .iter()
        .filter(|found| !HARMLESS.contains(&found.code))
        .collect();
    assert!(told.is_empty(), "{id}: {told:?}");
    let (mut found, mut expected) = (lines(&read), native_lines(dataset));
    if id == "xmi" {
        for list in [&mut found, &mut expected] {
            *list = list.iter().map(|line| without_controls(line)).collect();
            list.sort();
        }
    }
    for (found, expected) in found.iter().zip(&expected) {
        assert!(
            found == expected,
            "{id}:\n{found:.3000}\nshould be\n{expected:.3000}"
        );
    }
    assert_eq!(found.len(), expected.len(), "{id}");
    let (_again_folder, again) = written(id, dataset);
    assert_eq!(bytes(&path), bytes(&again), "{id} is not the same twice");
}

/// Every file of a dataset with its bytes.
fn bytes(path: &Path) -> Vec<(String, Vec<u8>)> {
    let files = walkdir::WalkDir::new(path).sort_by_file_name();
    let files = files.into_iter().map(Result::unwrap);
    let files = files.filter(|entry| entry.file_type().is_file());
    files
        .map(|entry| {
            let name = entry.path().strip_prefix(path).unwrap().display().to_string();
            (name, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn brat_gives_everything_back(dataset in full_datasets(), knows in any::<bool>()) {
        round_trip("brat", &dataset, knows);
    }

    #[test]
    fn xmi_gives_everything_back(dataset in full_datasets(), knows in any::<bool>()) {
        round_trip("xmi", &dataset, knows);
    }

    #[test]
    fn uima_json_gives_everything_back(dataset in full_datasets(), knows in any::<bool>()) {
        round_trip("uima-json", &dataset, knows);
    }

    #[test]
    fn w3c_gives_everything_back(dataset in full_datasets(), knows in any::<bool>()) {
        round_trip("w3c", &dataset, knows);
    }
}

#[test]
fn a_span_of_sixty_seven_thousand_characters_comes_back() {
    for id in STANDOFF {
        round_trip(id, &long_article(), false);
    }
}
