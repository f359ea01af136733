//! Files that pages import, `import Steps from './_steps.md'`, or include, `{{< include _steps.qmd >}}`: their text stands
//! wherever those pages show it.
//!
//! By the convention of most generators, a file that begins with `_` is no page, nor is one in a folder for such files. One
//! that no page shows is read as a page all the same, so that nothing is lost.

use std::collections::{HashMap, HashSet};

use super::code_fence::CodeFence;
use super::draft_link::LinkOrigin;
use super::files::Files;
use super::generators::detect::FolderDialects;
use super::generators::dialect::Dialects;
use super::generators::{self, inline, tag};
use super::outline::Outline;
use super::read::read_text;
use super::walk::SourceFile;
use super::{front_matter, slug};
use crate::problem::Problems;

/// The deepest nesting of imports.
const DEPTH_MAX: usize = 4;
/// The imported bytes for each byte of the folder, and in any folder. A folder that would grow more imports nothing.
const GROWTH_MAX: usize = 2;
const BYTES_MIN: usize = 1 << 20;

/// The longest path of a file that is imported, in bytes.
const PATH_BYTES_MAX: usize = 1000;

/// Folders of files that are no pages.
const FOLDERS: [&str; 9] =
    ["_common", "_includes", "_include", "_partials", "_shared", "_snippets", "snippets", "includes", "partials"];
/// The texts of which a file that imports or includes others holds one.
const MARKS: [&str; 5] = ["import ", "include", "readfile", "--8<--", "{!"];

/// The most files within one in which a link is looked for.
const SEARCHED_MAX: usize = 20;

/// The texts of other files that a page shows.
#[derive(Debug, Default)]
pub(crate) struct ShownPartials {
    /// The texts as plain Markdown, by the names of their components.
    pub(crate) texts: HashMap<String, String>,
    /// The paths of the files, by the lines of the page that show them, counted from 0.
    pub(crate) lines: HashMap<u32, String>,
}

/// The imported files of a folder, by path.
#[derive(Debug, Default)]
pub(crate) struct Partials(HashMap<String, Partial>);

#[derive(Debug)]
struct Partial {
    /// The line of its file in which the text begins.
    body_line: u32,
    /// For each last part of an address in the text, its first line, counted from 0, and the whole address.
    addresses: HashMap<String, (u32, String)>,
    body: String,
    dialects: Dialects,
    /// The files that it imports itself.
    imports: Vec<Import>,
}

/// An import that is shown, `<Steps />`.
#[derive(Debug)]
struct Import {
    name: String,
    path: String,
    /// The lines of the text in which it is shown, counted from 0.
    lines: Vec<u32>,
    /// True if its links count from the page, as they do in an included file.
    is_included: bool,
}

impl Import {
    /// Returns the bytes of all that it shows, of files whose lengths are `sizes`.
    fn size(&self, sizes: &HashMap<&str, usize>) -> usize {
        sizes.get(self.path.as_str()).map_or(0, |size| size.saturating_mul(self.lines.len()))
    }
}

impl Partials {
    /// Reads the imported ones among the `listed` files.
    pub(crate) fn of(files: &Files, listed: &[SourceFile], dialects: &FolderDialects) -> Partials {
        let names: HashSet<&str> = listed.iter().map(|file| file.path.as_str()).filter(|path| is_name(path)).collect();
        let mut partials = Partials::default();
        let (mut of_pages, mut bytes) = (Vec::new(), 0);
        for file in listed.iter().filter(|_| !names.is_empty()) {
            let mut problems = Problems::default();
            let Some(text) = read_text(files.open(file.below()), &file.path, &mut problems) else { continue };
            bytes += text.len();
            let is_partial = names.contains(file.path.as_str());
            if !is_partial && !has_marks(&text) {
                continue;
            }
            let Some(parts) = front_matter::split(&file.path, &text, &mut problems) else { continue };
            let dialects = dialects.of_file(&file.path, &text[..text.len() - parts.body.len()], parts.body);
            let imports = imports(&file.path, parts.body, dialects, |path| names.contains(path));
            if is_partial {
                let (body_line, addresses) = (parts.body_line, addresses(parts.body));
                let partial = Partial { body_line, addresses, body: parts.body.to_owned(), dialects, imports };
                partials.0.insert(file.path.clone(), partial);
            } else {
                of_pages.extend(imports);
            }
        }
        partials.retain(&of_pages);
        let sizes = partials.sizes();
        let total = of_pages.iter().fold(0, |sum: usize, import| sum.saturating_add(import.size(&sizes)));
        if total > BYTES_MIN + GROWTH_MAX * bytes { Partials::default() } else { partials }
    }

