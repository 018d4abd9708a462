"""The papers' experiments: the rows of the Papers page, in the order of the years."""

from lstm_viz.papers import (
    adding_1997,
    bidirectional_2005,
    cerg,
    copying,
    counting,
    ctc_2006,
    forget_bias,
    highway_2015,
    lmu_2019,
    odyssey,
    reber_1997,
    temporal_order_1997,
    timing,
    tlstm_2017,
    tracking,
)

_COURSE = (
    *(adding_1997, temporal_order_1997, reber_1997),
    *(cerg, counting, timing),
    *(bidirectional_2005, ctc_2006),
    *(copying, forget_bias, odyssey, highway_2015),
    *(tlstm_2017, lmu_2019, tracking),
)
ROWS = {module.ROW.name: module.ROW for module in _COURSE}

__all__ = ["ROWS"]
