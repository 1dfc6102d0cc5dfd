//! The forms table: one row a form, with what stands in its heading and at its foot.

use super::{RowCells, Unfit, words};
use crate::table::cells::{self, Cells, Given};
use crate::table::values::Values;
use crate::value::decimal::Decimal;

row! {
    /// One form.
    FormRow, FormCells {
        /// The form: `doc_id`, a hyphen and the form's four-digit ordinal in its document, from 0001.
        form_id: &'a str as Varied;
        /// The document the form stands in.
        doc_id: &'a str as Text;
        /// The id of the grammar that read the form.
        form_type: &'a str as Word;
        /// The source line the form begins on, from 1.
        line: u32 as Place;
        /// The source line the form ends on, from 1.
        line_last: u32 as Place;
        /// The form's title, folded.
        title: &'a str as Text;
        /// The annex number printed above the title, folded.
        annex: Option<&'a str> as Text;
        /// The organisation that filled the form in, folded.
        reporting_org: Option<&'a str> as Text;
        /// The department the form is about, folded: the department named, else the supervising department, else
        /// the reporting organisation.
        department: Option<&'a str> as Text;
        /// The organisation that carries the project out, folded.
        implementing_org: Option<&'a str> as Text;
        /// The project the form is about, folded; null for a form about a whole department.
        project: Option<&'a str> as Varied;
        /// The unit that applies to the form's amounts, after any conflict is settled; 1 wan_yuan is 10,000 CNY, 1
        /// yi_yuan is 100,000,000 CNY.
        unit: Option<&'static str> as Fixed in words::MONEY_UNIT;
        /// The unit as the form's heading prints it.
        unit_stated: Option<&'a str> as Text;
        /// The total of the weights as printed, in points.
        weight_total: Option<Decimal> as Score;
        /// The total of the scores as printed, in points.
        score_total: Option<Decimal> as Score;
        /// Who filled the form in; personal, null unless the run keeps personal data.
        prepared_by: Option<&'a str> as Text;
        /// The day the form was filled in.
        prepared_on: Option<i32> as Day;
        /// The telephone number given; personal, null unless the run keeps personal data.
        phone: Option<&'a str> as Text;
        /// Who signed the form; personal, null unless the run keeps personal data.
        signed_by: Option<&'a str> as Text;
        /// Whether the form was read whole.
        status: &'static str as Fixed in words::FORM_STATUS;
    }
}
