"""The Training lab: cells learn live, and a slider goes over their training."""
