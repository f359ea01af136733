//! A small web service with embedded help: `/help?q=QUESTION`, `/help/ID`, `/help.json?q=QUESTION`.

use std::error::Error;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use faqt::render::{HtmlOptions, escape_html, html};
use faqt::{Embedded, Entry, KnowledgeBase, Outcome, SearchError};

static HELP: Embedded = faqt::embed!("help");

#[derive(serde::Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
}

/// A request that failed because the pack is damaged.
struct Failure(SearchError);

impl From<SearchError> for Failure {
    fn from(error: SearchError) -> Failure {
        Failure(error)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        (StatusCode::INTERNAL_SERVER_ERROR, self.0.to_string()).into_response()
    }
}

async fn ask(State(help): State<KnowledgeBase>, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    let found = help.ask(&asked.q)?;
    if let Some(hit) = found.answer() {
        return Ok(page(&hit.entry).into_response());
    }
    Ok(match found.outcome {
        Outcome::Unsure => {
            let line = |entry: &Entry| {
                let address = options().entry_address(&entry.id).unwrap_or_default();
                format!("<li><a href=\"{}\">{}</a></li>", escape_html(&address), escape_html(&entry.question))
            };
            let lines: String = found.hits.iter().map(|hit| line(&hit.entry)).collect();
            Html(format!("<h1>Did you mean one of these?</h1><ul>{lines}</ul>")).into_response()
        }
        _ => (StatusCode::NOT_FOUND, Html("<h1>The help does not cover this.</h1>")).into_response(),
    })
}

async fn show(State(help): State<KnowledgeBase>, Path(id): Path<String>) -> Result<Response, Failure> {
    Ok(match help.entry(&id)? {
        Some(entry) => page(&entry).into_response(),
        None => (StatusCode::NOT_FOUND, Html("<h1>There is no such entry.</h1>")).into_response(),
    })
}

async fn ask_json(State(help): State<KnowledgeBase>, Query(asked): Query<Asked>) -> Result<Response, Failure> {
    Ok(Json(help.ask(&asked.q)?).into_response())
}

/// Returns the options with the address of entry pages.
fn options() -> HtmlOptions {
    HtmlOptions::default().with_entry_href("/help/")
}

/// Renders an entry as a page; its answer is sanitised, without scripts and event handlers.
fn page(entry: &Entry) -> Html<String> {
    let answer = html(&entry.answer, &options());
    Html(format!("<h1>{}</h1>{answer}", escape_html(&entry.question)))
}

fn main() -> Result<(), Box<dyn Error>> {
    let pages = Router::new()
        .route("/help", get(ask))
        .route("/help/{id}", get(show))
        .route("/help.json", get(ask_json))
        .with_state(HELP.open()?);
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8080".to_owned());
    tokio::runtime::Builder::new_current_thread().enable_io().build()?.block_on(async {
        let listener = tokio::net::TcpListener::bind(address).await?;
        println!("http://{}/help?q=how+do+I+save", listener.local_addr()?);
        axum::serve(listener, pages).await?;
        Ok(())
    })
}
