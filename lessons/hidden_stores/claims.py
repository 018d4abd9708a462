"""The claims of the lesson on hidden stores."""

from lessons.claims import Claim, Exact, Trained, about, above, below, between, exactly, near
from lessons.hidden_stores import by_valley

HERE = "this course"
KRATZERT = "after Kratzert et al. 2019, NeuralHydrology: interpreting LSTMs in hydrology"
MALHOTRA = "after Malhotra et al. 2015, Long short term memory networks for anomaly detection in time series"

VALLEY = (
    Exact(
        "stores_conserved",
        "No water is lost in the made valley.",
        HERE,
        {"cm of water lost, at most": below(1e-9)},
        by_valley.conserved,
    ),
    Exact(
        "stores_memoryless",
        "A table of this step's rain and temperature tells the flow with an efficiency of 0.46.",
        HERE,
        {"efficiency of the table": near(0.46, 0.01)},
        by_valley.memoryless,
    ),
    Exact(
        "stores_snow",
        "One cell state of the LSTM goes with the snow that it was never shown.",
        KRATZERT,
        {"its number": exactly(12), "its correlation": near(-0.956, 0.003)},
        by_valley.snow,
        seconds=0.5,
    ),
    Exact(
        "stores_flow",
        "The LSTM tells the flow with an efficiency of 0.97, the tanh network with 0.93.",
        KRATZERT,
        {"efficiency, LSTM": near(0.972, 0.002), "efficiency, tanh RNN": near(0.931, 0.003)},
        by_valley.flow,
        seconds=0.4,
    ),
    Exact(
        "stores_wiped",
        "Without what it has stored the LSTM tells the flow badly, until the last winter's snow has gone.",
        HERE,
        {
            "next 40 steps, put back": near(0.56, 0.01),
            "next 40 steps, kept": near(0.97, 0.005),
            "after that, put back": near(0.974, 0.005),
            "after that, kept": near(0.975, 0.005),
        },
        by_valley.wiped,
        seconds=0.5,
    ),
    Exact(
        "stores_untrained",
        "In networks that were never trained, too, some unit goes with the snow, at 0.66 to 0.79.",
        HERE,
        {"least of five": near(0.66, 0.01), "largest": near(0.79, 0.01)},
        by_valley.untrained,
        seconds=1.5,
    ),
    Exact(
        "stores_calendar",
        "Among valleys with one calendar the LSTM's unit still goes with the snow, and the untrained ones "
        "much less.",
        HERE,
        {
            "unit 12, trained": near(-0.951, 0.005),
            "best unit, untrained, least of five": near(0.565, 0.01),
            "largest": near(0.70, 0.01),
        },
        by_valley.calendar,
        seconds=1.0,
    ),
    Exact(
        "stores_gate",
        "The unit's forget gate stands higher in the cold than in the warmth; four others follow the snow.",
        HERE,
        {
            "below 0 °C": near(0.906, 0.005),
            "above 5 °C": near(0.697, 0.005),
            "other units that go with the snow": exactly(4),
        },
        by_valley.gate,
        seconds=0.3,
    ),
    Trained(
        "stores_seeds",
        "With three further seeds the LSTM tells the flow at 0.97 and has a unit that goes with the snow; "
        "the tanh network does less well in both.",
        KRATZERT,
        {
            "LSTM, flow, least": above(0.965),
            "tanh RNN, flow, least": near(0.88, 0.01),
            "tanh RNN, flow, most": near(0.92, 0.01),
            "LSTM, snow, least": above(0.94),
            "tanh RNN, snow, least": near(0.28, 0.02),
            "tanh RNN, snow, most": near(0.68, 0.02),
        },
        "stores_valley",
        lambda arms: {
            "LSTM, flow, least": min(arms["LSTM, flow"]),
            "tanh RNN, flow, least": min(arms["tanh RNN, flow"]),
            "tanh RNN, flow, most": max(arms["tanh RNN, flow"]),
            "LSTM, snow, least": min(arms["LSTM, snow"]),
            "tanh RNN, snow, least": min(arms["tanh RNN, snow"]),
            "tanh RNN, snow, most": max(arms["tanh RNN, snow"]),
        },
    ),
    Exact(
        "stores_climate",
        "In warmer and wetter valleys than those of its training the LSTM does worse.",
        HERE,
        {
            "efficiency, 4 °C warmer": near(0.92, 0.006),
            "efficiency, three times as wet": near(0.70, 0.006),
            "mean flow there": near(2.63, 0.01),
            "mean flow that is told": near(1.94, 0.02),
        },
        by_valley.climate,
        seconds=0.4,
    ),
    Exact(
        "stores_warm",
        "Warmer by 8 °C the valley has hardly any snow, and the LSTM tells 8 per cent too little.",
        HERE,
        {
            "mean snow as usual": near(7.2, 0.05),
            "mean snow, 8 °C warmer": near(0.23, 0.02),
            "efficiency": near(0.914, 0.005),
            "told, as a share of the flow": near(0.92, 0.005),
        },
        by_valley.warm,
        seconds=0.3,
    ),
    Exact(
        "stores_soil",
        "A forget gate like the soil has a bias of 1.39 and a half-life of 3.1 steps.",
        HERE,
        {"bias": near(1.386, 0.001), "half-life in steps": near(3.106, 0.001)},
        by_valley.soil,
    ),
)
ALARMS = (
    Exact(
        "stores_alarm",
        "A sensor that hangs is found by prediction error though each of its values is usual.",
        MALHOTRA,
        {
            "largest healthy value": near(2.0, 0.001),
            "found by the network": exactly(1),
            "false alarms before": exactly(0),
            "found by a limit of the change": near(0.66, 0.01),
        },
        by_valley.hanging,
        seconds=0.2,
    ),
    Exact(
        "stores_fade",
        "A sensor that grows weak slowly is hardly ever found by prediction error.",
        HERE,
        {"alarms in 500 cases": between(3, 9)},
        by_valley.fading,
        seconds=0.2,
    ),
    Exact(
        "stores_faster",
        "A healthy signal that is ten per cent faster than those of the training raises an alarm every time.",
        HERE,
        {"share with an alarm": exactly(1)},
        by_valley.faster,
        seconds=0.2,
    ),
    Exact(
        "stores_rule",
        "Each value of a sum of two sines follows from the four before it.",
        HERE,
        {"largest error": below(1e-12)},
        by_valley.rule,
    ),
)
SPOTS = (
    Exact(
        "stores_sunspots",
        "One year ahead the LSTM is better than persistence and than two years' weighted sum, and little "
        "better than nine years'.",
        "Yule 1927, On a method of investigating periodicities in disturbed series, for the two years",
        {
            "LSTM": about(0.234),
            "as this year": about(0.687),
            "two years": about(0.327),
            "nine years": about(0.254),
        },
        by_valley.sunspots,
    ),
    Exact(
        "stores_horizon",
        "Four years ahead the LSTM's error is two thirds of that of the old years' mean, eight years ahead "
        "four fifths; ten years ahead persistence is better than both.",
        HERE,
        {
            "year 1": near(0.116, 0.003),
            "year 4": near(0.63, 0.01),
            "year 8": near(0.81, 0.01),
            "year 10, LSTM": about(1.60),
            "year 10, as this year": about(0.72, 0.02),
        },
        by_valley.horizon,
    ),
)
CLAIMS: tuple[Claim, ...] = VALLEY + ALARMS + SPOTS
