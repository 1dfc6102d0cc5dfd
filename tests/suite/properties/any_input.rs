//! Any bytes, and any text made of pieces of samples: read to the end, and every line accounted for.

use super::{config, sound};
use crate::conversion::{self, GRAMMARS, Outcome};
use crate::{folder, rows};
use biaodan::dump::Dialect;
use biaodan::pipeline::{ConvertOptions, Converter};
use biaodan::source::{Document, ReadOptions};
use biaodan::table::{Personal, Tables};
use proptest::prelude::*;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// The texts of the samples.
static TEXTS: LazyLock<Vec<String>> =
    LazyLock::new(|| folder::samples().iter().map(|(_, bytes)| conversion::document(bytes).text).collect());

/// A piece of a sample: from a line on, so many lines, without some characters.
fn piece() -> impl Strategy<Value = String> {
    let cut = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 1usize..40);
    let dropped = prop::collection::vec(any::<prop::sample::Index>(), 0..6);
    (cut, dropped, 0usize..4).prop_map(|((sample, from, count), dropped, kind)| {
        let text = sample.get(&TEXTS);
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        let from = from.index(lines.len());
        let mut piece: Vec<char> = lines[from..].iter().take(count).flat_map(|line| line.chars()).collect();
        for at in
            dropped.iter().filter(|_| !piece.is_empty()).map(|at| at.index(piece.len())).collect::<Vec<_>>()
        {
            let wanted = |c: &char| match kind {
                0 => *c == '\t',
                1 => *c == '\n',
                _ => true,
            };
            let found = piece.iter().skip(at).position(wanted).map(|behind| at + behind);
            found.map(|at| piece.remove(at));
        }
        piece.into_iter().collect()
    })
}

/// Pieces one after the other, now and then with noise between them.
fn spliced() -> impl Strategy<Value = String> {
    let noise = prop::sample::select(vec![
        "",
        "",
        "\n",
        "\t",
        "\n\n\n",
        "\r\n",
        "\"",
        "\t\t\t\t\t\t\t\t\t\n",
        "　",
        "1,2,3.4.5\n",
        "[bookmark: ",
        "]",
        "：",
        "(",
        "))",
    ]);
    prop::collection::vec((piece(), noise), 1..8)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, noise)| piece + noise).collect())
}

fn convert(document: &Document, options: ConvertOptions) -> Outcome {
    let converter = Converter::new(&GRAMMARS, options);
    let converted = converter.convert(document);
    let mut tables = Tables::new();
    converter.fill(&mut tables, &mut biaodan::table::Memory::default(), document, &converted).unwrap();
    Outcome {
        status: converted.status(),
        lines: converted.lines,
        lines_unclaimed: converted.lines_unclaimed,
        rows: rows::of_batches(&tables.finish()),
    }
}

/// Converts in every dialect, forced and found, with and without personal values.
fn check_all(document: &Document) -> Result<(), TestCaseError> {
    let dialects = [None, Some(Dialect::CellLines), Some(Dialect::RowLines), Some(Dialect::Tsv)];
    for dialect in dialects {
        for personal in [Personal::Drop, Personal::Keep] {
            let outcome = convert(document, ConvertOptions { dialect, personal });
            let verdict = sound::check(&document.text, &outcome);
            prop_assert!(verdict.is_ok(), "{:?} {}\nin {:?}", dialect, verdict.unwrap_err(), document.text);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(config(300))]

    #[test]
    fn any_bytes_are_converted_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        match Document::from_bytes("any", bytes, &ReadOptions::default()) {
            Ok(document) => check_all(&document)?,
            Err(refusal) => prop_assert!(!refusal.reason.is_empty()),
        }
    }

    #[test]
    fn any_characters_are_converted(text in "[\\t\\n\\r 　\"：:（）()0-9.,%一二附件项目支出绩效自评表总分万元年度]{0,200}") {
        check_all(&Document::from_text("any", text))?;
    }

}

proptest! {
    #![proptest_config(config(1_000))]

    #[test]
    fn any_pieces_of_samples_are_converted(text in spliced()) {
        check_all(&Document::from_text("any", text))?;
    }
}

#[test]
fn long_monotonous_texts_are_converted_in_time() {
    let begun = Instant::now();
    let before = worked(begun);
    for piece in [
        "\t",
        "\n",
        "\t\n",
        "\"",
        "\"\t",
        "(",
        "（",
        "：",
        "[bookmark: ",
        "附件",
        "项目支出绩效自评表\n",
        "1,",
        "其中：",
        "\t分值\n",
    ] {
        let outcome = conversion::of_text(piece.repeat(20_000));
        assert!(sound::check(&piece.repeat(20_000), &outcome).is_ok(), "{piece:?}");
    }
    // Quadratic behaviour takes minutes here; the limit leaves room for a slow machine.
    let worked = worked(begun) - before;
    assert!(worked.as_secs() < 60, "{worked:?}");
}

/// How long this thread has worked, other programs' turns left out, where the system tells; else how long it is since `begun`.
fn worked(begun: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| begun.elapsed(), Duration::from_nanos)
}
