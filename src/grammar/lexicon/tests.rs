use super::*;

fn built_in() -> Lexicon {
    Lexicon::built_in().unwrap_or_else(|mistakes| panic!("{mistakes}"))
}

#[test]
fn the_built_in_lexicon_is_sound() {
    let lexicon = built_in();
    for (text, unit) in [
        ("元", MoneyUnit::Yuan),
        ("千元", MoneyUnit::ThousandYuan),
        (" 万 元\n", MoneyUnit::WanYuan),
        ("百万元", MoneyUnit::MillionYuan),
        ("亿元", MoneyUnit::YiYuan),
    ] {
        assert_eq!(lexicon.money_unit(text), Some(unit), "{text}");
    }
    assert_eq!(lexicon.money_unit("单元"), None);
    assert_eq!(lexicon.percent("百分比"), Some(Percent::Hundredth));
}

#[test]
fn operators_in_a_column_of_their_own() {
    let lexicon = built_in();
    for (text, op) in [
        ("≥", Some(Op::Ge)),
        ("≧", Some(Op::Ge)),
        ("＞＝", Some(Op::Ge)),
        ("≦", Some(Op::Le)),
        ("<=", Some(Op::Le)),
        ("＞", Some(Op::Gt)),
        ("＜", Some(Op::Lt)),
        ("﹦", Some(Op::Eq)),
        ("═", Some(Op::Eq)),
        ("　不超过 ", Some(Op::Le)),
        ("以上", Some(Op::Ge)),
        ("定性", None),
        ("", None),
    ] {
        assert_eq!(lexicon.operator(text), op, "{text}");
    }
}

/// The built-in lexicon with the first `from` replaced by `to`, and the mistakes this makes.
fn spoiled(from: &str, to: &str) -> String {
    assert!(BUILT_IN.contains(from), "{from}");
    let source = BUILT_IN.replacen(from, to, 1);
    Lexicon::load("lexicon.toml", &source).expect_err(to).to_string()
}

#[test]
fn mistakes_point_into_the_file() {
    let typo = spoiled("spellings", "speling");
    assert!(typo.starts_with("lexicon.toml:"), "{typo}");
    assert!(typo.contains("speling") && typo.contains("^^^"), "{typo}");
    let unknown = spoiled("\"wan_yuan\"", "\"jiao\"");
    assert!(unknown.contains("jiao") && unknown.contains("wan_yuan"), "{unknown}");
    let twice = spoiled("\"千元\"", "\"元\"");
    assert!(twice.contains("`元` is listed twice as unit of money"), "{twice}");
    let empty = spoiled("\"暂无\"", "\"\"");
    assert!(empty.contains("cannot be empty"), "{empty}");
    let power = spoiled("power = 12", "power = 40");
    assert!(power.contains("0 to 16") && power.contains("| power = 40"), "{power}");
    let digit = spoiled("\"无此项\"", "\"0元\"");
    assert!(digit.contains("digit"), "{digit}");
    assert!(spoiled("[score]", "[scor").contains("lexicon.toml:"));
}

#[test]
fn every_mistake_is_reported() {
    let source = BUILT_IN.replacen("\"暂无\"", "\"\"", 1).replacen("power = 12", "power = 99", 1);
    let mistakes = Lexicon::load("lexicon.toml", &source).expect_err("two mistakes");
    assert_eq!(mistakes.0.len(), 2);
}
