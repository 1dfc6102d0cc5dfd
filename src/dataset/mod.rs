//! Batches of rows into a published dataset: Parquet files by table and year, their descriptor, and the one
//! rename that shows them to readers.

mod column;
mod error;
mod lock;
mod package;
mod part;
mod staging;
mod target;

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use parquet::errors::ParquetError;
use rayon::prelude::*;

pub use error::{DatasetError, Refusal};
use part::PartitionWriter;
use staging::{Staging, sync_folder};

use crate::table::{Table, TableBatch};

/// How a dataset is written.
#[derive(Clone, Copy, Debug, Default)]
pub struct DatasetOptions {
    /// Whether a dataset that biaodan made may be replaced. Anything else is never replaced.
    pub force: bool,
    /// How large things may grow.
    pub limits: Limits,
}

/// How large things may grow while a file is written; all of them shape the files' bytes.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Rows after which it is looked whether the row group has grown large enough.
    pub chunk_rows: usize,
    /// Rows after which a row group ends; a multiple of `chunk_rows`, else the next such multiple counts.
    pub group_rows: usize,
    /// Encoded bytes after which a row group ends: what a file being written keeps in memory.
    pub group_bytes: usize,
    /// Bytes after which a file ends and the next part begins.
    pub part_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            chunk_rows: 2048,
            // The least that readers call large enough: a run keeps one of every table and year in memory.
            group_rows: 49 * 2048,
            group_bytes: 32 << 20,
            part_bytes: 256 << 20,
        }
    }
}

/// One Parquet file of a dataset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenFile {
    /// Whose rows it holds.
    pub table: Table,
    /// Its path in the dataset, separated by slashes.
    pub path: String,
    /// Its rows.
    pub rows: u64,
    /// Its size in bytes.
    pub bytes: u64,
    /// The SHA-256 of its bytes, in lower-case hex.
    pub sha256: String,
}

/// A dataset that readers can see.
#[derive(Clone, Debug)]
pub struct Published {
    /// Where it stands, absolute.
    pub path: PathBuf,
    /// Its Parquet files, by table and year.
    pub files: Vec<WrittenFile>,
    /// Where the dataset that was replaced still stands, if it could not be deleted; the next run to the same
    /// target deletes it.
    pub left_behind: Option<PathBuf>,
}

/// Writes a dataset beside its target, and moves it there when it is whole. Dropped before that, it removes
/// what it wrote and leaves the target as it was.
pub struct DatasetWriter {
    // Dropped in this order: the files are closed before their folder is removed.
    partitions: BTreeMap<(Table, Option<i32>), PartitionWriter>,
    staging: Staging,
    limits: Limits,
    is_broken: bool,
}

impl DatasetWriter {
    /// Prepares to write a dataset to `target`: a folder that does not exist, is empty, or, with
    /// [`force`](DatasetOptions::force), holds a dataset that biaodan made. Missing parents are made.
    pub fn create(target: &Path, options: &DatasetOptions) -> Result<Self, DatasetError> {
        let staging = Staging::open(target, options.force)?;
        Ok(DatasetWriter { partitions: BTreeMap::new(), staging, limits: options.limits, is_broken: false })
    }

    /// Appends rows. Each file's bytes depend only on the order of its rows: neither on how they are divided
    /// into batches and calls, nor on the number of threads that encode different files side by side.
    pub fn write(&mut self, batches: Vec<TableBatch>) -> Result<(), DatasetError> {
        let done = self.try_write(batches);
        self.is_broken |= done.is_err();
        done
    }

    /// Closes every file, describes them, makes all of it durable, and shows it to readers.
    pub fn finish(mut self) -> Result<Published, DatasetError> {
        if self.is_broken {
            let source = ParquetError::General("an earlier write failed".to_owned());
            return Err(DatasetError::Encode { path: self.staging.folder().to_path_buf(), source });
        }
        self.add_empty_tables()?;
        let DatasetWriter { partitions, staging, .. } = self;
        let partitions: Vec<PartitionWriter> = partitions.into_values().collect();
        // Collected in the order of the partitions, whatever the order they are finished in.
        let parts = partitions.into_par_iter().map(PartitionWriter::finish).collect::<Result<Vec<_>, _>>()?;
        let files = parts.concat();
        seal(staging.folder(), &files)?;
        let (path, left_behind) = staging.publish()?;
        Ok(Published { path, files, left_behind })
    }

    fn try_write(&mut self, batches: Vec<TableBatch>) -> Result<(), DatasetError> {
        for TableBatch { table, year, columns } in batches {
            self.partition(table, year)?.queue(columns);
        }
        let mut queued: Vec<_> = self.partitions.values_mut().filter(|p| p.has_queued()).collect();
        queued.par_iter_mut().try_for_each(|partition| partition.encode())
    }

    /// Gives every table without rows its one empty file. It goes to a year that other tables know, if there is
    /// one: pyarrow cannot read a folder in which the unknown year is the only one.
    fn add_empty_tables(&mut self) -> Result<(), DatasetError> {
        let year = self.partitions.keys().filter_map(|(_, year)| *year).min();
        for table in Table::ALL {
            if !self.partitions.keys().any(|(known, _)| *known == table) {
                self.partition(table, year)?;
            }
        }
        Ok(())
    }

    fn partition(&mut self, table: Table, year: Option<i32>) -> Result<&mut PartitionWriter, DatasetError> {
        let year = year.filter(|year| table.is_partitioned() && (1000..=9999).contains(year));
        match self.partitions.entry((table, year)) {
            Entry::Occupied(known) => Ok(known.into_mut()),
            Entry::Vacant(new) => {
                let (folder, root) = (partition_folder(table, year), self.staging.folder());
                Ok(new.insert(PartitionWriter::create(table, folder, root, self.limits)?))
            }
        }
    }
}

/// The folder of a table and year, relative to the dataset. The year has four digits; any other is unknown.
fn partition_folder(table: Table, year: Option<i32>) -> String {
    match year {
        _ if !table.is_partitioned() => table.name().to_owned(),
        Some(year) => format!("{}/fiscal_year={year}", table.name()),
        None => format!("{}/fiscal_year=__HIVE_DEFAULT_PARTITION__", table.name()),
    }
}

/// Writes the descriptor and makes it and every folder durable; the Parquet files already are.
fn seal(root: &Path, files: &[WrittenFile]) -> Result<(), DatasetError> {
    let path = root.join(package::FILE);
    let text = package::describe(files).map_err(|error| DatasetError::io("describe", &path)(error.into()))?;
    let mut file = File::create_new(&path).map_err(DatasetError::io("create", &path))?;
    file.write_all(&text).map_err(DatasetError::io("write", &path))?;
    file.sync_all().map_err(DatasetError::io("sync", &path))?;
    let mut folders: Vec<&Path> =
        files.iter().flat_map(|file| Path::new(&file.path).ancestors().skip(1)).collect();
    folders.sort();
    folders.dedup();
    // Innermost first, the root (the empty path) last.
    folders.into_iter().rev().try_for_each(|folder| sync_folder(&root.join(folder)))
}

#[cfg(test)]
mod tests;
