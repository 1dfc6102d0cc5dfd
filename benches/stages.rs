//! Every stage of a conversion apart, and the whole, in bytes of dump text a second on one core.
//! `cargo bench --bench stages`

#[path = "corpus/mod.rs"]
mod corpus;
mod share;

use biaodan::dump::{self, Dialect};
use biaodan::grammar::Grammars;
use biaodan::pipeline::{ConvertOptions, Converter};
use biaodan::source::{Document, Kept, ReadOptions};
use biaodan::table::Tables;
use biaodan::{form, proof, value};
use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use std::sync::LazyLock;

/// About one megabyte: thirty documents of the size of a department's disclosure.
const DOCUMENTS: usize = 30;

static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut corpus = corpus::Corpus::new(7);
    (0..DOCUMENTS).map(|_| corpus.document(18)).collect()
});
static GRAMMARS: LazyLock<Grammars> =
    LazyLock::new(|| Grammars::built_in().expect("the built-in grammars are checked"));

static KEPT: Kept = Kept::new();

fn main() {
    divan::main();
    // Unless single benchmarks are asked for.
    if std::env::args().skip(1).all(|argument| argument == "--bench") {
        share::print(&GRAMMARS, &TEXTS);
    }
}

fn bytes() -> BytesCount {
    BytesCount::new(TEXTS.iter().map(String::len).sum::<usize>())
}

#[divan::bench]
fn a_decode(bencher: Bencher<'_, '_>) {
    let options = ReadOptions::default();
    bencher.counter(bytes()).with_inputs(|| TEXTS.clone()).bench_values(|texts| {
        for text in texts {
            let _ = black_box(Document::from_bytes("x", text.into_bytes(), &options));
        }
    });
}

#[divan::bench]
fn b_grid(bencher: Bencher<'_, '_>) {
    bencher.counter(bytes()).bench(|| {
        for text in TEXTS.iter() {
            black_box(dump::detect(text));
            black_box(dump::read(text, Dialect::CellLines, &KEPT));
        }
    });
}

#[divan::bench]
fn c_form(bencher: Bencher<'_, '_>) {
    let grids: Vec<_> = TEXTS.iter().map(|text| dump::read(text, Dialect::CellLines, &KEPT)).collect();
    bencher.counter(bytes()).bench(|| {
        for grid in &grids {
            black_box(form::read(grid, &GRAMMARS));
        }
    });
}

#[divan::bench]
fn d_value(bencher: Bencher<'_, '_>) {
    let grids: Vec<_> = TEXTS.iter().map(|text| dump::read(text, Dialect::CellLines, &KEPT)).collect();
    let forms: Vec<_> = grids.iter().flat_map(|grid| form::read(grid, &GRAMMARS).forms).collect();
    bencher.counter(bytes()).with_inputs(|| forms.clone()).bench_values(|forms| {
        for form in forms {
            black_box(value::form::read(form, &GRAMMARS));
        }
    });
}

#[divan::bench]
fn e_proof(bencher: Bencher<'_, '_>) {
    let grids: Vec<_> = TEXTS.iter().map(|text| dump::read(text, Dialect::CellLines, &KEPT)).collect();
    let read =
        |grid| form::read(grid, &GRAMMARS).forms.into_iter().map(|form| value::form::read(form, &GRAMMARS));
    let documents: Vec<Vec<_>> = grids.iter().map(|grid| read(grid).collect()).collect();
    bencher.counter(bytes()).with_inputs(|| documents.clone()).bench_values(|documents| {
        for forms in documents {
            black_box(proof::judge(forms, &GRAMMARS));
        }
    });
}

#[divan::bench]
fn f_table(bencher: Bencher<'_, '_>) {
    let documents: Vec<Document> = TEXTS.iter().map(|text| Document::from_text("x", text.as_str())).collect();
    let converter = Converter::new(&GRAMMARS, ConvertOptions::default());
    let converted: Vec<_> = documents.iter().map(|document| converter.convert(document)).collect();
    bencher.counter(bytes()).bench(|| {
        let mut tables = Tables::new();
        for (document, converted) in documents.iter().zip(&converted) {
            let _ = converter.fill(&mut tables, &mut biaodan::table::Memory::default(), document, converted);
        }
        black_box(tables.finish())
    });
}

#[divan::bench]
fn g_convert(bencher: Bencher<'_, '_>) {
    let documents: Vec<Document> = TEXTS.iter().map(|text| Document::from_text("x", text.as_str())).collect();
    let converter = Converter::new(&GRAMMARS, ConvertOptions::default());
    bencher.counter(bytes()).bench(|| {
        for document in &documents {
            black_box(converter.convert(document));
        }
    });
}

#[divan::bench(sample_count = 10)]
fn h_whole(bencher: Bencher<'_, '_>) {
    use biaodan::pipeline::{RunOptions, run};
    let root = tempfile::tempdir().expect("a temporary folder");
    let dumps = root.path().join("dumps");
    std::fs::create_dir(&dumps).expect("a folder for dumps");
    // Twenty times the text, so that opening and closing the files of a dataset weighs as little as in earnest.
    let mut corpus = corpus::Corpus::new(11);
    let mut bytes = 0;
    for nth in 0..DOCUMENTS * 20 {
        let text = corpus.document(18);
        bytes += text.len();
        std::fs::write(dumps.join(format!("{nth}.txt")), text).expect("a dump");
    }
    let inputs = biaodan::source::Inputs { paths: vec![dumps], ..Default::default() };
    let options = RunOptions { force: true, jobs: 1, ..Default::default() };
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        run(&inputs, &root.path().join("dataset"), &GRAMMARS, &options, &mut |_| {})
            .map(|_| ())
            .expect("a dataset")
    });
}
