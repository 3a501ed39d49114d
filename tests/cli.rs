//! The binary: arguments, streams, exit codes and files.

use std::fs;
use std::io::Write;
use std::process::Stdio;

use crate::support::binary::{code, err, folder, out, run, sinew};
use crate::support::golden::{assert_fresh, compare, project};

const HANDOFF: &str = "tests/golden/02-one-handoff/stack.yaml";

#[test]
fn exit_codes_say_what_happened() {
    for (arguments, expected) in [
        (&["check", HANDOFF][..], 0),
        (&["check", HANDOFF, "--deny", "file-relay"], 0),
        (&["check", HANDOFF, "--deny", "file-relay", "--deny", "manual-handoff"], 1),
        (&["check", HANDOFF, "--deny-severity", "high"], 1),
        (&["check", "tests/golden/00-empty/stack.yaml", "--deny-severity", "low"], 0),
        (&["check", "tests/diagnostics/twelve-faults.yaml"], 2),
        (&["check", "no/such/file.yaml"], 2),
        (&["check", "tests"], 2),
        (&["check", HANDOFF, "--deny", "manual-handof"], 2),
        (&["check", HANDOFF, "--max-bytes", "10"], 2),
        (&["chekc"], 2),
        (&["--help"], 0),
        (&["--version"], 0),
        (&["catalog", "show", "no such thing at all"], 2),
    ] {
        let output = run(arguments);
        assert_eq!(code(&output), expected, "{arguments:?}: {}", err(&output));
    }
}

/// A pipeline that fails says over what, whatever the format and however many findings there are.
#[test]
fn what_is_denied_is_named() {
    for format in ["text", "json", "markdown", "sarif"] {
        let denied = run(&["check", HANDOFF, "--deny", "manual-handoff", "--format", format]);
        assert_eq!(code(&denied), 1, "{format}");
        assert!(err(&denied).ends_with("denied: manual-handoff:paste (high)\n"), "{format}: {}", err(&denied));
    }
    let many = run(&["check", "examples/stacks/messy-45.yaml", "--deny-severity", "low"]);
    assert!(err(&many).lines().last().is_some_and(|line| line.starts_with("denied: ") && line.ends_with(" more")));
    assert!(!err(&run(&["check", HANDOFF])).contains("denied"));
}

#[test]
fn an_accepted_finding_is_not_denied_and_one_past_its_day_is() {
    let stack = "tests/golden/06-accepted/stack.yaml";
    let output = run(&["check", stack, "--deny", "manual-handoff"]);
    assert_eq!(code(&output), 1);
    assert!(out(&output).contains("; 1 accepted") && err(&output).contains("expired-acceptance"));
}

#[test]
fn an_unknown_rule_is_told_the_nearest() {
    assert!(err(&run(&["check", HANDOFF, "--deny", "manual-handof"])).contains("did you mean `manual-handoff`?"));
    assert!(err(&run(&["explain", "file-rely"])).contains("did you mean `file-relay`?"));
}

#[test]
fn results_and_words_go_to_their_streams_without_colours_in_pipes() {
    let output = run(&["check", "tests/golden/06-accepted/stack.yaml"]);
    assert!(out(&output).starts_with("Accepted and not\n") && err(&output).starts_with("warning["));
    assert!(!out(&output).contains('\u{1b}') && !err(&output).contains('\u{1b}'));
    let coloured = sinew(&["check", HANDOFF]).env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(out(&coloured).contains("\u{1b}["), "colours can be asked for");
    let output = run(&["check", "tests/diagnostics/twelve-faults.yaml"]);
    assert!(out(&output).is_empty() && err(&output).ends_with("twelve-faults.yaml: 20 errors\n"), "{}", err(&output));
}

