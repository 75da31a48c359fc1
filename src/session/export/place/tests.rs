//! What is replaced, what is kept, and what is refused at the place of an export.

use std::io::Write as _;

use super::list::digest_of;
use super::*;
use crate::formats::format;
use crate::formats::testing::as_folder;

fn names(folder: &Path) -> Vec<String> {
    let entries = walkdir::WalkDir::new(folder).min_depth(1).sort_by_file_name();
    let files = entries
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file());
    let name = |entry: walkdir::DirEntry| entry.path().strip_prefix(folder).unwrap().display().to_string();
    files.map(name).collect()
}

fn look(format: &Format, path: &Path, parts: &[&str]) -> Result<Site, Refusal> {
    Site::look(format, path, &owned(parts))
}

fn owned(parts: &[&str]) -> Vec<String> {
    parts.iter().map(|part| (*part).to_owned()).collect()
}

fn begin(format: &Format, path: &Path) -> Result<Place, Refusal> {
    look(format, path, &[]).and_then(Place::at)
}

fn commit(place: Place) -> Result<Vec<String>, String> {
    match place.commit() {
        Ok((found, _)) => Ok(found.iter().map(ToString::to_string).collect()),
        Err(Stop::Refusal(refusal)) => Err(refusal.code),
        Err(Stop::Io(cause)) => Err(cause.to_string()),
        Err(Stop::Cancelled) => Err("cancelled".to_owned()),
    }
}

fn write(place: &Place, names: &[&str]) {
    let mut files = place.files(&[]).remove(0);
    for name in names {
        let mut out = files.further(name).unwrap().unwrap();
        out.write_all(name.as_bytes()).unwrap();
    }
}

#[test]
fn a_file_and_its_companions_appear_together_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("spans.csv");
    let jsonl = format("jsonl").unwrap();
    let abandoned = begin(jsonl, &path).unwrap();
    write(&abandoned, &["relations.csv"]);
    drop(abandoned);
    assert_eq!(names(folder.path()), Vec::<String>::new());
    let place = begin(jsonl, &path).unwrap();
    let mut main = place.files(&[]).remove(0).main().unwrap();
    main.write_all(b"spans").unwrap();
    drop(main);
    write(&place, &["relations.csv"]);
    commit(place).unwrap();
    assert_eq!(names(folder.path()), ["spans.csv", "spans.relations.csv"]);
    assert_eq!(fs::read(&path).unwrap(), b"spans");
}

#[test]
fn a_folder_is_replaced_only_where_an_export_wrote_all_of_it() {
    let outer = tempfile::tempdir().unwrap();
    let path = outer.path().join("brat");
    let folder = as_folder("jsonl");
    for files in [&["a.ann", "sub/b.ann"][..], &["c.ann"]] {
        let place = begin(&folder, &path).unwrap();
        write(&place, files);
        commit(place).unwrap();
        let list = [&[LIST], files].concat();
        assert_eq!(names(&path), list);
    }
    let list = fs::read_to_string(path.join(LIST)).unwrap();
    assert_eq!(
        list,
        format!("{}  c.ann\n", digest_of(&path.join("c.ann")).unwrap())
    );
    // Work that somebody did there is not thrown away.
    fs::write(path.join("c.ann"), "c.ann and more").unwrap();
    let refused = begin(&folder, &path).err().unwrap();
    assert_eq!(refused.code, "changed_since_export");
    assert!(refused.message.contains("c.ann"), "{refused}");
    fs::write(path.join("c.ann"), "c.ann").unwrap();
    fs::write(path.join("mine.txt"), "words").unwrap();
    let refused = begin(&folder, &path).err().unwrap();
    assert_eq!(refused.code, "not_empty");
    assert!(refused.message.contains("mine.txt"), "{refused}");
    assert_eq!(
        fs::read_dir(outer.path()).unwrap().count(),
        1,
        "nothing is left over"
    );
}

/// Exports parts to `news.csv` in a folder, each with a companion; what is said of it, or why it is refused.
fn split(folder: &Path, parts: &[&str]) -> Result<Vec<String>, String> {
    split_to(&folder.join("news.csv"), parts)
}

fn split_to(path: &Path, parts: &[&str]) -> Result<Vec<String>, String> {
    let site = look(format("jsonl").unwrap(), path, parts).map_err(|refusal| refusal.code)?;
    let foreseen: Vec<String> = site.findings().iter().map(ToString::to_string).collect();
    let place = Place::at(site).unwrap();
    for mut files in place.files(&owned(parts)) {
        files.main().unwrap().write_all(b"rows").unwrap();
        let mut companion = files.further("notes.csv").unwrap().unwrap();
        companion.write_all(b"notes").unwrap();
    }
    let found = commit(place)?;
    assert_eq!(foreseen, found, "it was said beforehand");
    Ok(found)
}

const SPLIT: [&str; 5] = [
    ".news.csv.hashiya-export",
    "news.dev.csv",
    "news.dev.notes.csv",
    "news.train.csv",
    "news.train.notes.csv",
];

