use arrow_array::cast::AsArray;
use arrow_array::types::{Decimal128Type, Int32Type};
use arrow_schema::DataType;

use super::*;
use crate::value::decimal::Decimal;

pub(crate) fn amount<'a>(form_id: &'a str, yuan: Option<Decimal>, line: u32) -> AmountRow<'a> {
    AmountRow {
        form_id: form_id.into(),
        doc_id: &form_id[..32],
        form_type: "dept-eval",
        department: Some("某局".into()),
        project: None,
        item: "基本支出".into(),
        item_path: "支出 / 基本支出".into(),
        item_code: Some("expenditure.basic".into()),
        measure_label: None,
        measure: "executed",
        amount_year: Some(2022),
        amount_yuan: yuan,
        raw: Some("12.34"),
        unit: "wan_yuan",
        unit_basis: "form",
        trust: "stated",
        line,
        cell: 2,
    }
}

const FORM: &str = "00112233445566778899aabbccddeeff-0001";

#[test]
fn every_column_is_typed_and_described() {
    for table in Table::ALL {
        let schema = table.schema();
        assert_eq!(schema.fields().len(), table.columns().len());
        for (field, column) in schema.fields().iter().zip(table.columns()) {
            let description = &field.metadata()["description"];
            assert!(description.ends_with('.') && !description.starts_with(' '), "{description:?}");
            assert!(!description.contains("  "), "{description:?}");
            assert_eq!(field.is_nullable(), column.nullable);
        }
    }
}

#[test]
fn types_are_the_contracts() {
    let amounts = Table::Amounts.schema();
    let yuan = amounts.field_with_name("amount_yuan").unwrap();
    assert_eq!(yuan.data_type(), &DataType::Decimal128(18, 2));
    assert_eq!(yuan.metadata()["unit"], "CNY");
    assert!(yuan.is_nullable() && !amounts.field_with_name("item").unwrap().is_nullable());
    let word = DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    assert_eq!(amounts.field_with_name("trust").unwrap().data_type(), &word);
    let forms = Table::Forms.schema();
    assert_eq!(forms.field_with_name("score_total").unwrap().data_type(), &DataType::Decimal128(9, 4));
    assert_eq!(forms.field_with_name("prepared_on").unwrap().data_type(), &DataType::Date32);
    let value = Table::Measures.schema();
    assert_eq!(value.field_with_name("value").unwrap().data_type(), &DataType::Decimal128(18, 6));
}

#[test]
fn rows_part_by_year_in_their_order() {
    let mut tables = Tables::new();
    for (year, line) in [(Some(2023), 1), (Some(2022), 2), (None, 3), (Some(2023), 4)] {
        tables.amounts(year, &amount(FORM, Some(Decimal::new(123_456, 3)), line)).unwrap();
    }
    assert_eq!(tables.rows(), 4);
    let batches = tables.finish();
    let years: Vec<_> = batches.iter().map(|b| (b.table, b.year, b.rows())).collect();
    assert_eq!(
        years,
        [(Table::Amounts, None, 1), (Table::Amounts, Some(2022), 1), (Table::Amounts, Some(2023), 2)]
    );
    let last = &batches[2].record_batch();
    assert_eq!(last["line"].as_primitive::<Int32Type>().values()[..], [1, 4]);
    assert_eq!(last["amount_yuan"].as_primitive::<Decimal128Type>().value(0), 12_346);
    assert_eq!(last["project"].null_count(), 2);
}

#[test]
fn a_number_too_large_keeps_its_row_out() {
    let mut tables = Tables::new();
    let row = amount(FORM, Some(Decimal::new(1, 0).shifted(20).unwrap()), 1);
    assert_eq!(tables.amounts(None, &row), Err(Unfit { column: "amount_yuan" }));
    tables.amounts(None, &AmountRow { amount_yuan: None, ..row }).unwrap();
    let batches = tables.finish();
    assert_eq!(batches.len(), 1);
    assert_eq!(batches[0].rows(), 1);
    assert!(batches[0].record_batch()["amount_yuan"].is_null(0));
}

#[test]
fn ids_of_forms_have_four_digits_or_more() {
    let id = crate::source::DocId::of_bytes(b"");
    assert_eq!(form_id(id, 7), format!("{id}-0007"));
    assert_eq!(form_id(id, 9_876), format!("{id}-9876"));
    assert_eq!(form_id(id, 12_345), format!("{id}-12345"));
}

#[test]
fn pieces_hold_the_rows_in_their_order() {
    let mut lines = Vec::new();
    let mut sizes = Vec::new();
    let mut pieces = Pieces::new(3, |batches: Vec<TableBatch>| {
        sizes.push(batches.iter().map(TableBatch::rows).sum());
        for batch in batches {
            lines.extend_from_slice(batch.record_batch()["line"].as_primitive::<Int32Type>().values());
        }
    });
    for line in 1..=7 {
        pieces.amounts(Some(2022), &amount(FORM, Some(Decimal::new(1, 0)), line)).unwrap();
        // What is not taken is no row.
        let unfit = amount(FORM, Some(Decimal::new(1, 0).shifted(20).unwrap()), line);
        assert!(pieces.amounts(Some(2022), &unfit).is_err());
    }
    pieces.finish();
    assert_eq!((lines, sizes), ((1..=7).collect::<Vec<i32>>(), vec![3, 3, 1]));
}
