//! `biaodan grammar draft`, on a form that is like none of those that are read.

use super::*;
use std::fs;

/// An invented form of a kind no grammar has.
struct Inspection {
    body: &'static str,
    basis: &'static str,
    /// For each kind of money: checked, found, made good, in hundredths.
    sums: [[u64; 3]; 3],
    remedy: &'static str,
}

const INSPECTIONS: [Inspection; 3] = [
    Inspection {
        body: "清水县水利局",
        basis: "年初检查计划",
        sums: [[120_050, 4_030, 3_000], [80_000, 1_210, 1_210], [9_945, 305, 0]],
        remedy: "收回闲置多年的资金，并对相关台账逐笔核对，今后每个季度公布一次清理进度，接受各方监督和质询，直至全部到位。",
    },
    Inspection {
        body: "青山县档案馆",
        basis: "群众来信",
        sums: [[33_000, 2_000, 1_500], [12_345, 678, 600], [5_500, 110, 90]],
        remedy: "补齐缺失的合同附件，调整记错科目的凭证，组织经办人员重新学习有关制度，并在下一年度安排一次专门的回头看检查。",
    },
    Inspection {
        body: "云岚市图书馆",
        basis: "上级交办",
        sums: [[7_105, 95, 95], [64_000, 3_200, 1_600], [21_000, 420, 210]],
        remedy: "退回多付的工程款，完善验收手续，凡未经两人以上签字的单据一律不予入账，财务人员每月同实物管理人员对账一次。",
    },
];

fn money(hundredths: u64) -> String {
    format!("{}.{:02}", hundredths / 100, hundredths % 100)
}

impl Inspection {
    fn line(label: &str, sums: [u64; 3]) -> String {
        let rate = (sums[2] * 20_000 + sums[1]) / (sums[1] * 2);
        format!("{label}\t{}\t{}\t{}\t{}%", money(sums[0]), money(sums[1]), money(sums[2]), money(rate))
    }

    /// The form as a copy from a word processor has it.
    fn dump(&self) -> String {
        let [fiscal, fund, own] = self.sums;
        let total = [0, 1, 2].map(|at| fiscal[at] + fund[at] + own[at]);
        [
            "财政专项检查情况表".to_owned(),
            format!("填报单位：{}  （2023年度）  单位：万元", self.body),
            format!("被查单位\t{}\t检查依据\t{}", self.body, self.basis),
            "资金类别\t检查金额\t查出问题金额\t已整改金额\t整改比例".to_owned(),
            Self::line("各类资金合计", total),
            Self::line("其中：专项补助", fiscal),
            Self::line("配套安排", fund),
            Self::line("自筹部分", own),
            format!("整改意见\t{}", self.remedy),
            "填表人：某某  填报日期：2024-01-15".to_owned(),
        ]
        .join("\n")
            + "\n"
    }
}

/// The dumps as files.
fn dumps(folder: &Path) -> Vec<String> {
    let write = |(nth, inspection): (usize, &Inspection)| {
        let path = folder.join(format!("{nth}.txt"));
        fs::write(&path, inspection.dump()).unwrap();
        path.to_str().unwrap().to_owned()
    };
    INSPECTIONS.iter().enumerate().map(write).collect()
}

fn draft(dumps: &[String], more: &[&str]) -> Ran {
    let mut args = vec!["grammar", "draft"];
    args.extend(dumps.iter().map(String::as_str));
    args.extend(more);
    biaodan(&args)
}

/// Holds a draft against the one that was looked at; `BIAODAN_BLESS=1` writes it anew.
#[track_caller]
fn is_as_kept(name: &str, drafted: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/drafted").join(name);
    if std::env::var_os("BIAODAN_BLESS").is_some() {
        fs::write(&path, drafted).unwrap();
    }
    assert_eq!(drafted, fs::read_to_string(path).unwrap());
}

#[test]
fn a_draft_reads_the_dumps_it_came_from() {
    let dir = folder();
    let dumps = dumps(dir.path());
    let grammar = dir.path().join("mine");
    let out = grammar.join("inspection.toml");
    let ran = draft(&dumps, &["--out", out.to_str().unwrap()]).ended(0);
    assert_eq!(ran.stdout, "");
    assert!(
        ran.stderr.contains("30 of 30 lines") && ran.stderr.contains("with 0 findings"),
        "{}",
        ran.stderr
    );
    is_as_kept("three-dumps.toml", &fs::read_to_string(&out).unwrap());
    biaodan(&["grammar", "check", grammar.to_str().unwrap()]).ended(0);
    let inputs: Vec<&Path> = dumps.iter().map(Path::new).collect();
    let more = ["--grammar", grammar.to_str().unwrap(), "--format", "json"];
    let report = convert(&inputs, &dir.path().join("dataset"), &more).ended(0).json();
    assert_eq!(report["complete"], true);
    assert_eq!(report["figures"]["by"]["proven"], 3 * 16, "{}", report["figures"]);
    assert_eq!(report["findings"]["total"], 0);
    let drift = biaodan(&["grammar", "drift", &dumps[0], "--grammar", grammar.to_str().unwrap()]).ended(0);
    assert!(
        drift.stdout.contains("inspection  (1 form)") && !drift.stdout.contains("of table_1"),
        "{}",
        drift.stdout
    );
}

#[test]
fn one_dump_is_told_by_its_structure() {
    let dir = folder();
    let dumps = dumps(dir.path());
    let ran = draft(&dumps[..1], &[]).ended(0);
    assert!(ran.stderr.contains("10 of 10 lines"), "{}", ran.stderr);
    is_as_kept("one-dump.toml", &ran.stdout);
}

#[test]
fn a_file_that_is_there_is_kept() {
    let dir = folder();
    let dumps = dumps(dir.path());
    let (out, lexicon) = (dir.path().join("mine/a.toml"), dir.path().join("mine/lexicon.toml"));
    fs::create_dir(dir.path().join("mine")).unwrap();
    fs::write(&lexicon, "of my own").unwrap();
    fs::write(&out, "mine").unwrap();
    let to = out.to_str().unwrap();
    draft(&dumps, &["--out", to]).refused(2, "--force");
    assert_eq!(fs::read_to_string(&out).unwrap(), "mine");
    draft(&dumps, &["--out", to, "--force"]).ended(0);
    assert!(fs::read_to_string(&out).unwrap().starts_with("# Drafted from 3"));
    assert_eq!(fs::read_to_string(&lexicon).unwrap(), "of my own");
}

#[test]
fn what_is_read_already_is_not_drafted() {
    let known = sound().to_str().unwrap().to_owned();
    draft(std::slice::from_ref(&known), &[]).refused(1, "--again");
    let again = draft(&[known], &["--again"]).ended(0);
    assert!(again.stdout.contains("[[block]]"), "{}", again.stdout);
    let dir = folder();
    fs::write(dir.path().join("a.txt"), "没有表格\n").unwrap();
    draft(&[dir.path().join("a.txt").to_str().unwrap().to_owned()], &[]).refused(1, "nothing to draft from");
    draft(&dumps(dir.path()), &["--title", "决算"]).refused(1, "财政专项检查情况表");
    draft(&["/nowhere".to_owned()], &[]).refused(2, "/nowhere");
}
