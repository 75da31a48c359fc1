//! Mail and pages saved in one file.

use std::ops::ControlFlow;

use proptest::prelude::*;

use super::super::{eml, mhtml};
use super::*;
use crate::formats::{Incoming, Sink};

/// With the line ends that mail has.
fn mail(text: &str) -> Vec<u8> {
    text.replace('\n', "\r\n").into_bytes()
}

const PLAIN: &str = "Received: from a by b; Wed, 1 May 2024 08:00:05 +0200
From: =?utf-8?Q?Ana=C3=AFs_Martin?= <a.martin@journal.example>
To: redaction@journal.example
Subject: =?windows-1252?Q?Le_port_rouvre=A0:?= =?utf-8?B?IOKAnG91aeKAnQ==?=
Date: Wed, 1 May 2024 08:00:00 +0200
Organization: Le Journal
Message-ID: <1@journal.example>
MIME-Version: 1.0
Content-Type: text/plain; charset=\"iso-8859-1\"; format=flowed
Content-Transfer-Encoding: quoted-printable

Il a dit=A0: =AB=A0Oui=A0=BB, et il=20
a pay=E9 cinq euros, ce qui est=
 peu.
Deuxi=E8me paragraphe.

> Une question
> longue ?
";

#[test]
fn a_mail_is_an_article() {
    let found = import(&eml::FORMAT, &mail(PLAIN));
    assert_eq!(codes(&found), ["quoted_mail"]);
    let article = only(&found);
    assert_eq!(
        article.text.as_str(),
        "Il a dit\u{a0}: «\u{a0}Oui\u{a0}», et il a payé cinq euros, ce qui est peu.\nDeuxième paragraphe.\n\n> Une question\n> longue ?"
    );
    assert_eq!(
        article.header.title.as_deref(),
        Some("Le port rouvre\u{a0}: “oui”")
    );
    assert_eq!(
        meta(article),
        [
            ("source", "Le Journal"),
            ("published", "2024-05-01T08:00:00+02:00"),
            ("author", "Anaïs Martin"),
            ("file", "file.eml")
        ]
    );
}

#[test]
fn flowed_lines_are_joined_as_they_were_broken() {
    for (parameters, body, text) in [
        ("", "a \nb", "a \nb"),
        ("; format=flowed", "a \nb\nc", "a b\nc"),
        ("; format=flowed; delsp=yes", "Donau \ndampf\nc", "Donaudampf\nc"),
        ("; format=flowed", "> a \n> b\n>> c \n> d", "> a b\n>> c \n> d"),
        ("; format=flowed", "a \n\nb", "a \nb"),
        ("; format=flowed", " From x \ny", "From x y"),
        ("; format=flowed", "a \n-- \nname \nplace", "a \n-- \nname place"),
        ("; FORMAT=\"Flowed\"", "a\u{a0}\nb", "a\u{a0}\nb"),
    ] {
        let whole = mail(&format!(
            "From: a@b.example\nContent-Type: text/plain; charset=utf-8{parameters}\n\n{body}\n"
        ));
        assert_eq!(
            only(&import(&eml::FORMAT, &whole)).text.as_str(),
            text,
            "{parameters} {body}"
        );
    }
}

/// A mail of parts with this boundary.
fn of_parts(kind: &str, parts: &[&str]) -> String {
    let parts: Vec<String> = parts.iter().map(|part| format!("--b-{kind}\n{part}\n")).collect();
    let parts = parts.concat();
    format!(
        "Content-Type: multipart/{kind};\n boundary=\"b-{kind}\"\n\nThis is a mail of parts.\n{parts}--b-{kind}--\nafter\n"
    )
}

const AS_TEXT: &str = "Content-Type: text/plain; charset=utf-8\n\nPlain words, enough of them.";
const AS_PAGE: &str = "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n\
PGh0bWw+PGJvZHk+PHA+V29yZHMgb2YgYSBwYWdlLCB3aXRoIMOpbGFuLjwvcD48cD5Ud288L3A+\nPC9ib2R5PjwvaHRtbD4=";
const PICTURE: &str =
    "Content-Type: image/png\nContent-ID: <p>\nContent-Transfer-Encoding: base64\n\niVBORw0KGgo=";