    /// Returns true if pages show the file at `path`, so that it is no page.
    pub(crate) fn owns(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// Returns what the page at `path` shows of these files.
    pub(crate) fn shown_in(&self, path: &str, body: &str, dialects: Dialects) -> ShownPartials {
        if self.0.is_empty() {
            return ShownPartials::default();
        }
        let imports = imports(path, body, dialects, |path| self.owns(path));
        let texts = self.texts(path, &imports, 0);
        let lines =
            imports.into_iter().flat_map(|import| import.lines.into_iter().map(move |l| (l, import.path.clone())));
        ShownPartials { texts, lines: lines.collect() }
    }

    /// Finds the place of a link in the file at `path`, or in one that this includes.
    pub(crate) fn origin(&self, path: &str, destination: &str) -> Option<LinkOrigin> {
        self.origin_within(path, last_part(destination), 0)
    }

    fn origin_within(&self, path: &str, last_part: &str, depth: usize) -> Option<LinkOrigin> {
        let partial = self.0.get(path).filter(|_| depth < DEPTH_MAX)?;
        if let Some((line, destination)) = partial.addresses.get(last_part) {
            let (path, line) = (path.to_owned(), partial.body_line.saturating_add(*line));
            return Some(LinkOrigin { path, line, destination: destination.clone() });
        }
        let mut imports = partial.imports.iter().take(SEARCHED_MAX);
        imports.find_map(|import| self.origin_within(&import.path, last_part, depth + 1))
    }

    fn texts(&self, path: &str, imports: &[Import], depth: usize) -> HashMap<String, String> {
        let partials = imports.iter().filter(|_| depth < DEPTH_MAX).filter_map(|import| {
            let partial = self.0.get(&import.path)?;
            let nested = self.texts(&import.path, &partial.imports, depth + 1);
            let text = generators::with_partials(&partial.body, partial.dialects, nested).text;
            let text = if import.is_included { text } else { moved(text, &import.path, path) };
            Some((import.name.clone(), text))
        });
        partials.collect()
    }

    /// Keeps the files that `of_pages` or files among these import.
    fn retain(&mut self, of_pages: &[Import]) {
        let mut reached: HashSet<String> = HashSet::new();
        let mut open: Vec<&str> = of_pages.iter().map(|import| import.path.as_str()).collect();
        while let Some(path) = open.pop() {
            if reached.insert(path.to_owned()) {
                open.extend(self.0.get(path).into_iter().flat_map(|partial| &partial.imports).map(|i| i.path.as_str()));
            }
        }
        self.0.retain(|path, _| reached.contains(path));
    }

    /// Returns the lengths of all files, each with all that it imports.
    fn sizes(&self) -> HashMap<&str, usize> {
        let own = self.0.iter().map(|(path, partial)| (path.as_str(), partial.body.len()));
        let mut sizes: HashMap<&str, usize> = own.collect();
        for _ in 0..DEPTH_MAX {
            let with_imports = self.0.iter().map(|(path, partial)| {
                let imported = partial.imports.iter().map(|import| import.size(&sizes));
                (path.as_str(), imported.fold(partial.body.len(), usize::saturating_add))
            });
            sizes = with_imports.collect();
        }
        sizes
    }
}

fn has_marks(text: &str) -> bool {
    MARKS.iter().any(|mark| text.contains(mark))
}

/// Returns true if a file of this name is no page of its own.
fn is_name(path: &str) -> bool {
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let name = slug::strip_extension(name);
    let is_in_folder = || folders.split('/').any(|folder| FOLDERS.contains(&folder));
    !slug::is_index_name(name) && (name.starts_with('_') || is_in_folder())
}

/// Lists the files that the text at `path` imports and shows, if they are known.
fn imports(path: &str, body: &str, dialects: Dialects, is_known: impl Fn(&str) -> bool) -> Vec<Import> {
    let mut imports: Vec<Import> = Vec::new();
    let mut shown: HashMap<&str, Vec<u32>> = HashMap::new();
    if !has_marks(body) {
        return imports;
    }
    let mut fence: Option<CodeFence> = None;
    for (line, at) in body.lines().zip(0..) {
        let is_code = fence.is_some();
        fence = match fence {
            Some(open) => Some(open).filter(|open| !open.is_closed_by(line)),
            None => CodeFence::opened_by(line).filter(|_| CodeFence::around_mdx(line).is_none()),
        };
        if !is_code && fence.is_none() {
            let named = inline::placed_name(line, dialects);
            let is_new = named.is_some_and(|name| !shown.contains_key(name));
            let included = tag::included(line, dialects).filter(|_| is_new).map(|file| (file, file));
            let imported = inline::imported(line).filter(|_| dialects.is_mdx());
            if let Some((name, file)) = included.or(imported)
                && let Some(path) = resolved(path, file, &is_known)
            {
                imports.push(Import {
                    name: name.to_owned(),
                    path,
                    lines: Vec::new(),
                    is_included: included.is_some(),
                });
            }
            if let Some(name) = named {
                shown.entry(name).or_default().push(at);
            }
        }
    }
    imports.retain_mut(|import| {
        import.lines = shown.remove(import.name.as_str()).unwrap_or_default();
        !import.lines.is_empty()
    });
    imports
}

/// Lists the addresses in `text` by their last parts.
fn addresses(text: &str) -> HashMap<String, (u32, String)> {
    let mut found = HashMap::new();
    for (line, number) in text.lines().zip(0..) {
        let words = line.split(|c: char| c.is_whitespace() || "()[]<>\"'".contains(c));
        for address in words.filter(|word| word.contains(['.', '/', '#'])) {
            found.entry(last_part(address).to_owned()).or_insert_with(|| (number, address.to_owned()));
        }
    }
    found
}

fn last_part(address: &str) -> &str {
    address.rsplit('/').next().unwrap_or(address)
}

/// Returns the path of the known file that the `module` of an import in the file at `path` names, or an included file.
fn resolved(path: &str, module: &str, is_known: impl Fn(&str) -> bool) -> Option<String> {
    if module.len() > PATH_BYTES_MAX {
        return None;
    }
    // Formatters escape the underline.
    let module = module.replace("\\_", "_");
    let of_site = module.strip_prefix("@site/").or_else(|| module.strip_prefix('/'));
    let near = joined(path, &module).filter(|path| of_site.is_none() && is_known(path));
    let from_top = || {
        // The content is a folder of the site.
        let mut ends = std::iter::successors(Some(of_site.unwrap_or(&module)), |path| Some(path.split_once('/')?.1));
        ends.find(|path| is_known(path)).map(str::to_owned)
    };
    // A path that climbs counts from its file alone.
    let from_top = || from_top().filter(|_| !module.starts_with('.'));
    let in_folder = || FOLDERS.iter().map(|folder| format!("{folder}/{module}")).find(|path| is_known(path));
    near.or_else(from_top).or_else(in_folder)
}

/// Returns the path that `module` means in the file at `path`.
fn joined(path: &str, module: &str) -> Option<String> {
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in module.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()?),
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Returns a text of the file at `from` whose relative links count from the folder of the page at `to`.
fn moved(text: String, from: &str, to: &str) -> String {
    let folder = |path: &str| path.rsplit_once('/').map_or_else(String::new, |(folder, _)| folder.to_owned());
    if folder(from) == folder(to) {
        return text;
    }
    let (mut moved, mut done) = (String::with_capacity(text.len()), 0);
    for link in Outline::of(&text).links {
        let address = &link.destination;
        let is_relative = !address.contains(':') && !address.starts_with(['/', '#', '@']) && !address.is_empty();
        let at = text[link.range.clone()].rfind(address.as_str()).map(|at| link.range.start + at);
        if let Some(at) = at.filter(|&at| is_relative && at >= done) {
            moved.push_str(&text[done..at]);
            moved.extend(["/", &folder(from), "/"]);
            done = at;
        }
    }
    moved + &text[done..]
}
