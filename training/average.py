"""The mean of the weights of several runs, as a run of its own ("model soup", Wortsman et al. 2022).

    python -m training.average RUN RUN [RUN ...] --out RUN

RUN is the folder of a reader (final.pt) or of a judge of kinds (judge.pt). Only runs that start from
one another's weights lie close enough together for it.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch


def mean(states: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Name -> mean of the tensors of that name; what is no number of floating point is the first run's."""
    return {
        name: torch.stack([s[name].float() for s in states]).mean(0) if first.is_floating_point() else first
        for name, first in states[0].items()
    }


def main() -> None:
    """Command line of this step."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("runs", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    if (options.runs[0] / "judge.pt").exists():
        judges = [torch.load(run / "judge.pt", map_location="cpu", weights_only=True) for run in options.runs]
        torch.save(mean(judges), options.out / "judge.pt")
        shutil.copy(options.runs[0] / "plan.json", options.out)
        return
    runs = [torch.load(run / "final.pt", map_location="cpu", weights_only=True) for run in options.runs]
    state = {"model": mean([run["model"] for run in runs]), "config": runs[0]["config"]}
    torch.save(state, options.out / "final.pt")


if __name__ == "__main__":
    main()
