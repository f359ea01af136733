//! A generation in ClickHouse, for questions.

use std::collections::HashMap;
use std::sync::Arc;

use faqt::database::{Choice, Condition, Count, Database, DatabaseError, Row};

use super::row_binary::Column;
use super::server::ClickHouse;
use super::sql;
use crate::tables::{Table, Tables};

/// A generation, of which all questions are asked of one server, which asks the others.
pub(super) struct OfGeneration {
    pub(super) server: Arc<ClickHouse>,
    pub(super) tables: Tables,
}

impl OfGeneration {
    fn table(&self, table: Table) -> String {
        self.server.reading(&self.tables.of(table))
    }

    fn condition(&self, condition: &Condition) -> String {
        sql::condition(condition, &self.table(Table::Names))
    }

    fn select<T: Column>(&self, sql: &str) -> Result<Vec<T>, DatabaseError> {
        self.server.select(sql).map_err(|error| self.tables.failed(error).into())
    }
}

/// Returns `sum(weight · count / (count + saturation + length_factor · length))` of a choice, with its terms between commas.
fn score(choice: &Choice, terms: &str) -> String {
    // `{:?}` keeps a point or an exponent, so that the array is one of Float64.
    let weights: Vec<String> = choice.terms.iter().map(|(_, weight)| format!("{:?}", f64::from(*weight))).collect();
    format!(
        "sum(transform(term, [{terms}], [{}], 0.) * count / (count + {:?} + {:?} * length))",
        weights.join(","),
        choice.saturation,
        choice.length_factor,
    )
}

impl Database for OfGeneration {
    fn best(&self, choice: &Choice) -> Result<Vec<(u32, f64)>, DatabaseError> {
        if choice.terms.is_empty() || choice.limit == 0 {
            return Ok(Vec::new());
        }
        let terms: Vec<u32> = choice.terms.iter().map(|(term, _)| *term).collect();
        let terms = sql::numbers(&terms);
        let sql = format!(
            "select position, {} as score from {} where term in ({terms}) and {} \
             group by position order by score desc, position limit {}",
            score(choice, &terms),
            self.table(Table::Postings),
            self.condition(&choice.condition),
            choice.limit,
        );
        self.select(&sql)
    }

    fn with_phrasing(&self, hash: u32, condition: &Condition, limit: usize) -> Result<Vec<u32>, DatabaseError> {
        let sql = format!(
            "select distinct position from {} where hash = {hash} and {} order by position limit {limit}",
            self.table(Table::Phrasings),
            self.condition(condition),
        );
        self.select(&sql)
    }

    fn named(&self, names: &[String]) -> Result<Vec<Vec<u32>>, DatabaseError> {
        let sql = format!(
            "select name, position from {} where name in ({}) order by name, position",
            self.table(Table::Names),
            sql::literals(names),
        );
        let mut positions: HashMap<String, Vec<u32>> = HashMap::new();
        for (name, position) in self.select::<(String, u32)>(&sql)? {
            positions.entry(name).or_default().push(position);
        }
        Ok(names.iter().map(|name| positions.get(name).cloned().unwrap_or_default()).collect())
    }

    fn names(&self, prefix: &str, after: &str, limit: usize) -> Result<Vec<String>, DatabaseError> {
        let sql = format!(
            "select distinct name from {} where name >= {prefix} and name > {} and startsWith(name, {prefix}) \
             order by name limit {limit}",
            self.table(Table::Names),
            sql::literal(after),
            prefix = sql::literal(prefix),
        );
        self.select(&sql)
    }

    fn size(&self, condition: &Condition) -> Result<(u32, u64), DatabaseError> {
        let sql = format!(
            "select toUInt32(count()), toUInt64(sum(length)) from {} where {}",
            self.table(Table::Entries),
            self.condition(condition),
        );
        let rows = self.select(&sql)?;
        rows.first().copied().ok_or_else(|| self.server.senseless("no count").into())
    }

    fn frequencies(&self, condition: &Condition, terms: &[u32]) -> Result<Vec<u32>, DatabaseError> {
        let sql = format!(
            "select term, toUInt32(count()) from {} where term in ({}) and {} group by term",
            self.table(Table::Postings),
            sql::numbers(terms),
            self.condition(condition),
        );
        let counts: HashMap<u32, u32> = self.select(&sql)?.into_iter().collect();
        Ok(terms.iter().map(|term| counts.get(term).copied().unwrap_or(0)).collect())
    }

    fn meeting(&self, condition: &Condition, positions: &[u32]) -> Result<Vec<u32>, DatabaseError> {
        let sql = format!(
            "select position from {} where position in ({}) and {} order by position",
            self.table(Table::Entries),
            sql::numbers(positions),
            self.condition(condition),
        );
        self.select(&sql)
    }

    fn rows(&self, positions: &[u32]) -> Result<Vec<Row>, DatabaseError> {
        let sql = format!(
            "select position, length, phrasings, vectors, sentences from {} where position in ({})",
            self.table(Table::Entries),
            sql::numbers(positions),
        );
        let rows = self.select::<(u32, u32, Vec<u8>, Vec<u8>, Vec<u8>)>(&sql)?;
        let row =
            |(position, length, phrasings, vectors, sentences)| Row { position, length, phrasings, vectors, sentences };
        Ok(rows.into_iter().map(row).collect())
    }

    fn counts(&self, terms: &[u32], positions: &[u32]) -> Result<Vec<Count>, DatabaseError> {
        let sql = format!(
            "select term, position, count from {} where term in ({}) and position in ({})",
            self.table(Table::Postings),
            sql::numbers(terms),
            sql::numbers(positions),
        );
        let rows = self.select::<(u32, u32, u32)>(&sql)?;
        Ok(rows.into_iter().map(|(term, position, count)| Count { term, position, count }).collect())
    }

    fn entries(&self, positions: &[u32]) -> Result<Vec<(u32, Vec<u8>)>, DatabaseError> {
        let sql = format!(
            "select position, json from {} where position in ({})",
            self.table(Table::Entries),
            sql::numbers(positions),
        );
        self.select(&sql)
    }
}
