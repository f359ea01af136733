//! A generation in PostgreSQL, for questions.

use std::collections::HashMap;
use std::fmt::Write;
use std::sync::Arc;

use faqt::database::{AnyOf, Choice, Condition, Count, Database, DatabaseError, Row, distinct_lengths};
use tokio_postgres::types::{FromSql, ToSql, Type};

use super::blocks::{DISTANCE_MAX, LENGTH_BITS, LENGTH_MAX};
use super::columns::{START, number, numbers};
use super::connection::{Connections, Parameter};
use crate::tables::{Table, Tables};

/// A generation.
pub(super) struct OfGeneration {
    pub(super) connections: Arc<Connections>,
    pub(super) tables: Tables,
}

/// The text of a statement, and the parameters that it names `$1`, `$2`….
#[derive(Default)]
struct Statement {
    sql: String,
    parameters: Vec<(Box<dyn ToSql + Sync>, Type)>,
}

impl Statement {
    fn text(mut self, text: impl std::fmt::Display) -> Statement {
        // Writing to a string cannot fail.
        let _ = write!(self.sql, "{text}");
        self
    }

    fn parameter(mut self, value: impl ToSql + Sync + 'static, of_type: Type) -> Statement {
        self.parameters.push((Box::new(value), of_type));
        let place = self.parameters.len();
        self.text(format_args!("${place}"))
    }

    fn limit(self, limit: usize) -> Statement {
        self.text(" limit ").parameter(i64::try_from(limit).unwrap_or(i64::MAX), Type::INT8)
    }

    fn among(self, values: &[u32]) -> Statement {
        self.text(" = any(").parameter(numbers(values), Type::INT4_ARRAY).text(")")
    }

    /// Adds a condition on the column `position`, behind others.
    fn and(self, condition: &Condition, tables: &Tables) -> Statement {
        condition.0.iter().fold(self, |statement, group| match group {
            AnyOf::Positions(positions) => statement.text(" and position").among(positions),
            AnyOf::Names(names) => {
                let statement = statement.text(" and position in (select position from ");
                statement.text(tables.of(Table::Names)).text(" where ").have_names(names).text(")")
            }
        })
    }

    /// Adds the condition that the column `name` has one of `names`; the index has the first bytes of names.
    ///
    /// With `coalesce`, PostgreSQL does not multiply the shares of both conditions. It took 1,000 entries of a section for 2,
    /// compared each posting with each of them, and took 13 s for a question instead of 60 ms.
    fn have_names(self, names: &[String]) -> Statement {
        let starts = names.iter().map(|name| name.as_bytes()[..name.len().min(START)].to_vec()).collect::<Vec<_>>();
        let all = names.iter().map(|name| name.as_bytes().to_vec()).collect::<Vec<_>>();
        self.text(format_args!("substr(name, 1, {START}) = any("))
            .parameter(starts, Type::BYTEA_ARRAY)
            .text(") and coalesce(name = any(")
            .parameter(all, Type::BYTEA_ARRAY)
            .text("), false)")
    }
}

impl OfGeneration {
    fn table(&self, table: Table) -> String {
        self.tables.of(table)
    }

    fn select<T>(
        &self,
        statement: &Statement,
        row: impl Fn(&tokio_postgres::Row) -> Result<T, tokio_postgres::Error>,
    ) -> Result<Vec<T>, DatabaseError> {
        let parameters: Vec<Parameter<'_>> =
            statement.parameters.iter().map(|(value, of_type)| (&**value, of_type.clone())).collect();
        let rows = self.connections.select(&statement.sql, &parameters).map_err(|error| self.tables.failed(error))?;
        let rows: Result<Vec<T>, _> = rows.iter().map(row).collect();
        Ok(rows.map_err(|error| self.connections.senseless(error))?)
    }

    fn positions(&self, statement: &Statement) -> Result<Vec<u32>, DatabaseError> {
        self.select(statement, |row| value(row, 0).map(number))
    }
}