#[test]
fn parts_of_an_earlier_split_do_not_stay_beside_the_new_ones() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path();
    assert_eq!(split(folder, &["train", "dev"]), Ok(vec![]));
    assert_eq!(names(folder), SPLIT);
    assert_eq!(split(folder, &["train", "dev"]), Ok(vec![]), "the same again");
    let found = split(folder, &["train", "test"]).unwrap();
    assert_eq!(
        found,
        [
            "info: files of an earlier split that are not written again are removed: news.dev.csv, \
          news.dev.notes.csv"
        ]
    );
    assert_eq!(
        names(folder),
        [
            ".news.csv.hashiya-export",
            "news.test.csv",
            "news.test.notes.csv",
            "news.train.csv",
            "news.train.notes.csv"
        ]
    );
}

#[test]
fn companions_of_parts_without_an_ending_are_written_again_and_stay() {
    let outer = tempfile::tempdir().unwrap();
    for _ in ["first", "again"] {
        assert_eq!(
            split_to(&outer.path().join("news"), &["train", "dev"]),
            Ok(vec![])
        );
        assert_eq!(
            names(outer.path()),
            [
                ".news.hashiya-export",
                "news.dev",
                "news.dev.notes.csv",
                "news.train",
                "news.train.notes.csv"
            ]
        );
    }
}

#[test]
fn a_dataset_in_one_part_leaves_parts_beside_it_alone_and_says_so() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path();
    split(folder, &["train", "dev"]).unwrap();
    let found = split(folder, &[]).unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].contains("parts of an earlier split stay beside it"),
        "{found:?}"
    );
    let mut all = SPLIT.to_vec();
    all.extend(["news.csv", "news.notes.csv"]);
    all.sort_unstable();
    assert_eq!(names(folder), all);
    // The other way round it is said, too: what was one dataset holds the articles of all parts.
    let found = split(folder, &["train", "dev"]).unwrap();
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(
        found[0].contains("files of no split lie beside the parts: news.csv, news.notes.csv"),
        "{found:?}"
    );
}

#[test]
fn what_no_split_wrote_is_neither_written_over_nor_removed() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path();
    fs::write(folder.join("news.dev.csv"), "mine").unwrap();
    assert_eq!(split(folder, &["train", "dev"]), Err("file_exists".to_owned()));
    assert_eq!(names(folder), ["news.dev.csv"]);
    // Of a companion it is known only when it is written.
    fs::write(folder.join("news.train.notes.csv"), "mine").unwrap();
    assert_eq!(split(folder, &["train", "test"]), Err("file_exists".to_owned()));
    assert_eq!(names(folder), ["news.dev.csv", "news.train.notes.csv"]);
    fs::remove_file(folder.join("news.train.notes.csv")).unwrap();
    let found = split(folder, &["train", "test"]).unwrap();
    assert!(
        found[0].contains("files of no split lie beside the parts: news.dev.csv"),
        "{found:?}"
    );
    assert_eq!(fs::read(folder.join("news.dev.csv")).unwrap(), b"mine");
}

#[test]
fn parts_that_somebody_changed_are_neither_written_over_nor_removed() {
    let outer = tempfile::tempdir().unwrap();
    let folder = outer.path();
    split(folder, &["train", "dev"]).unwrap();
    fs::write(folder.join("news.dev.csv"), "corrected").unwrap();
    assert_eq!(
        split(folder, &["train", "dev"]),
        Err("changed_since_export".to_owned())
    );
    for _ in ["it stays", "and is still known"] {
        let found = split(folder, &["train", "test"]).unwrap();
        assert!(
            found
                .iter()
                .any(|found| found.contains("was changed: news.dev.csv, news.dev.notes.csv")),
            "{found:?}"
        );
        assert_eq!(fs::read(folder.join("news.dev.csv")).unwrap(), b"corrected");
        assert!(folder.join("news.dev.notes.csv").exists());
    }
    assert_eq!(
        split(folder, &["train", "dev"]),
        Err("changed_since_export".to_owned())
    );
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_replaced_by_one() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("socket");
    let _socket = std::os::unix::net::UnixListener::bind(&path).unwrap();
    let refused = begin(format("jsonl").unwrap(), &path).err().unwrap();
    assert_eq!(refused.code, "not_a_file");
}

#[test]
fn a_place_that_cannot_be_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let (file, dataset) = (format("jsonl").unwrap(), as_folder("jsonl"));
    for (format, place, code) in [
        (file, "", "is_a_folder"),
        (file, "none/x.jsonl", "not_found"),
        (file, "file/x.jsonl", "not_found"),
        (&dataset, "file", "not_a_folder"),
        (&dataset, "none/x", "not_found"),
        (&dataset, "file/x", "not_found"),
    ] {
        let refused = look(format, &folder.path().join(place), &[]).err().unwrap();
        assert_eq!(refused.code, code, "{place}: {refused}");
    }
    assert_eq!(names(folder.path()), ["file"]);
}

#[test]
fn no_name_leaves_the_folder() {
    let outer = tempfile::tempdir().unwrap();
    let folder = as_folder("jsonl");
    let place = begin(&folder, &outer.path().join("d")).unwrap();
    for name in ["../x", "/x", "", "a/../../x", LIST] {
        assert!(place.files(&[]).remove(0).further(name).is_err(), "{name}");
    }
}
