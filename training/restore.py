"""From the shipped reader and judge back to weights that a training can start from.

    python -m training.restore --model src/onrecord/extract/model --weights FOLDER --out training/work/shipped

Products come back from int8 with the rounding they were shipped with. The reader's auxiliary tagger, which
is not shipped, begins anew.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch

from training.judges import Judge
from training.kinds import Plan
from training.model import Config, Reader

# What the graph does not hold: the word vectors (the pretrained ones), the auxiliary task, constants.
NOT_SHIPPED = ("encoder.embeddings.word_embeddings.", "tagger.", "transitions", "forbidden")


def shipped_weights(graph: Path) -> dict[str, torch.Tensor]:
    """Parameters by their names in `Reader`, in float32; matrices as PyTorch has them, (out, in)."""
    import onnx

    model = onnx.load(graph, load_external_data=False)
    tensors = {t.name: t for t in model.graph.initializer}

    def values(name: str) -> np.ndarray:
        return onnx.numpy_helper.to_array(tensors[name])

    weights = {
        name.removeprefix("reader."): torch.tensor(values(name))
        for name in tensors
        if name.endswith((".weight", ".bias")) and "word_embeddings" not in name
    }
    for node in model.graph.node:
        if node.op_type == "MatMulInteger":
            product = node.input[1].removesuffix("_quantized")
            matrix = values(node.input[1]).astype(np.float32) * values(f"{product}_scale")
            weights[_parameter(node.name)] = torch.tensor(np.ascontiguousarray(matrix.T))
    return weights


def _parameter(node: str) -> str:
    """'/anchor/anchor.0/MatMul_quant' is 'anchor.0.weight': a list's own name stands in its parts'."""
    path = node.removesuffix("/Gemm_MatMul_quant").removesuffix("/MatMul_quant").strip("/").split("/")
    kept = [
        part for part, after in zip(path, [*path[1:], ""], strict=True) if not after.startswith(f"{part}.")
    ]
    return ".".join([*kept, "weight"])


def restore(model: Path, weights: Path) -> Reader:
    """The shipped reader as a network; raises ValueError where the graph is of another form."""
    reader = Reader(Config(), weights)
    own, known = reader.state_dict(), shipped_weights(model / "reader.onnx")
    missing = {name for name in own if not name.startswith(NOT_SHIPPED)} ^ set(known)
    if missing:
        raise ValueError(f"{model}: not a reader of this form: {', '.join(sorted(missing))}")
    facts = json.loads((model / "reader.json").read_text("utf-8"))
    known["transitions"] = torch.tensor(facts["transitions"])
    reader.load_state_dict(own | known)
    return reader


def restore_judge(model: Path, weights: Path, plan: Plan) -> Judge:
    """The shipped judge as a network; raises ValueError where the graph is of another form."""
    judge = Judge(weights, plan.layers)
    own, known = judge.state_dict(), shipped_weights(model / "kinds.onnx")
    wrong = {name for name in known if name not in own or known[name].shape != own[name].shape}
    missing = {name for name in own if not name.startswith(NOT_SHIPPED)} - set(known)
    if wrong | missing:
        raise ValueError(f"{model}: not a judge of this form: {', '.join(sorted(wrong | missing))}")
    judge.load_state_dict(own | known)
    return judge


def main() -> None:
    """Command line of this step."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    reader = restore(options.model, options.weights)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.save({"model": reader.state_dict(), "config": asdict(reader.config)}, options.out / "final.pt")
    plan = Plan(layers=6)
    torch.save(restore_judge(options.model, options.weights, plan).state_dict(), options.out / "judge.pt")
    (options.out / "plan.json").write_text(json.dumps(asdict(plan)), "utf-8")


if __name__ == "__main__":
    main()
