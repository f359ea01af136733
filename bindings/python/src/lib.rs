//! The native part of the Python package `faqt`.
//!
//! [`KnowledgeBase`] answers in JSON, and `python/faqt/` converts the JSON to objects. No search holds the interpreter
//! lock, so threads search in parallel.

use std::path::PathBuf;
use std::sync::{Arc, PoisonError, RwLock};

use faqt::build::{BuildError, Builder};
use faqt::evaluation;
use faqt::log::LogRecord;
use faqt::render::{HtmlOptions, Images, TextOptions};
use faqt::{Entry, SearchError, SearchOptions, SentenceEncoder, UnknownName};
use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyValueError};
use pyo3::prelude::*;
use serde::Serialize;

create_exception!(
    faqt,
    FaqtError,
    PyException,
    "A knowledge base that cannot be opened, is damaged where it has to be read, or is closed."
);

fn failed(error: impl std::fmt::Display) -> PyErr {
    FaqtError::new_err(error.to_string())
}

fn invalid(error: impl std::fmt::Display) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// Returns the options that limit a search to some entries.
fn narrowed(
    section: Option<String>,
    language: Option<String>,
    kinds: Option<Vec<String>>,
    ids: Option<Vec<String>>,
) -> PyResult<SearchOptions> {
    let kinds = kinds.map(|kinds| kinds.iter().map(|kind| kind.parse()).collect::<Result<_, UnknownName>>());
    let mut options = SearchOptions::default();
    options.section = section;
    options.language = language;
    options.kinds = kinds.transpose().map_err(invalid)?;
    options.ids = ids;
    Ok(options)
}

/// The languages that a reader wants, that of the system, and the version that the reader has.
#[derive(FromPyObject)]
struct Wishes(Vec<String>, Option<String>, Option<String>);

impl Wishes {
    fn added_to(self, mut options: SearchOptions) -> SearchOptions {
        (options.languages, options.locale, options.version) = (self.0, self.1, self.2);
        options
    }
}

/// A knowledge base; `None` once closed.
#[pyclass(frozen, module = "faqt._native")]
struct KnowledgeBase {
    inner: RwLock<Option<faqt::KnowledgeBase>>,
}

impl KnowledgeBase {
    fn opened<E: std::fmt::Display + Send>(
        py: Python<'_>,
        open: impl FnOnce() -> Result<faqt::KnowledgeBase, E> + Send,
    ) -> PyResult<KnowledgeBase> {
        let inner = py.detach(open).map_err(failed)?;
        Ok(KnowledgeBase { inner: RwLock::new(Some(inner)) })
    }

    /// Runs a call without the interpreter lock and returns its answer as JSON.
    fn answer<T: Serialize>(
        &self,
        py: Python<'_>,
        run: impl FnOnce(&faqt::KnowledgeBase) -> Result<T, SearchError> + Send,
    ) -> PyResult<String> {
        py.detach(|| {
            let answer = run(&self.kb()?).map_err(|error| error.to_string())?;
            faqt::json::to_string(&answer).map_err(|error| error.to_string())
        })
        .map_err(failed)
    }

    fn kb(&self) -> Result<faqt::KnowledgeBase, &'static str> {
        // Cloning keeps `close` from waiting for running calls.
        let kb = self.inner.read().unwrap_or_else(PoisonError::into_inner).clone();
        kb.ok_or("the knowledge base is closed")
    }
}

#[pymethods]
impl KnowledgeBase {
    #[staticmethod]
    fn open(py: Python<'_>, path: PathBuf) -> PyResult<KnowledgeBase> {
        KnowledgeBase::opened(py, || faqt::KnowledgeBase::open(path))
    }

    #[staticmethod]
    fn from_bytes(py: Python<'_>, pack: Vec<u8>) -> PyResult<KnowledgeBase> {
        KnowledgeBase::opened(py, || faqt::KnowledgeBase::from_vec(pack))
    }

    #[staticmethod]
    fn from_folder(py: Python<'_>, path: PathBuf) -> PyResult<KnowledgeBase> {
        KnowledgeBase::opened(py, || faqt::KnowledgeBase::from_folder(path))
    }

    #[staticmethod]
    fn from_files(py: Python<'_>, name: String, files: Vec<(String, String)>) -> PyResult<KnowledgeBase> {
        KnowledgeBase::opened(py, || {
            let pack = Builder::from_files(name, files).lenient(true).build()?.pack;
            faqt::KnowledgeBase::from_vec(pack).map_err(BuildError::Open)
        })
    }

    #[staticmethod]
    fn from_markdown(py: Python<'_>, text: String) -> PyResult<KnowledgeBase> {
        KnowledgeBase::opened(py, || faqt::KnowledgeBase::from_markdown(text))
    }

    /// Compares questions by a model file, and returns the readiness in JSON.
    fn attach_encoder(&self, py: Python<'_>, path: PathBuf) -> PyResult<String> {
        self.answer(py, |kb| {
            kb.attach_encoder(&Arc::new(SentenceEncoder::at(path)));
            Ok(kb.encoder_state())
        })
    }

