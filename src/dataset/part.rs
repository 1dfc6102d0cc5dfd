//! The Parquet files of one table and year.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use parquet::arrow::{ArrowSchemaConverter, add_encoded_arrow_schema_to_metadata};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::{WriterProperties, WriterPropertiesPtr, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{SchemaDescriptor, TypePtr};
use sha2::{Digest, Sha256};

use super::column::Column;
use super::error::DatasetError;
use super::{Limits, WrittenFile};
use crate::table::{self, CONTRACT, Table, Values};

/// What the files of a table have in common.
struct Layout {
    schema: TypePtr,
    columns: SchemaDescriptor,
    properties: WriterPropertiesPtr,
}

/// How every file is written: format version 1.0 pages, which every reader knows; statistics for each column chunk and
/// not each page, because rows stand in the order of their documents, so few pages could be skipped by them.
static LAYOUTS: LazyLock<Result<Vec<Layout>, String>> =
    LazyLock::new(|| Table::ALL.map(layout).into_iter().collect());

fn layout(table: Table) -> Result<Layout, String> {
    let metadata = [("biaodan.contract", CONTRACT), ("biaodan.version", env!("CARGO_PKG_VERSION"))];
    let mut properties = WriterProperties::builder()
        .set_created_by(concat!("biaodan version ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_writer_version(WriterVersion::PARQUET_1_0)
        .set_key_value_metadata(Some(
            metadata.map(|(key, value)| KeyValue::new(key.to_owned(), value.to_owned())).to_vec(),
        ))
        .build();
    let schema = table.schema();
    add_encoded_arrow_schema_to_metadata(&schema, &mut properties);
    let columns = ArrowSchemaConverter::new().convert(&schema).map_err(|error| error.to_string())?;
    Ok(Layout { schema: columns.root_schema_ptr(), columns, properties: properties.into() })
}

impl Layout {
    fn of(table: Table) -> Result<&'static Layout, ParquetError> {
        // The discriminants count up from zero in the order of ALL.
        LAYOUTS.as_ref().map(|all| &all[table as usize]).map_err(|error| ParquetError::General(error.clone()))
    }
}

/// Writes one table and year, in one file or more. What a file holds depends on its rows alone, not on how they were
/// handed over: pages and chunks end at fixed numbers of rows and bytes.
pub(super) struct PartitionWriter {
    table: Table,
    /// The partition's folder, relative to the dataset and separated by slashes.
    relative: String,
    folder: PathBuf,
    limits: Limits,
    queued: Vec<Vec<Values>>,
    /// The columns of the row group under construction; none before the first row.
    columns: Vec<Column>,
    group_rows: usize,
    open: Option<SerializedFileWriter<HashedFile>>,
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
            queued: Vec::new(),
            columns: Vec::new(),
            group_rows: 0,
            open: None,
            rows: 0,
            written: Vec::new(),
        })
    }

    /// Takes the columns of a batch, to be encoded with the next [`encode`](Self::encode).
    pub fn queue(&mut self, columns: Vec<Values>) {
        self.queued.push(columns);
    }

    /// Whether rows wait to be encoded.
    pub fn has_queued(&self) -> bool {
        !self.queued.is_empty()
    }

    /// Encodes what was queued.
    pub fn encode(&mut self) -> Result<(), DatasetError> {
        for columns in std::mem::take(&mut self.queued) {
            self.encode_batch(&columns)?;
            table::give_back(self.table, columns);
        }
        Ok(())
    }

    /// Encodes what is left, closes the last file, and gives every file written. Without any row that is one empty file
    /// with the full schema.
    pub fn finish(mut self) -> Result<Vec<WrittenFile>, DatasetError> {
        self.encode()?;
        if self.group_rows > 0 {
            self.end_group()?;
        }
        if self.written.is_empty() && self.open.is_none() {
            self.open = Some(self.begin()?);
        }
        self.close()?;
        Ok(self.written)
    }

    fn encode_batch(&mut self, batch: &[Values]) -> Result<(), DatasetError> {
        let mut rows = batch.first().map_or(0, Values::rows);
        self.begin_batch(batch).map_err(|error| self.failed(error))?;
        while rows > 0 {
            let chunk = self.limits.chunk_rows;
            let step = rows.min(chunk - self.group_rows % chunk);
            let mut columns = self.columns.iter_mut().zip(batch);
            let taken = columns.try_for_each(|(column, values)| column.take(values, step as u32));
            taken.map_err(|error| self.failed(error))?;
            rows -= step;
            self.group_rows += step;
            self.rows += step as u64;
            if self.group_rows.is_multiple_of(chunk) && self.is_group_full() {
                self.end_group()?;
            }
        }
        Ok(())
    }

    fn begin_batch(&mut self, batch: &[Values]) -> Result<(), ParquetError> {
        if self.columns.is_empty() {
            let columns = Layout::of(self.table)?.columns.columns().iter();
            self.columns = columns
                .zip(batch)
                .map(|(descr, values)| Column::new(descr, values))
                .collect::<Result<_, _>>()?;
        }
        for (column, values) in self.columns.iter_mut().zip(batch) {
            column.begin_batch(values);
        }
        Ok(())
    }

    fn is_group_full(&self) -> bool {
        let bytes = || self.columns.iter().map(Column::bytes).sum::<usize>();
        self.group_rows >= self.limits.group_rows || bytes() >= self.limits.group_bytes
    }

    /// Writes the row group under construction, and ends the file where it has become large enough.
    fn end_group(&mut self) -> Result<(), DatasetError> {
        self.group_rows = 0;
        let mut writer = match self.open.take() {
            Some(writer) => writer,
            None => self.begin()?,
        };
        write_group(&mut self.columns, &mut writer).map_err(|error| self.failed(error))?;
        let is_full = writer.bytes_written() >= self.limits.part_bytes;
        self.open = Some(writer);
        if is_full { self.close() } else { Ok(()) }
    }

    fn begin(&self) -> Result<SerializedFileWriter<HashedFile>, DatasetError> {
        let path = self.path();
        let file = File::create_new(&path).map_err(DatasetError::io("create", &path))?;
        Layout::of(self.table)
            .and_then(|layout| {
                let (schema, properties) = (TypePtr::clone(&layout.schema), layout.properties.clone());
                SerializedFileWriter::new(HashedFile::new(file), schema, properties)
            })
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

fn write_group(
    columns: &mut [Column],
    writer: &mut SerializedFileWriter<HashedFile>,
) -> Result<(), ParquetError> {
    let mut group = writer.next_row_group()?;
    for column in columns {
        let (bytes, close) = column.finish()?;
        group.append_column(&bytes, close)?;
    }
    group.close()?;
    Ok(())
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