#[test]
fn a_stack_may_come_from_standard_input() {
    let mut child =
        sinew(&["handoffs", "-", "--format", "json"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(&fs::read(project().join(HANDOFF)).unwrap()).unwrap();
    let output = child.wait_with_output().unwrap();
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(answer["handoffs"][0]["id"], "paste");
    assert!(answer.get("findings").is_none(), "a question prints its own parts");
    let output = sinew(&["check", "-"]).stdin(Stdio::null()).output().unwrap();
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("<stdin>"));
}

#[test]
fn a_closed_pipe_is_no_panic() {
    let mut child =
        sinew(&["catalog", "list", "--format", "json"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((code(&output), err(&output)), (0, ""));
}

#[test]
fn a_report_is_written_whole_and_leaves_other_files_alone() {
    let folder = folder("report").join("made/for/it");
    let target = folder.to_str().unwrap();
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("report.json"), "old").unwrap();
    fs::write(folder.join("mine.txt"), "mine").unwrap();
    let output = run(&["report", HANDOFF, "-o", target]);
    assert_eq!((code(&output), out(&output)), (0, ""), "{}", err(&output));
    let mut names: Vec<String> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names.iter().filter(|name| name.ends_with(".tmp")).count(), 0, "{names:?}");
    assert_eq!(fs::read_to_string(folder.join("mine.txt")).unwrap(), "mine");
    let own = ["mine.txt", "sinew.files"];
    for name in names.iter().filter(|name| !own.contains(&name.as_str()) && folder.join(name).is_file()) {
        assert!(err(&output).contains(name), "{name} is not listed: {}", err(&output));
    }
    let report = fs::read(folder.join("report.json")).unwrap();
    serde_json::from_slice::<serde_json::Value>(&report).unwrap();
    assert!(err(&output).contains("No option breaks even within 52 weeks"), "{}", err(&output));
    run(&["report", HANDOFF, "-o", target]);
    assert_eq!(fs::read(folder.join("report.json")).unwrap(), report, "the same bytes twice");
}

#[test]
fn where_nothing_can_be_written_the_environment_failed() {
    let folder = folder("no-folder");
    fs::write(folder.join("file"), "").unwrap();
    let output = run(&["report", HANDOFF, "-o", folder.join("file").to_str().unwrap()]);
    assert_eq!(code(&output), 3, "{}", err(&output));
    // A folder stands where a file has to go: nothing stays behind.
    fs::create_dir_all(folder.join("out/report.json")).unwrap();
    let output = run(&["report", HANDOFF, "-o", folder.join("out").to_str().unwrap()]);
    assert_eq!(code(&output), 3, "{}", err(&output));
    let mut names: Vec<_> = fs::read_dir(folder.join("out")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["report.json"]);
}

#[test]
fn a_starter_file_is_valid_and_not_written_over_another() {
    let folder = folder("init");
    let init = |arguments: &[&str]| sinew(&[&["init"], arguments].concat()).current_dir(&folder).output().unwrap();
    assert_eq!(code(&init(&[])), 0);
    let refused = init(&[]);
    assert_eq!(code(&refused), 2);
    assert!(err(&refused).contains("--force"));
    fs::write(folder.join("stack.yaml"), "mine").unwrap();
    assert_eq!(code(&init(&[])), 2);
    assert_eq!(fs::read_to_string(folder.join("stack.yaml")).unwrap(), "mine");
    assert_eq!(code(&init(&["--force"])), 0);
    let checked = sinew(&["check", "stack.yaml"]).current_dir(&folder).output().unwrap();
    assert_eq!((code(&checked), err(&checked)), (0, ""), "no errors and no warnings");
    let text = fs::read_to_string(folder.join("stack.yaml")).unwrap();
    assert!(text.starts_with("# yaml-language-server: $schema="));
    for key in sinew::model::shape::STACK.iter().filter(|key| key.name != "$schema") {
        let is_taught = |line: &str| {
            let line = line.strip_prefix("# ").unwrap_or(line);
            line.split(':').next().is_some_and(|written| key.is_written(written))
        };
        assert!(text.lines().any(is_taught), "{} is not taught", key.name);
    }
}

#[test]
fn a_dash_is_standard_output_or_refused_and_never_a_file() {
    let folder = folder("dash");
    let stack = project().join(HANDOFF);
    fs::write(folder.join("tools.csv"), "Tool,Owner\nHubSpot,Anna\n").unwrap();
    let call = |arguments: &[&str]| {
        let all = arguments.iter().map(|one| if *one == HANDOFF { stack.to_str().unwrap() } else { one });
        sinew(&all.collect::<Vec<_>>()).current_dir(&folder).output().unwrap()
    };
    for arguments in
        [&["import", "tools.csv"][..], &["anonymize", HANDOFF], &["diagram", HANDOFF, "landscape", "--format", "svg"]]
    {
        let plain = call(arguments);
        let dashed = call(&[arguments, &["-o", "-"]].concat());
        assert_eq!((code(&dashed), out(&dashed)), (0, out(&plain)), "{arguments:?}: {}", err(&dashed));
        assert!(!out(&plain).is_empty() && !err(&dashed).contains("wrote"), "{arguments:?}: {}", err(&dashed));
    }
    for arguments in
        [&["report", HANDOFF, "-o", "-"][..], &["export", HANDOFF, "-o", "-"], &["plan", HANDOFF, "--target", "-"]]
    {
        let refused = call(arguments);
        assert_eq!(code(&refused), 2, "{arguments:?}");
        assert!(err(&refused).contains("one that is called `-` is `./-`"), "{}", err(&refused));
    }
    let names: Vec<String> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert_eq!(names, ["tools.csv"]);
}

#[test]
fn every_command_answers() {
    for arguments in [
        &["catalog", "list"][..],
        &["catalog", "show", "marketo", "--format", "json"],
        &["catalog", "show", "6sense", "--format", "markdown"],
        &["catalog", "route", "marketo", "salesforce"],
        &["catalog", "route", "clay", "madkudu", "--format", "json"],
        &["explain"],
        &["schema", "stack"],
        &["schema", "report"],
        &["completions", "bash"],
        &["completions", "powershell"],
        &["man"],
        &["man", "check"],
        &["init", "-"],
    ] {
        let output = run(arguments);
        assert_eq!((code(&output), err(&output)), (0, ""), "{arguments:?}");
        assert!(out(&output).lines().count() > 3, "{arguments:?}: {}", out(&output));
    }
    for rule in sinew::analysis::RULES {
        assert_eq!(out(&run(&["explain", rule.id])), rule.page);
    }
}

#[test]
fn an_empty_stack_and_one_of_hostile_names_can_be_reported() {
    let folder = folder("golden");
    for name in ["00-empty", "04-hostile-names"] {
        let stack = format!("tests/golden/{name}/stack.yaml");
        let output = run(&["report", &stack, "-o", folder.join(name).to_str().unwrap()]);
        assert_eq!(code(&output), 0, "{}", err(&output));
    }
}

#[test]
fn the_reference_of_the_command_line_is_fresh() {
    let mut stale = Vec::new();
    compare(&project().join("docs/cli.md"), &sinew::cli::reference(), &mut stale);
    assert_fresh(&stale);
}

#[test]
fn help_of_a_command_is_the_same_either_way() {
    let (asked, flagged) = (run(&["help", "check"]), run(&["check", "--help"]));
    assert_eq!((code(&asked), out(&asked)), (0, out(&flagged)));
    assert_eq!(code(&run(&["help"])), 0);
}

/// Failures are written as they come where programs read them: the bytes are those of the whole report all the same.
#[test]
fn failures_that_are_written_as_they_come_are_those_of_the_report() {
    for name in ["messy-45", "stage-3-marketo-enterprise", "tiny", "two-models"] {
        let path = format!("examples/stacks/{name}.yaml");
        let stack = project().join(&path);
        let text = fs::read_to_string(stack).unwrap();
        let stack = sinew::model::read(&sinew::source::Source::new(&path, text)).stack.unwrap();
        for order in [1, 2, 3] {
            let report = sinew::ask::outages(&sinew::analysis::Analysis::of(&stack), order);
            let written = run(&["outage", &path, "--format", "json", "--order", &order.to_string()]);
            assert!(report.outages.as_ref().is_some_and(|all| !all.is_empty()), "{name}");
            assert!(out(&written) == sinew::report::json(&report), "{name} to order {order}");
        }
    }
}

#[test]
fn answers_for_programs_are_valid_when_the_input_is_wrong() {
    let broken = "tests/drafts/agency-whiteboard.yaml";
    let schema: serde_json::Value = serde_json::from_str(out(&run(&["schema", "diagnosis"]))).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    for command in ["check", "handoffs", "outage", "stage", "plan"] {
        let output = run(&[command, broken, "--format", "json"]);
        assert_eq!(code(&output), 2);
        let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(schema.is_valid(&answer), "{command}");
        let all = answer["diagnostics"].as_array().unwrap();
        assert!(all.len() > 30, "every place is one: {}", all.len());
        let how = all.iter().find(|one| one["message"] == "a flow has no key `how`").unwrap();
        assert_eq!((&how["location"]["line"], &how["location"]["column"]), (&33.into(), &46.into()));
        let edit = &how["fixes"][0]["edits"][0];
        assert_eq!(
            (&edit["column"], &edit["end_column"], &edit["text"]),
            (&46.into(), &49.into(), &"mechanism".into())
        );
        assert!(err(&output).contains("error[unknown-key]"), "words still go to standard error");
    }
    let output = run(&["diff", broken, broken, "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(code(&output) == 2 && schema.is_valid(&answer));
    let output = run(&["check", "no/such/file.yaml", "--format", "json"]);
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(schema.is_valid(&answer) && answer["diagnostics"][0]["location"].is_null());
    let output = run(&["check", broken, "--format", "sarif"]);
    let log: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let faults: Vec<String> = crate::gate::sarif_schema().iter_errors(&log).map(|fault| fault.to_string()).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    assert_eq!((code(&output), log["runs"][0]["results"].as_array().unwrap().len() > 30), (2, true));
    assert!(out(&run(&["check", broken])).is_empty(), "words are no answer");
}

#[test]
fn a_name_is_as_good_as_an_id() {
    let stack = "examples/stacks/stage-3-marketo-enterprise.yaml";
    let by_id = run(&["outage", stack, "--without", "marketo"]);
    for name in ["Adobe Marketo Engage", "adobe marketo engage", "Marketo"] {
        let output = run(&["outage", stack, "--without", name]);
        assert_eq!((code(&output), out(&output)), (code(&by_id), out(&by_id)), "{name}: {}", err(&output));
    }
    let folder = folder("two-of-one-name");
    let file = folder.join("stack.yaml");
    fs::write(&file, "sinew: 1\nsystems: { emea: { product: marketo }, na: { product: marketo } }\n").unwrap();
    let output = run(&["outage", file.to_str().unwrap(), "--without", "Adobe Marketo Engage"]);
    assert!(code(&output) == 2 && err(&output).contains("name one by its id: `emea`, `na`"), "{}", err(&output));
}

#[test]
fn a_file_of_another_program_is_named() {
    let folder = folder("foreign");
    let file = folder.join("plan.xlsx");
    let mut book = rust_xlsxwriter::Workbook::new();
    book.add_worksheet().write_string(0, 0, "Tool").unwrap();
    fs::write(&file, book.save_to_buffer().unwrap()).unwrap();
    let output = run(&["check", file.to_str().unwrap()]);
    assert_eq!(code(&output), 2);
    assert!(err(&output).contains("is an Excel workbook, not a stack file") && err(&output).contains("sinew import"));
    let output = run(&["check", file.to_str().unwrap(), "--format", "json"]);
    assert!(out(&output).contains("an Excel workbook"), "{}", out(&output));
}

#[test]
fn a_workbook_of_results_is_no_stack() {
    let folder = folder("results-as-a-stack");
    let book = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (tiny, other) = ("examples/stacks/tiny.yaml", "examples/stacks/two-models.yaml");
    assert_eq!(code(&run(&["report", tiny, "-o", folder.to_str().unwrap()])), 0);
    assert_eq!(
        code(&run(&[
            "compare",
            "examples/stacks/stage-3-marketo-enterprise.yaml",
            "examples/scenarios/second-model.yaml",
            "-o",
            &book("scenarios.xlsx")
        ])),
        0
    );
    assert_eq!(code(&run(&["portfolio", tiny, other, "-o", &book("portfolio.xlsx")])), 0);
    for name in ["scenarios.xlsx", "portfolio.xlsx"] {
        let stack = folder.join("stack.yaml");
        for call in [&["check", &book(name)][..], &["import", &book(name), "-o", stack.to_str().unwrap()]] {
            let output = run(call);
            assert_eq!(code(&output), 2, "{call:?}: {}", out(&output));
            assert!(err(&output).contains("is a workbook of results from sinew, not a stack file"), "{}", err(&output));
            assert!(!stack.exists(), "nothing is made of it");
        }
    }
}

#[cfg(feature = "xlsx")]
#[test]
fn the_workbook_of_a_report_is_the_stack_that_it_was_made_from() {
    let folder = folder("results-with-inputs");
    let place = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let (tiny, book, copy) = ("examples/stacks/tiny.yaml", place("plan.xlsx"), place("stack.yaml"));
    assert_eq!(code(&run(&["report", tiny, "-o", folder.to_str().unwrap(), "--only", "plan.xlsx"])), 0);
    let [ours, theirs] = [run(&["stage", tiny]), run(&["stage", &book])];
    assert_eq!((code(&theirs), out(&theirs)), (0, out(&ours)), "{}", err(&theirs));
    fs::copy(project().join(tiny), &copy).unwrap();
    let output = run(&["import", &book, "--into", &copy]);
    assert_eq!(code(&output), 0, "{}", err(&output));
    assert_eq!(fs::read(&copy).unwrap(), fs::read(project().join(tiny)).unwrap());
}

#[test]
fn text_begins_with_what_matters_most_and_counts_the_rest() {
    let stack = "examples/stacks/messy-45.yaml";
    for command in ["check", "handoffs", "outage", "plan", "stage"] {
        let [brief, all] = [run(&[command, stack]), run(&[command, stack, "--all"])];
        let (brief, all) = (out(&brief), out(&all));
        assert!(brief.lines().count() < all.lines().count(), "{command}");
        let says_how = |text: &str| text.contains("`--all` lists them") || text.contains("`--all` shows everything");
        assert!(says_how(brief) && !brief.contains("the workbook have them"), "{command}\n{brief}");
        assert!(!says_how(all), "{command}");
    }
    let check = run(&["check", stack]);
    let check = out(&check);
    assert!(check.lines().count() < 40, "{}\n{check}", check.lines().count());
}

#[test]
fn a_table_breaks_no_word_and_no_line_in_a_pipe() {
    let listed = run(&["catalog", "list"]);
    let listed = out(&listed);
    let line = listed.lines().find(|line| line.contains("adobe-customer-journey-analytics"));
    assert!(line.is_some_and(|line| line.contains("Adobe Customer Journey Analytics")), "{line:?}");
}

/// The guide said 3 of a file that is not there, and the program 2: whoever calls can fix it.
#[test]
fn a_file_that_is_not_there_is_a_wrong_call() {
    for call in [["check", "no-such-file.yaml"], ["plan", "no-such-file.yaml"], ["import", "no-such-file.json"]] {
        let output = run(&call);
        assert_eq!(code(&output), 2, "{call:?}");
        assert!(err(&output).contains("cannot read no-such-file"), "{call:?}: {}", err(&output));
    }
}

/// What is given in the place of something else is told as what it is, with the command that reads it.
#[test]
fn a_file_in_the_place_of_another_is_told_as_what_it_is() {
    let output = run(&["compare", HANDOFF, HANDOFF]);
    assert_eq!(code(&output), 2);
    let said = err(&output);
    let place = said.split("error[").nth(1).unwrap_or_default();
    assert!(place.starts_with("stack-for-scenario]") && said.matches("error[").count() == 1, "{said}");
    assert!(said.contains(&format!("`sinew diff {HANDOFF} {HANDOFF}` compares two stack files")), "{said}");
    let scenario = folder("cli-nearest").join("a.yaml");
    fs::write(&scenario, "name: A\nchange: { hubspot: { owners: founders } }\n").unwrap();
    let said = run(&["compare", "examples/stacks/tiny.yaml", scenario.to_str().unwrap()]);
    assert!(err(&said).contains("did you mean `owner`, which is there already?"), "{}", err(&said));
    let needs = folder("cli-needs").join("stack.yaml");
    fs::write(
        &needs,
        "sinew: 1\nname: A\nsystems: { a: { kind: crm } }\ndata: { lead: {} }\nprocesses: { p: { needs: lead } }\n",
    )
    .unwrap();
    let said = run(&["check", needs.to_str().unwrap()]);
    assert!(err(&said).contains("write `[{ data: lead, at: SYSTEM }]`"), "{}", err(&said));
    assert!(!err(&said).contains("has no needs"), "{}", err(&said));
    let said = run(&["import", HANDOFF]);
    assert!(err(&said).contains("the file is a stack file already"), "{}", err(&said));
    let folder = folder("cli-in-place");
    let file = folder.join("flow.dot");
    fs::write(&file, "// a comment\ndigraph \"our stack\" {\n  a -> b;\n  c;\n}\n").unwrap();
    let said = run(&["import", file.to_str().unwrap()]);
    assert!(err(&said).contains("a Graphviz drawing, which is not read"), "{}", err(&said));
    #[cfg(feature = "xlsx")]
    {
        let whole = folder.join("whole.xlsx");
        let output = run(&["export", HANDOFF, "-o", whole.to_str().unwrap()]);
        assert_eq!(code(&output), 0, "{}", err(&output));
        let cut = folder.join("cut.xlsx");
        fs::write(&cut, &fs::read(&whole).unwrap()[..3_000]).unwrap();
        let output = run(&["check", cut.to_str().unwrap()]);
        assert_eq!(code(&output), 2);
        assert!(
            err(&output).contains("the archive has no end") && !err(&output).contains("not a stack file"),
            "{}",
            err(&output)
        );
    }
}
