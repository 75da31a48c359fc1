//! Files that are not what they should be: each is refused with its reason, none is written, and what can be read is
//! saved into a new project.

use std::fs;
use std::ops::ControlFlow;
use std::path::Path;

use hashiya::model::*;
use hashiya::store::{Duplicates, ErrorCode, ExportQuery, ListQuery, Recovered, Store};
use rusqlite::Connection;

use crate::support::*;

fn refused(path: &Path) -> ErrorCode {
    let before = fs::read(path).ok();
    let error = Store::open(path).err().expect("it opened");
    assert!(error.hint.is_some(), "{error:?}");
    let read_only = Store::open_read_only(path).err().expect("it opened for reading");
    assert_eq!(read_only.code, error.code);
    assert_eq!(fs::read(path).ok(), before, "the file was written");
    error.code
}

#[test]
fn what_is_no_project_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        path
    };
    assert_eq!(
        refused(&folder.path().join("missing.hashiya")),
        ErrorCode::NotFound
    );
    assert_eq!(refused(folder.path()), ErrorCode::NotAProject);
    assert_eq!(refused(&file("empty.hashiya", b"")), ErrorCode::NotAProject);
    assert_eq!(
        refused(&file("text.hashiya", b"Rien qu'un texte.\n")),
        ErrorCode::NotAProject
    );
    assert_eq!(
        refused(&file("short.hashiya", b"SQLite format 3\0\x10\0")),
        ErrorCode::Damaged
    );
    let other = folder.path().join("other.hashiya");
    Connection::open(&other)
        .unwrap()
        .execute_batch("CREATE TABLE t (x)")
        .unwrap();
    assert_eq!(refused(&other), ErrorCode::NotAProject);
}

#[test]
fn a_newer_version_is_refused_and_named() {
    let (_folder, path) = Project::with_articles(1).close();
    let connection = Connection::open(&path).unwrap();
    connection.pragma_update(None, "user_version", 7).unwrap();
    drop(connection);
    assert_eq!(refused(&path), ErrorCode::NewerVersion);
    let message = Store::open(&path).err().unwrap().message;
    assert!(message.contains("file version 7"), "{message}");
}

#[test]
fn a_project_that_lost_a_table_is_damaged() {
    let (_folder, path) = Project::with_articles(1).close();
    Connection::open(&path)
        .unwrap()
        .execute_batch("DROP TABLE span")
        .unwrap();
    assert_eq!(refused(&path), ErrorCode::Damaged);
}

#[test]
fn creating_never_replaces_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("x.hashiya");
    fs::write(&path, "mine").unwrap();
    let error = Store::create(&path, &codebook(), "p", &at(0)).err().unwrap();
    assert_eq!(error.code, ErrorCode::Exists);
    assert_eq!(fs::read(&path).unwrap(), b"mine");
    let nowhere = folder.path().join("no/where.hashiya");
    assert_eq!(
        Store::create(&nowhere, &codebook(), "p", &at(0))
            .err()
            .unwrap()
            .code,
        ErrorCode::NotFound
    );
    assert_eq!(
        fs::read_dir(folder.path()).unwrap().count(),
        1,
        "a draft was left behind"
    );
}

#[cfg(unix)]
#[test]
fn a_project_opens_through_a_link() {
    let (folder, path) = Project::with_articles(1).close();
    let link = folder.path().join("link.hashiya");
    std::os::unix::fs::symlink(&path, &link).unwrap();
    let store = Store::open(&link).unwrap();
    assert_eq!(store.path(), path.canonicalize().unwrap());
    assert!(store.article(&article_id("a0")).unwrap().is_some());
}

#[cfg(unix)]
#[test]
fn a_file_that_is_gone_or_replaced_takes_no_commit() {
    for replace in [false, true] {
        let mut project = Project::with_articles(1);
        let aside = project.folder.path().join("aside.hashiya");
        fs::rename(&project.path, &aside).unwrap();
        if replace {
            fs::write(&project.path, "another file").unwrap();
        }
        let error = project
            .mark("a0", "me", vec![add_span("s1", "actor", 5, 10)])
            .unwrap_err();
        assert_eq!(error.code, ErrorCode::FileGone);
        let batch = BatchId::new("b9").unwrap();
        let begun = project.store.begin_batch(&batch, Duplicates::Skip);
        assert_eq!(begun.err().unwrap().code, ErrorCode::FileGone);
        // Put back, it goes on.
        fs::rename(&aside, &project.path).unwrap();
        project
            .mark("a0", "me", vec![add_span("s1", "actor", 5, 10)])
            .unwrap();
        assert_eq!(project.layer("a0", "me").spans.len(), 1);
    }
}