const ATTACHED: &str = "Content-Type: application/pdf; name=\"x.pdf\"\n\
Content-Disposition: attachment; filename*=utf-8''r%C3%A9sum%C3%A9.pdf\n\n%PDF-1.7";

#[test]
fn the_best_part_of_a_mail_is_taken() {
    let page = "Words of a page, with élan.\nTwo";
    let empty = "Content-Type: text/plain\n\n \n";
    let stub = "Content-Type: text/plain\n\nOpen.";
    let long = format!("Content-Type: text/html\n\n<p>{}</p>", "word ".repeat(40));
    for (whole, text, told) in [
        (
            of_parts("alternative", &[AS_TEXT, AS_PAGE]),
            "Plain words, enough of them.",
            vec![],
        ),
        (of_parts("alternative", &[empty, AS_PAGE]), page, vec![]),
        (
            of_parts("alternative", &[AS_PAGE, AS_TEXT]),
            "Plain words, enough of them.",
            vec![],
        ),
        (
            of_parts("alternative", &[stub, &long]),
            "word ".repeat(40).trim(),
            vec![],
        ),
        (
            of_parts(
                "mixed",
                &[
                    &of_parts(
                        "alternative",
                        &[AS_TEXT, &of_parts("related", &[AS_PAGE, PICTURE])],
                    ),
                    ATTACHED,
                ],
            ),
            "Plain words, enough of them.",
            vec!["attachments"],
        ),
        (of_parts("related", &[AS_PAGE, PICTURE]), page, vec![]),
        (
            of_parts("mixed", &[AS_TEXT, PICTURE, "\nMore."]),
            "Plain words, enough of them.\nMore.",
            vec!["attachments"],
        ),
        (AS_PAGE.to_owned(), page, vec![]),
        ("\nbare words".to_owned(), "bare words", vec![]),
        (
            "Content-Type: text/plain; name=a.txt\nContent-Disposition: attachment\n\nwords".to_owned(),
            "words",
            vec![],
        ),
    ] {
        let whole = mail(&format!("From: a@b.example\nSubject: S\n{whole}"));
        let found = import(&eml::FORMAT, &whole);
        assert_eq!(only(&found).text.as_str(), text);
        assert_eq!(codes(&found), told);
    }
}

#[test]
fn what_is_attached_to_a_mail_is_told_by_name() {
    let whole = mail(&format!(
        "From: a@b.example\n{}",
        of_parts("mixed", &[AS_TEXT, ATTACHED])
    ));
    assert_eq!(
        told(&import(&eml::FORMAT, &whole), "attachments").message,
        "what is attached to the mail was not read: résumé.pdf"
    );
}

#[test]
fn mails_in_a_mail_are_articles_of_their_own() {
    let inner = "Content-Type: message/rfc822\n\nFrom: Ada <a@b.example>\nSubject: Inner\nDate: Thu, 2 May 2024 08:00:00 +0000\n";
    let deepest = format!("{inner}{}", of_parts("alternative", &[AS_TEXT, AS_PAGE]));
    let plain = format!("{inner}\nInner words.");
    let coded = "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogQ29kZWQKCkNvZGVkIHdvcmRzLgo=";
    let whole = of_parts(
        "mixed",
        &[
            AS_TEXT,
            &plain,
            coded,
            &format!(
                "Content-Type: message/rfc822\n\nSubject: Forward\n{}",
                of_parts("digest", &[&deepest])
            ),
        ],
    );
    let found = import(
        &eml::FORMAT,
        &mail(&format!("From: Bo <b@b.example>\nSubject: Outer\n{whole}")),
    );
    let all: Vec<(&str, &str)> = found
        .articles
        .iter()
        .map(|one| {
            (
                one.article.header.title.as_deref().unwrap(),
                one.article.text.as_str(),
            )
        })
        .collect();
    assert_eq!(
        all,
        [
            ("Outer", "Plain words, enough of them."),
            ("Inner", "Inner words."),
            ("Coded", "Coded words."),
            ("Inner", "Plain words, enough of them.")
        ]
    );
    assert_eq!(found.articles[1].article.header.meta["author"], "Ada");
    assert_eq!(
        found.articles[1].article.header.meta["published"],
        "2024-05-02T08:00:00Z"
    );
    assert_eq!(codes(&found), ["several_messages"]);
}

