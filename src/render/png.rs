//! The drawing as pixels, for places that show no SVG.
//!
//! Draws the very SVG that `svg` writes. Text is set in the font that comes with the program, so
//! that the same input gives the same picture everywhere; fonts of the machine are read only for
//! letters which that font has not, Korean ones say. A letter that no font has is told, and a
//! picture over the bound on pixels is made smaller and that is told, too.

use super::Job;
use super::figure::Figure;
use super::options::Options;
use super::options::Theme;
use super::svg::drawing;
use crate::diag::Code;
use crate::diag::Diagnostic;
use resvg::tiny_skia::Pixmap;
use resvg::tiny_skia::Transform;
use resvg::usvg;
use resvg::usvg::FontResolver;
use resvg::usvg::fontdb::Database;
use resvg::usvg::fontdb::Family;
use resvg::usvg::fontdb::Query;
use resvg::usvg::fontdb::Weight;
use std::collections::BTreeSet;
use std::io;
use std::io::Write;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

/// Pixels for each unit of the drawing, in hundredths, where nobody asks for another number: sharp
/// on today's screens.
const SCALE: u32 = 200;

/// Most pixels where nobody asks for another number, in millions; four bytes each while drawing.
const PIXELS: u32 = 50;

/// How many fonts come with the program.
const OURS: usize = 2;

/// Most letters without a font that are told one by one.
const TOLD: usize = 12;

/// Writes the piece of graph as PNG.
pub(super) fn write_png(job: &Job<'_>, out: &mut dyn Write) -> io::Result<()> {
    let options = on_paper(job.options);
    let job = &Job {
        options: &options,
        ..*job
    };
    let svg = drawing(job, &Figure::new(job), "");
    let (svg, fonts) = with_letters(job, svg)?;
    let tree = usvg::Tree::from_str(&svg, &reading(fonts, &Mutex::default()));
    let tree = tree.map_err(io::Error::other)?;
    let (width, height, scale) = size(job, tree.size());
    let mut pixels = Pixmap::new(width, height)
        .ok_or_else(|| io::Error::other("a picture of this size cannot be held"))?;
    resvg::render(
        &tree,
        Transform::from_scale(scale, scale),
        &mut pixels.as_mut(),
    );
    out.write_all(&pixels.encode_png().map_err(io::Error::other)?)
}

/// Chooses a paper; pixels cannot follow the reader's.
fn on_paper<'a>(options: &Options<'a>) -> Options<'a> {
    let mut options = options.clone();
    if options.picture.theme == Theme::Auto {
        options.picture.theme = Theme::Light;
    }
    options
}

/// Gives width and height in pixels and the scale, within the bound.
fn size(job: &Job<'_>, drawing: usvg::Size) -> (u32, u32, f32) {
    let options = &job.options.picture;
    let asked = options.scale.unwrap_or(SCALE).max(1) as f32 / 100.0;
    let most = options.pixels.unwrap_or(PIXELS).max(1);
    let (width, height) = (drawing.width(), drawing.height());
    let bound = (most as f32 * 1e6 / (width * height)).sqrt();
    let scale = asked.min(bound);
    let side = |length: f32| ((length * scale).floor() as u32).max(1);
    if bound < asked {
        note_smaller(job, scale / asked, most);
    }
    (side(width), side(height), scale)
}

fn note_smaller(job: &Job<'_>, share: f32, most: u32) {
    let message = format!(
        "the picture was made smaller, to {:.0} % of its size, to have no more than {most} million pixels",
        share * 100.0
    );
    let note = Diagnostic::note(&Code::SMALLER_PICTURE, message);
    job.note(note.help("`--max-pixels` sets the bound; `svg` and `html` have none; `--depth` and `--gather` draw less"));
}

fn note_missing(job: &Job<'_>, missing: &BTreeSet<char>) {
    if missing.is_empty() {
        return;
    }
    let told: String = missing.iter().take(TOLD).collect();
    let more = match missing.len().saturating_sub(TOLD) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = format!("no font here has the letters `{told}`{more}; a mark stands for each");
    let note = Diagnostic::note(&Code::MISSING_GLYPH, message);
    job.note(note.help(
        "install a font that has them, or draw `svg`, which leaves fonts to whoever looks at it",
    ));
}

/// Finds a font for every letter of a drawing; a letter without one becomes the mark for it. One
/// letter without a font would else take those behind it along.
fn with_letters(job: &Job<'_>, svg: String) -> io::Result<(String, Arc<Database>)> {
    let unusual = |c: &char| !c.is_ascii() && !c.is_whitespace();
    let letters: BTreeSet<char> = svg.chars().filter(unusual).collect();
    let missing = Mutex::default();
    let texts = letters.iter().map(|c| format!("<text>{c}</text>"));
    let sample = format!("{SAMPLE}{}</svg>", texts.collect::<String>());
    let sample = usvg::Tree::from_str(&sample, &reading(our_fonts(), &missing));
    let fonts = Arc::clone(sample.map_err(io::Error::other)?.fontdb());
    let missing = missing.into_inner().unwrap_or_else(PoisonError::into_inner);
    note_missing(job, &missing);
    let marked = |c| match missing.contains(&c) {
        true => char::REPLACEMENT_CHARACTER,
        false => c,
    };
    match missing.is_empty() {
        true => Ok((svg, fonts)),
        false => Ok((svg.chars().map(marked).collect(), fonts)),
    }
}

const SAMPLE: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\">";

fn our_fonts() -> Arc<Database> {
    let mut fonts = Database::new();
    fonts.load_font_data(notosans::REGULAR_TTF.to_vec());
    fonts.load_font_data(notosans::BOLD_TTF.to_vec());
    Arc::new(fonts)
}

/// Says how a drawing is read: with fonts at hand, and without a look at files or networks.
fn reading(fonts: Arc<Database>, missing: &Mutex<BTreeSet<char>>) -> usvg::Options<'_> {
    let mut options = usvg::Options {
        fontdb: fonts,
        font_resolver: resolver(missing),
        ..usvg::Options::default()
    };
    options.image_href_resolver.resolve_string = Box::new(|_, _| None);
    options
}

fn resolver(missing: &Mutex<BTreeSet<char>>) -> FontResolver<'_> {
    let rest = FontResolver::default_fallback_selector();
    FontResolver {
        select_font: Box::new(|font, fonts| {
            fonts.query(&Query {
                families: &[Family::Name("Noto Sans")],
                weight: Weight(font.weight()),
                ..Query::default()
            })
        }),
        select_fallback: Box::new(move |letter, tried, fonts| {
            if fonts.len() == OURS {
                Arc::make_mut(fonts).load_system_fonts();
            }
            let found = rest(letter, tried, fonts);
            if found.is_none() && !letter.is_whitespace() {
                let mut missing = missing.lock().unwrap_or_else(PoisonError::into_inner);
                missing.insert(letter);
            }
            found
        }),
    }
}