#[cfg(unix)]
fn log_of(path: &Path) -> std::path::PathBuf {
    path.with_file_name("test.hashiya-wal")
}

#[cfg(unix)]
#[test]
fn a_lost_log_takes_no_commit() {
    let mut project = Project::with_articles(1);
    project
        .mark("a0", "me", vec![add_span("s1", "actor", 5, 10)])
        .unwrap();
    fs::remove_file(log_of(&project.path)).unwrap();
    let error = project
        .mark("a0", "me", vec![add_span("s2", "actor", 5, 10)])
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::FileGone);
    assert_eq!(
        Store::open_read_only(&project.path).err().unwrap().code,
        ErrorCode::FileGone
    );
    // What was acknowledged is there, once those have gone who write to the lost one.
    let project = project.reopen();
    assert_eq!(project.layer("a0", "me").spans.len(), 1);
    project.assert_sound();
}

#[cfg(unix)]
#[test]
fn a_log_that_is_lost_before_the_first_change_takes_no_commit_either() {
    let mut project = Project::with_articles(1).reopen();
    let log = log_of(&project.path);
    fs::remove_file(&log).unwrap();
    let error = project
        .mark("a0", "me", vec![add_span("s1", "actor", 5, 10)])
        .unwrap_err();
    assert_eq!(error.code, ErrorCode::FileGone);
    // Another's log of the same name is not taken away with the connection.
    fs::write(&log, "another's").unwrap();
    let Project { folder, store, .. } = project;
    drop(store);
    assert_eq!(fs::read_to_string(&log).unwrap(), "another's");
    drop(folder);
}

/// Root may write anything, so that what is asserted depends on who runs the test.
#[cfg(unix)]
#[test]
fn a_read_only_file_and_folder_are_refused_for_writing_and_open_for_reading() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = Project::with_articles(1).close();
    let allow = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    for (target, closed, open) in [(path.as_path(), 0o444, 0o644), (folder.path(), 0o555, 0o755)] {
        allow(target, closed);
        let is_root = fs::OpenOptions::new().append(true).open(&path).is_ok() && target == path.as_path()
            || fs::write(folder.path().join("probe"), "").is_ok();
        match Store::open(&path) {
            Ok(_) => assert!(is_root, "a place that may not be written was opened for writing"),
            Err(error) => assert_eq!(error.code, ErrorCode::ReadOnly),
        }
        assert!(
            Store::open_read_only(&path)
                .unwrap()
                .article(&article_id("a0"))
                .unwrap()
                .is_some()
        );
        allow(target, open);
    }
}

/// A closed project of several pages of each kind, as bytes.
fn closed_project() -> (Vec<u8>, Vec<String>) {
    let mut project = Project::empty();
    let articles: Vec<Article> = (0..40)
        .map(|n| article(&format!("a{n}"), &format!("{n} {}", TEXT.repeat(30))))
        .collect();
    project.import("b1", &articles);
    for (n, article) in articles.iter().enumerate() {
        let edits = (0..20).map(|m| add_span(&format!("s{m:02}"), "actor", m * 3, m * 3 + 2));
        let edits: Vec<LayerEdit> = edits.filter(|edit| fits(edit, article)).collect();
        project.mark(&format!("a{n}"), "me", edits).unwrap();
    }
    let (_folder, path) = project.close();
    let ids = articles.into_iter().map(|article| article.id.to_string());
    (fs::read(&path).unwrap(), ids.collect())
}

fn fits(edit: &LayerEdit, article: &Article) -> bool {
    matches!(edit, LayerEdit::Span(_, Change { after: Some(span), .. }) if span.ranges.quote(&article.text).is_some())
}

