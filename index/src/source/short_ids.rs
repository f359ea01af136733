//! The shorter forms of an id by which an entry is found, too, while only one entry has them.

use super::slug;
use crate::model::edition;

/// Lists the shorter forms of the `id` of an entry, each once: without folders, without ordering numbers, and a heading
/// alone. Where the id is that of the file at `path`, its question is such a heading.
///
/// Those of an edition keep its language.
///
/// `1-guide/02-install#linux` is also `guide/install#linux`, `install#linux` and `linux`.
pub(crate) fn of(id: &str, path: &str, question: &str) -> Vec<String> {
    if let Some((plain, names)) = edition::parts(id) {
        return of(plain, path, question).into_iter().map(|form| edition::edition_id(&form, [names])).collect();
    }
    let (page, heading) = id.split_once('#').filter(|(page, _)| !page.is_empty()).unzip();
    let page = page.unwrap_or(id);
    let parts: Vec<&str> = page.split('/').map(slug::strip_order).collect();
    let last = parts.last().copied().unwrap_or_default();
    let whole = |page: &str| heading.map_or_else(|| page.to_owned(), |heading| format!("{page}#{heading}"));
    let mut forms = vec![whole(&parts.join("/")), whole(last)];
    forms.extend(heading.map(str::to_owned));
    forms.extend((id == slug::path_id(path)).then(|| slug::heading_slug(question)));
    forms.retain(|form| form != id && !form.is_empty());
    forms.sort_unstable();
    forms.dedup();
    forms
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_has_shorter_forms() {
        let of = |id| of(id, "faq.md", "Is it loud?");
        assert_eq!(of("reset"), Vec::<String>::new());
        assert_eq!(of("faq#is-it-hot"), ["is-it-hot"]);
        assert_eq!(of("faq"), ["is-it-loud"]);
        assert_eq!(of("1-guide/02-install#linux"), ["guide/install#linux", "install#linux", "linux"]);
        assert_eq!(of("guide/install"), ["install"]);
    }
}
