//! Keys: editing the question and choosing an entry, or reading one.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};
use faqt::SearchError;

use super::app::{App, Focus, Wish};

/// Acts on a key.
pub(super) fn press(app: &mut App, key: KeyEvent) -> Result<Wish, SearchError> {
    if key.kind == KeyEventKind::Release {
        return Ok(Wish::None);
    }
    app.message = None;
    // Windows reports AltGr, by which many keyboards type `@`, as both.
    let is_alt_gr = cfg!(windows) && key.modifiers.contains(KeyModifiers::CONTROL | KeyModifiers::ALT);
    if key.modifiers.contains(KeyModifiers::CONTROL) && !is_alt_gr {
        return control(app, key.code);
    }
    if key.modifiers.contains(KeyModifiers::ALT) && !is_alt_gr {
        match key.code {
            KeyCode::Left => drop(app.go_back()),
            KeyCode::Right => app.go_forward(),
            _ => {}
        }
        return Ok(Wish::None);
    }
    match key.code {
        KeyCode::PageUp => scroll(app, -page(app)),
        KeyCode::PageDown => scroll(app, page(app)),
        KeyCode::F(2) => app.next_choice()?,
        code => match app.focus {
            Focus::Question => return question(app, code),
            Focus::Page => return reading(app, code),
        },
    }
    Ok(Wish::None)
}

fn control(app: &mut App, code: KeyCode) -> Result<Wish, SearchError> {
    match code {
        KeyCode::Char('c' | 'd') => return Ok(Wish::Quit),
        KeyCode::Char('z') => return Ok(Wish::Suspend),
        KeyCode::Char('y') => return Ok(copy(app)),
        KeyCode::Char('o') => return Ok(open(app)),
        KeyCode::Char('a') => app.input.home(),
        KeyCode::Char('e') => app.input.end(),
        KeyCode::Char('u') => app.edit(super::input::Input::clear)?,
        KeyCode::Char('w' | 'h') | KeyCode::Backspace => app.edit(super::input::Input::delete_word)?,
        KeyCode::Char('n') => app.step(1)?,
        KeyCode::Char('p') => app.step(-1)?,
        _ => {}
    }
    Ok(Wish::None)
}

fn question(app: &mut App, code: KeyCode) -> Result<Wish, SearchError> {
    match code {
        KeyCode::Char(typed) => app.edit(|input| input.insert(typed.encode_utf8(&mut [0; 4])))?,
        KeyCode::Backspace => app.edit(super::input::Input::backspace)?,
        KeyCode::Delete => app.edit(super::input::Input::delete)?,
        KeyCode::Left => app.input.left(),
        KeyCode::Right => app.input.right(),
        KeyCode::Home => app.input.home(),
        KeyCode::End => app.input.end(),
        KeyCode::Up => app.step(-1)?,
        KeyCode::Down => app.step(1)?,
        KeyCode::Enter | KeyCode::Tab if app.page.is_some() => app.focus = Focus::Page,
        KeyCode::Esc if app.input.text().is_empty() => return Ok(Wish::Quit),
        KeyCode::Esc => app.edit(super::input::Input::clear)?,
        _ => {}
    }
    Ok(Wish::None)
}

fn reading(app: &mut App, code: KeyCode) -> Result<Wish, SearchError> {
    match code {
        KeyCode::Up | KeyCode::Char('k') => scroll(app, -1),
        KeyCode::Down | KeyCode::Char('j') => scroll(app, 1),
        KeyCode::Char(' ') => scroll(app, page(app)),
        KeyCode::Home => scroll(app, isize::MIN),
        KeyCode::End => scroll(app, isize::MAX),
        KeyCode::Tab => choose(app, 1),
        KeyCode::BackTab => choose(app, -1),
        KeyCode::Enter => return app.follow(),
        KeyCode::Backspace | KeyCode::Left if app.go_back() => {}
        KeyCode::Char('/') | KeyCode::Esc | KeyCode::Backspace | KeyCode::Left => app.focus = Focus::Question,
        KeyCode::Right => app.go_forward(),
        KeyCode::Char('c' | 'y') => return Ok(copy(app)),
        KeyCode::Char('o') => return Ok(open(app)),
        KeyCode::Char('q') => return Ok(Wish::Quit),
        _ => {}
    }
    Ok(Wish::None)
}

/// Returns the lines of a page of the screen, but for one that shows where the last page ended.
fn page(app: &App) -> isize {
    isize::from(app.panes.page.height.max(2).cast_signed()) - 1
}

pub(super) fn scroll(app: &mut App, lines: isize) {
    let height = app.panes.page.height;
    if let Some(page) = &mut app.page {
        page.scroll(lines, height);
    }
}

fn choose(app: &mut App, step: isize) {
    if let Some(page) = &mut app.page {
        page.choose(step);
    }
}

/// Returns the answer that is read, as the author wrote it.
fn copy(app: &App) -> Wish {
    app.page.as_ref().map_or(Wish::None, |page| Wish::Copy(crate::output::markdown::lines(&page.entry.answer)))
}

/// Returns the address that is chosen, or the first of the page.
fn open(app: &mut App) -> Wish {
    use super::links::Target;
    let links = app.page.as_ref().map(|page| (page.link, &page.links));
    let address = links.and_then(|(at, links)| {
        links.iter().skip(at).chain(links).find_map(|link| match &link.target {
            Target::Address(address) => Some(address.clone()),
            Target::Entry(_) => None,
        })
    });
    if address.is_none() {
        app.say("No address on this page");
    }
    address.map_or(Wish::None, Wish::Open)
}
