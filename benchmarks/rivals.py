"""What a competent person writes by hand in NumPy: cells and their backward passes, to be measured against.

Two styles. Textbook: a matrix for every gate, each product on its own, as the equations stand on the page.
Fused: the gates' matrices stacked, one product [gates, D + H] a step, a backward pass that reuses what the
forward pass kept. Every function reads x (T, D, B) from zero states, takes the loss's gradient of every h,
G (T, H, B), and gives h (T, H, B), dL/dx and dL/d its parameters. The tests hold them equal to the engine.
"""

import numpy as np


def sigmoid(z: np.ndarray) -> np.ndarray:
    """The logistic function."""
    return 1 / (1 + np.exp(-z))


def textbook_lstm(p: dict, x: np.ndarray, G: np.ndarray) -> tuple[np.ndarray, np.ndarray, dict]:
    """An LSTM with the library's parameters, eight products a step."""
    T, H, B = G.shape
    h = c = np.zeros((H, B), x.dtype)
    steps, hs = [], np.empty_like(G)
    for t in range(T):
        f = sigmoid(p["W_f"] @ x[t] + p["U_f"] @ h + p["b_f"])
        i = sigmoid(p["W_i"] @ x[t] + p["U_i"] @ h + p["b_i"])
        o = sigmoid(p["W_o"] @ x[t] + p["U_o"] @ h + p["b_o"])
        g = np.tanh(p["W_c"] @ x[t] + p["U_c"] @ h + p["b_c"])
        steps.append((h, c, f, i, o, g))
        c = f * c + i * g
        h = hs[t] = o * np.tanh(c)
    dp = {name: np.zeros_like(value) for name, value in p.items()}
    dx = np.empty_like(x)
    dh = dc = np.zeros_like(h)
    for t in reversed(range(T)):
        h_prev, c_prev, f, i, o, g = steps[t]
        c = f * c_prev + i * g
        dh = dh + G[t]
        do = dh * np.tanh(c)
        dc = dc + dh * o * (1 - np.tanh(c) ** 2)
        da = {
            "f": dc * c_prev * f * (1 - f),
            "i": dc * g * i * (1 - i),
            "o": do * o * (1 - o),
            "c": dc * i * (1 - g**2),
        }
        dx[t], dh, dc = 0.0, 0.0, dc * f
        for gate, d in da.items():
            dp[f"W_{gate}"] += d @ x[t].T
            dp[f"U_{gate}"] += d @ h_prev.T
            dp[f"b_{gate}"] += d.sum(axis=1, keepdims=True)
            dx[t] += p[f"W_{gate}"].T @ d
            dh = dh + p[f"U_{gate}"].T @ d
    return hs, dx, dp


def fused_lstm(
    p: tuple[np.ndarray, ...], x: np.ndarray, G: np.ndarray
) -> tuple[np.ndarray, np.ndarray, tuple[np.ndarray, ...]]:
    """An LSTM with W (4H, D + H) and b (4H, 1), the gates in the order f, i, o, g."""
    W, b = p
    (T, H, B), D = G.shape, x.shape[1]
    h = c = np.zeros((H, B), x.dtype)
    steps, hs = [], np.empty_like(G)
    for t in range(T):
        xh = np.concatenate([x[t], h])
        z = W @ xh + b
        gates, g = sigmoid(z[: 3 * H]), np.tanh(z[3 * H :])
        f, i, o = gates[:H], gates[H : 2 * H], gates[2 * H :]
        c_prev, c = c, f * c + i * g
        tanh_c = np.tanh(c)
        h = hs[t] = o * tanh_c
        steps.append((xh, c_prev, f, i, o, g, tanh_c))
    dW, db, dx = np.zeros_like(W), np.zeros_like(b), np.empty_like(x)
    dh_next = dc_next = np.zeros_like(h)
    for t in reversed(range(T)):
        xh, c_prev, f, i, o, g, tanh_c = steps[t]
        dh = G[t] + dh_next
        dc = dc_next + dh * o * (1 - tanh_c * tanh_c)
        dz = np.concatenate(
            [dc * c_prev * f * (1 - f), dc * g * i * (1 - i), dh * tanh_c * o * (1 - o), dc * i * (1 - g * g)]
        )
        dW += dz @ xh.T
        db += dz.sum(axis=1, keepdims=True)
        dxh = W.T @ dz
        dx[t], dh_next, dc_next = dxh[:D], dxh[D:], dc * f
    return hs, dx, (dW, db)


