//! The format `eml`: an e-mail is one article, and so is each mail that is attached to it, and each one of a mailbox.
//!
//! A mail's plain text is preferred to its page, of which it has often both. Attached files are named, not read.

use encoding_rs::Encoding;

use super::super::registry::{ARTICLES_ONLY, Claim, Format};
use super::super::{Diagnostic, encoding};
use super::facts::Facts;
use super::mime::{Head, Kind, Part, kind_of, message};
use super::prose::{is_blank, text_of};
use super::{Contents, Words, charset, dom, mbox, read};

pub(in crate::formats) const FORMAT: Format = Format {
    id: "eml",
    name: "E-mail",
    endings: &["eml", "mbox"],
    page: include_str!("../../../assets/help/formats/eml.md"),
    claim: |file| match kind_of(file) {
        Some(Kind::Mail) => Claim::Reads,
        _ => Claim::No,
    },
    read: Some(|path, _options, sink| {
        if mbox::is_mailbox(path) {
            mbox::read(path, sink, contents)
        } else {
            read(path, sink, contents)
        }
    }),
    ..ARTICLES_ONLY
};

fn contents(bytes: &[u8]) -> Result<Contents, Diagnostic> {
    if bytes.is_empty() {
        return Err(encoding::empty("the file is empty"));
    }
    let root = message(bytes)?;
    let mut mails = vec![&root];
    let mut contents = Contents::default();
    while let Some(mail) = mails.pop() {
        let mut body = Body::default();
        body.gather(mail, true, &mut contents.told);
        mails.extend(body.mails.iter().rev());
        contents.told.extend(attached(&body.files));
        let text = body.texts.join("\n");
        if is_blank(&text) {
            // One that only forwards others is no article itself.
            if body.mails.is_empty() {
                contents.told.push(no_words(&mail.head));
            }
            continue;
        }
        contents.told.extend(odd_date(&mail.head));
        contents.told.extend(quoted(&text));
        contents.articles.push(Words {
            text,
            facts: facts(&mail.head),
        });
    }
    root.tell_end(&mut contents.told);
    let count = contents.articles.len();
    if count > 1 {
        let message = format!("the mail holds {count} messages; each came in as an article of its own");
        contents.told.push(Diagnostic::info("several_messages", message));
    }
    Ok(contents)
}

/// What is known of a mail.
fn facts(head: &Head) -> Facts {
    Facts {
        title: head.subject.as_deref().and_then(dom::one_line),
        lang: head.language.clone(),
        source: head.organization.clone(),
        published: head.date.clone(),
        author: head.from.clone(),
        ..Facts::default()
    }
}

/// What is in a mail.
#[derive(Default)]
struct Body<'a> {
    texts: Vec<String>,
    /// Names or kinds of attached files.
    files: Vec<String>,
    mails: Vec<&'a Part>,
}

impl<'a> Body<'a> {
    /// Adds a part. Words that are a whole mail are read also where they are called an attachment.
    fn gather(&mut self, part: &'a Part, is_root: bool, told: &mut Vec<Diagnostic>) {
        let kind = part.head.kind.as_str();
        if matches!(kind, "message/rfc822" | "message/global") {
            self.mails.extend(&part.parts);
        } else if part.head.is_attachment && !is_root {
            self.files.push(name_of(part));
        } else if kind == "multipart/alternative" {
            self.gather_best(&part.parts, told);
        } else if kind == "multipart/related" {
            self.gather_main(part, told);
        } else if !part.parts.is_empty() {
            for part in &part.parts {
                self.gather(part, false, told);
            }
        } else {
            match text(part, told) {
                Ok(Some(text)) if is_blank(&text) => {}
                Ok(Some(text)) => self.texts.push(text),
                Ok(None) if kind.starts_with("multipart/") => {}
                Ok(None) => self.files.push(name_of(part)),
                // The other parts of the mail are read nevertheless.
                Err(found) => told.push(found),
            }
        }
    }

    /// Of the same words in several shapes, the plainest that has words; a plain text that only says that there is a
    /// page is none.
    fn gather_best(&mut self, parts: &'a [Part], told: &mut Vec<Diagnostic>) {
        let mut bodies = Vec::new();
        for part in parts {
            let (mut body, mut found) = (Body::default(), Vec::new());
            body.gather(part, false, &mut found);
            let letters: usize = body.texts.iter().map(|text| text.chars().count()).sum();
            let is_plain = part.head.kind == "text/plain";
            bodies.push((is_plain, letters, body, found));
        }
        let most = bodies
            .iter()
            .map(|(_, letters, ..)| *letters)
            .max()
            .unwrap_or_default();
        let is_good = |letters: usize| letters > 0 && letters * 10 >= most;
        let best = bodies
            .iter()
            .position(|(is_plain, letters, ..)| *is_plain && is_good(*letters))
            .or_else(|| bodies.iter().rposition(|(_, letters, ..)| is_good(*letters)));
        for (at, (_, _, body, found)) in bodies.into_iter().enumerate() {
            if Some(at) == best {
                self.texts.extend(body.texts);
                told.extend(found);
            }
            self.files.extend(body.files);
            self.mails.extend(body.mails);
        }
    }

    /// The page, without the pictures in it.
    fn gather_main(&mut self, related: &'a Part, told: &mut Vec<Diagnostic>) {
        let start = related.head.start.as_deref();
        let named = start.and_then(|start| {
            let mut ids = related.parts.iter().map(|part| part.head.id.as_deref());
            ids.position(|id| id == Some(start))
        });
        let main = named.unwrap_or_default();
        for (at, part) in related.parts.iter().enumerate() {
            let is_picture = part.head.kind.starts_with("image/") || part.head.kind == "text/css";
            if at == main || !is_picture {
                self.gather(part, false, told);
            }
        }
    }
}