#[test]
fn a_date_that_is_not_written_as_mail_writes_it_is_read_where_it_is_certain_and_else_kept_and_told() {
    for (written, date, is_told) in [
        (
            "Wed, 4 Jun 2031 08:00:00 +0200 (CEST)",
            "2031-06-04T08:00:00+02:00",
            false,
        ),
        ("2031-06-04 08:00:00 +0200", "2031-06-04T08:00:00+02:00", false),
        ("mercredi 4 juin 2031", "2031-06-04", false),
        ("24/06/2031", "2031-06-24", false),
        ("04/06/2031 08:00", "04/06/2031 08:00", true),
        ("hier\n soir", "hier soir", true),
        ("32 Foo", "32 Foo", true),
    ] {
        let found = import(
            &eml::FORMAT,
            &mail(&format!(
                "From: a@b.example\nDate: {written}\n\nWords of a mail.\n"
            )),
        );
        assert_eq!(only(&found).header.meta["published"], date, "{written}");
        let told: &[&str] = if is_told { &["unclear_date"] } else { &[] };
        assert_eq!(codes(&found), told, "{written}");
    }
}

#[test]
fn mails_in_the_words_of_a_mail_come_in_and_are_told() {
    for (body, from) in [
        (
            "I agree.\n\nOn 3 Jun 2031, Bob wrote:\n> Nine dead.",
            Some("On 3 Jun 2031, Bob wrote:"),
        ),
        (
            "Oui.\n\nLe 3 juin 2031 à 10:00, Paul a écrit\u{a0}:\n> Neuf morts.",
            Some("Le 3 juin 2031 à 10:00, Paul a écrit\u{a0}:"),
        ),
        (
            "Voir ci-dessous.\n-----Message d’origine-----\nDe : Paul",
            Some("-----Message d’origine-----"),
        ),
        (
            "---------- Forwarded message ---------\nFrom: Bob",
            Some("---------- Forwarded message ---------"),
        ),
        (
            "نعم\nفي ٣ يونيو ٢٠٣١ كتب:\n> تسعة قتلى",
            Some("في ٣ يونيو ٢٠٣١ كتب:"),
        ),
        ("> Nine dead.\nYes.", Some("> Nine dead.")),
        ("As the minister wrote:\nnine are dead.", None),
    ] {
        let whole = format!("From: a@b.example\nContent-Type: text/plain; charset=utf-8\n\n{body}\n");
        let found = import(&eml::FORMAT, &mail(&whole));
        assert_eq!(only(&found).text.as_str(), body);
        let message = found.diagnostics.first().map(|found| found.message.as_str());
        assert_eq!(message.is_some(), from.is_some(), "{body}");
        assert!(
            message.unwrap_or_default().contains(from.unwrap_or_default()),
            "{message:?}"
        );
    }
}

