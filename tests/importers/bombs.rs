//! Files that are made to take all memory or all time: each is refused by a bound that is counted, and until then takes
//! little. Memory is counted in bytes at once, work in bytes that were asked for in all; no clock is asked.

use std::io::Write;

use base64::Engine;
use sinew::import::{FORMATS, Options};
use zip::CompressionMethod::{Deflated, Stored};

use super::imported;
use crate::support::counted::counted;

/// Bytes at once, the file itself left out: 200 MB.
const AT_ONCE: u64 = 200_000_000;
/// Bytes in all: what was unpacked or read is copied a few times at most.
const IN_ALL: u64 = 1_000_000_000;

/// Imports a file; what is wrong with it, after it took no more than a bomb may.
fn codes(what: &str, bytes: &[u8]) -> Vec<&'static str> {
    let (report, taken) = counted(|| imported(&[("bomb", bytes)], Options::default()).report);
    eprintln!("{what}: {} bytes, {} at once, {} in all", bytes.len(), taken.bytes_max, taken.bytes_total);
    assert!(taken.bytes_max < AT_ONCE, "{what}: {} bytes at once", taken.bytes_max);
    assert!(taken.bytes_total < IN_ALL, "{what}: {} bytes in all", taken.bytes_total);
    report.diagnostics.iter().map(|problem| problem.code).collect()
}

/// An archive of files, each of so many blocks of 1 MiB.
fn archive(files: &[(&str, &[u8], usize)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, block, times) in files {
        let method = if *times > 1 { Deflated } else { Stored };
        let level = (method == Deflated).then_some(1);
        let options = zip::write::SimpleFileOptions::default().compression_method(method).compression_level(level);
        archive.start_file(*name, options).unwrap();
        (0..*times).for_each(|_| archive.write_all(block).unwrap());
    }
    archive.finish().unwrap().into_inner()
}

#[test]
fn archives_that_unpack_to_much_are_refused() {
    let spaces = vec![b' '; 1 << 20];
    let one = archive(&[("a.json", &spaces, 80)]);
    assert_eq!(codes("one large entry", &one), ["zip-bomb"]);
    let names: Vec<String> = (0..40).map(|at| format!("{at}.json")).collect();
    let many: Vec<(&str, &[u8], usize)> = names.iter().map(|name| (name.as_str(), spaces.as_slice(), 20)).collect();
    let many = codes("forty entries of 20 MiB", &archive(&many));
    assert!(many.contains(&"zip-bomb"), "{many:?}");
    assert_eq!(codes("an archive within one", &archive(&[("inner.zip", &one, 1)])), [""; 0], "it is not opened");
    for part in ["xl/worksheets/sheet1.xml", "visio/pages/page1.xml", "model.xml", "a.recipe.json"] {
        let bomb = archive(&[("xl/workbook.xml", b"<workbook/>", 1), (part, &spaces, 80)]);
        assert_eq!(codes(part, &bomb), ["zip-bomb"]);
    }
    let names: Vec<String> = (0..10_001).map(|at| format!("{at}.json")).collect();
    let many: Vec<(&str, &[u8], usize)> = names.iter().map(|name| (name.as_str(), &b""[..], 1)).collect();
    assert_eq!(codes("10,001 entries", &archive(&many)), ["too-many-files"]);
}

#[test]
fn archives_that_pack_less_tightly_are_refused_before_anything_is_read() {
    // Digits with some noise: each entry is within its bounds, and text that no reader can put aside at once.
    let mut block = vec![b'1'; 1 << 20];
    block.chunks_mut(2048).enumerate().for_each(|(at, chunk)| {
        chunk
            .iter_mut()
            .take(24)
            .enumerate()
            .for_each(|(k, byte)| *byte = b'0' + ((at * 7 + k * k * 3 + at * k) % 10) as u8);
    });
    let names: Vec<String> = (0..40).map(|at| format!("{at}.json")).collect();
    let many: Vec<(&str, &[u8], usize)> = names.iter().map(|name| (name.as_str(), block.as_slice(), 7)).collect();
    let bytes = archive(&many);
    assert!(280 * (1 << 20) / bytes.len() < 200, "{} bytes", bytes.len());
    let (report, taken) = counted(|| imported(&[("bomb", &bytes)], Options::default()).report);
    assert_eq!(report.diagnostics.iter().map(|problem| problem.code).collect::<Vec<_>>(), ["zip-bomb"]);
    assert!(taken.bytes_total < 10_000_000, "{} bytes in all", taken.bytes_total);
}

