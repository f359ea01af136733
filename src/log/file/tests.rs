//! Several writers of one log, full files, and writers that are killed.

use super::*;

const SMALL: Limits = Limits { bytes: 100, older: 2 };

fn names(path: &Path) -> Vec<String> {
    let name = |file: PathBuf| file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    files(path).into_iter().map(name).collect()
}

#[test]
fn a_full_file_is_renamed_and_the_oldest_is_dropped() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("new/log");
    for number in 0..25 {
        append(&path, &format!("line {number:02} {}\n", "x".repeat(11)), SMALL).expect("it can be written");
    }
    fs::write(folder.path().join("new/log.old"), "another file").expect("it can be written");
    assert_eq!(names(&path), ["log.2", "log.1", "log"]);
    let text: String = files(&path).iter().map(|file| fs::read_to_string(file).expect("a file")).collect();
    let lines: Vec<&str> = text.lines().map(|line| &line[..7]).collect();
    let kept: Vec<String> = (10..25).map(|number| format!("line {number:02}")).collect();
    assert_eq!(lines, kept);
}

#[test]
fn a_torn_line_does_not_harm_the_next() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("log");
    fs::write(&path, "whole\ntor").expect("it can be written");
    append(&path, "next\n", LIMITS).expect("it can be written");
    assert_eq!(fs::read_to_string(&path).expect("a file"), "whole\ntor\nnext\n");
}

#[test]
fn a_lock_that_nobody_gives_back_does_not_stop_a_writer() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("log");
    let other = open(&path).expect("a file");
    other.lock().expect("a lock");
    append(&path, "line\n", LIMITS).expect("it can be written");
    assert_eq!(fs::read_to_string(&path).expect("a file"), "line\n");
}

#[test]
fn a_folder_is_no_log() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = append(folder.path(), "line\n", LIMITS).expect_err("no file");
    assert_eq!(error.to_string(), "it is no regular file");
}

/// The variables by which a test starts this program again as a writer: the path of the log, the writer's number and the number of
/// its lines.
const PATH: &str = "FAQT_TEST_LOG";
const WRITER: &str = "FAQT_TEST_WRITER";
const LINES: &str = "FAQT_TEST_LINES";

/// Small files, so that many are begun, and none is dropped.
const MANY: Limits = Limits { bytes: 256 << 10, older: 4_000 };

fn line(writer: usize, number: usize) -> String {
    format!("{writer} {number} {}\n", "x".repeat(150 + number % 100))
}

/// Appends as a writer of the test below; by itself it appends one line.
#[test]
fn a_writer_appends() {
    let folder = tempfile::tempdir().expect("a folder");
    let number = |name: &str| std::env::var(name).ok().and_then(|number| number.parse().ok());
    let path = std::env::var_os(PATH).map_or_else(|| folder.path().join("log"), PathBuf::from);
    let (writer, lines) = (number(WRITER).unwrap_or(0), number(LINES).unwrap_or(1));
    for number in 0..lines {
        append(&path, &line(writer, number), MANY).expect("it can be written");
    }
    assert!(!files(&path).is_empty());
}

/// Reads a log that may be written meanwhile. Returns the numbers of each writer's lines in the order in which they stand, and the number of lines that are cut.
fn read_back(path: &Path, writers: usize) -> (Vec<Vec<usize>>, usize) {
    let (mut found, mut cut) = (vec![Vec::new(); writers], 0);
    for file in files(path) {
        for text in fs::read_to_string(file).unwrap_or_default().lines() {
            let mut words = text.split(' ').map_while(|word| word.parse().ok());
            match (words.next(), words.next()) {
                (Some(writer), Some(number)) if line(writer, number).trim_end() == text => found[writer].push(number),
                _ => cut += 1,
            }
        }
    }
    (found, cut)
}

#[test]
fn lines_of_ten_processes_are_whole_and_none_is_lost_though_some_are_killed() {
    const WRITERS: usize = 10;
    const KILLED: usize = 3;
    let lines: usize = std::env::var(LINES).ok().and_then(|lines| lines.parse().ok()).unwrap_or(1_000);
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("log");
    // Those that are killed would write more than the others.
    let count = |writer: usize| if writer < KILLED { 10 * lines } else { lines };
    let mut writers: Vec<Writer> = (0..WRITERS).map(|writer| Writer::start(&path, writer, count(writer))).collect();
    let (killed, others) = writers.split_at_mut(KILLED);
    for (number, writer) in (1..).zip(killed) {
        let is_long = || length(&path) > number * lines as u64 * 200;
        while !is_long() && writer.0.try_wait().expect("a process").is_none() {
            std::thread::yield_now();
        }
        writer.0.kill().expect("it is a child");
        writer.0.wait().expect("it ends");
    }
    for writer in others {
        assert!(writer.0.wait().expect("it ends").success());
    }
    append(&path, &line(WRITERS, 0), MANY).expect("it can be written");
    let (found, cut) = read_back(&path, WRITERS + 1);
    assert!(cut <= KILLED, "{cut} lines are cut");
    for (writer, numbers) in found.iter().enumerate() {
        let expected = match writer {
            WRITERS => 1,
            _ if writer < KILLED => numbers.len(),
            _ => lines,
        };
        assert!(numbers.iter().copied().eq(0..expected), "writer {writer}: {} of {expected}", numbers.len());
    }
}

/// A process that appends lines. It is killed if the test ends before it.
struct Writer(std::process::Child);

impl Writer {
    fn start(path: &Path, writer: usize, lines: usize) -> Writer {
        let mut command = std::process::Command::new(std::env::current_exe().expect("a program"));
        command.args(["--exact", "log::file::tests::a_writer_appends"]).stdout(std::process::Stdio::null());
        command.env(PATH, path).env(WRITER, writer.to_string()).env(LINES, lines.to_string());
        Writer(command.spawn().expect("it starts"))
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Returns the length of all files of a log, which may be written meanwhile.
fn length(path: &Path) -> u64 {
    files(path).iter().filter_map(|file| file.metadata().ok()).map(|found| found.len()).sum()
}
