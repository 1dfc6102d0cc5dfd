//! The forms that the corpus knows, each with its writer.

mod base_data;
mod department;
mod draft;
mod funds;
mod goal;
mod heads;
mod project;
mod provinces;
mod scoring;
mod three_public;
mod transfer;

use super::defects::{self, Defective};
use super::random::Random;
use super::sheet::Sheet;
use super::truth;
use draft::Draft;
pub use draft::{Subject, decimal};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Project2016,
    Project2018,
    Project2020,
    Project2021,
    Department,
    DepartmentColumns,
    BaseData,
    Sichuan,
    Yunnan13,
    Yunnan14,
    Anhui,
    Hubei,
    Transfer,
    Goal,
    ThreePublic,
}

impl Form {
    pub const ALL: [Form; 15] = [
        Form::Project2016,
        Form::Project2018,
        Form::Project2020,
        Form::Project2021,
        Form::Department,
        Form::DepartmentColumns,
        Form::BaseData,
        Form::Sichuan,
        Form::Yunnan13,
        Form::Yunnan14,
        Form::Anhui,
        Form::Hubei,
        Form::Transfer,
        Form::Goal,
        Form::ThreePublic,
    ];

    pub fn name(self) -> &'static str {
        match self {
            Form::Project2016 => "project-2016",
            Form::Project2018 => "project-2018",
            Form::Project2020 => "project-2020",
            Form::Project2021 => "project-2021",
            Form::Department => "department",
            Form::DepartmentColumns => "department-columns",
            Form::BaseData => "base-data",
            Form::Sichuan => "sichuan",
            Form::Yunnan13 => "yunnan-13",
            Form::Yunnan14 => "yunnan-14",
            Form::Anhui => "anhui",
            Form::Hubei => "hubei",
            Form::Transfer => "transfer",
            Form::Goal => "goal",
            Form::ThreePublic => "three-public",
        }
    }

    /// A form about a subject, with a defect where one is wanted and the form has what can be spoiled.
    pub fn write(
        self,
        subject: &Subject,
        defect: Option<Defective>,
        random: &mut Random,
    ) -> (Sheet, truth::Form) {
        // Where only the heading states a unit, nothing could speak against a wrong one.
        let heading_only = matches!(self, Form::BaseData | Form::Sichuan | Form::ThreePublic);
        let defect = defect.filter(|defect| !(heading_only && *defect == Defective::Unit));
        let mut draft = Draft::new(self.name(), subject, random);
        draft.defect = defect;
        match self {
            Form::Project2016 => project::edition_2016(&mut draft),
            Form::Project2018 => project::edition_2018(&mut draft),
            Form::Project2020 => project::edition_2020(&mut draft),
            Form::Project2021 => project::edition_2021(&mut draft),
            Form::Department => department::write(&mut draft, false),
            Form::DepartmentColumns => department::write(&mut draft, true),
            Form::BaseData => base_data::write(&mut draft),
            Form::Sichuan => provinces::sichuan(&mut draft),
            Form::Yunnan13 => provinces::yunnan_13(&mut draft),
            Form::Yunnan14 => provinces::yunnan_14(&mut draft),
            Form::Anhui => provinces::anhui(&mut draft),
            Form::Hubei => provinces::hubei(&mut draft),
            Form::Transfer => transfer::write(&mut draft),
            Form::Goal => goal::write(&mut draft),
            Form::ThreePublic => three_public::write(&mut draft),
        }
        let (mut sheet, mut truth) = draft.finish();
        if let Some(defect) = defect {
            defects::plant(&mut sheet, &mut truth, defect, random);
        }
        (sheet, truth)
    }
}
