//! Figures on lines that hold many cells: a line that is claimed proves nothing of each of them.

use crate::conversion;

/// A declaration of goals: `total` stands behind the label of the section, on its line, and one sum below.
fn declared(total: &str) -> String {
    format!(
        "项目支出绩效目标申报表\n填报单位：（盖章）        （2023年度）        单位：万元\n项目名称  河道整治经费\n\
         主管部门  青禾市水利局  实施单位  青禾市河道管理所\n项目资金（万元）  年度资金总额：  {total}\n\
         其中：财政拨款  370.30\n其他资金  573.44\n总体目标  整治河道。\n\
         绩效指标  一级指标  二级指标  三级指标  指标值\n产出指标  数量指标  整治河道  2公里\n"
    )
}

#[test]
fn a_figure_behind_a_label_is_given_or_reported_wherever_cells_are_lost() {
    for gap in ["  ", " "] {
        for total in ["943.74", "1,943.74"] {
            let outcome = conversion::of_text(declared(total).replace("  ", gap));
            let mut rows = outcome.of_table("amounts").chain(outcome.of_table("findings"));
            let told = rows.any(|row| row.get("raw").is_some_and(|raw| raw.contains(total)));
            assert!(told, "{total} is told nowhere, with {gap:?} between cells: {:?}", outcome.codes());
        }
    }
}
