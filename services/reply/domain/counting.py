"""Counting: how much of what was promised was kept (成果转化率), and by which rule."""

CONVERSION_RULE = (
    "按承诺事项计：分母为当年答复中列明的承诺事项，所属答复被审核退回的不计，"
    "变更过的按变更后计一项，承接的计入现承诺单位；分子为其中经核实兑现的事项；"
    "没有承诺事项的不计算。"
)


def rate_of(*, kept: int, made: int) -> float:
    """Promises kept of promises made, to four places; of none there is no rate."""
    return round(kept / made, 4) if made else 0.0
