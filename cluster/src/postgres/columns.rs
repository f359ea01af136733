//! The columns of tables, their types and indexes.

use tokio_postgres::types::Type;

use crate::tables::Table;

/// The bytes at the beginning of a name that stand in the index.
pub(super) const START: usize = 1000;

/// Returns a number of a column, which is never below 0.
pub(super) fn number(number: i32) -> u32 {
    number.unsigned_abs()
}

/// Returns numbers for a parameter. Those that no column holds are left out.
pub(super) fn numbers(numbers: &[u32]) -> Vec<i32> {
    numbers.iter().filter_map(|&number| i32::try_from(number).ok()).collect()
}

/// Returns the columns of a table.
pub(super) fn columns(table: Table) -> &'static str {
    match table {
        Table::Postings => {
            "term int4 not null, position int4 not null, count int4 not null, places int4[] not null, \
             counts \"char\"[] not null"
        }
        Table::Names => "name bytea not null, position int4 not null",
        Table::Phrasings => "hash int8 not null, position int4 not null",
        Table::Entries => {
            "position int4 not null, length int4 not null, id bytea not null, phrasings bytea not null, \
             vectors bytea not null, sentences bytea not null, json bytea not null"
        }
        Table::Planning => "part int4 not null, bytes bytea not null",
    }
}

/// Returns the columns of the index, which is made after the rows are there.
pub(super) fn index(table: Table) -> String {
    match table {
        Table::Postings => "(term, position)".to_owned(),
        Table::Names => format!("(substr(name, 1, {START}), position)"),
        Table::Phrasings => "(hash, position)".to_owned(),
        Table::Entries => "(position) include (length)".to_owned(),
        Table::Planning => "(part)".to_owned(),
    }
}

/// Returns the types of the columns, in the same order.
pub(super) fn types(table: Table) -> &'static [Type] {
    match table {
        Table::Postings => &[Type::INT4, Type::INT4, Type::INT4, Type::INT4_ARRAY, Type::CHAR_ARRAY],
        Table::Names => &[Type::BYTEA, Type::INT4],
        Table::Phrasings => &[Type::INT8, Type::INT4],
        Table::Entries => &[Type::INT4, Type::INT4, Type::BYTEA, Type::BYTEA, Type::BYTEA, Type::BYTEA, Type::BYTEA],
        Table::Planning => &[Type::INT4, Type::BYTEA],
    }
}
