//! Ids and help ids that were renamed: programs and pages with the old name still find the entry.

use std::collections::HashMap;

use super::catalogue::Catalogue;
use crate::lint::names;
use crate::problem::check::Check;
use crate::problem::{KnownNames, Problems};
use crate::source::settings::Settings;
use crate::source::settings_file::SETTINGS_FILE;
use crate::steps;
use crate::text::fold::folded;

/// An old id or help id of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Redirect {
    /// The id or help id that the entry had.
    pub(crate) from: String,
    /// The entry's position in the knowledge base.
    pub(crate) position: usize,
    /// True if it leads to a help id.
    pub(crate) is_help_id: bool,
}

/// Resolves the redirects of the settings, in the order of the entries. A redirect to nothing, or from a name in use,
/// is a problem.
pub(crate) fn resolve(
    settings: &Settings,
    catalogue: &Catalogue,
    help_ids: &[(String, usize)],
    problems: &mut Problems,
) -> Vec<Redirect> {
    if settings.redirects().next().is_none() {
        return Vec::new();
    }
    let names = ClaimedNames::of(catalogue, help_ids);
    let mut redirects = Vec::new();
    for (from, to, line) in settings.redirects() {
        steps::count(1);
        let place = (SETTINGS_FILE, line);
        names::bad_id("redirected id", from, place, problems);
        if let Some((taken, _)) = names.find(from) {
            let (path, line) = catalogue.place(taken);
            let message = format!("`{from}` is redirected, and is the name of an entry ({path}:{line})");
            problems.error(place, Check::Redirect, message).hint("drop the redirect, or rename the entry");
        }
        // A shorter form of an id stands for it, too.
        match names.find(to).or_else(|| catalogue.by_id(to).map(|position| (position, false))) {
            Some((position, is_help_id)) => redirects.push(Redirect { from: from.to_owned(), position, is_help_id }),
            None => {
                let message = format!("`{from}` is redirected to `{to}`, which is not there");
                problems.error(place, Check::Redirect, message).hint_nearest(to, KnownNames::IdsAndHelpIds);
            }
        }
    }
    redirects.sort_by_key(|redirect| redirect.position);
    redirects
}

/// Every id and help id with its entry's position, and true for a help id.
struct ClaimedNames(HashMap<String, (usize, bool)>);

impl ClaimedNames {
    fn of(catalogue: &Catalogue, help_ids: &[(String, usize)]) -> ClaimedNames {
        let ids = catalogue.ids().enumerate().map(|(position, id)| (id, position, false));
        let help_ids = help_ids.iter().map(|(help_id, position)| (help_id.as_str(), *position, true));
        let mut all: Vec<_> = ids.chain(help_ids).collect();
        // Of two entries that claim a name, the first has it.
        all.sort_by_key(|&(_, position, is_help_id)| (position, is_help_id));
        let mut names = HashMap::new();
        for (name, position, is_help_id) in all {
            names.entry(folded(name)).or_insert((position, is_help_id));
        }
        ClaimedNames(names)
    }

    fn find(&self, name: &str) -> Option<(usize, bool)> {
        self.0.get(&folded(name)).copied()
    }
}
