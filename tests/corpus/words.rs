//! Invented bodies, projects, people and sentences.

use super::random::Random;

const CHARACTERS: &str = "安保本材财成城程创村达道电定动法发防扶服福改工公共关规国果河合湖户环会机基集济技加检建健教节进景具决开科客矿劳老理力利联粮林流\
路绿落旅贸民明农培配平桥情区群热融商设社审生省市事收水税送台特体田调通土推文武物乡校协新信行许学训研养药业医益营优游友渔园源云造增展站政智治州助专资总组作";
const PLACES: &[&str] =
    &["青禾", "云岚", "临沧湖", "白石", "乌溪", "长汀湾", "松岭", "望江", "石泉沟", "南浦"];
const KINDS: &[&str] = &["县", "市", "区"];
const BODIES: &[&str] = &[
    "农业农村局",
    "林业发展中心",
    "水利事务局",
    "档案馆",
    "民政服务局",
    "文化旅游局",
    "市场监管分局",
    "残疾人联合会",
    "气象台",
    "图书馆",
    "公路养护站",
    "机关事务中心",
    "卫生健康委员会",
    "退役军人事务局",
    "商务促进局",
];
const SUFFIXES: &[&str] = &["经费", "专项资金", "项目", "补助资金", "工作经费", "专项"];
const UNITS: &[&str] = &["户", "家", "人", "亩", "次", "个", "件", "公里", "场", "套"];
const CLAUSES: &[&str] = &[
    "按时完成年度各项任务",
    "保障日常工作有序开展",
    "开展业务培训",
    "群众办事更加便利",
    "改善基层服务条件",
    "完成设施设备更新维护",
    "推进信息化建设",
    "及时足额拨付资金",
    "加强日常巡查",
    "项目区环境明显改善",
    "档案整理按期完成",
    "压减一般性支出",
];

pub fn pick<'a, T: ?Sized>(random: &mut Random, from: &[&'a T]) -> &'a T {
    from[random.below(from.len() as u64) as usize]
}

/// Whether one of `n` dice shows one.
pub fn one_in(random: &mut Random, n: u64) -> bool {
    random.below(n) == 0
}

/// A word that means nothing.
pub fn word(random: &mut Random, low: u64, high: u64) -> String {
    let characters: Vec<char> = CHARACTERS.chars().collect();
    let n = random.between(low, high);
    (0..n).map(|_| characters[random.below(characters.len() as u64) as usize]).collect()
}

pub fn body(random: &mut Random) -> String {
    let (place, kind, body) = (pick(random, PLACES), pick(random, KINDS), pick(random, BODIES));
    format!("{place}{kind}{body}")
}

pub fn project(random: &mut Random) -> String {
    let name = word(random, 4, 9);
    format!("{name}{}", pick(random, SUFFIXES))
}

pub fn unit(random: &mut Random) -> &'static str {
    pick(random, UNITS)
}

/// One to three clauses, some with a number in them.
pub fn sentence(random: &mut Random) -> String {
    let n = random.between(1, 3);
    let clauses: Vec<String> = (0..n)
        .map(|_| {
            let clause = pick(random, CLAUSES);
            match random.below(3) {
                0 => format!("{clause}{}{}", random.between(2, 900), unit(random)),
                1 => format!("{}{clause}", word(random, 2, 5)),
                _ => clause.to_owned(),
            }
        })
        .collect();
    clauses.join("，") + "。"
}
