//! The methods of the protocol, each answered on a thread of its own, so that no request waits for another.

use std::sync::Arc;

use faqt::Manifest;
use faqt::render::sanitise;
use rmcp::handler::server::ServerHandler;
use rmcp::model::{
    CallToolRequestParams, CallToolResponse, CallToolResult, CustomRequest, CustomResult, ErrorCode, ErrorData,
    Implementation, ListResourceTemplatesResult, ListResourcesResult, ListToolsResult, PaginatedRequestParams,
    ReadResourceRequestParams, ReadResourceResponse, ServerCapabilities, ServerConfig,
};
use rmcp::service::{RequestContext, RoleServer};
use tokio::task;

use super::arguments::parsed;
use super::ask::ask;
use super::list::list;
use super::reply::{Refusal, Reply};
use super::show::show;
use super::source::Source;
use super::{resources, tools};

/// The methods that this server knows: parameters of other shapes make rmcp take them for methods that it does not.
const METHODS: [&str; 7] = [
    "initialize",
    "server/discover",
    "tools/list",
    "tools/call",
    "resources/list",
    "resources/read",
    "resources/templates/list",
];

/// The server of one session.
pub(super) struct Server<S> {
    source: Arc<S>,
    /// The knowledge bases as they were when the session began, which is when an assistant asks for it.
    config: ServerConfig,
}

impl<S: Source> Server<S> {
    pub(super) fn new(source: S) -> Server<S> {
        let config = config(&source.current().manifest());
        Server { source: Arc::new(source), config }
    }

    /// Runs `work` on a thread where it may block.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce(&S) -> T + Send + 'static) -> Result<T, ErrorData> {
        let source = Arc::clone(&self.source);
        let done = task::spawn_blocking(move || work(&source)).await;
        done.map_err(|_| ErrorData::internal_error("the request failed by a defect of this program", None))
    }
}

impl<S: Source> ServerHandler for Server<S> {
    fn get_info(&self) -> ServerConfig {
        self.config.clone()
    }

    async fn list_tools(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListToolsResult, ErrorData> {
        Ok(ListToolsResult::with_all_items(tools::all()))
    }

    async fn call_tool(
        &self,
        request: CallToolRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<CallToolResponse, ErrorData> {
        let done = self.run(move |source| called(source, request)).await?;
        let done = done.ok_or_else(|| ErrorData::invalid_params("unknown tool: there are ask, show and list", None))?;
        Ok(done.map_or_else(CallToolResult::from, CallToolResult::from).into())
    }

    async fn list_resources(
        &self,
        request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourcesResult, ErrorData> {
        let cursor = request.and_then(|request| request.cursor);
        self.run(move |source| resources::list(&source.current(), cursor.as_deref())).await?
    }

    async fn list_resource_templates(
        &self,
        _request: Option<PaginatedRequestParams>,
        _context: RequestContext<RoleServer>,
    ) -> Result<ListResourceTemplatesResult, ErrorData> {
        Ok(resources::templates())
    }

    async fn read_resource(
        &self,
        request: ReadResourceRequestParams,
        _context: RequestContext<RoleServer>,
    ) -> Result<ReadResourceResponse, ErrorData> {
        let read = self.run(move |source| resources::read(&source.current(), &request.uri)).await??;
        Ok(read.into())
    }

    async fn on_custom_request(
        &self,
        request: CustomRequest,
        _context: RequestContext<RoleServer>,
    ) -> Result<CustomResult, ErrorData> {
        let (code, message) = if METHODS.contains(&request.method.as_str()) {
            (ErrorCode::INVALID_PARAMS, "the parameters do not fit the method")
        } else {
            (ErrorCode::METHOD_NOT_FOUND, "unknown method")
        };
        Err(ErrorData::new(code, message, None))
    }
}

/// Describes the server, and the knowledge bases in one line.
fn config(manifest: &Manifest) -> ServerConfig {
    let capabilities = ServerCapabilities::builder().enable_tools().enable_resources().build();
    let Manifest { name, entries, languages, .. } = manifest;
    let about = format!("FAQ: {name} ({entries} entries, languages: {})", languages.join(", "));
    ServerConfig::new(capabilities)
        .with_server_info(Implementation::new("faqt", env!("CARGO_PKG_VERSION")))
        .with_instructions(sanitise(&about))
}

/// Calls a tool; none if no tool has the name.
fn called(source: &impl Source, request: CallToolRequestParams) -> Option<Result<Reply, Refusal>> {
    let arguments = request.arguments;
    Some(match &*request.name {
        "ask" => parsed(arguments).and_then(|arguments| ask(source, &arguments)),
        "show" => parsed(arguments).and_then(|arguments| show(source, &arguments)),
        "list" => parsed(arguments).and_then(|arguments| list(source, &arguments)),
        _ => return None,
    })
}
