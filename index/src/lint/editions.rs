//! Checks of languages: editions that are missing, files that look like editions of none, and tags that are none.

use std::collections::BTreeMap;

use crate::corpus::catalogue::Catalogue;
use crate::problem::Problems;
use crate::problem::check::Check;
use crate::problem::severity::Level;
use crate::source::draft::Draft;
use crate::source::edition_files::{EditionFiles, sister_path};
use crate::source::settings::Settings;
use crate::source::source_kind::SourceKind;
use crate::source::versions::Versions;
use crate::text::language::Tag;

/// The languages that a message names at most.
const NAMED_MAX: usize = 3;

/// Reports what is wrong with the languages of entries, now that editions are known.
pub(crate) fn problems(catalogue: &Catalogue, settings: &Settings, problems: &mut Problems) {
    bad_languages(catalogue, problems);
    holes(catalogue, &settings.default_language(), problems);
    if !catalogue.editions().is_empty() && settings.level(Check::MissingEdition) != Some(Level::Off) {
        missing(catalogue, &settings.default_language(), problems);
    }
}

/// Reports the comments around blocks for some versions that are wrong.
pub(crate) fn blocks(draft: &Draft, path: &str, problems: &mut Problems) {
    for (line, fault) in &draft.block_faults {
        let problem = problems.push(draft.source_kind.severity(), (path, *line), Check::VersionBlock, fault.clone());
        problem.hint("write `<!-- since 2.4 -->` or `<!-- until 2.4 -->` above the block, and `<!-- end -->` below it");
    }
}

/// Reports entries with a question of their own whose `lang` is no language tag; pages of other tools keep other values there.
fn bad_languages(catalogue: &Catalogue, problems: &mut Problems) {
    let bad: Vec<&str> = catalogue.languages().filter(|tag| Tag::parse(tag).is_none()).collect();
    if bad.is_empty() {
        return;
    }
    for position in (0..catalogue.len()).filter(|&at| catalogue.source_kind(at) == SourceKind::File) {
        if let Some(tag) = catalogue.language(position).filter(|tag| bad.contains(tag)) {
            let message = format!("`{tag}` is not a language tag");
            let problem = problems.warning(catalogue.place(position), Check::BadLanguage, message);
            problem.hint("write a tag such as `en` or `zh-CN`");
        }
    }
}

/// Reports versions between two editions in one language that none of them is for.
fn holes(catalogue: &Catalogue, default: &str, problems: &mut Problems) {
    for group in catalogue.editions().groups() {
        let mut by_language: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for &edition in group {
            by_language.entry(catalogue.language(edition).unwrap_or(default)).or_default().push(edition);
        }
        for mut editions in by_language.into_values() {
            editions.sort_by(|&one, &other| catalogue.range(one).cmp_start(&catalogue.range(other)));
            for pair in editions.windows(2) {
                let (earlier, later) = (pair[0], pair[1]);
                if !catalogue.range(earlier).leaves_hole_before(&catalogue.range(later)) {
                    continue;
                }
                let bound = |position, of: fn(&Versions) -> &Option<String>| {
                    catalogue.versions(position).and_then(|versions| of(versions).clone()).unwrap_or_default()
                };
                let (end, start) =
                    (bound(earlier, |versions| &versions.until), bound(later, |versions| &versions.since));
                let (path, line) = catalogue.place(later);
                let message = format!("no edition of `{}` is for {end} up to {start}", catalogue.id(group[0]));
                let problem = problems.warning(catalogue.place(earlier), Check::VersionHole, message);
                problem.hint(format!("write `until: {start}` here, or `since: {end}` in {path}:{line}"));
            }
        }
    }
}

/// Reports entries without an edition in a language that more than half of them have, in a folder with editions.
fn missing(catalogue: &Catalogue, default: &str, problems: &mut Problems) {
    let is_tag = |tag: &&str| Tag::parse(tag).is_some();
    let language = |position: usize| catalogue.language(position).filter(is_tag).unwrap_or(default);
    let originals: Vec<usize> =
        (0..catalogue.len()).filter(|&position| catalogue.editions().original(position) == position).collect();
    let languages = |position: usize| {
        let sisters = catalogue.editions().sisters(position);
        let of_sisters = sisters.iter().map(|&sister| language(sister));
        of_sisters.chain(sisters.is_empty().then(|| language(position)))
    };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for &original in &originals {
        languages(original).for_each(|language| *counts.entry(language).or_default() += 1);
    }
    let is_common = |&(_, &count): &(&&str, &usize)| 2 * count > originals.len() && count < originals.len();
    let common: Vec<(&str, usize)> = counts.iter().filter(is_common).map(|(&tag, &count)| (tag, count)).collect();
    for &original in originals.iter().filter(|_| !common.is_empty()) {
        let lacking = common.iter().filter(|(tag, _)| languages(original).all(|language| language != *tag));
        let lacking: Vec<&(&str, usize)> = lacking.collect();
        let Some((first, _)) = lacking.first() else { continue };
        let named: Vec<String> = lacking
            .iter()
            .take(NAMED_MAX)
            .map(|(tag, count)| format!("`{tag}`, which {count} of {} entries have", originals.len()))
            .collect();
        let place = catalogue.place(original);
        let message = format!("`{}` has no edition in {}", catalogue.id(original), named.join(", and none in "));
        let problem = problems.warning(place, Check::MissingEdition, message);
        problem.hint(format!("add `{}`, or set `missing-edition` to \"off\"", sister_path(place.0, first)));
    }
}

/// Reports files with a language in their names and no sister, where other files of that language have sisters.
pub(crate) fn lone_files(files: &EditionFiles, problems: &mut Problems) {
    for (path, plain) in files.lone() {
        let message = format!("`{path}` is named as an edition, and `{plain}` is not there");
        let problem = problems.warning((path, 1), Check::LoneEdition, message);
        problem.hint(format!("rename it to `{plain}` and say its language with `lang:`, or add the original"));
    }
}
