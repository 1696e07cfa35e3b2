r"""What larger networks believe of news texts, for a small reader to learn.

    python -m training.teach --out training/work/readings.pkl \
        --teachers training/work/teacher=MPNET=training/work/mpnet.pkl

Each teacher is a folder of training.train, the folder of its encoder, and the texts prepared for its
vocabulary; all packs hold the same texts in the same order. Read are the texts that nobody annotated, with
checkpoints. (Distillation: Hinton, Vinyals and Dean 2015, arXiv:1503.02531; of a CRF by its marginals.)
"""

from __future__ import annotations

import argparse
import pickle
from pathlib import Path
from typing import Any

import torch

from training.evaluate import load
from training.infer import soften
from training.train import indexes_of

# Texts a checkpoint: what was read stays when the program is stopped.
PART = 60


def main() -> None:
    """Command line of this step."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--teachers", nargs="+", required=True, help="RUN=WEIGHTS=PACK of each")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    torch.set_flush_denormal(True)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    teachers = [tuple(map(Path, each.split("=", 2))) for each in options.teachers]
    models = [load(run, weights, device) for run, weights, _ in teachers]
    packs = [pickle.loads(pack.read_bytes()) for *_, pack in teachers]
    indexes = indexes_of(packs[0], "news")
    soft: dict[int, dict[str, Any]] = pickle.loads(options.out.read_bytes()) if options.out.exists() else {}
    left = [i for i in indexes if i not in soft]
    for begin in range(0, len(left), PART):
        soft |= soften(models, packs, left[begin : begin + PART], device)
        options.out.with_suffix(".tmp").write_bytes(pickle.dumps(soft, protocol=5))
        options.out.with_suffix(".tmp").replace(options.out)
        print(f"{len(soft)} of {len(indexes)} texts", flush=True)


if __name__ == "__main__":
    main()