#[test]
fn a_mail_that_ends_too_early_is_told() {
    let whole = format!("From: a@b.example\n{}", of_parts("mixed", &[AS_TEXT, ATTACHED]));
    let page = of_parts("related", &[AS_PAGE, PICTURE]);
    let until = |text: &str, end: &str| text.split_once(end).unwrap().0.to_owned();
    let is_told = |format, text: &str| codes(&import(format, &mail(text))).contains(&"cut_short");
    for end in [
        "enough",
        "\n--b-mixed\nContent-Type: application",
        "%PDF",
        "--b-mixed--",
    ] {
        assert!(is_told(&eml::FORMAT, &until(&whole, end)), "{end}");
    }
    for end in ["LCB3aXRo", "iVBO", "--b-related--"] {
        let saved = format!("From: <Saved by Blink>\nMIME-Version: 1.0\n{page}");
        assert!(is_told(&mhtml::FORMAT, &until(&saved, end)), "{end}");
    }
    let coded = "From: a@b.example\nContent-Transfer-Encoding: base64\n\nV29yZHMgb2YgYSBtYWls";
    assert!(!is_told(&eml::FORMAT, coded) && is_told(&eml::FORMAT, coded.strip_suffix('s').unwrap()));
    for text in [&whole, PLAIN] {
        assert!(!is_told(&eml::FORMAT, text));
    }
    assert!(!is_told(&mhtml::FORMAT, &page));
}

#[test]
fn what_stands_behind_the_end_of_a_mail_is_told() {
    let whole = format!("From: a@b.example\n{}", of_parts("mixed", &[AS_TEXT, ATTACHED]));
    for (behind, is_told) in [
        ("Sent to the list.\n".to_owned(), false),
        (whole.repeat(10), true),
    ] {
        let found = import(&eml::FORMAT, &mail(&format!("{whole}{behind}")));
        assert_eq!(codes(&found).contains(&"behind_end"), is_told, "{behind}");
    }
}

#[test]
fn characters_are_found_out_where_a_mail_does_not_say() {
    let words = "قال الوزير إن الحكومة ستعمل على ذلك، وأضاف أن الأمر مهم.";
    for named in [
        "",
        "; charset=windows-1256",
        "; charset=unknown-8bit",
        "; charset=utf-8",
    ] {
        let whole =
            format!("From: a@b.example\nSubject: {words}\nContent-Type: text/plain{named}\n\n{words}\n");
        let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(&whole);
        let found = import(&eml::FORMAT, &bytes);
        assert_eq!(only(&found).text.as_str(), words, "{named}");
        assert_eq!(only(&found).header.title.as_deref(), Some(words), "{named}");
    }
}

#[test]
fn a_mail_without_words_is_told() {
    for whole in ["", "From: a@b.example\n\n", "From: a@b.example\n\n \n", "\n\n"] {
        let found = import(&eml::FORMAT, &mail(whole));
        assert_eq!(codes(&found), ["empty_file"], "{whole}");
    }
    let found = import(&eml::FORMAT, &mail(&of_parts("mixed", &[ATTACHED])));
    assert_eq!(codes(&found), ["attachments", "empty_file"]);
}

const MAILBOX: &str = "From - Mon Jan 01 10:00:00 2024
Subject: un
From: a@b.example

>From Paris: des mots

From x@y.example Mon Jan  1 11:00:00 2024
Subject: deux

From c@d.example Mon Jan  1 12:00:00 2024
Subject: trois

d\u{e9}j\u{e0}
";

#[test]
fn each_mail_of_a_mailbox_is_an_article() {
    let found = import(&eml::FORMAT, MAILBOX.as_bytes());
    let articles: Vec<_> = found
        .articles
        .iter()
        .map(|one| {
            let title = one.article.header.title.as_deref().unwrap();
            (title, one.article.text.as_str(), one.line)
        })
        .collect();
    assert_eq!(
        articles,
        [
            ("un", "From Paris: des mots", Some(2)),
            ("trois", "déjà", Some(11))
        ]
    );
    let said: Vec<_> = found.diagnostics.iter().map(|one| (one.code, one.line)).collect();
    assert_eq!(said, [("empty_file", Some(8))]);
}