fn value<'a, T: FromSql<'a>>(row: &'a tokio_postgres::Row, column: usize) -> Result<T, tokio_postgres::Error> {
    row.try_get(column)
}

impl Database for OfGeneration {
    fn best(&self, choice: &Choice) -> Result<Vec<(u32, f64)>, DatabaseError> {
        let (terms, weights): (Vec<u32>, Vec<f64>) =
            choice.terms.iter().map(|(term, weight)| (*term, f64::from(*weight))).unzip();
        // The part of the denominator beside the count, for each length.
        let of_length = |length| choice.saturation + choice.length_factor * f64::from(length);
        let denominators: Vec<f64> = distinct_lengths().into_iter().map(of_length).collect();
        let statement = Statement::default()
            .text("select position, sum(weight * count / (count + (")
            .parameter(denominators, Type::FLOAT8_ARRAY)
            .text(format_args!(")[(place & {LENGTH_MAX}) + 1])) as score from ("))
            .text(format_args!(
                "select weight, first + (place >> {LENGTH_BITS}) as position, (base + more::int4)::float8 as count, "
            ))
            .text("place from (select weight, position as first, count as base, unnest(places) as place, ")
            .text("unnest(counts) as more from unnest(")
            .parameter(numbers(&terms), Type::INT4_ARRAY)
            .text(", ")
            .parameter(weights, Type::FLOAT8_ARRAY)
            .text(format_args!(") as asked(term, weight) join {} using (term)", self.table(Table::Postings)))
            .text(") as places) as postings where true")
            .and(&choice.condition, &self.tables)
            .text(" group by position order by score desc, position")
            .limit(choice.limit);
        self.select(&statement, |row| Ok((number(value(row, 0)?), value(row, 1)?)))
    }

    fn with_phrasing(&self, hash: u32, condition: &Condition, limit: usize) -> Result<Vec<u32>, DatabaseError> {
        let statement = Statement::default()
            .text(format_args!("select distinct position from {} where hash = ", self.table(Table::Phrasings)))
            .parameter(i64::from(hash), Type::INT8)
            .and(condition, &self.tables)
            .text(" order by position")
            .limit(limit);
        self.positions(&statement)
    }

    fn named(&self, names: &[String]) -> Result<Vec<Vec<u32>>, DatabaseError> {
        let statement = Statement::default()
            .text(format_args!("select name, position from {} where ", self.table(Table::Names)))
            .have_names(names)
            .text(" order by position");
        let mut positions: HashMap<Vec<u8>, Vec<u32>> = HashMap::new();
        for (name, position) in
            self.select(&statement, |row| Ok((value::<Vec<u8>>(row, 0)?, number(value(row, 1)?))))?
        {
            positions.entry(name).or_default().push(position);
        }
        Ok(names.iter().map(|name| positions.get(name.as_bytes()).cloned().unwrap_or_default()).collect())
    }

    fn names(&self, prefix: &str, after: &str, limit: usize) -> Result<Vec<String>, DatabaseError> {
        // The index bounds the first bytes of names, then all bytes decide.
        let from = prefix.max(after).as_bytes();
        let length = i32::try_from(prefix.len()).unwrap_or(i32::MAX);
        let statement = Statement::default()
            .text(format_args!("select name from {} where substr(name, 1, {START}) >= ", self.table(Table::Names)))
            .parameter(from[..from.len().min(START)].to_vec(), Type::BYTEA)
            .text(" and name > ")
            .parameter(after.as_bytes().to_vec(), Type::BYTEA)
            .text(" and substr(name, 1, ")
            .parameter(length, Type::INT4)
            .text(") = ")
            .parameter(prefix.as_bytes().to_vec(), Type::BYTEA)
            .text(format_args!(" group by substr(name, 1, {START}), name order by substr(name, 1, {START}), name"))
            .limit(limit);
        let names = self.select(&statement, |row| value::<Vec<u8>>(row, 0))?;
        let names: Result<Vec<String>, _> = names.into_iter().map(String::from_utf8).collect();
        names.map_err(|error| self.connections.senseless(error).into())
    }

