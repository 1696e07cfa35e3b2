"""Swaps names while training, so that no label rests on who is spoken of.

In every window, with a given chance, the persons, parties, countries, religions and genders that it
names change places with others of their group, the same way throughout the window. Only words that
are one entry of the vocabulary are swapped.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import torch
from torch import Tensor

# Words of a group may stand for one another. Names are common ones, in no order.
GROUPS: dict[str, str] = {
    "surnames": """trump clinton obama bush sanders cruz ryan paul warren kaine pence rubio kennedy
        reagan romney mccain biden carter nixon johnson smith jones davis miller wilson
        moore taylor anderson thomas jackson harris martin thompson garcia martinez robinson
        clark rodriguez lewis lee walker allen wright lopez scott adams nelson mitchell
        roberts turner phillips campbell parker evans edwards collins stewart morris rogers
        morgan murphy bailey cooper kim chen wang singh khan ali putin merkel hollande
        cameron modi""",
    "first names": """donald hillary barack george bernie ted marco elizabeth john james robert michael
        william david richard joseph thomas charles daniel matthew anthony steven andrew
        kenneth kevin brian edward ronald jason jeffrey mary patricia jennifer linda barbara
        susan jessica sarah karen nancy lisa margaret betty sandra ashley emily donna
        michelle carol amanda melissa deborah stephanie rebecca laura helen anna maria ahmed
        mohammed ivan sergei carlos juan""",
    "parties": "republican democratic conservative liberal libertarian socialist labour",
    "party members": "republicans democrats conservatives liberals libertarians socialists",
    "countries": """russia canada china france mexico norway iran japan syria italy israel ireland
        germany spain poland turkey egypt india brazil chile kenya nigeria sweden denmark
        finland greece cuba korea ukraine pakistan afghanistan iraq lebanon jordan australia
        austria belgium portugal hungary peru""",
    "nationalities": """russian canadian chinese french mexican norwegian iranian japanese syrian italian
        israeli irish german spanish polish turkish egyptian indian brazilian swedish danish
        finnish greek cuban korean ukrainian pakistani afghan iraqi lebanese australian
        austrian belgian portuguese hungarian""",
    "peoples": "russians canadians mexicans norwegians italians germans israelis poles turks",
    "religions": "muslim christian jewish catholic hindu buddhist protestant",
    "capitals": "moscow beijing paris berlin tehran tokyo rome london madrid warsaw cairo delhi seoul",
}
# Genders change places pairwise. "her" becomes "his", more often right than "him".
GENDERS = (
    ("he", "she"), ("his", "her"), ("himself", "herself"), ("man", "woman"), ("men", "women"),
    ("boy", "girl"), ("father", "mother"), ("son", "daughter"), ("brother", "sister"),
    ("husband", "wife"), ("mr", "ms"), ("congressman", "congresswoman"), ("spokesman", "spokeswoman"),
    ("chairman", "chairwoman"),
)  # fmt: skip


class Swaps:
    """The groups as ids of one vocabulary."""

    def __init__(self, vocabulary: Mapping[str, int]) -> None:
        lists = (words.split() for words in GROUPS.values())
        self.groups = [[vocabulary[w] for w in words if w in vocabulary] for words in lists]
        self.genders = [
            (vocabulary[a], vocabulary[b]) for a, b in GENDERS if a in vocabulary and b in vocabulary
        ]
        self.him = vocabulary["him"], vocabulary["her"]
        self.size = max(vocabulary.values()) + 1

    def table(self, rng: random.Random) -> Tensor:
        """(vocabulary,) what every id becomes: each group shuffled, genders swapped half of the time."""
        table = torch.arange(self.size)
        for group in self.groups:
            table[torch.tensor(group)] = torch.tensor(rng.sample(group, len(group)))
        if rng.random() < 0.5:
            table[self.him[0]] = self.him[1]
            for a, b in self.genders:
                table[a], table[b] = b, a
        return table

    def apply(self, ids: Tensor, chance: float, rng: random.Random) -> Tensor:
        """(windows, subwords) ids, in each window swapped with the given chance."""
        rows: Sequence[Tensor] = [self.table(rng)[row] if rng.random() < chance else row for row in ids]
        return torch.stack(list(rows))
