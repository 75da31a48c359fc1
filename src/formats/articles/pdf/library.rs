//! The words and properties of a PDF document, read by a library: glyphs by their places, in the order in which the
//! document draws them. What the library cannot tell is counted, never guessed.
//!
//! The library is meant for drawing and reads whatever it is given, so it runs on a thread of its own: a fault in it ends
//! that thread, and a page that takes too long is given up.

use std::panic::resume_unwind;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::thread;
use std::time::Duration;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::metadata::Metadata;
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, TransformExt, interpret_page,
};

use super::super::super::guarded::caught;
use super::lines::{self, Gap, Lines};
use super::place::{Place, is_indented};

/// How long one page may take.
const LONGEST: Duration = Duration::from_mins(1);
/// The stack of the thread: documents may lie in themselves many times.
const STACK: usize = 64 << 20;
/// Signs and shapes that one page may have; a page of small print has ten thousand.
const MOST_DRAWN: usize = 2_000_000;

/// Which pages are wanted, from 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    All,
    These(Vec<usize>),
}

/// Why a document cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// It asks for a password.
    Password,
    /// It is encrypted in a way that the library does not know.
    Encryption,
    Damaged,
    /// A page has more than a page has, or takes too long.
    TooMuch,
}

/// What a page consists of.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    /// Its number, from 0.
    pub number: usize,
    pub lines: Lines,
    /// Which part of the page pictures cover, at most 1.
    pub pictures: f64,
    /// Lines and shapes.
    pub shapes: usize,
    /// Signs whose letter is not known.
    pub unknown: usize,
    /// Letters that stand turned or one below the other; they are not in the lines.
    pub turned: usize,
    /// Whether the order of the words is doubtful.
    pub is_jumbled: bool,
}

/// What comes from the thread, in this order.
enum Report {
    Opened(usize, Box<Metadata>),
    Sheet(Box<Sheet>),
    Trouble(Trouble),
}

/// A document that is being read.
pub(super) struct Reading {
    reports: Receiver<Report>,
    /// How many pages it has.
    pub pages: usize,
    pub metadata: Box<Metadata>,
}

impl Reading {
    /// Opens a document.
    pub fn open(bytes: Vec<u8>, wanted: Wanted) -> Result<Self, Trouble> {
        let (sender, reports) = sync_channel(1);
        let work = move || work(bytes, &wanted, &sender);
        let started = thread::Builder::new()
            .name("pdf".to_owned())
            .stack_size(STACK)
            .spawn(work);
        if started.is_err() {
            return Err(Trouble::TooMuch);
        }
        match next(&reports)? {
            Some(Report::Opened(pages, metadata)) => Ok(Self {
                reports,
                pages,
                metadata,
            }),
            Some(Report::Trouble(trouble)) => Err(trouble),
            _ => Err(Trouble::Damaged),
        }
    }

    /// The next page that is wanted; `None` at the end.
    pub fn sheet(&self) -> Result<Option<Sheet>, Trouble> {
        match next(&self.reports)? {
            Some(Report::Sheet(sheet)) => Ok(Some(*sheet)),
            Some(Report::Trouble(trouble)) => Err(trouble),
            _ => Ok(None),
        }
    }
}

fn next(reports: &Receiver<Report>) -> Result<Option<Report>, Trouble> {
    match reports.recv_timeout(LONGEST) {
        Ok(report) => Ok(Some(report)),
        Err(RecvTimeoutError::Timeout) => Err(Trouble::TooMuch),
        Err(RecvTimeoutError::Disconnected) => Ok(None),
    }
}

/// That a page has more than it may have; it unwinds out of the library.
struct TooMuch;

fn work(bytes: Vec<u8>, wanted: &Wanted, sender: &SyncSender<Report>) {
    // The document is not used after a panic, so no broken state of it can be seen.
    let done = caught(|| read(bytes, wanted, sender));
    let trouble = match done {
        Ok(Ok(())) => return,
        Ok(Err(trouble)) => trouble,
        Err(payload) if payload.is::<TooMuch>() => Trouble::TooMuch,
        Err(_) => Trouble::Damaged,
    };
    // Nobody listens any more where the reading was given up.
    drop(sender.send(Report::Trouble(trouble)));
}

