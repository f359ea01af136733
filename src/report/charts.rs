//! Plots as SVG.

use faqt::render::sanitise;
use plotters::coord::Shift;
use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;

/// The colours of what became of questions, as the style sheet has them.
pub(super) const RIGHT: RGBColor = RGBColor(0x2a, 0x8c, 0x5f);
pub(super) const WRONG: RGBColor = RGBColor(0xc8, 0x44, 0x3c);
pub(super) const UNSURE: RGBColor = RGBColor(0xb9, 0x8a, 0x12);
pub(super) const REFUSED: RGBColor = RGBColor(0x7d, 0x88, 0x94);

/// The width of a plot in pixels, before it is fitted to the page.
const WIDTH: u32 = 900;
/// The height of a plot with 2 axes.
const HEIGHT: u32 = 360;
/// The height of a bar with the space below it.
const BAR: i32 = 30;
/// The width of the names beside bars, and of the numbers behind them.
const NAMES: i32 = 300;
const NUMBERS: i32 = 80;
/// The height of letters.
const LETTER: i32 = 17;
/// The most characters of a name beside a bar.
const NAME_MAX: usize = 34;

type Drawn<T> = Result<T, DrawingAreaErrorKind<std::io::Error>>;
type Shares<'a, 'b> = ChartContext<'b, SVGBackend<'a>, Cartesian2d<RangedCoordf64, RangedCoordf64>>;
type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;

/// A bar of parts, each with its colour, and the number behind it.
pub(super) struct Bar {
    pub(super) name: String,
    pub(super) parts: Vec<(f64, RGBColor)>,
    pub(super) number: String,
}

/// A line through points from 0 to 1.
pub(super) struct Line {
    pub(super) points: Vec<(f64, f64)>,
    pub(super) colour: RGBColor,
}

/// Draws bars below each other, the longest as wide as there is space.
pub(super) fn bars(bars: &[Bar]) -> String {
    let height = u32::try_from(bars.len()).unwrap_or(u32::MAX).saturating_mul(BAR.unsigned_abs());
    let longest = bars.iter().map(Bar::length).fold(f64::MIN_POSITIVE, f64::max);
    let scale = f64::from(WIDTH.cast_signed() - NAMES - NUMBERS) / longest;
    drawn(height, |area| {
        for (bar, top) in bars.iter().zip((0..).step_by(BAR.unsigned_abs() as usize)) {
            bar.draw(&area, top, scale)?;
        }
        Ok(())
    })
}

impl Bar {
    fn length(&self) -> f64 {
        self.parts.iter().map(|(length, _)| length).sum()
    }

    fn draw(&self, area: &Area<'_>, top: i32, scale: f64) -> Drawn<()> {
        let style = ("sans-serif", LETTER).into_font().color(&BLACK);
        area.draw(&Text::new(short(&self.name), (0, top + 6), style.clone()))?;
        let mut done = 0.0;
        let at = |length: f64| NAMES + pixels(length * scale);
        for (length, colour) in &self.parts {
            let corners = [(at(done), top + 2), (at(done + length), top + BAR - 6)];
            area.draw(&Rectangle::new(corners, colour.filled()))?;
            done += length;
        }
        area.draw(&Text::new(self.number.clone(), (at(done) + 8, top + 6), style))
    }
}

/// Draws lines over shares, with a dashed line down at `mark`.
pub(super) fn lines(lines: &[Line], axes: [&str; 2], mark: f64) -> String {
    drawn(HEIGHT, |area| {
        let mut chart = shares(&area, axes)?;
        let dashes = (0..20).map(|step| f64::from(step) / 20.0);
        for from in dashes {
            let dash = [(mark, from), (mark, from + 0.025)];
            chart.draw_series(LineSeries::new(dash, BLACK.mix(0.6)))?;
        }
        for Line { points, colour } in lines {
            chart.draw_series(LineSeries::new(points.iter().copied(), colour.stroke_width(3)))?;
            let dot = |point: &(f64, f64)| Circle::new(*point, 4, colour.filled());
            chart.draw_series(points.iter().map(dot))?;
        }
        Ok(())
    })
}

/// Draws points beside the diagonal on which they would stand, each as large as its share of all.
pub(super) fn calibration(points: &[(f64, f64, f64)], axes: [&str; 2]) -> String {
    drawn(HEIGHT, |area| {
        let mut chart = shares(&area, axes)?;
        chart.draw_series(LineSeries::new([(0.0, 0.0), (1.0, 1.0)], BLACK.mix(0.6)))?;
        let through = points.iter().map(|(x, y, _)| (*x, *y));
        chart.draw_series(LineSeries::new(through, RIGHT.stroke_width(2)))?;
        let dot = |&(x, y, share): &(f64, f64, f64)| {
            Circle::new((x, y), pixels(4.0 + 20.0 * share.sqrt()), RIGHT.mix(0.75).filled())
        };
        chart.draw_series(points.iter().map(dot))?;
        Ok(())
    })
}

/// Draws 2 axes of shares, named so.
fn shares<'a, 'b>(area: &'b Area<'a>, [x, y]: [&str; 2]) -> Drawn<Shares<'a, 'b>> {
    let mut chart = ChartBuilder::on(area)
        .margin(16)
        .x_label_area_size(56)
        .y_label_area_size(64)
        .build_cartesian_2d(0.0..1.0, 0.0..1.0)?;
    let mut mesh = chart.configure_mesh();
    mesh.light_line_style(TRANSPARENT).x_desc(x).y_desc(y);
    mesh.label_style(("sans-serif", LETTER)).axis_desc_style(("sans-serif", LETTER)).draw()?;
    Ok(chart)
}

/// Returns what `draw` draws on an empty area. Writing into a text does not fail.
fn drawn(height: u32, draw: impl FnOnce(Area<'_>) -> Drawn<()>) -> String {
    let mut svg = String::new();
    let area = SVGBackend::with_string(&mut svg, (WIDTH, height.max(1))).into_drawing_area();
    let ended = draw(area);
    debug_assert!(ended.is_ok(), "{ended:?}");
    svg
}

#[expect(clippy::cast_possible_truncation, reason = "plots have a thousand pixels")]
fn pixels(length: f64) -> i32 {
    length.round() as i32
}

/// Returns a name as it is shown beside a bar.
fn short(name: &str) -> String {
    let name = sanitise(name);
    match name.char_indices().nth(NAME_MAX) {
        None => name.into_owned(),
        Some((end, _)) => name[..end].to_owned() + "…",
    }
}