#[test]
fn the_progress_of_a_mailbox_is_that_of_its_mails() {
    struct Progress(Vec<u64>);
    impl Sink for Progress {
        fn article(&mut self, _: Incoming) -> ControlFlow<()> {
            ControlFlow::Continue(())
        }
        fn diagnostic(&mut self, _: Diagnostic) {}
        fn progress(&mut self, bytes: u64) -> ControlFlow<()> {
            self.0.push(bytes);
            ControlFlow::Continue(())
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.mbox");
    std::fs::write(&path, MAILBOX).unwrap();
    let mut progress = Progress(Vec::new());
    assert!(read(&eml::FORMAT, &path, &ReadOptions::default(), &mut progress).is_continue());
    let whole = MAILBOX.len() as u64;
    assert!(
        progress.0.is_sorted() && progress.0[0] < whole,
        "{:?}",
        progress.0
    );
    assert_eq!(progress.0.last(), Some(&whole));
}

#[test]
fn what_is_a_mail_is_known_by_its_content() {
    let page =
        mail("From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/x\nMIME-Version: 1.0\n\n");
    for (name, bytes, id) in [
        ("a.eml", b"words".to_vec(), "eml"),
        ("a", mail(PLAIN), "eml"),
        ("a.txt", mail(PLAIN), "eml"),
        (
            "a.txt",
            b"From: Paris\nDate: today\n\nSubject: none".to_vec(),
            "text",
        ),
        (
            "a.txt",
            b"Words of\nMIME-Version: 1.0\nFrom: x\nDate: y".to_vec(),
            "text",
        ),
        ("a.mbox", b"words".to_vec(), "eml"),
        ("Inbox", MAILBOX.as_bytes().to_vec(), "eml"),
        ("a.mht", b"words".to_vec(), "mhtml"),
        ("a.txt", page.clone(), "mhtml"),
        ("a.eml", page, "eml"),
    ] {
        assert_eq!(detected(name, &bytes), id, "{name}");
    }
    assert_eq!(detected("a.eml", b"\x89PNG\r\n"), "not_text");
}

#[test]
fn a_message_with_too_many_or_too_deep_parts_is_refused() {
    let many = of_parts("mixed", &vec!["\nx"; 10_001]);
    let deep = "Content-Type: message/rfc822\n\n".repeat(100_000);
    for whole in [
        many,
        deep,
        of_parts("mixed", &[&"Content-Type: message/rfc822\n\n".repeat(50)]),
    ] {
        for format in [&eml::FORMAT, &mhtml::FORMAT] {
            let found = import(format, &mail(&whole));
            assert_eq!(codes(&found), ["too_complex"]);
            assert!(found.diagnostics[0].hint.is_some() && found.articles.is_empty());
        }
    }
}

const FILLER: &str =
    "Pendant trois mois, les navires ont attendu au large, chargés de blé, de sucre et de médicaments.";

fn saved(head: &str, parts: &[&str]) -> Vec<u8> {
    let whole = of_parts("related", parts);
    let head = format!(
        "From: <Saved by Blink>\nSubject: =?utf-8?Q?Le_port_=C3=A9t=C3=A9?=\nDate: Fri, 3 May 2024 10:00:00 -0000\nMIME-Version: 1.0\n{head}"
    );
    mail(&format!(
        "{head}{}",
        whole.replace(
            "multipart/related;",
            "multipart/related;\n type=\"text/html\"; start=\"<main@x>\";"
        )
    ))
}

#[test]
fn a_saved_page_is_its_main_page() {
    let page = |id: &str, words: &str| {
        let coded: Vec<String> =
            format!("<html><body><article><p>{FILLER}</p><p>{words}</p></article></body></html>")
                .replace('=', "=3D")
                .bytes()
                .map(|byte| {
                    if byte.is_ascii() {
                        char::from(byte).to_string()
                    } else {
                        format!("={byte:02X}")
                    }
                })
                .collect();
        let coded = coded.concat();
        let (first, second) = coded.split_at(60);
        format!(
            "Content-Type: text/html\nContent-ID: <{id}>\nContent-Transfer-Encoding: quoted-printable\nContent-Location: https://a.example/{id}\n\n{first}=\n{second}"
        )
    };
    let (frame, main) = (page("frame@x", "Frame."), page("main@x", "Été\u{a0}: oui."));
    let found = import(&mhtml::FORMAT, &saved("", &[&frame, PICTURE, &main]));
    let article = only(&found);
    assert_eq!(article.text.as_str(), format!("{FILLER}\nÉté\u{a0}: oui."));
    assert_eq!(article.header.title.as_deref(), Some("Le port été"));
    assert_eq!(
        meta(article),
        [
            ("url", "https://a.example/main@x"),
            ("saved", "2024-05-03T10:00:00Z"),
            ("file", "file.mhtml")
        ]
    );
    let found = import(
        &mhtml::FORMAT,
        &saved("Snapshot-Content-Location: https://a.example/s\n", &[&main]),
    );
    assert_eq!(only(&found).header.meta["url"], "https://a.example/s");
    let frames =
        "Content-Type: text/html\nContent-ID: <main@x>\n\n<html><frameset><frame src=a></frameset></html>";
    let found = import(&mhtml::FORMAT, &saved("", &[frames, &frame]));
    assert_eq!(only(&found).text.as_str(), format!("{FILLER}\nFrame."));
    assert_eq!(told(&found, "frame").severity, crate::formats::Severity::Warning);
    assert_eq!(
        codes(&import(&mhtml::FORMAT, &saved("", &[PICTURE]))),
        ["no_page"]
    );
    assert_eq!(codes(&import(&mhtml::FORMAT, b"")), ["empty_file"]);
}

#[test]
fn a_saved_page_is_read_in_its_own_encoding() {
    let words = "قال الوزير إن الحكومة ستعمل على ذلك، وأضاف أن الأمر مهم.";
    for (named, inner) in [
        ("; charset=\"windows-1256\"", ""),
        ("", "<meta charset=windows-1256>"),
        ("", ""),
    ] {
        let part = format!(
            "Content-Type: text/html{named}\n\n<html><head>{inner}</head><body><p>{words}</p></body></html>"
        );
        let whole = String::from_utf8(saved("", &[&part])).unwrap();
        let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(&whole);
        assert_eq!(
            only(&import(&mhtml::FORMAT, &bytes)).text.as_str(),
            words,
            "{named}{inner}"
        );
    }
}

#[test]
fn a_damaged_message_gives_an_article_or_a_finding() {
    survives_damage(&eml::FORMAT, &mail(PLAIN));
    let whole = of_parts(
        "mixed",
        &[&of_parts("alternative", &[AS_TEXT, AS_PAGE]), ATTACHED],
    );
    survives_damage(&eml::FORMAT, &mail(&format!("From: a@b.example\n{whole}")));
    survives_damage(&mhtml::FORMAT, &saved("", &[AS_PAGE, PICTURE]));
}

const LINES: &[&str] = &[
    "From: a@b.example\n",
    "Subject: =?utf-8?B?w6k=?= =?x?\n",
    "Content-Type: multipart/mixed; boundary=b\n",
    "--b\n",
    "--b--\n",
    "Content-Type: message/rfc822\n",
    "Content-Type: text/html\n",
    "Content-Type: text/plain; format=flowed; charset=x\n",
    "Content-Transfer-Encoding: base64\n",
    "Content-Transfer-Encoding: quoted-printable\n",
    "Date: 32 Foo\n",
    "\n",
    "words \n",
    "w=C3=A9=\n",
    "=",
    "d29yZHM=\n",
    "<p>x",
    "Content-Disposition: attachment; filename*0=a; filename*1*=utf-8''%ff\n",
    "\r",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_message_panics_and_none_is_lost_in_silence(picks in prop::collection::vec(0..LINES.len(), 0..40)) {
        let whole: String = picks.iter().map(|at| LINES[*at]).collect();
        for format in [&eml::FORMAT, &mhtml::FORMAT] {
            let found = import(format, whole.as_bytes());
            prop_assert!(!found.articles.is_empty() || !found.diagnostics.is_empty());
        }
    }
}
