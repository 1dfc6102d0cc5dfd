//! The Parquet files of one table and year.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use arrow_array::RecordBatch;
use arrow_select::coalesce::BatchCoalescer;
use parquet::arrow::ArrowWriter;
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{EnabledStatistics, WriterProperties, WriterVersion};
use sha2::{Digest, Sha256};

use super::error::DatasetError;
use super::{Limits, WrittenFile};
use crate::table::{CONTRACT, Table};

/// Rows a page holds at most.
const PAGE_ROWS: usize = 4_096;

/// How every file is written.
///
/// ZSTD at its lowest level: the higher ones cost more time than they save space on columns that are mostly
/// dictionary keys. Format version 1.0 pages, which every reader knows. Statistics for each column chunk and
/// not each page: rows stand in the order of their documents, so few pages could be skipped by them.
static PROPERTIES: LazyLock<WriterProperties> = LazyLock::new(|| {
    let metadata = [("biaodan.contract", CONTRACT), ("biaodan.version", env!("CARGO_PKG_VERSION"))];
    WriterProperties::builder()
        .set_created_by(concat!("biaodan version ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_compression(Compression::ZSTD(ZstdLevel::default()))
        .set_dictionary_enabled(true)
        .set_statistics_enabled(EnabledStatistics::Chunk)
        // A page under construction costs ten bytes a row and column, in every file that is open: a run over many years
        // has dozens of those.
        .set_data_page_row_count_limit(PAGE_ROWS)
        // Row groups end where `PartitionWriter` says, by rows and by bytes.
        .set_max_row_group_row_count(None)
        .set_key_value_metadata(Some(
            metadata.map(|(key, value)| KeyValue::new(key.to_owned(), value.to_owned())).to_vec(),
        ))
        .build()
});

/// Writes one table and year, in one file or more.
///
/// The encoder looks for page ends after each batch it is given, so rows are first gathered into chunks of
/// one size: what a file holds then depends on its rows alone, not on how they were handed over.
pub(super) struct PartitionWriter {
    table: Table,
    /// The partition's folder, relative to the dataset and separated by slashes.
    relative: String,
    folder: PathBuf,
    limits: Limits,
    chunks: BatchCoalescer,
    queued: Vec<RecordBatch>,
    open: Option<ArrowWriter<HashedFile>>,
    rows: u64,
    written: Vec<WrittenFile>,
}

impl PartitionWriter {
    /// Makes the folder `relative` in the dataset that grows in `root`, to write files there.
    pub fn create(table: Table, relative: String, root: &Path, limits: Limits) -> Result<Self, DatasetError> {
        let folder = root.join(&relative);
        fs::create_dir_all(&folder).map_err(DatasetError::io("make folder", &folder))?;
        Ok(PartitionWriter {
            table,
            relative,
            folder,
            limits,
            chunks: BatchCoalescer::new(table.schema(), limits.chunk_rows),
            queued: Vec::new(),
            open: None,
            rows: 0,
            written: Vec::new(),
        })
    }

    /// Takes rows to be encoded with the next [`encode`](Self::encode).
    pub fn queue(&mut self, batch: RecordBatch) {
        self.queued.push(batch);
    }

    /// Whether rows wait to be encoded.
    pub fn has_queued(&self) -> bool {
        !self.queued.is_empty()
    }

    /// Encodes what was queued, as far as it makes full chunks.
    pub fn encode(&mut self) -> Result<(), DatasetError> {
        for batch in std::mem::take(&mut self.queued) {
            self.chunks.push_batch(batch).map_err(|error| self.failed(error.into()))?;
            self.write_chunks()?;
        }
        Ok(())
    }

    /// Encodes the rest, closes the last file, and gives every file written. Without any row that is one
    /// empty file with the full schema.
    pub fn finish(mut self) -> Result<Vec<WrittenFile>, DatasetError> {
        self.chunks.finish_buffered_batch().map_err(|error| self.failed(error.into()))?;
        self.write_chunks()?;
        if self.written.is_empty() && self.open.is_none() {
            self.open = Some(self.begin()?);
        }
        self.close()?;
        Ok(self.written)
    }

    fn write_chunks(&mut self) -> Result<(), DatasetError> {
        while let Some(chunk) = self.chunks.next_completed_batch() {
            let mut writer = match self.open.take() {
                Some(writer) => writer,
                None => self.begin()?,
            };
            self.write_chunk(&mut writer, &chunk).map_err(|error| self.failed(error))?;
            self.rows += chunk.num_rows() as u64;
            let is_full = writer.bytes_written() >= self.limits.part_bytes;
            self.open = Some(writer);
            if is_full {
                self.close()?;
            }
        }
        Ok(())
    }

    fn write_chunk(
        &self,
        writer: &mut ArrowWriter<HashedFile>,
        chunk: &RecordBatch,
    ) -> Result<(), ParquetError> {
        writer.write(chunk)?;
        let limits = &self.limits;
        if writer.in_progress_rows() >= limits.group_rows || writer.in_progress_size() >= limits.group_bytes {
            writer.flush()?;
        }
        Ok(())
    }

    fn begin(&self) -> Result<ArrowWriter<HashedFile>, DatasetError> {
        let path = self.path();
        let file = File::create_new(&path).map_err(DatasetError::io("create", &path))?;
        ArrowWriter::try_new(HashedFile::new(file), self.table.schema(), Some(PROPERTIES.clone()))
            .map_err(|error| self.failed(error))
    }

    fn close(&mut self) -> Result<(), DatasetError> {
        let Some(mut writer) = self.open.take() else {
            return Ok(());
        };
        writer.finish().map_err(|error| self.failed(error))?;
        let file = writer.inner();
        file.file.sync_all().map_err(DatasetError::io("sync", &self.path()))?;
        self.written.push(WrittenFile {
            table: self.table,
            path: format!("{}/{}", self.relative, self.name()),
            rows: std::mem::take(&mut self.rows),
            bytes: file.bytes,
            sha256: hex(&file.hash.clone().finalize()),
        });
        Ok(())
    }

    /// The name of the part that is open, or the next to be.
    fn name(&self) -> String {
        format!("part-{:05}.parquet", self.written.len())
    }

    fn path(&self) -> PathBuf {
        self.folder.join(self.name())
    }

    fn failed(&self, error: ParquetError) -> DatasetError {
        DatasetError::encoding(&self.path(), error)
    }
}

/// A file that is hashed while it is written, so that the hash is of what was meant to be written even if
/// the disk is to lose some of it.
struct HashedFile {
    file: File,
    hash: Sha256,
    bytes: u64,
}

impl HashedFile {
    fn new(file: File) -> Self {
        HashedFile { file, hash: Sha256::new(), bytes: 0 }
    }
}

impl Write for HashedFile {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.file.write(buffer)?;
        self.hash.update(&buffer[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
