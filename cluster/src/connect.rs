//! The engine that a URL names.

use std::sync::Arc;

use crate::address::{Address, EngineKind};
use crate::engine::Engine;
use crate::error::ClusterError;

/// Connects to the database at `address`.
pub(crate) fn connect(address: &Address) -> Result<Arc<dyn Engine>, ClusterError> {
    match address.engine {
        #[cfg(feature = "clickhouse")]
        EngineKind::ClickHouse => Ok(Arc::new(crate::clickhouse::ClickHouse::connect(address)?)),
        #[cfg(not(feature = "clickhouse"))]
        EngineKind::ClickHouse => Err(ClusterError::Engine("clickhouse")),
        #[cfg(feature = "postgres")]
        EngineKind::Postgres => Ok(Arc::new(crate::postgres::Postgres::connect(address)?)),
        #[cfg(not(feature = "postgres"))]
        EngineKind::Postgres => Err(ClusterError::Engine("postgres")),
    }
}