/// The words of a part; `None` where it holds no words.
fn text(part: &Part, told: &mut Vec<Diagnostic>) -> Result<Option<String>, Diagnostic> {
    let head = &part.head;
    if part.body.iter().all(u8::is_ascii_whitespace) {
        return Ok(head.kind.starts_with("text/").then(String::new));
    }
    match head.kind.as_str() {
        "text/html" | "application/xhtml+xml" => {
            let page = charset::page(&part.body, head.charset.as_deref(), told)?;
            let page = dom::parse(&page, told)?;
            Ok(page.body().map(|body| text_of(&body, &|_| true)))
        }
        "text/plain" | "text/enriched" | "text/markdown" => {
            let said = head
                .charset
                .as_deref()
                .and_then(|name| Encoding::for_label(name.as_bytes()));
            let text = charset::text(&part.body, said, told)?;
            let text = text.replace("\r\n", "\n");
            let text = if head.is_flowed {
                joined(&text, head.is_space_deleted)
            } else {
                text
            };
            Ok(Some(text.trim_end_matches('\n').to_owned()))
        }
        _ => Ok(None),
    }
}

/// Text in which a space at the end of a line says that the paragraph goes on: RFC 3676. Quoted lines only go on in
/// lines that are quoted as deep.
fn joined(text: &str, is_space_deleted: bool) -> String {
    let mut lines: Vec<String> = Vec::new();
    // How deep the last line is quoted, where it goes on.
    let mut goes_on = None;
    for line in text.split('\n') {
        let words = line.trim_start_matches('>');
        let depth = line.len() - words.len();
        let words = words.strip_prefix(' ').unwrap_or(words);
        let is_signature = words == "-- ";
        match lines.last_mut() {
            Some(last) if goes_on == Some(depth) && !is_signature => last.push_str(words),
            _ => {
                let marks = ">".repeat(depth);
                let space = if depth > 0 { " " } else { "" };
                lines.push(format!("{marks}{space}{words}"));
            }
        }
        goes_on = (words.ends_with(' ') && !is_signature).then_some(depth);
        if is_space_deleted
            && goes_on.is_some()
            && let Some(last) = lines.last_mut()
        {
            last.pop();
        }
    }
    lines.join("\n")
}

fn name_of(part: &Part) -> String {
    part.head.name.clone().unwrap_or_else(|| part.head.kind.clone())
}

fn attached(files: &[String]) -> Option<Diagnostic> {
    const MOST_NAMED: usize = 10;
    if files.is_empty() {
        return None;
    }
    let mut names: Vec<String> = files.iter().take(MOST_NAMED).cloned().collect();
    if files.len() > MOST_NAMED {
        names.push(format!("{} more", files.len() - MOST_NAMED));
    }
    let message = format!("what is attached to the mail was not read: {}", names.join(", "));
    Some(Diagnostic::info("attachments", message).with_hint("save the files from the mail and import them"))
}

fn odd_date(head: &Head) -> Option<Diagnostic> {
    let date = head.date.as_deref().filter(|_| head.is_date_odd)?;
    let message = format!("the date of the mail is not clear, and was kept as it stands: “{date}”");
    Some(Diagnostic::warning("unclear_date", message).with_hint("set the date of the article as YYYY-MM-DD"))
}

/// Tells that earlier mails stand in the words of a mail, as they do in answers and in what was forwarded.
fn quoted(text: &str) -> Option<Diagnostic> {
    const LONGEST_LINE: usize = 160;
    const BEFORE: &[&str] = &[
        "-----original message",
        "---------- forwarded message",
        "begin forwarded message",
        "-----message d'origine",
        "-----message original",
        "---------- message transféré",
        "---------- forwarded by",
        "début du message réexpédié",
        "début du message transféré",
        "-----mensaje original",
        "---------- mensaje reenviado",
        "---------- الرسالة المحولة",
        "---------- رسالة معاد توجيهها",
        "-----הודעה מקורית",
        "---------- הודעה שהועברה",
    ];
    const WROTE: &[&str] = &[
        "wrote:",
        "a écrit :",
        "a écrit:",
        "escribió:",
        "كتب:",
        "كتبت:",
        "כתב:",
        "כתבה:",
    ];
    let is_start = |line: &&str| {
        let line = line
            .trim_start_matches(['>', ' '])
            .replace(['\u{a0}', '\u{202f}'], " ")
            .replace('’', "'")
            .to_lowercase();
        BEFORE.iter().any(|start| line.starts_with(start))
            || line.chars().count() <= LONGEST_LINE
                && WROTE.iter().any(|end| line.trim_end().ends_with(end))
                && line.contains(|c: char| c.is_numeric())
    };
    let start = text
        .lines()
        .find(is_start)
        .or_else(|| text.lines().find(|line| line.starts_with('>')))?;
    let start: String = start.trim().chars().take(LONGEST_LINE).collect();
    let message =
        format!("earlier mails stand in the words of the mail, from “{start}” on; they came in with it");
    Some(Diagnostic::info("quoted_mail", message))
}

fn no_words(head: &Head) -> Diagnostic {
    let subject = head.subject.as_deref().unwrap_or_default();
    Diagnostic::error("empty_file", format!("the mail “{subject}” holds no words"))
        .with_hint("an article needs words; nothing was imported from it")
}