#[test]
fn pages_of_drawings_that_unpack_to_much_are_refused() {
    let mut deflated = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
    let spaces = vec![b' '; 1 << 20];
    (0..80).for_each(|_| deflated.write_all(&spaces).unwrap());
    let packed = base64::engine::general_purpose::STANDARD.encode(deflated.finish().unwrap());
    let drawing = format!("<mxfile><diagram>{packed}</diagram></mxfile>");
    assert_eq!(codes("a page of 80 MiB", drawing.as_bytes()), ["zip-bomb"]);
}

#[test]
fn what_is_nested_without_end_is_refused() {
    let deep = |open: &str, close: &str, times: usize| format!("{}{}", open.repeat(times), close.repeat(times));
    let component = |body: &str| format!("<Flow xmlns=\"http://soap.sforce.com/2006/04/metadata\">{body}</Flow>");
    let backstage = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: a }\n";
    let mut laughs = format!("{backstage}a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
    for at in 1..30 {
        laughs.push_str(&format!("a{at}: &a{at} [{}]\n", vec![format!("*a{}", at - 1); 9].join(", ")));
    }
    let manifest = "{\"metadata\": {\"dbt_schema_version\": \"x/manifest/v12.json\"}, \"macros\": ";
    for (what, text, code) in [
        ("brackets", deep("[", "]", 10_000_000), "too-deep"),
        ("a manifest", format!("{manifest}{}1", "[".repeat(100_000)), "too-deep"),
        ("events", format!("{{\"job\":{{\"name\":\"a\"}},\"inputs\":{}", "[".repeat(100_000)), "too-deep"),
        ("a drawing", format!("<mxfile>{}</mxfile>", deep("<a>", "</a>", 100_000)), "too-deep"),
        (
            "a model",
            format!("<archimate:model>{}</archimate:model>", deep("<folder>", "</folder>", 100_000)),
            "too-deep",
        ),
        ("a component", component(&deep("<a>", "</a>", 500)), "too-deep"),
        ("YAML", format!("{backstage}spec: {}", "[".repeat(100_000)), "not-yaml"),
        ("aliases of aliases", laughs, "not-yaml"),
        ("an entity", format!("<!DOCTYPE a [<!ENTITY e 'x'>]>{}", component("&e;")), "document-type"),
        (
            "a drawing's entity",
            "<!DOCTYPE m [<!ENTITY a \"aa\">]><mxfile><diagram>&a;</diagram></mxfile>".to_owned(),
            "document-type",
        ),
    ] {
        assert_eq!(codes(what, text.as_bytes()), [code], "{what}");
    }
}

