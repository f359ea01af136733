"""Tables of vectors with 4 bits a value and one half-precision scale a row.

Byte j of a row holds column 2j in its low nibble and column 2j + 1 in its high nibble. A value is
(nibble - 8) * scale; nibbles run from 1 to 15.
"""

import numpy as np


def quantise(vectors):
    """Bytes and scales of a table."""
    scale = (np.maximum(np.abs(vectors).max(1), 1e-9) / 7).astype(np.float16)
    divisor = np.maximum(scale.astype(np.float32), 1e-9)[:, None]
    nibbles = np.clip(np.round(vectors / divisor), -7, 7).astype(np.int8) + 8
    return (nibbles[:, 0::2] | (nibbles[:, 1::2] << 4)).astype(np.uint8), scale


def dequantise(packed, scale):
    """Vectors of a table, as a search reads them."""
    vectors = np.empty((len(packed), packed.shape[1] * 2), np.float32)
    vectors[:, 0::2] = (packed & 15).astype(np.int8) - 8
    vectors[:, 1::2] = (packed >> 4).astype(np.int8) - 8
    return vectors * scale.astype(np.float32)[:, None]


def save(folder, name, vectors):
    """Writes NAME_i4.npy and NAME_scale.npy."""
    packed, scale = quantise(vectors)
    np.save(folder / f"{name}_i4.npy", packed)
    np.save(folder / f"{name}_scale.npy", scale)


def load(folder, name):
    """Reads what save wrote."""
    return dequantise(np.load(folder / f"{name}_i4.npy"), np.load(folder / f"{name}_scale.npy"))