/// Opens, reads everything, writes: an error is fine, a panic is not, and neither is a wrong text.
fn exercise(path: &Path) -> Result<(), ErrorCode> {
    let mut store = Store::open(path).map_err(|error| error.code)?;
    let code = |error: hashiya::store::StoreError| error.code;
    let query = ListQuery::all(annotator("me"));
    let rows = store.list(&query, 0, 1000).map_err(code)?;
    store.codebook().map_err(code)?;
    store
        .each_article(&ExportQuery::default(), &mut |_, _| ControlFlow::Continue(()))
        .map_err(code)?;
    for row in rows {
        store.layer(&row.id, &annotator("me")).map_err(code)?;
    }
    store.journal(None, 1000).map_err(code)?;
    store
        .write(|writer| {
            let edit = LayerEdit::Review(Change::add(Verdict::Approved));
            let edits = vec![Edit::Layer(article_id("a3"), annotator("new"), edit)];
            writer.append(&transaction(99, vec![layer_scope("a3", "new")], edits))
        })
        .map_err(code)?;
    Ok(())
}

/// What is saved, and the sound project that holds it; none where nothing is.
fn saved(path: &Path) -> Option<(Recovered, Store, std::path::PathBuf)> {
    let new = path.with_extension("rescued");
    let before = fs::read(path).unwrap();
    let done = rescue(path, &new);
    assert_eq!(fs::read(path).unwrap(), before, "the damaged file was written");
    match done {
        Ok(recovered) => {
            let store = Store::open(&new).unwrap();
            assert_eq!(check(&store), [], "what was recovered is not sound");
            Some((recovered, store, new))
        }
        Err(error) => {
            assert_eq!(error.code, ErrorCode::NothingSaved, "{error:?}");
            None
        }
    }
}

#[test]
fn a_file_cut_anywhere_is_damaged() {
    let (bytes, _) = closed_project();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cut.hashiya");
    for part in 1..24 {
        let length = bytes.len() * part / 24 + part % 3;
        fs::write(&path, &bytes[..length]).unwrap();
        assert_eq!(refused(&path), ErrorCode::Damaged, "at {length}");
    }
}

#[test]
fn all_is_saved_where_only_the_description_of_the_tables_is_damaged() {
    type Damage = fn(&mut [u8]);
    let (bytes, ids) = closed_project();
    let folder = tempfile::tempdir().unwrap();
    let damage: [(&str, Damage); 4] = [
        ("the name of a table", |bytes| {
            let at = bytes.windows(13).position(|part| part == b"CREATE TABLE ");
            bytes[at.unwrap() + 13] ^= 1;
        }),
        ("a byte of the first page", |bytes| bytes[2_768] ^= 0xff),
        ("the header", |bytes| bytes[..100].fill(0)),
        ("the first page", |bytes| bytes[..4096].fill(0xA5)),
    ];
    for (what, damage) in damage {
        let path = folder.path().join(format!("{what}.hashiya"));
        let mut damaged = bytes.clone();
        damage(&mut damaged);
        fs::write(&path, &damaged).unwrap();
        let (recovered, ..) = saved(&path).unwrap_or_else(|| panic!("{what}: nothing was saved"));
        assert_eq!(recovered.articles, ids.len() as u64, "{what}");
        assert_eq!(recovered.lost, [], "{what}");
    }
}

#[test]
fn a_page_that_was_overwritten_is_noticed_and_costs_only_what_lay_on_it() {
    let (bytes, ids) = closed_project();
    let pages = bytes.len() / 4096;
    let folder = tempfile::tempdir().unwrap();
    let (mut whole, mut rescued_articles) = (0, 0);
    for page in (0..pages).step_by(3) {
        let path = folder.path().join(format!("page{page}.hashiya"));
        let mut damaged = bytes.clone();
        damaged[page * 4096..(page + 1) * 4096].fill(0xA5);
        fs::write(&path, &damaged).unwrap();
        if let Err(code) = exercise(&path) {
            let expected = [ErrorCode::Damaged, ErrorCode::TextDamaged, ErrorCode::NotAProject];
            assert!(expected.contains(&code), "page {page}: {code:?}");
        }
        fs::write(&path, &damaged).unwrap();
        if let Some((recovered, store, new)) = saved(&path) {
            whole += u64::from(recovered.lost.is_empty());
            rescued_articles += recovered.articles;
            let count = store.count(&ListQuery::all(annotator("me"))).unwrap();
            assert_eq!(count, recovered.articles);
            assert!(recovered.articles <= ids.len() as u64);
            drop(store);
            fs::remove_file(new).unwrap();
        }
    }
    let runs = pages.div_ceil(3) as u64;
    assert!(
        rescued_articles > runs * ids.len() as u64 * 3 / 4,
        "{rescued_articles} in {runs} runs"
    );
    assert!(whole < runs, "some page must matter");
}