    fn size(&self, condition: &Condition) -> Result<(u32, u64), DatabaseError> {
        let statement = Statement::default()
            .text("select count(*), coalesce(sum(length), 0)::int8 from ")
            .text(format_args!("{} where true", self.table(Table::Entries)))
            .and(condition, &self.tables);
        let rows = self.select(&statement, |row| Ok((value::<i64>(row, 0)?, value::<i64>(row, 1)?)))?;
        match rows.first().map(|&(count, sum)| (u32::try_from(count), u64::try_from(sum))) {
            Some((Ok(count), Ok(sum))) => Ok((count, sum)),
            _ => Err(self.connections.senseless("no count").into()),
        }
    }

    fn frequencies(&self, condition: &Condition, terms: &[u32]) -> Result<Vec<u32>, DatabaseError> {
        let statement = Statement::default()
            .text(format_args!(
                "select term, count(*)::int4 from (select term, first + (place >> {LENGTH_BITS}) as position "
            ))
            .text("from (select term, position as first, unnest(places) as place from ")
            .text(format_args!("{} where term", self.table(Table::Postings)))
            .among(terms)
            .text(") as places) as postings where true")
            .and(condition, &self.tables)
            .text(" group by term");
        let counts = self.select(&statement, |row| Ok((number(value(row, 0)?), number(value(row, 1)?))))?;
        let counts: HashMap<u32, u32> = counts.into_iter().collect();
        Ok(terms.iter().map(|term| counts.get(term).copied().unwrap_or(0)).collect())
    }

    fn meeting(&self, condition: &Condition, positions: &[u32]) -> Result<Vec<u32>, DatabaseError> {
        let statement = Statement::default()
            .text(format_args!("select position from {} where position", self.table(Table::Entries)))
            .among(positions)
            .and(condition, &self.tables)
            .text(" order by position");
        self.positions(&statement)
    }

    fn rows(&self, positions: &[u32]) -> Result<Vec<Row>, DatabaseError> {
        let statement = Statement::default()
            .text("select position, length, phrasings, vectors, sentences from ")
            .text(format_args!("{} where position", self.table(Table::Entries)))
            .among(positions);
        self.select(&statement, |row| {
            Ok(Row {
                position: number(value(row, 0)?),
                length: number(value(row, 1)?),
                phrasings: value(row, 2)?,
                vectors: value(row, 3)?,
                sentences: value(row, 4)?,
            })
        })
    }

    fn counts(&self, terms: &[u32], positions: &[u32]) -> Result<Vec<Count>, DatabaseError> {
        // The block whose first position is the last one before an entry is the only one that may hold it.
        let statement = Statement::default()
            .text("select term, position, count + counts[place]::int4 from (select term, position, block.* from unnest(")
            .parameter(numbers(terms), Type::INT4_ARRAY)
            .text(") as terms(term) cross join unnest(")
            .parameter(numbers(positions), Type::INT4_ARRAY)
            .text(") as positions(position) cross join lateral (select postings.position as first, count, places, counts, ")
            .text(format_args!("width_bucket((least(positions.position - postings.position, {DISTANCE_MAX}) "))
            .text(format_args!("<< {LENGTH_BITS}) + {LENGTH_MAX}, places) as place from "))
            .text(format_args!("{} as postings where postings.term = terms.term", self.table(Table::Postings)))
            .text(" and postings.position <= positions.position order by postings.position desc limit 1) as block) as found ")
            .text(format_args!("where places[place] >> {LENGTH_BITS} = position - first"));
        self.select(&statement, |row| {
            let [term, position, count] = [value(row, 0)?, value(row, 1)?, value(row, 2)?].map(number);
            Ok(Count { term, position, count })
        })
    }

    fn entries(&self, positions: &[u32]) -> Result<Vec<(u32, Vec<u8>)>, DatabaseError> {
        let statement = Statement::default()
            .text(format_args!("select position, json from {} where position", self.table(Table::Entries)))
            .among(positions);
        self.select(&statement, |row| Ok((number(value(row, 0)?), value(row, 1)?)))
    }
}
