//! One line of SQL that opens a dataset in DuckDB.

use super::printable::is_unprintable;
use std::path::Path;

/// A statement that reads the sums of the dataset at `path`, to be pasted as it is.
///
/// `None` where DuckDB cannot be told the path: it is no UTF-8, or holds a `\`, which its globs take for a
/// separator everywhere.
pub fn open(path: &Path) -> Option<String> {
    let path = path.to_str()?;
    if cfg!(unix) && path.contains('\\') {
        return None;
    }
    let files = literal(&format!("{}/amounts/*/*.parquet", glob(path)));
    Some(format!("SELECT * FROM read_parquet({files}, hive_partitioning = true);"))
}

/// The path as a pattern that only it matches.
fn glob(path: &str) -> String {
    let mut pattern = String::with_capacity(path.len());
    for c in path.chars() {
        match c {
            '*' | '?' | '[' => pattern.extend(['[', c, ']']),
            _ => pattern.push(c),
        }
    }
    pattern
}

/// A string literal on one line: quotes doubled, and what does not print by its number.
fn literal(text: &str) -> String {
    let mut sql = String::from("'");
    for c in text.chars() {
        match c {
            '\'' => sql.push_str("''"),
            c if is_unprintable(c) => sql.push_str(&format!("' || chr({}) || '", u32::from(c))),
            c => sql.push(c),
        }
    }
    sql.push('\'');
    sql
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(path: &str) -> String {
        let sql = open(Path::new(path)).unwrap();
        let sql = sql.strip_prefix("SELECT * FROM read_parquet(").unwrap();
        sql.strip_suffix("/amounts/*/*.parquet', hive_partitioning = true);").unwrap().to_owned()
    }

    // Each was pasted into DuckDB 2.0.
    #[test]
    fn odd_paths_are_escaped() {
        assert_eq!(files("/d/a b's"), "'/d/a b''s");
        assert_eq!(files("/d/表*[1]?"), "'/d/表[*][[]1][?]");
        assert_eq!(files("/d/a\nb"), "'/d/a' || chr(10) || 'b");
        #[cfg(unix)]
        assert_eq!(open(Path::new("/d/a\\b")), None);
    }
}