fn read(bytes: Vec<u8>, wanted: &Wanted, sender: &SyncSender<Report>) -> Result<(), Trouble> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => Trouble::Password,
        LoadPdfError::Decryption(_) => Trouble::Encryption,
        LoadPdfError::Invalid => Trouble::Damaged,
    })?;
    let pages = pdf.pages();
    let opened = Report::Opened(pages.len(), Box::new(pdf.metadata().clone()));
    if sender.send(opened).is_err() {
        return Ok(());
    }
    let cache = InterpreterCache::new();
    for (number, page) in pages.iter().enumerate() {
        if let Wanted::These(numbers) = wanted
            && !numbers.contains(&number)
        {
            continue;
        }
        let sheet = sheet(number, page, &pdf, &cache);
        if sender.send(Report::Sheet(Box::new(sheet))).is_err() {
            return Ok(());
        }
    }
    Ok(())
}

fn sheet<'a>(number: usize, page: &Page<'a>, pdf: &'a Pdf, cache: &InterpreterCache<'a>) -> Sheet {
    let (width, height) = page.render_dimensions();
    let mut context = Context::new(
        page.initial_transform(true).to_kurbo(),
        Rect::new(0.0, 0.0, f64::from(width), f64::from(height)),
        cache,
        pdf.xref(),
        InterpreterSettings::default(),
    );
    let mut drawn = Drawn {
        area: f64::from(width) * f64::from(height),
        sheet: Sheet {
            number,
            ..Sheet::default()
        },
        ..Drawn::default()
    };
    interpret_page(page, &mut context, &mut drawn);
    drawn.finish()
}

/// A sign with its place on the page, whose y grows downwards.
#[derive(Clone, Debug)]
struct Sign {
    text: String,
    place: Place,
}

/// A line while signs are added to it.
#[derive(Clone, Debug, Default)]
struct Line {
    text: String,
    place: Place,
    /// Gaps in it that are wider than those between words.
    gaps: usize,
}

/// What the library draws on a page.
#[derive(Default)]
struct Drawn {
    area: f64,
    sheet: Sheet,
    lines: Vec<Line>,
    /// The last signs, newest last: bold letters are often drawn twice.
    recent: Vec<Sign>,
    count: usize,
}

impl Drawn {
    fn count(&mut self) {
        self.count += 1;
        if self.count > MOST_DRAWN {
            // The library cannot be told to stop. This is no fault, so no hook need hear of it.
            resume_unwind(Box::new(TooMuch));
        }
    }

