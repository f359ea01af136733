//! The engine that a URL names.

use std::sync::Arc;

use crate::address::{Address, EngineKind};
use crate::engine::Engine;
use crate::error::ClusterError;
use crate::sharded::Sharded;

/// Connects to the database at `address`, on each of its servers.
pub(crate) fn connect(address: &Address) -> Result<Arc<dyn Engine>, ClusterError> {
    let servers = address.servers();
    if servers.len() == 1 {
        return connect_one(address);
    }
    let engines = servers.iter().map(|server| Ok((server.to_string(), connect_one(server)?)));
    Ok(Arc::new(Sharded { engines: engines.collect::<Result<_, ClusterError>>()? }))
}

fn connect_one(address: &Address) -> Result<Arc<dyn Engine>, ClusterError> {
    match address.engine {
        #[cfg(feature = "clickhouse")]
        EngineKind::ClickHouse => Ok(Arc::new(crate::clickhouse::ClickHouse::connect(address)?)),
        #[cfg(not(feature = "clickhouse"))]
        EngineKind::ClickHouse => Err(ClusterError::Engine("clickhouse")),
        #[cfg(feature = "elasticsearch")]
        EngineKind::Elasticsearch => Ok(Arc::new(crate::elasticsearch::Elasticsearch::connect(address)?)),
        #[cfg(not(feature = "elasticsearch"))]
        EngineKind::Elasticsearch => Err(ClusterError::Engine("elasticsearch")),
        #[cfg(feature = "postgres")]
        EngineKind::Postgres => Ok(Arc::new(crate::postgres::Postgres::connect(address)?)),
        #[cfg(not(feature = "postgres"))]
        EngineKind::Postgres => Err(ClusterError::Engine("postgres")),
    }
}
