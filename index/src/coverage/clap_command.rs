//! The commands and flags of a clap command.

use clap::{Arg, Command};

use super::item::{Item, ItemKind, first_sentence, is_of_every_program};

/// Returns the name of the program, and its items in the order of its help.
pub(super) fn read(command: &Command) -> (String, Vec<Item>) {
    let mut command = command.clone();
    // Some definitions are made when they are needed.
    command.build();
    let name = command.get_bin_name().unwrap_or(command.get_name()).to_owned();
    let mut items = Vec::new();
    read_command(&command, &name, true, &mut items);
    (name, items)
}

fn read_command(command: &Command, path: &str, is_program: bool, items: &mut Vec<Item>) {
    let of_args = command.get_arguments().filter(|arg| is_program || !arg.is_global_set());
    items.extend(of_args.filter_map(|arg| flag(arg, path)));
    for below in
        command.get_subcommands().filter(|below| !below.is_hide_set() && !is_of_every_program(below.get_name()))
    {
        let path = format!("{path} {}", below.get_name());
        let sentence = below.get_about().and_then(|about| first_sentence(&about.to_string()));
        let name = below.get_name().to_owned();
        items.push(Item { kind: ItemKind::Command, command: path.clone(), name, sentence, line: 1 });
        read_command(below, &path, false, items);
    }
}

fn flag(arg: &Arg, command: &str) -> Option<Item> {
    let long = arg.get_long().map(|long| format!("--{long}"));
    let name = long.or_else(|| arg.get_short().map(|short| format!("-{short}")))?;
    if arg.is_hide_set() || is_of_every_program(&name) {
        return None;
    }
    let sentence = arg.get_help().and_then(|help| first_sentence(&help.to_string()));
    Some(Item { kind: ItemKind::Flag, command: command.to_owned(), name, sentence, line: 1 })
}
