//! Mailboxes: mails one behind the other in a file, each behind a line that begins with `From `. Mail programs export and
//! keep folders so, some of them under names without an ending.
//!
//! One mail is in memory at a time. What is in a mail is for `eml` to say.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::ops::ControlFlow;
use std::path::Path;

use super::super::{MOST_BYTES, Sink, cannot_read, too_large};
use super::{Contents, Diagnostic, hand_over};

/// Whether a file begins with the line that stands before a mail, and with a header behind it.
pub(super) fn begins_as_mailbox(head: &[u8]) -> bool {
    let mut lines = head.split_inclusive(|byte| *byte == b'\n');
    let (first, second) = (lines.next().unwrap_or_default(), lines.next());
    begins_mail(first) && second.is_some_and(is_header)
}

/// Whether a line is one that stands before a mail: it names the sender and a time of day.
fn begins_mail(line: &[u8]) -> bool {
    let is_time = |part: &[u8]| {
        part.get(2) == Some(&b':')
            && part
                .get(..2)
                .is_some_and(|hour| hour.iter().all(u8::is_ascii_digit))
    };
    line.strip_prefix(b"From ").is_some_and(|rest| {
        let mut parts = rest.split(|byte| byte.is_ascii_whitespace());
        parts.any(is_time)
    })
}

fn is_header(line: &[u8]) -> bool {
    let mut parts = line.splitn(2, |byte| *byte == b':');
    let name = parts.next().unwrap_or_default();
    let is_name = !name.is_empty()
        && name
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'-');
    // A mailbox that is kept twice has such a line before the headers as well.
    (is_name && parts.next().is_some()) || line.starts_with(b">From ")
}

/// Whether a file is a mailbox.
pub(super) fn is_mailbox(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| {
        let mut reader = BufReader::new(file);
        head.extend_from_slice(reader.fill_buf()?);
        Ok(())
    });
    read.is_ok() && begins_as_mailbox(&head)
}

/// Reads a mailbox mail by mail.
pub(super) fn read(
    path: &Path,
    sink: &mut dyn Sink,
    contents: impl Fn(&[u8]) -> Result<Contents, Diagnostic>,
) -> ControlFlow<()> {
    let mut mails = match File::open(path).and_then(|file| Mails::new(BufReader::new(file), MOST_BYTES)) {
        Ok(mails) => mails,
        Err(error) => {
            sink.diagnostic(cannot_read(path, &error));
            return ControlFlow::Continue(());
        }
    };
    loop {
        let mail = match mails.next() {
            Ok(None) => return sink.progress(mails.bytes),
            Ok(Some(mail)) => mail,
            Err(error) => {
                sink.diagnostic(cannot_read(path, &error));
                return ControlFlow::Continue(());
            }
        };
        let read = if mail.is_cut {
            Err(too_large("the mail"))
        } else {
            contents(&mail.bytes)
        };
        match read {
            Ok(contents) => hand_over(path, contents, Some(mail.line), sink)?,
            Err(found) => sink.diagnostic(found.in_file(path).at_line(mail.line)),
        }
        sink.progress(mails.bytes)?;
    }
}

/// A mail of a mailbox.
struct Mail {
    bytes: Vec<u8>,
    /// Whether it has more bytes than are kept.
    is_cut: bool,
    /// The line of its first header, from 1.
    line: u64,
}

impl Mail {
    fn add(&mut self, line: &[u8], most: usize) {
        self.is_cut |= self.bytes.len() + line.len() > most;
        if !self.is_cut {
            self.bytes.extend_from_slice(unmarked(line));
        }
    }
}

/// The mails of a mailbox one by one.
struct Mails<R> {
    reader: R,
    /// Bytes that a mail may have.
    most: usize,
    /// The line that comes next; empty at the end.
    ahead: Vec<u8>,
    /// Its number, from 1.
    line: u64,
    /// Bytes read so far.
    bytes: u64,
}

impl<R: BufRead> Mails<R> {
    fn new(reader: R, most: usize) -> io::Result<Self> {
        let mut mails = Self {
            reader,
            most,
            ahead: Vec::new(),
            line: 0,
            bytes: 0,
        };
        // The second is the line before the first mail.
        mails.take()?;
        mails.take()?;
        Ok(mails)
    }