    fn close(&self) {
        *self.inner.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    #[expect(clippy::too_many_arguments, reason = "the keywords of the Python function")]
    fn search(
        &self,
        py: Python<'_>,
        query: &str,
        limit: usize,
        offset: usize,
        section: Option<String>,
        language: Option<String>,
        kinds: Option<Vec<String>>,
        ids: Option<Vec<String>>,
        answered_min: Option<f32>,
        explain: bool,
        wishes: Wishes,
    ) -> PyResult<String> {
        let options = wishes.added_to(narrowed(section, language, kinds, ids)?);
        let mut options = options.with_limit(limit).with_offset(offset).with_explain(explain);
        options.answered_min = answered_min;
        self.answer(py, |kb| kb.search(query, &options))
    }

    /// Chooses a passage of the answer of `entry`, an entry in JSON. What `fits` raises ends the choice.
    #[expect(clippy::needless_pass_by_value, reason = "Python functions are passed by value")]
    fn passage(&self, py: Python<'_>, query: &str, entry: &str, fits: Py<PyAny>) -> PyResult<String> {
        let entry: Entry = serde_json::from_str(entry).map_err(invalid)?;
        let call = |markdown: &str| Python::attach(|py| fits.call1(py, (markdown,))?.is_truthy(py));
        let mut raised = None;
        let admits = |markdown: &str| {
            raised.is_some()
                || call(markdown).unwrap_or_else(|error| {
                    raised = Some(error);
                    true
                })
        };
        let passage = self.answer(py, |kb| kb.passage(query, &entry, admits));
        raised.map_or(passage, Err)
    }

    fn keyword(&self, py: Python<'_>, term: &str) -> PyResult<String> {
        self.answer(py, |kb| kb.keyword(term))
    }

    fn entry(&self, py: Python<'_>, id: &str) -> PyResult<String> {
        self.answer(py, |kb| kb.entry(id))
    }

    fn edition(&self, py: Python<'_>, id: &str, wishes: Wishes) -> PyResult<String> {
        let options = wishes.added_to(SearchOptions::default());
        self.answer(py, |kb| kb.edition(id, &options))
    }

    fn help(&self, py: Python<'_>, help_id: &str) -> PyResult<String> {
        self.answer(py, |kb| kb.help(help_id))
    }

    fn complete(&self, py: Python<'_>, typed: &str, limit: usize) -> PyResult<String> {
        self.answer(py, |kb| kb.complete(typed, limit))
    }

    fn complete_id(&self, py: Python<'_>, typed: &str, limit: usize) -> PyResult<String> {
        self.answer(py, |kb| kb.complete_id(typed, limit))
    }

    fn nearest_ids(&self, py: Python<'_>, id: &str, limit: usize) -> PyResult<String> {
        self.answer(py, |kb| kb.nearest_ids(id, limit))
    }

    fn count(
        &self,
        py: Python<'_>,
        section: Option<String>,
        language: Option<String>,
        kinds: Option<Vec<String>>,
        ids: Option<Vec<String>>,
    ) -> PyResult<String> {
        let options = narrowed(section, language, kinds, ids)?;
        self.answer(py, |kb| kb.count(&options))
    }

    fn entries(&self, py: Python<'_>) -> PyResult<String> {
        self.answer(py, |kb| kb.entries().collect::<Result<Vec<Entry>, SearchError>>())
    }

    fn sections(&self, py: Python<'_>) -> PyResult<String> {
        self.answer(py, faqt::KnowledgeBase::sections)
    }

    fn manifest(&self, py: Python<'_>) -> PyResult<String> {
        self.answer(py, |kb| Ok(kb.manifest().clone()))
    }

    fn evaluate(&self, py: Python<'_>, queries: &str) -> PyResult<String> {
        let queries = evaluation::queries(queries).map_err(invalid)?;
        self.answer(py, |kb| evaluation::evaluate(kb, &queries))
    }

    /// Returns the record of a question as a line for a log, from its facts as JSON.
    fn log_record(&self, facts: &str) -> PyResult<String> {
        let kb = self.kb().map_err(failed)?;
        Ok(LogRecord::from_facts(facts, &kb).map_err(invalid)?.to_line())
    }
}

/// Renders Markdown as sanitised HTML.
#[pyfunction]
fn html(
    markdown: &str,
    entry_href: Option<String>,
    heading_offset: u8,
    id_prefix: String,
    images: &str,
) -> PyResult<String> {
    let mut options = HtmlOptions::default().with_id_prefix(id_prefix);
    options.entry_href = entry_href;
    options.heading_offset = heading_offset;
    options.images = match images {
        "describe" => Images::Describe,
        "link" => Images::Link,
        "load" => Images::Load,
        other => return Err(PyValueError::new_err(format!("images: {other:?} is not describe, link or load"))),
    };
    Ok(faqt::render::html(markdown, &options))
}

/// Lays Markdown out in lines.
#[pyfunction]
fn text(markdown: &str, width: usize, styled: bool, hyperlinks: bool) -> String {
    let mut options = TextOptions::for_pipe(width);
    options.styled = styled;
    options.hyperlinks = hyperlinks;
    faqt::render::text(markdown, &options)
}

/// Returns the words of Markdown.
#[pyfunction]
fn plain(markdown: &str) -> String {
    faqt::render::plain(markdown)
}

#[pymodule]
fn _native(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("FaqtError", module.py().get_type::<FaqtError>())?;
    module.add_class::<KnowledgeBase>()?;
    module.add_function(wrap_pyfunction!(html, module)?)?;
    module.add_function(wrap_pyfunction!(text, module)?)?;
    module.add_function(wrap_pyfunction!(plain, module)?)
}
