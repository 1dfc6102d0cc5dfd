//! What a text of a form was found to be.

use super::form::Role;
use super::labels::Kinds;
use super::vocabulary::MoneyUnit;

/// A label found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found<'l> {
    /// Everything the label may be.
    pub roles: &'l [Role],
    /// The kinds among them.
    pub kinds: Kinds,
    /// The unit of money in the brackets behind it: `(B)(万元)`.
    pub unit: Option<MoneyUnit>,
    /// The year printed in it.
    pub year: Option<i32>,
}

impl Found<'_> {
    /// Whether it stands in the corner of a block.
    pub fn opens(&self, block: u8) -> bool {
        self.kinds.has(Kinds::OPENS) && self.roles.contains(&Role::Opens(block))
    }

    /// The first block in whose corner it stands.
    pub fn opened(&self) -> Option<u8> {
        self.roles.iter().find_map(|role| if let Role::Opens(block) = role { Some(*block) } else { None })
    }

    /// The row of a block that it is the label of.
    pub fn row_of(&self, block: u8) -> Option<u16> {
        let row = |role: &Role| match role {
            Role::Row { block: of, row } if *of == block => Some(*row),
            _ => None,
        };
        if self.kinds.has(Kinds::ROW) { self.roles.iter().find_map(row) } else { None }
    }

    /// The column of a block that it heads.
    pub fn column_of(&self, block: u8) -> Option<u8> {
        let column = |role: &Role| match role {
            Role::Column { block: of, column } if *of == block => Some(*column),
            _ => None,
        };
        if self.kinds.has(Kinds::COLUMN) { self.roles.iter().find_map(column) } else { None }
    }
}
