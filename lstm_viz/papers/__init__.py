"""The papers' experiments: the rows of the Papers page, in the order of the years, and the lessons' own."""

from lstm_viz.papers import (
    ablations_adding,
    ablations_count,
    ablations_states,
    ablations_stream,
    adding_1997,
    adding_patience,
    adding_product,
    bidirectional_2005,
    both_future,
    cerg,
    convlstm_kernels,
    copying,
    copying_order,
    counting,
    counting_coupled,
    counting_reber,
    ctc_2006,
    depth_layers,
    evolution_sines,
    evolution_spikes,
    forget_bias,
    forget_growth,
    forget_reset,
    forget_stream,
    highway_2015,
    irregular_gaps,
    learning_lines,
    lmu_2019,
    long_lags_cost,
    long_lags_starts,
    odyssey,
    policy_tmaze,
    reber_1997,
    stores_valley,
    temporal_order_1997,
    timing,
    timing_spikes,
    timing_swing,
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
# What lessons claim beyond the papers' own.
_LESSONS = (
    *(long_lags_cost, long_lags_starts),
    *(learning_lines, stores_valley),
    *(adding_patience, adding_product, copying_order),
    *(convlstm_kernels, irregular_gaps, depth_layers),
    *(ablations_stream, ablations_states, ablations_adding, ablations_count),
    *(evolution_sines, evolution_spikes, policy_tmaze),
    *(forget_growth, forget_reset, forget_stream),
    *(timing_spikes, timing_swing),
    *(both_future,),
    *(counting_coupled, counting_reber),
)
ROWS = {module.ROW.name: module.ROW for module in _COURSE}
ALL = ROWS | {module.ROW.name: module.ROW for module in _LESSONS}

__all__ = ["ALL", "ROWS"]