#[test]
fn what_has_too_many_parts_is_refused() {
    let times = |part: &str, count: usize| part.repeat(count + 1);
    let mut book = rust_xlsxwriter::Workbook::new();
    for _ in 0..1_001 {
        book.add_worksheet();
    }
    assert_eq!(codes("1,001 sheets", &book.save_to_buffer().unwrap()), ["too-many-sheets"]);
    let backstage = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata: { name: a }\n";
    for (what, text, code) in [
        ("YAML of 17 MiB", format!("{backstage}# {}\n", times("x", 17 << 20)), "too-large"),
        ("elements", format!("<mxfile>{}</mxfile>", times("<b/>", 1_000_000)), "too-large"),
        (
            "attributes",
            format!("<mxfile {}/>", (0..2_000).map(|at| format!("a{at}='' ")).collect::<String>()),
            "too-large",
        ),
        ("elements with attributes", format!("<mxfile>{}</mxfile>", times("<b a=''/>", 500_000)), "too-large"),
        ("empty objects", format!("[{}0]", times("{},", 1_000_000)), "too-large"),
        ("objects", format!("[{}0]", times("{\"a\":0},", 1_000_000)), "too-large"),
        ("numbers", format!("[{}0]", times("0,", 4_000_000)), "too-large"),
        ("events", format!("[{{\"x\":\"openlineage.io/spec\"}},{}0]", times("{\"a\":0},", 250_000)), "too-large"),
        ("a manifest", format!("{{\"dbt_schema_version\":1,\"a\":[{}0]}}", times("{\"a\":0},", 250_000)), "too-large"),
        ("rows of two cells", format!("Tool,Owner\n{}", times("a,b\n", 100_000)), "too-large"),
        (
            "rows of twelve cells",
            format!("Tool,Owner,c,d,e,f,g,h,i,j,k,l\n{}", times("a,b,c,d,e,f,g,h,i,j,k,l\n", 84_000)),
            "too-large",
        ),
        ("rows of Markdown", format!("| Tool | Owner |\n|---|---|\n{}", times("| a | b |\n", 100_000)), "too-large"),
    ] {
        assert_eq!(codes(what, text.as_bytes()), [code], "{what}");
    }
}

/// Texts on which a search that begins anew at each sign would have no end: each takes as much as its length allows.
#[test]
fn signs_that_are_never_closed_are_read_once() {
    for text in ["$input", "$items('X', ", "$('", "{{", "{{1.a", "_dp('", "$json."] {
        let long = serde_json::to_string(&format!("={}", text.repeat(3_000))).unwrap();
        let file = format!(
            r#"{{ "nodes": [{{ "name": "S", "type": "n8n-nodes-base.slack", "parameters": {{ "text": {long} }} }}], "connections": {{}},
                "flow": [{{ "module": "slack:CreateMessage", "mapper": {{ "text": {long} }} }}],
                "code": {{ "keyword": "trigger", "provider": "slack", "input": {{ "a": {long} }} }} }}"#
        );
        for format in FORMATS.iter().filter(|format| format.id != "zapier") {
            let options = Options { from: Some(format), ..Options::default() };
            let taken = counted(|| imported(&[("a.json", file.as_bytes())], options)).1;
            assert!(taken.bytes_total < 200 * file.len() as u64, "{text} as {}: {taken:?}", format.id);
        }
    }
    for text in [
        format!("graph TD\n{}a-->b\n{}", "subgraph x\n".repeat(20_000), "end\n".repeat(20_000)),
        format!("graph TD\n{}", "a[".repeat(50_000)),
        format!("graph TD\na{}", "-->a".repeat(50_000)),
        format!("graph TD\na{}-->b", " & a".repeat(50_000)),
        format!("graph TD\n{}", "a -- ".repeat(50_000)),
        format!("sequenceDiagram\n{}", "a->>".repeat(50_000)),
        format!("workspace {{ model {{\n{}", "a = softwareSystem \"a\" {\n".repeat(20_000)),
        format!("workspace {{ model {{\n{}", "\"".repeat(100_001)),
        format!("workspace {{ model {{\n !include {}\n", "a/".repeat(50_000)),
        format!("model {{\n{}", "a = system 'a' {\n".repeat(20_000)),
        format!("model {{\n{}", "a -[".repeat(50_000)),
        format!("model {{\n a = system 'a'\n{}", "a.a -> a.a.a 'x' {".repeat(10_000)),
    ] {
        let (imported, taken) = counted(|| imported(&[("a", text.as_bytes())], Options::default()));
        let start: String = text.chars().take(60).collect();
        eprintln!("{start:?}: {} in all for {}", taken.bytes_total, text.len());
        assert_eq!(imported.report.inputs.len(), 1, "{start}");
        assert!(taken.bytes_total < IN_ALL && taken.bytes_max < AT_ONCE, "{start}: {taken:?}");
    }
}
