//! Which part of a dataset a file is: train, validation, test. By the names that the library itself goes by.

use std::collections::BTreeSet;
use std::path::Path;

/// Words in names of files and folders, and the part that they mean.
const KNOWN: [(&str, &[&str]); 3] = [
    ("train", &["train", "training"]),
    ("validation", &["validation", "valid", "val", "dev"]),
    ("test", &["test", "testing", "eval", "evaluation"]),
];

/// The part that a file is of, where its name says so: `train-00000-of-00002.parquet`, `dev.jsonl`, `test/0000.parquet`.
fn split_of(path: &Path) -> Option<String> {
    let stem = path.file_stem()?.to_string_lossy().to_lowercase();
    if let Some(split) = of_shard(&stem) {
        return Some(split.to_owned());
    }
    let words = |name: &str| {
        let mut words = name.split(|c: char| !c.is_ascii_alphabetic());
        words.find_map(known).map(str::to_owned)
    };
    let folder = path.parent()?.file_name()?.to_string_lossy().to_lowercase();
    words(&stem).or_else(|| known(&folder).map(str::to_owned))
}

fn known(word: &str) -> Option<&'static str> {
    let found = KNOWN.iter().find(|(_, words)| words.contains(&word));
    found.map(|(split, _)| *split)
}

/// The name in `NAME-00000-of-00003`.
fn of_shard(stem: &str) -> Option<&str> {
    let (rest, count) = stem.rsplit_once("-of-")?;
    let (name, number) = rest.rsplit_once('-')?;
    let is_number = |text: &str| text.len() == 5 && text.bytes().all(|byte| byte.is_ascii_digit());
    (is_number(count) && is_number(number) && !name.is_empty()).then_some(name)
}

/// The part that a file is of, where other files beside it are of other parts.
pub(super) fn among_several(path: &Path) -> Option<String> {
    let own = split_of(path)?;
    let folder = path.parent()?;
    let mut all = BTreeSet::from([own.clone()]);
    all.extend(files(folder, path).filter_map(|file| split_of(&file)));
    // Parts may lie in folders of their own.
    let is_folder_of_part = folder
        .file_name()
        .is_some_and(|name| known(&name.to_string_lossy().to_lowercase()).is_some());
    if is_folder_of_part && let Some(above) = folder.parent() {
        let folders = std::fs::read_dir(above).into_iter().flatten().flatten();
        let names = folders.map(|entry| entry.file_name().to_string_lossy().to_lowercase());
        all.extend(names.filter_map(|name| known(&name).map(str::to_owned)));
    }
    (all.len() > 1).then_some(own)
}

/// The files of a folder that end like one of them.
fn files<'a>(folder: &Path, like: &'a Path) -> impl Iterator<Item = std::path::PathBuf> + 'a {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    paths.filter(|path| path.extension() == like.extension())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_part_is_in_the_name_of_the_file_or_of_its_folder() {
        for (path, split) in [
            ("data/train-00000-of-00002.parquet", Some("train")),
            ("data/essai-00001-of-00002.parquet", Some("essai")),
            ("x/dev.jsonl", Some("validation")),
            ("x/my_test_set.json", Some("test")),
            ("conll2003/validation/0000.parquet", Some("validation")),
            ("x/latest.json", None),
            ("x/a-1-of-2.parquet", None),
        ] {
            assert_eq!(split_of(Path::new(path)).as_deref(), split, "{path}");
        }
    }
}
