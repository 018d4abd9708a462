"""The same LSTM in PyTorch and ONNX Runtime, where they are installed: to be measured against, nothing else.

Both get the stacked weights of rivals.py, gates in the order f, i, o, g, and put them in their own.
"""

from collections.abc import Callable

import numpy as np

try:
    import torch
except ImportError:
    torch = None
try:
    import onnx
    import onnxruntime
except ImportError:
    onnx = onnxruntime = None


def gates(stacked: np.ndarray, order: str) -> np.ndarray:
    """The gates' rows in another order."""
    return np.concatenate([np.split(stacked, 4)["fiog".index(gate)] for gate in order])


def torch_lstm(
    W: np.ndarray, b: np.ndarray, x: np.ndarray, G: np.ndarray
) -> tuple[Callable[[], object], Callable[[], np.ndarray]] | None:
    """A call of forward and full backward, on one thread, and one that tells dL/dx (T, D, B)."""
    if torch is None:
        return None
    torch.set_num_threads(1)
    (_, H, B), D = G.shape, x.shape[1]
    kind = {"float64": torch.float64, "float32": torch.float32}[str(x.dtype)]
    net = torch.nn.LSTM(D, H, dtype=kind)
    mine, bias = gates(W, "ifgo"), gates(b, "ifgo")[:, 0]
    values = (mine[:, :D], mine[:, D:], bias, np.zeros_like(bias))
    with torch.no_grad():
        for parameter, value in zip(net.parameters(), values, strict=True):
            parameter.copy_(torch.from_numpy(np.ascontiguousarray(value)))
    inputs = [np.ascontiguousarray(a.transpose(0, 2, 1)) for a in (x, G)]
    read, sent = (torch.from_numpy(a) for a in inputs)
    read.requires_grad_(True)
    start = [torch.zeros(1, B, H, dtype=kind, requires_grad=True) for _ in range(2)]
    leaves = (*net.parameters(), read, *start)

    def call():
        for leaf in leaves:
            leaf.grad = None
        net(read, tuple(start))[0].backward(sent)

    return call, lambda: read.grad.numpy().transpose(0, 2, 1)


def onnx_lstm(
    W: np.ndarray, b: np.ndarray, x: np.ndarray
) -> tuple[Callable[[], object], Callable[[], np.ndarray]] | None:
    """A call of forward alone on one thread, and one that tells h (T, H, B); None where it cannot be had."""
    if onnx is None:
        return None
    session, inputs = onnx_session(W, b, x), {"x": np.ascontiguousarray(x.transpose(0, 2, 1))}
    try:
        session.run(None, inputs)
    except Exception:  # its own: it has no LSTM of 64 bits
        return None
    return lambda: session.run(None, inputs), lambda: session.run(None, inputs)[0][:, 0].transpose(0, 2, 1)


def onnx_session(W: np.ndarray, b: np.ndarray, x: np.ndarray) -> "onnxruntime.InferenceSession":
    """A session of one LSTM operator, its gates in the order i, o, f, c."""
    (T, D, B), H = x.shape, len(b) // 4
    mine, bias = gates(W, "iofg"), gates(b, "iofg")[:, 0]
    weights = {"W": mine[None, :, :D], "R": mine[None, :, D:], "B": np.concatenate([bias, 0 * bias])[None]}
    helper, kind = onnx.helper, onnx.helper.np_dtype_to_tensor_dtype(x.dtype)
    graph = helper.make_graph(
        [helper.make_node("LSTM", ["x", "W", "R", "B"], ["y"], hidden_size=H)],
        "lstm",
        [helper.make_tensor_value_info("x", kind, [T, B, D])],
        [helper.make_tensor_value_info("y", kind, [T, 1, B, H])],
        [onnx.numpy_helper.from_array(np.ascontiguousarray(a), name) for name, a in weights.items()],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 14)], ir_version=8)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(model.SerializeToString(), options, ["CPUExecutionProvider"])
