//! A server and its tables, which may stand for those of a cluster.

use super::http::Http;
use super::row_binary::{self, Column, CutOff};
use super::sql;
use crate::address::Address;
use crate::error::ClusterError;

/// A server.
pub(crate) struct ClickHouse {
    pub(super) http: Http,
    pub(super) address: Address,
    /// The replicas of a shard; an insert waits for all of them.
    replicas: u64,
}

impl ClickHouse {
    /// Connects to the server at `address` and checks its version.
    pub(crate) fn connect(address: &Address) -> Result<ClickHouse, ClusterError> {
        let http = Http::new(address)?;
        let mut server = ClickHouse { http, address: address.clone(), replicas: 1 };
        let version = server.select::<String>("select version()")?.concat();
        if crate::http::version(&version) < (18, 16) {
            let found = format!("ClickHouse {version}");
            return Err(ClusterError::Version { server: address.to_string(), found, wanted: "ClickHouse 18.16" });
        }
        if let Some(cluster) = address.cluster.as_ref().filter(|_| address.is_replicated) {
            server.replicas = server.count_replicas(cluster)?;
        }
        Ok(server)
    }

    fn count_replicas(&self, cluster: &str) -> Result<u64, ClusterError> {
        let sql = format!(
            "select toUInt64(max(replicas)) from (select count() as replicas from system.clusters where cluster = {} \
             group by shard_num)",
            sql::literal(cluster),
        );
        let replicas = self.select::<u64>(&sql)?.first().copied().unwrap_or(0);
        if replicas > 0 {
            return Ok(replicas);
        }
        let cause = format!("there is no cluster `{cluster}` in system.clusters");
        Err(ClusterError::Server { server: self.address.to_string(), cause })
    }

    /// Runs a query and reads its rows.
    pub(super) fn select<T: Column>(&self, sql: &str) -> Result<Vec<T>, ClusterError> {
        let answer = self.http.select(&format!("{sql} format RowBinary"))?;
        row_binary::rows(&answer).map_err(|CutOff| self.senseless("a row is cut off"))
    }

    pub(super) fn senseless(&self, cause: &str) -> ClusterError {
        ClusterError::Answer { server: self.address.to_string(), cause: cause.to_owned() }
    }

    /// Returns the table that is read and written, which stands for those of all shards.
    pub(super) fn reading(&self, table: &str) -> String {
        format!("{}.{}", sql::identifier(&self.address.database), sql::identifier(table))
    }

    fn on_cluster(&self) -> String {
        self.address.cluster.as_ref().map_or(String::new(), |name| format!(" on cluster {}", sql::identifier(name)))
    }

    /// Creates a table, on each server of a cluster.
    pub(super) fn create_table(
        &self,
        table: &str,
        columns: &str,
        order: &str,
        settings: &str,
    ) -> Result<(), ClusterError> {
        let on_cluster = self.on_cluster();
        let engine = if self.address.is_replicated {
            let path = sql::literal(&format!("/clickhouse/tables/{{shard}}/{}/{table}", self.address.database));
            format!("ReplicatedMergeTree({path}, '{{replica}}')")
        } else {
            "MergeTree()".to_owned()
        };
        let of_rows = if self.address.cluster.is_some() { local(table) } else { table.to_owned() };
        self.http.run(&format!(
            "create table if not exists {}{on_cluster} ({columns}) engine = {engine} order by {order}{settings}",
            self.reading(&of_rows),
        ))?;
        let Some(cluster) = &self.address.cluster else { return Ok(()) };
        let key = if columns.contains("position ") { "position" } else { "0" };
        self.http.run(&format!(
            "create table if not exists {}{on_cluster} ({columns}) engine = Distributed({}, {}, {}, {key})",
            self.reading(table),
            sql::literal(cluster),
            sql::literal(&self.address.database),
            sql::literal(&of_rows),
        ))
    }

    pub(super) fn drop_table(&self, table: &str) -> Result<(), ClusterError> {
        let on_cluster = self.on_cluster();
        self.http.run(&format!("drop table if exists {}{on_cluster}", self.reading(table)))?;
        if self.address.cluster.is_some() {
            self.http.run(&format!("drop table if exists {}{on_cluster}", self.reading(&local(table))))?;
        }
        Ok(())
    }

    pub(super) fn insert(&self, table: &str, rows: &[u8]) -> Result<(), ClusterError> {
        let quorum = if self.replicas > 1 { Some(self.replicas) } else { None };
        self.http.insert(&format!("insert into {} format RowBinary", self.reading(table)), rows, quorum)
    }
}

/// Returns the name of the table that has the rows of one server of a cluster.
fn local(table: &str) -> String {
    format!("{table}_local")
}