def fused_peephole(
    p: tuple[np.ndarray, ...], x: np.ndarray, G: np.ndarray
) -> tuple[np.ndarray, np.ndarray, tuple[np.ndarray, ...]]:
    """A peephole LSTM (Gers et al. 2002): W (4H, D + H), b (4H, 1), order f, i, g, o; V (3, H, 1)."""
    W, b, V = p
    (T, H, B), D = G.shape, x.shape[1]
    h = c = np.zeros((H, B), x.dtype)
    steps, hs = [], np.empty_like(G)
    for t in range(T):
        xh = np.concatenate([x[t], h])
        z = W @ xh + b
        f, i = sigmoid(z[: 2 * H].reshape(2, H, B) + V[:2] * c)
        g = np.tanh(z[2 * H : 3 * H])
        c_prev, c = c, f * c + i * g
        o = sigmoid(z[3 * H :] + V[2] * c)
        tanh_c = np.tanh(c)
        h = hs[t] = o * tanh_c
        steps.append((xh, c_prev, f, i, g, o, c, tanh_c))
    dW, db, dV, dx = np.zeros_like(W), np.zeros_like(b), np.zeros_like(V), np.empty_like(x)
    dh_next = dc_next = np.zeros_like(h)
    for t in reversed(range(T)):
        xh, c_prev, f, i, g, o, c, tanh_c = steps[t]
        dh = G[t] + dh_next
        do = dh * tanh_c * o * (1 - o)
        dc = dc_next + dh * o * (1 - tanh_c * tanh_c) + V[2] * do
        df, di = dc * c_prev * f * (1 - f), dc * g * i * (1 - i)
        dz = np.concatenate([df, di, dc * i * (1 - g * g), do])
        dW += dz @ xh.T
        db += dz.sum(axis=1, keepdims=True)
        dV[0] += (df * c_prev).sum(axis=1, keepdims=True)
        dV[1] += (di * c_prev).sum(axis=1, keepdims=True)
        dV[2] += (do * c).sum(axis=1, keepdims=True)
        dxh = W.T @ dz
        dx[t], dh_next, dc_next = dxh[:D], dxh[D:], dc * f + V[0] * df + V[1] * di
    return hs, dx, (dW, db, dV)


def fused_gru(
    p: tuple[np.ndarray, ...], x: np.ndarray, G: np.ndarray
) -> tuple[np.ndarray, np.ndarray, tuple[np.ndarray, ...]]:
    """A GRU, reset after the product: W (3H, D), U (3H, H) and a bias (3H, 1) for each, order r, z, n."""
    W, U, b, bU = p
    T, H, B = G.shape
    h = np.zeros((H, B), x.dtype)
    steps, hs = [], np.empty_like(G)
    for t in range(T):
        a, u = W @ x[t] + b, U @ h + bU
        gates = sigmoid(a[: 2 * H] + u[: 2 * H])
        r, z = gates[:H], gates[H:]
        n = np.tanh(a[2 * H :] + r * u[2 * H :])
        steps.append((h, r, z, n, u[2 * H :]))
        h = hs[t] = n + z * (h - n)
    dW, dU, db, dbU, dx = *map(np.zeros_like, p), np.empty_like(x)
    dh_next = np.zeros_like(h)
    for t in reversed(range(T)):
        h_prev, r, z, n, v = steps[t]
        dh = G[t] + dh_next
        dn = dh * (1 - z) * (1 - n * n)
        dz = dh * (h_prev - n) * z * (1 - z)
        dr = dn * v * r * (1 - r)
        da, du = np.concatenate([dr, dz, dn]), np.concatenate([dr, dz, dn * r])
        dW += da @ x[t].T
        dU += du @ h_prev.T
        db += da.sum(axis=1, keepdims=True)
        dbU += du.sum(axis=1, keepdims=True)
        dx[t] = W.T @ da
        dh_next = dh * z + U.T @ du
    return hs, dx, (dW, dU, db, dbU)
