"""Teacher vectors of sentences, kept in a folder so that a second run encodes only what is new."""

import json

import numpy as np

CHUNK = 1000


class VectorStore:
    """Chunks of sentences: NNNN.json holds the texts, NNNN.npy their vectors in half precision."""

    def __init__(self, folder, teacher, vocabulary):
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self.teacher, self.vocabulary = folder, teacher, vocabulary
        self.vectors = {}
        for path in sorted(folder.glob("*.json")):
            texts = json.loads(path.read_text("utf-8"))
            self.vectors.update(zip(texts, np.load(path.with_suffix(".npy"))))

    def encode(self, texts):
        """Vectors of the texts, a row each."""
        missing = [text for text in texts if text not in self.vectors]
        for start in range(0, len(missing), CHUNK):
            self._encode_chunk(missing[start : start + CHUNK])
            print(f"teacher: {start:,} of {len(missing):,} sentences", flush=True)
        return np.stack([self.vectors[text] for text in texts]).astype(np.float32)

    def _encode_chunk(self, texts):
        vectors = self.teacher.encode([self.vocabulary.encode(text) for text in texts]).astype(np.float16)
        number = len(list(self.folder.glob("*.json")))
        np.save(self.folder / f"{number:05}.npy", vectors)
        # The texts are written last: a chunk that was cut short is made again.
        (self.folder / f"{number:05}.json").write_text(json.dumps(texts), "utf-8")
        self.vectors.update(zip(texts, vectors))
