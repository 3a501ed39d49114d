//! The reference of the command line, made from the help texts.

use clap::{Command, CommandFactory};

use super::Arguments;

/// `docs/cli.md`: every command with its arguments and options.
#[must_use]
pub fn reference() -> String {
    let mut root = Arguments::command();
    root.build();
    let mut out =
        String::from("# The command line\n\nGenerated from the help texts; `sinew COMMAND --help` prints the same.\n");
    section(&root, &mut out);
    out.push_str(
        "\n## What programs read\n\n\
         `--format json` (and `sarif` of `check`) is valid also when the input is wrong: the exit code is 2, and standard output holds\n\
         the diagnosis in place of the answer, as `sinew schema diagnosis` describes it:\n\n\
         ```json\n\
         { \"sinew\": 1, \"diagnostics\": [ { \"code\": \"unknown-word\", \"level\": \"error\", \"message\": \"...\", \"help\": \"...\",\n  \
         \"location\": { \"file\": \"stack.yaml\", \"line\": 31, \"column\": 46 }, \"related\": [],\n  \
         \"fixes\": [ { \"when\": \"if a person does it\", \"edits\": [ { \"line\": 31, \"column\": 46, \"end_line\": 31, \"end_column\": 49, \"text\": \"export-import\" } ] } ] } ] }\n\
         ```\n\n\
         A fix says what to write where, to the letter; of several, `when` says which is right. `location` is null where a file could not\n\
         be read at all.\n\n\
         ## Exit codes\n\n\
         - 0: success\n\
         - 1: `check` found something that `--deny` or `--deny-severity` forbids\n\
         - 2: the input or the command line is wrong, such as a file that is not there; all errors are listed\n\
         - 3: reading or writing failed for another reason, such as a disk that is full or a file that may not be opened\n",
    );
    out
}

fn section(command: &Command, out: &mut String) {
    let name = command.get_bin_name().unwrap_or(command.get_name());
    let mut command = command.clone().term_width(100).color(clap::ColorChoice::Never);
    let help = command.render_long_help().to_string();
    let help: Vec<&str> = help.lines().map(str::trim_end).collect();
    out.push_str(&format!("\n## `{name}`\n\n```text\n{}\n```\n", help.join("\n").trim_end()));
    for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
        section(inner, out);
    }
}