#[test]
fn a_row_that_reads_well_and_is_not_what_was_written_is_told() {
    let mut project = Project::empty();
    project.import_with_layers("b1");
    let sql = "UPDATE span SET body = replace(body, '[5,10]', '[5,11]') WHERE id = 'i1'";
    assert_eq!(
        Connection::open(&project.path).unwrap().execute(sql, []).unwrap(),
        1
    );
    let (recovered, ..) = saved(&project.path).unwrap();
    let codes: Vec<&str> = recovered.lost.iter().map(|found| found.code).collect();
    assert_eq!(codes, ["import_changed"]);
}

#[test]
fn a_sound_project_is_recovered_whole() {
    let mut project = Project::with_articles(2);
    project.import_with_layers("b2");
    project
        .mark("a0", "me", vec![add_span("s1", "actor", 5, 10)])
        .unwrap();
    let (recovered, store, _) = saved(&project.path).unwrap();
    assert_eq!((recovered.articles, recovered.layers, recovered.spans), (4, 2, 3));
    assert_eq!(recovered.lost, []);
    assert_eq!(store.codebook().unwrap(), {
        let mut expected = codebook();
        for (id, kind) in [
            ("count", AttributeType::Quantity),
            ("kinds", AttributeType::Choices),
            ("rank", AttributeType::Integer),
            ("sure", AttributeType::Boolean),
            ("weight", AttributeType::Number),
            ("when", AttributeType::Date),
            ("who", AttributeType::Entity),
        ] {
            let id = AttributeId::new(id).unwrap();
            expected.attributes.push(Attribute::plain(id, kind));
        }
        expected
    });
    for id in ["a0", "a1", "c0", "c1"] {
        let (old, new) = (
            project.store.article(&article_id(id)).unwrap().unwrap(),
            store.article(&article_id(id)).unwrap().unwrap(),
        );
        assert_eq!(old.article, new.article);
    }
    assert_eq!(
        store.layer(&article_id("c0"), &annotator("reader")).unwrap(),
        full_layer()
    );
    assert_eq!(
        store.layer(&article_id("a0"), &annotator("me")).unwrap(),
        project.layer("a0", "me")
    );
}

#[test]
fn an_event_of_which_a_filler_is_lost_is_saved_with_the_rest() {
    let mut project = Project::empty();
    project.import_with_layers("b1");
    let (_folder, path) = project.close();
    let connection = Connection::open(&path).unwrap();
    let lost = connection
        .execute("DELETE FROM span WHERE id = 'i1'", [])
        .unwrap();
    assert_eq!(lost, 1);
    drop(connection);
    let (recovered, store, _) = saved(&path).unwrap();
    let layer = store.layer(&article_id("c0"), &annotator("reader")).unwrap();
    let event = layer.events.values().next().unwrap();
    let spans: Vec<&str> = event.spans().map(SpanId::as_str).collect();
    assert_eq!((spans, event.roles.len()), (vec!["i2"], 1));
    assert!(layer.relations.is_empty());
    let told = format!("{:?}", recovered.lost);
    assert!(told.contains("event e1 refers to i1"), "{told}");
}