    fn sign(&mut self, glyph: &Glyph<'_>, place: Affine) {
        const RECENT: usize = 128;
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => "\u{fffd}".to_owned(),
        };
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width(),
            Glyph::Type3(drawn) => drawn.advance_width(),
        };
        let origin = place * Point::ZERO;
        let along = place * Point::new(1000.0, 0.0) - origin;
        let up = place * Point::new(0.0, 1000.0) - origin;
        let size = up.hypot();
        if !(origin.x.is_finite() && origin.y.is_finite() && size.is_finite() && size > 0.0) {
            return;
        }
        if along.x <= 0.0 || along.y.abs() > along.x.abs() * 0.2 {
            self.sheet.turned += text.chars().filter(|c| c.is_alphanumeric()).count();
            return;
        }
        let end = place * Point::new(f64::from(advance.unwrap_or(500.0)), 0.0);
        let place = Place {
            start: origin.x,
            end: end.x.max(origin.x),
            baseline: origin.y,
            size,
        };
        let near = |a: f64, b: f64| (a - b).abs() < size * 0.12;
        let is_again = |old: &Sign| {
            old.text == text && near(old.place.start, place.start) && near(old.place.baseline, place.baseline)
        };
        if !text.trim().is_empty() && self.recent.iter().any(is_again) {
            return;
        }
        let sign = Sign { text, place };
        if self.recent.len() == RECENT {
            self.recent.drain(..RECENT / 2);
        }
        self.recent.push(sign.clone());
        let is_unknown = |c: &char| super::is_unknown(*c) && !c.is_whitespace();
        self.sheet.unknown += sign.text.chars().filter(is_unknown).count();
        self.add(&sign);
    }

    fn add(&mut self, sign: &Sign) {
        let (place, words) = (&sign.place, sign.text.as_str());
        if let Some(line) = self.lines.last_mut() {
            let size = line.place.size;
            let is_in_row = (place.baseline - line.place.baseline).abs() < size.max(place.size) * 0.45;
            let gap = place.start - line.place.end;
            if is_in_row && gap > -0.5 * size {
                let is_spaced =
                    line.text.ends_with(char::is_whitespace) || words.starts_with(char::is_whitespace);
                if gap > 2.5 * size {
                    line.gaps += 1;
                    line.text.push('\t');
                } else if gap > 0.15 * size.min(place.size) && !is_spaced {
                    line.text.push(' ');
                }
                line.text.push_str(words);
                line.place.end = line.place.end.max(place.end);
                line.place.size = size.max(place.size);
                return;
            }
        }
        if words.trim_matches([' ', '\t']).is_empty() {
            return;
        }
        self.lines.push(Line {
            text: words.to_owned(),
            place: *place,
            gaps: 0,
        });
    }

    fn finish(mut self) -> Sheet {
        let leading = self.leading();
        // In the same row, but drawn before what stands to the left of it.
        let is_before =
            |a: &Place, b: &Place| b.end < a.start && (a.baseline - b.baseline).abs() < a.size * 0.45;
        let pairs = self.lines.iter().zip(self.lines.iter().skip(1));
        let rows = pairs.filter(|(a, b)| is_before(&a.place, &b.place)).count();
        let wide = self.lines.iter().filter(|line| line.gaps > 0).count();
        self.sheet.is_jumbled = rows > 3 || wide >= 5 && wide * 10 > self.lines.len() * 3;
        let places: Vec<Place> = self.lines.iter().map(|line| line.place).collect();
        for (at, line) in self.lines.iter().enumerate() {
            let text = line
                .text
                .trim_matches([' ', '\t', '\r', '\n'])
                .replace(['\r', '\n'], " ");
            let above = at.checked_sub(1).and_then(|at| places.get(at));
            // What the library reads goes from left to right.
            let indent = if is_indented(&places, at, false) {
                Gap::Indent
            } else {
                Gap::None
            };
            self.sheet.lines.push(lines::Line {
                text,
                gap: above
                    .map_or(Gap::None, |above| gap(above, &line.place, leading))
                    .max(indent),
                place: Some(line.place),
            });
        }
        self.sheet
    }

    /// How far apart the lines of a paragraph usually are.
    fn leading(&self) -> f64 {
        let steps = self.lines.windows(2).filter_map(|pair| match pair {
            [a, b] => {
                let (step, size) = (b.place.baseline - a.place.baseline, a.place.size);
                Some(step).filter(|step| *step > size * 0.8 && *step < size * 3.0)
            }
            _ => None,
        });
        let mut steps: Vec<f64> = steps.collect();
        steps.sort_by(f64::total_cmp);
        steps.get(steps.len() / 2).copied().unwrap_or(f64::INFINITY)
    }
}

/// What lies between a line and the one above it, where lines are usually that far apart.
fn gap(above: &Place, line: &Place, leading: f64) -> Gap {
    let step = line.baseline - above.baseline;
    if step > above.size.min(line.size) * 0.6 && (line.size - above.size).abs() > above.size * 0.15 {
        Gap::Break
    } else if step > leading * 1.3 {
        Gap::Wide
    } else {
        Gap::None
    }
}

impl<'a> Device<'a> for Drawn {
    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.count();
        self.sheet.shapes += 1;
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.count();
    }

    fn push_clip_rect(&mut self, _: &Rect) {
        self.count();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.count();
    }

    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        let is_vertical = run.writing_mode() != hayro_interpret::hayro_cmap::WritingMode::Horizontal;
        for glyph in run.glyphs() {
            self.count();
            if is_vertical {
                self.sheet.turned += 1;
            } else {
                self.sign(glyph, props.transform * glyph.transform());
            }
        }
    }

    fn draw_image(&mut self, image: Image<'a, '_>, props: ImageDrawProps<'a>) {
        self.count();
        let area = props.transform.determinant().abs() * f64::from(image.width()) * f64::from(image.height());
        if self.area > 0.0 && area.is_finite() {
            self.sheet.pictures = (self.sheet.pictures + area / self.area).min(1.0);
        }
    }

    fn draw_rect(&mut self, _: &Rect, _: DrawProps<'a>, _: &DrawMode) {
        self.count();
        self.sheet.shapes += 1;
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
