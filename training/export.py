r"""Step 4: from a trained network to the shipped ONNX file, quantised to 8-bit integers.

    python -m training.export RUN --weights FOLDER --pack training/work/minilm.pkl \
        --out src/onrecord/extract/model

The graph holds the whole pass: encoder, cue finding, and the tag scores of every cue found.
Weights become int8, with a scale a column and a scale a word vector; activations are
quantised while it runs.
"""

from __future__ import annotations

import argparse
import json
import os
import pickle
from collections import Counter
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from training.evaluate import load
from training.model import Reader

NAMES = ("ids", "mask", "shape", "gap", "quote", "first", "lines", "own")
# A first word of a cue in training: at least so often, and in this share of its occurrences.
CUE_COUNT, CUE_SHARE = 4, 0.04


class Graph(nn.Module):
    """The reader as one function of arrays."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(
        self, ids: Tensor, mask: Tensor, shape: Tensor, gap: Tensor, quote: Tensor,
        first: Tensor, lines: Tensor, own: Tensor, threshold: Tensor,
    ) -> tuple[Tensor, Tensor, Tensor, Tensor]:  # fmt: skip
        """Windows, words and probabilities of the cues found, and (cues, words, 7) scores."""
        batch = {"ids": ids, "mask": mask, "shape": shape, "gap": gap, "quote": quote, "first": first}
        words = self.reader.encode(batch)
        chance = torch.sigmoid(self.reader.anchors(words)) * own
        found = torch.nonzero(chance >= threshold)
        window, cue = found[:, 0], found[:, 1]
        return window, cue, chance[window, cue], self.reader.emissions(words, lines, window, cue)


def export(reader: Reader, path: Path) -> None:
    """Writes the float32 graph."""
    one = torch.ones(2, 12, dtype=torch.long)
    word = torch.arange(1, 9).repeat(2, 1)
    example = (one, one, one, one, one, word, word, torch.ones(2, 8, dtype=torch.long), torch.tensor(0.0))
    axes: dict[str, Any] = {name: {0: "windows", 1: "subwords"} for name in NAMES[:5]}
    axes |= {name: {0: "windows", 1: "words"} for name in NAMES[5:]}
    axes |= {
        "window": {0: "cues"},
        "cue": {0: "cues"},
        "chance": {0: "cues"},
        "scores": {0: "cues", 1: "words"},
    }
    torch.onnx.export(
        Graph(reader).eval(), example, str(path), input_names=[*NAMES, "threshold"],
        output_names=["window", "cue", "chance", "scores"], dynamic_axes=axes, opset_version=17, dynamo=False,
    )  # fmt: skip


class Rows(nn.Module):
    """Word vectors as int8, each with a scale of its own (ONNX Runtime's tool has one for all)."""

    def __init__(self, table: nn.Embedding) -> None:
        super().__init__()
        scale = table.weight.detach().abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("scale", scale)
        self.register_buffer("rows", (table.weight.detach() / scale).round().to(torch.int8))

    def forward(self, ids: Tensor) -> Tensor:
        """(..., hidden) vectors of the ids."""
        vectors: Tensor = self.rows[ids].float() * self.scale[ids]
        return vectors


def quantise(source: Path, target: Path) -> None:
    """Dynamic int8 quantisation of the products, with a scale for every column of the weights."""
    import onnx
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        source, target, weight_type=QuantType.QInt8, per_channel=True, op_types_to_quantize=["MatMul"],
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )  # fmt: skip


