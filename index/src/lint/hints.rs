//! Remedies that take a look at all names: the known name nearest to one that nothing bears.

use std::collections::HashSet;

use crate::corpus::catalogue::Catalogue;
use crate::corpus::redirects::Redirect;
use crate::problem::{KnownNames, Problem, WantedName};
use crate::text::suggest::Nearest;

/// The most problems that get such a remedy. All names are compared for each; whoever mends these runs the check again.
const HINTED_MAX: usize = 20;

/// Gives the first problems with an unknown name the nearest known name as their remedy.
pub(crate) fn add(problems: &mut [Problem], catalogue: &Catalogue, help_ids: &[String], redirects: &[Redirect]) {
    let unknown = problems.iter_mut().filter_map(|problem| problem.unknown.take().map(|unknown| (problem, unknown)));
    let hinted: Vec<(&mut Problem, WantedName)> = unknown.take(HINTED_MAX).collect();
    let former: HashSet<&str> = redirects.iter().map(|redirect| redirect.from.as_str()).collect();
    let mut nearest: Vec<Nearest> = hinted.iter().map(|(_, unknown)| Nearest::new(&unknown.name, 1)).collect();
    let mut offer = |name: &str, kinds: &[KnownNames]| {
        let wanting = nearest.iter_mut().zip(&hinted).filter(|(_, (_, unknown))| kinds.contains(&unknown.among));
        Nearest::offer_to_each(wanting.map(|(nearest, _)| nearest), name);
    };
    catalogue.files().for_each(|path| offer(path, &[KnownNames::Files]));
    catalogue.ids().for_each(|id| offer(id, &[KnownNames::Ids, KnownNames::IdsAndHelpIds]));
    let help_ids = help_ids.iter().filter(|help_id| !former.contains(help_id.as_str()));
    help_ids.for_each(|help_id| offer(help_id, &[KnownNames::IdsAndHelpIds]));
    for ((problem, _), nearest) in hinted.into_iter().zip(nearest) {
        if let Some(near) = nearest.into_names().pop() {
            problem.hint(format!("nearest: `{near}`"));
        }
    }
}