    /// Takes the line that comes next, which is empty at the end; of one that is longer than a mail may be, only the
    /// beginning.
    fn take(&mut self) -> io::Result<Vec<u8>> {
        let mut next = Vec::new();
        loop {
            let buffer = self.reader.fill_buf()?;
            let end = memchr::memchr(b'\n', buffer).map(|at| at + 1);
            let length = end.unwrap_or(buffer.len());
            let room = (self.most + 1).saturating_sub(next.len()).min(length);
            next.extend_from_slice(buffer.get(..room).unwrap_or_default());
            self.reader.consume(length);
            self.bytes += length as u64;
            if end.is_some() || length == 0 {
                break;
            }
        }
        self.line += 1;
        Ok(std::mem::replace(&mut self.ahead, next))
    }

    /// The next mail without the line before it.
    fn next(&mut self) -> io::Result<Option<Mail>> {
        if self.ahead.is_empty() {
            return Ok(None);
        }
        let mut mail = Mail {
            bytes: Vec::new(),
            is_cut: false,
            line: self.line,
        };
        let mut is_behind_blank = false;
        while !self.ahead.is_empty() {
            let line = self.take()?;
            if is_behind_blank && begins_mail(&line) && is_header(&self.ahead) {
                break;
            }
            is_behind_blank = matches!(line.as_slice(), b"\n" | b"\r\n");
            mail.add(&line, self.most);
        }
        // A mailbox puts an empty line behind each mail.
        if is_behind_blank && mail.bytes.pop().is_some() && mail.bytes.last() == Some(&b'\r') {
            mail.bytes.pop();
        }
        Ok(Some(mail))
    }
}

/// A line of a mail without the mark that keeps it from being taken for the beginning of a mail.
fn unmarked(line: &[u8]) -> &[u8] {
    let marks = line.iter().take_while(|byte| **byte == b'>').count();
    let behind = line.get(marks..).unwrap_or_default();
    if marks > 0 && behind.starts_with(b"From ") {
        line.get(1..).unwrap_or_default()
    } else {
        line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mails(content: &str, most: usize) -> Vec<(u64, String, bool)> {
        let mut mails = Mails::new(content.as_bytes(), most).unwrap();
        let mut all = Vec::new();
        while let Some(mail) = mails.next().unwrap() {
            all.push((mail.line, String::from_utf8(mail.bytes).unwrap(), mail.is_cut));
        }
        assert_eq!(mails.bytes, content.len() as u64);
        all
    }

    #[test]
    fn a_mailbox_is_cut_where_a_mail_begins() {
        let one = "From - Mon Jan 01 10:00:00 2024\nSubject: a\n\nwords\n\nFrom 10:30 on\n\n>From here\n>>From there\n> x\n\n";
        let two = "From a@b.example Mon Jan  1 10:00:00 2024\r\nSubject: b\r\n\r\nmots\r\n\r\n";
        let three = "From MAILER-DAEMON Mon Jan  1 10:00:00 2024\nSubject: c\n\nFrom x 10:00\nX: y";
        assert_eq!(
            mails(&format!("{one}{two}{three}"), 1000),
            [
                (
                    2,
                    "Subject: a\n\nwords\n\nFrom 10:30 on\n\nFrom here\n>From there\n> x\n".to_owned(),
                    false
                ),
                (13, "Subject: b\r\n\r\nmots\r\n".to_owned(), false),
                (18, "Subject: c\n".to_owned(), false),
                (21, "X: y".to_owned(), false),
            ]
        );
        let cut = mails(&format!("{one}{two}"), 40);
        assert_eq!(
            cut.iter().map(|(.., is_cut)| *is_cut).collect::<Vec<_>>(),
            [true, false]
        );
        assert_eq!(mails("", 10), []);
        assert_eq!(mails("From a 10:00\n", 10), []);
    }

    #[test]
    fn a_mailbox_is_known_by_its_first_two_lines() {
        for (head, is) in [
            ("From - Mon Jan 01 10:00:00 2024\nX-Mozilla-Status: 0001\n", true),
            ("From a@b.example Mon Jan  1 10:00:00 2024\r\nReceived: x", true),
            ("From Paris at 10:00 the news\nThe minister said: no\n", false),
            ("From Paris\nSubject: a\n", false),
            ("From: a@b.example\nSubject: 10:00\n", false),
            ("From - Mon Jan 01 10:00:00 2024\n", false),
        ] {
            assert_eq!(begins_as_mailbox(head.as_bytes()), is, "{head}");
        }
    }
}