def export_judge(judge: nn.Module, work: Path, model: Path, facts: dict[str, Any]) -> None:
    """Writes the judge of kinds as model/kinds.onnx, and its figures into model/reader.json."""
    judge.encoder.embeddings.word_embeddings = Rows(judge.encoder.embeddings.word_embeddings)
    one = torch.ones(2, 12, dtype=torch.long)
    axes = {"ids": {0: "statements", 1: "subwords"}, "parts": {0: "statements", 1: "subwords"}}
    plain = work / "kinds.fp32.onnx"
    torch.onnx.export(
        judge.eval(), (one, one), str(plain), input_names=["ids", "parts"], output_names=["senses", "ends"],
        dynamic_axes=axes | {"senses": {0: "statements"}, "ends": {0: "statements", 2: "subwords"}},
        opset_version=17, dynamo=False,
    )  # fmt: skip
    quantise(plain, model / "kinds.onnx")
    path = model / "reader.json"
    known = json.loads(path.read_text("utf-8")) if path.exists() else {}
    path.write_text(json.dumps(known | {"kinds": facts}, indent=1) + "\n", "utf-8")
    print(f"{(model / 'kinds.onnx').stat().st_size / 1e6:.1f} MB, {facts}")


def share_words(folder: Path) -> None:
    """Keeps the word vectors, which both graphs hold alike, in one file beside them.

    They stay as they were pretrained in every training here. Raises ValueError where they differ.
    """
    import onnx
    from onnx.external_data_helper import set_external_data

    models = {name: onnx.load(folder / name) for name in GRAPHS}
    tables = {
        name: next(
            t for t in model.graph.initializer if t.data_type == onnx.TensorProto.INT8 and t.dims[0] > MANY
        )
        for name, model in models.items()
    }
    first, second = (table.raw_data for table in tables.values())
    if first != second:
        raise ValueError("the two models have different word vectors: train both from the same weights")
    (folder / WORDS).write_bytes(first)
    for name, table in tables.items():
        set_external_data(table, location=WORDS, offset=0, length=len(first))
        table.ClearField("raw_data")
        table.data_location = onnx.TensorProto.EXTERNAL
        (folder / name).write_bytes(models[name].SerializeToString())


# Rows of the table of word vectors are more than any other table's.
GRAPHS, WORDS, MANY = ("reader.onnx", "kinds.onnx"), "words.bin", 20_000


def inner_cues(docs: list[dict[str, Any]], vocabulary: dict[int, str]) -> list[str]:
    """First words of cues in training that are cues often enough: only contents with one are read again."""
    cues: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for doc in (d for d in docs if d["split"] == "train"):
        words = doc["words"]
        names = [vocabulary[int(words.subwords[i])] for i in words.first[:-1]]
        seen.update(names)
        cues.update(names[row["cue"][0][0]] for row in doc["gold"])
    return sorted(w for w, n in cues.items() if n >= CUE_COUNT and n / seen[w] >= CUE_SHARE and w.isalpha())


def main() -> None:
    """Command line of this step."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("run", type=Path)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--pack", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    reader = load(options.run, options.weights, "cpu")
    options.out.mkdir(parents=True, exist_ok=True)
    reader.encoder.embeddings.word_embeddings = Rows(reader.encoder.embeddings.word_embeddings)
    plain = options.run / "reader.fp32.onnx"
    export(reader, plain)
    quantise(plain, options.out / "reader.onnx")
    tokenizer = json.loads((options.weights / "tokenizer.json").read_text("utf-8"))
    tokenizer["padding"] = tokenizer["truncation"] = None
    (options.out / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), "utf-8")
    vocabulary = {i: w for w, i in tokenizer["model"]["vocab"].items()}
    docs = pickle.loads(options.pack.read_bytes())
    facts: dict[str, Any] = {
        "threshold": 0.5,
        "inner_threshold": 0.6,
        "longest": 126,
        "transitions": [[round(float(v), 4) for v in row] for row in reader.transition_scores()],
        "calibration": None,
        "inner_cues": inner_cues(docs, vocabulary),
    }
    (options.out / "reader.json").write_text(json.dumps(facts, indent=1) + "\n", "utf-8")
    print(
        f"{(options.out / 'reader.onnx').stat().st_size / 1e6:.1f} MB, {len(facts['inner_cues'])} inner cues"
    )


if __name__ == "__main__":
    main()