#[test]
fn a_flipped_byte_in_a_text_is_refused_when_the_article_is_opened() {
    let project = Project::with_articles(2);
    let sql = "UPDATE body SET text = replace(text, 'maire', 'mairf') WHERE position = (SELECT min(position) FROM body)";
    Connection::open(&project.path).unwrap().execute(sql, []).unwrap();
    let error = project.store.article(&article_id("a0")).unwrap_err();
    assert_eq!(error.code, ErrorCode::TextDamaged);
    assert!(project.store.article(&article_id("a1")).unwrap().is_some());
    let export = project
        .store
        .each_article(&ExportQuery::default(), &mut |_, _| ControlFlow::Continue(()));
    assert_eq!(export.unwrap_err().code, ErrorCode::TextDamaged);
    let (recovered, store, _) = saved(&project.path).unwrap();
    assert_eq!((recovered.articles, recovered.lost.len()), (2, 1));
    assert!(
        store
            .article(&article_id("a0"))
            .unwrap()
            .unwrap()
            .article
            .text
            .as_str()
            .contains("mairf")
    );
}

#[test]
fn numbers_that_no_project_has_are_told_and_hold_nothing_up() {
    let (bytes, ids) = closed_project();
    let folder = tempfile::tempdir().unwrap();
    for (number, sql) in [
        "UPDATE batch SET articles = 4294967295",
        "UPDATE batch SET articles = 7",
        "UPDATE batch SET articles = 9223372036854775807",
        "UPDATE batch SET articles = -9223372036854775808",
        "UPDATE batch SET number = 9223372036854775807",
        "UPDATE batch SET state = 'shovn'",
        "INSERT INTO batch (number, id, state, articles, layers, digest) VALUES \
         (2147483647, 'x', 'shown', 9223372036854775807, 0, x''), (2147483646, 'y', 'shown', 5, 0, x'')",
        "UPDATE journal SET number = 9223372036854775807 WHERE number = 9",
        "UPDATE edit SET number = 9223372036854775807, place = 9223372036854775807 WHERE number = 9 AND place = 0",
        "UPDATE article SET chars = 9223372036854775807, bytes = -9223372036854775808",
        "UPDATE layer SET spans = 9223372036854775807",
        "UPDATE codebook SET position = 9223372036854775807",
    ]
    .into_iter()
    .enumerate()
    {
        let path = folder.path().join(format!("{number}.hashiya"));
        fs::write(&path, &bytes).unwrap();
        let connection = Connection::open(&path).unwrap();
        connection
            .execute_batch(&format!(
                "PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; {sql}"
            ))
            .unwrap();
        drop(connection);
        let reader = Store::open_read_only(&path).unwrap();
        assert!(!check(&reader).is_empty() || sql.contains("codebook"), "{sql}");
        let query = ListQuery::all(annotator("me"));
        reader.list(&query, 39, 5).ok();
        reader.line_of(&article_id("a3"), &query).ok();
        drop(reader);
        exercise(&path).ok();
        let (recovered, ..) = saved(&path).unwrap_or_else(|| panic!("{sql}: nothing was saved"));
        assert_eq!(recovered.articles, ids.len() as u64, "{sql}");
    }
}

#[test]
fn a_log_that_is_damaged_before_its_end_is_refused_and_saved() {
    let mut project = Project::with_articles(1);
    for number in 0..6 {
        let span = add_span(&format!("s{number}"), "actor", number, number + 2);
        project.mark("a0", "me", vec![span]).unwrap();
    }
    let beside = |path: &Path| {
        let mut log = path.to_path_buf().into_os_string();
        log.push("-wal");
        std::path::PathBuf::from(log)
    };
    // As a killed process leaves them.
    let path = project.folder.path().join("killed.hashiya");
    fs::copy(&project.path, &path).unwrap();
    let mut log = fs::read(beside(&project.path)).unwrap();
    log[32 + 24 + 2_000] ^= 1;
    fs::write(beside(&path), &log).unwrap();
    assert_eq!(refused(&path), ErrorCode::Damaged);
    assert_eq!(fs::read(beside(&path)).unwrap(), log, "the log was written");
    let (recovered, store, _) = saved(&path).unwrap();
    assert!(recovered.lost.iter().any(|found| found.code == "log_damaged"));
    let layer = store.layer(&article_id("a0"), &annotator("me")).unwrap();
    assert_eq!(layer.spans.len(), 6, "{:?}", recovered.lost);
}
