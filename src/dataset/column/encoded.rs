//! An encoded column of a row group, and what the file's metadata says of it.

use bytes::Bytes;
use parquet::basic::{Compression, Encoding, PageType, ZstdLevel};
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::metadata::{ColumnChunkMetaData, PageEncodingStats};
use parquet::file::statistics::Statistics;
use parquet::schema::types::ColumnDescPtr;

use super::page::{LEVEL, Pages};

/// An encoded column as it stands in a file, and what the file's metadata says of it.
pub(in crate::dataset) type EncodedColumn = (Bytes, ColumnCloseResult);

/// Puts the pages of a column of `rows` rows together; `dictionary` has one page or none.
pub(super) fn encoded(
    descr: &ColumnDescPtr,
    dictionary: &Pages,
    data: &Pages,
    rows: u64,
    statistics: Statistics,
) -> Result<EncodedColumn, ParquetError> {
    let metadata = describe(descr, dictionary, data, rows, statistics)?;
    let mut bytes = Vec::with_capacity(dictionary.len() + data.len());
    dictionary.iter().chain(data.iter()).for_each(|page| bytes.extend_from_slice(page));
    let close = ColumnCloseResult {
        bytes_written: bytes.len() as u64,
        rows_written: rows,
        metadata,
        bloom_filter: None,
        column_index: None,
        offset_index: None,
    };
    Ok((Bytes::from(bytes), close))
}

/// What the file's metadata says of the chunk; places count from its own start.
fn describe(
    descr: &ColumnDescPtr,
    dictionary: &Pages,
    data: &Pages,
    rows: u64,
    statistics: Statistics,
) -> Result<ColumnChunkMetaData, ParquetError> {
    let counts = |pages: &'_ Pages, page_type: PageType| {
        let counts = pages.counts.iter();
        counts
            .map(|(&encoding, &count)| {
                let count = i32::try_from(count).unwrap_or(i32::MAX);
                PageEncodingStats { page_type, encoding, count }
            })
            .collect::<Vec<_>>()
    };
    let pages = [counts(dictionary, PageType::DICTIONARY_PAGE), counts(data, PageType::DATA_PAGE)].concat();
    // Levels are written in RLE.
    let mut encodings: Vec<Encoding> = pages.iter().map(|page| page.encoding).collect();
    encodings.push(Encoding::RLE);
    encodings.sort();
    encodings.dedup();
    ColumnChunkMetaData::builder(ColumnDescPtr::clone(descr))
        .set_compression(Compression::ZSTD(ZstdLevel::try_new(LEVEL)?))
        .set_encodings(encodings)
        .set_page_encoding_stats(pages)
        .set_num_values(rows as i64)
        .set_total_compressed_size((dictionary.len() + data.len()) as i64)
        .set_total_uncompressed_size((dictionary.uncompressed + data.uncompressed) as i64)
        .set_dictionary_page_offset((dictionary.len() > 0).then_some(0))
        .set_data_page_offset(dictionary.len() as i64)
        .set_statistics(statistics)
        .build()
}
