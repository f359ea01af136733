//! The command line: arguments, completion, exit codes and errors.

pub(crate) mod arguments;
pub(crate) mod completion;
pub(crate) mod database_urls;
pub(crate) mod exit;
pub(crate) mod failure;
pub(crate) mod home;
pub(crate) mod intent;
pub(crate) mod shell_word;
pub(crate) mod values;
