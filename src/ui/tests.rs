//! Whole screens as snapshots, and screens of any size.

#[path = "../../tests/support/poison.rs"]
mod poison;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use faqt::render::sanitise;
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::app::{App, Wish};
use super::{keys, mouse, view};
use crate::open::{self, asked::Asked};

fn built_in() -> App {
    App::new(open::open(&[], None).expect("it opens")).expect("it is sound")
}

fn press(app: &mut App, codes: &[KeyCode]) -> Wish {
    let mut wish = Wish::None;
    for code in codes {
        wish = keys::press(app, KeyEvent::new(*code, KeyModifiers::NONE)).expect("the pack is sound");
    }
    wish
}

fn type_in(app: &mut App, text: &str) {
    text.chars().for_each(|c| drop(press(app, &[KeyCode::Char(c)])));
}

fn screen(app: &mut App, width: u16, height: u16) -> TestBackend {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("it is memory");
    terminal.draw(|frame| view::draw(app, frame)).expect("it is memory");
    terminal.backend().clone()
}

#[test]
fn screens_of_three_widths() {
    let mut app = built_in();
    insta::assert_snapshot!("contents_80", screen(&mut app, 80, 24));
    type_in(&mut app, "ICP transfer Baidu");
    for width in [40, 80, 200] {
        insta::assert_snapshot!(format!("answered_{width}"), screen(&mut app, width, 24));
    }
    press(&mut app, &[KeyCode::Enter]);
    for width in [40, 80, 200] {
        insta::assert_snapshot!(format!("read_{width}"), screen(&mut app, width, 24));
    }
    press(&mut app, &[KeyCode::Esc, KeyCode::Esc]);
    type_in(&mut app, "how do I bake bread");
    insta::assert_snapshot!("not_covered_80", screen(&mut app, 80, 12));
    press(&mut app, &[KeyCode::Esc]);
    type_in(&mut app, "备案要多久");
    insta::assert_snapshot!("chinese_40", screen(&mut app, 40, 12));
}

#[test]
fn a_page_begins_with_the_passage_that_answers() {
    let folder = tempfile::tempdir().expect("a folder");
    let rest = "The lamp has a small computer inside, which may hang after a storm. ".repeat(20);
    let text = format!(
        "# How do I reset the lamp?\n\n{rest}\n\n## The button\n\nHold the button for ten seconds.\n\n{rest}\n"
    );
    let settings = "[[pages]]\nfiles = '*'\nsplit = 'page'\n";
    for (name, text) in [("lamp.md", text.as_str()), ("faqt.toml", settings)] {
        std::fs::write(folder.path().join(name), text).expect("it can be written");
    }
    let kb = faqt::KnowledgeBase::from_vec(faqt::build::Builder::new(folder.path()).build().expect("it builds").pack);
    let mut app = App::new(Asked::One(kb.expect("it opens"))).expect("it is sound");
    type_in(&mut app, "how long do I hold the button to reset the lamp");
    assert!(screen(&mut app, 80, 20).to_string().contains("Hold the button for ten seconds"));
    // A reader who scrolls stays where they are.
    press(&mut app, &[KeyCode::Enter, KeyCode::Home]);
    assert!(screen(&mut app, 80, 20).to_string().contains("which may hang after a storm"));
    assert!(!screen(&mut app, 80, 20).to_string().contains("ten seconds"));
}

#[test]
fn a_screen_of_any_size_is_drawn() {
    let mut app = built_in();
    for question in ["", "ICP transfer Baidu", "备案要多久才能完成呢"] {
        press(&mut app, &[KeyCode::Esc]);
        type_in(&mut app, question);
        for focus in [KeyCode::Enter, KeyCode::Esc] {
            press(&mut app, &[focus, KeyCode::End, KeyCode::PageDown]);
            for (width, height) in (0..25).flat_map(|width| (0..9).map(move |height| (width, height))) {
                screen(&mut app, width, height);
            }
            screen(&mut app, 500, 2);
        }
        if question.is_empty() {
            press(&mut app, &[KeyCode::Char('x')]);
        }
    }
}

#[test]
fn the_end_of_a_page_stays_on_a_screen_that_grows() {
    let mut app = built_in();
    type_in(&mut app, "ICP transfer Baidu");
    press(&mut app, &[KeyCode::Enter]);
    screen(&mut app, 20, 8);
    press(&mut app, &[KeyCode::End]);
    let narrow = app.page.as_ref().map_or(0, |page| page.scrolled);
    screen(&mut app, 200, 24);
    assert!(narrow > 20, "{narrow}");
    assert_eq!(app.page.as_ref().map(|page| page.scrolled), Some(0));
}

#[test]
fn links_are_followed_and_the_way_back_is_known() {
    let mut app = built_in();
    type_in(&mut app, "ICP transfer Baidu");
    screen(&mut app, 80, 24);
    let id = |app: &App| app.page.as_ref().map(|page| page.entry.id.clone()).unwrap_or_default();
    assert_eq!(id(&app), "bind-baidu-domain");
    press(&mut app, &[KeyCode::Enter, KeyCode::Enter]);
    assert_eq!(id(&app), "transfer-icp-filing");
    press(&mut app, &[KeyCode::Backspace]);
    assert_eq!(id(&app), "bind-baidu-domain");
    press(&mut app, &[KeyCode::Right]);
    assert_eq!(id(&app), "transfer-icp-filing");
    let Wish::Open(address) = press(&mut app, &[KeyCode::Char('o')]) else { panic!("there is an address") };
    assert!(address.starts_with("https://help.aliyun.com/"), "{address}");
    let Wish::Copy(text) = press(&mut app, &[KeyCode::Char('c')]) else { panic!("there is an answer") };
    assert!(text.starts_with("This transfer brings"), "{text}");
    assert_eq!(press(&mut app, &[KeyCode::Esc, KeyCode::Esc, KeyCode::Esc]), Wish::Quit);
}

#[test]
fn the_mouse_selects_and_pasted_text_is_one_line() {
    let mut app = built_in();
    assert_eq!(app.paste("ICP transfer\r\nBaidu\u{1b}[31m").expect("it is sound"), Wish::None);
    assert_eq!(app.input.text(), "ICP transfer  Baidu␛[31m");
    screen(&mut app, 80, 24);
    let second = MouseEvent {
        kind: MouseEventKind::Down(MouseButton::Left),
        column: 3,
        row: app.panes.list.y + 1,
        modifiers: KeyModifiers::NONE,
    };
    mouse::act(&mut app, second).expect("it is sound");
    assert_eq!(app.selected, 1);
}

#[test]
fn no_poison_reaches_the_screen() {
    let place = tempfile::tempdir().expect("a folder");
    let content = poison::folder(place.path());
    let built = faqt::build::Builder::new(&content).lenient(true).build().expect("it is lenient");
    let kb = faqt::KnowledgeBase::from_vec(built.pack).expect("it was built");
    let mut app = App::new(Asked::One(kb)).expect("it is sound");
    for question in ["", "poison", "zzz", poison::POISON] {
        press(&mut app, &[KeyCode::Esc, KeyCode::Esc]);
        app.paste(question).expect("it is sound");
        for _ in 0..20 {
            for cell in screen(&mut app, 120, 30).buffer().content() {
                assert_eq!(sanitise(cell.symbol()), cell.symbol());
            }
            press(&mut app, &[KeyCode::Down]);
        }
    }
}
