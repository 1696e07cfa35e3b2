"""The intervals: pinned where they have a closed form, and in simulations that they cover what they claim."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betaln
from score.made import TODAY, entry, forecast

from onrecord.score import Scored, score
from onrecord.score.forecasts import band, measures
from onrecord.score.kept import jeffreys, population, rates

SHARES = st.integers(0, 20).map(lambda n: n / 20)
FORECASTS = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=40)


def ends(k: int, n: int) -> tuple[float, float]:
    low, high = jeffreys(np.array([float(k)]), np.array([float(n)]))
    return float(low[0]), float(high[0])


class TestJeffreys:
    def test_one_of_one_solves_the_closed_form(self) -> None:
        """Beta(3/2, 1/2) with x = sin² t has the distribution (t - sin(2t) / 2) / (pi / 2)."""
        low, high = ends(1, 1)
        t = math.asin(math.sqrt(low))
        assert (t - math.sin(2 * t) / 2) / (math.pi / 2) == pytest.approx(0.05, abs=1e-9)
        assert high == 1.0

    def test_five_of_ten_lies_evenly_about_a_half(self) -> None:
        low, high = ends(5, 10)
        assert low + high == pytest.approx(1)
        # Brown, Cai and DasGupta 2001: near 0.5 it is close to p ± 1.645 sqrt(p q / n) = 0.5 ± 0.26.
        assert low == pytest.approx(0.26, abs=0.01)

    def test_none_and_all_reach_the_end(self) -> None:
        assert ends(0, 7)[0] == 0.0
        assert ends(7, 7)[1] == 1.0

    @given(st.integers(1, 200), st.data())
    def test_holds_the_share_and_mirrors(self, n: int, data: st.DataObject) -> None:
        k = data.draw(st.integers(0, n))
        low, high = ends(k, n)
        assert 0 <= low <= k / n <= high <= 1
        assert ends(n - k, n) == pytest.approx((1 - high, 1 - low))

    def test_covers_the_true_rate_in_about_90_of_100(self) -> None:
        """20,000 speakers whose true kept rate is anything, with 5 to 60 commitments each."""
        random = np.random.default_rng(20180306)
        rate, n = random.uniform(0, 1, 20_000), random.integers(5, 61, 20_000)
        low, high = jeffreys(random.binomial(n, rate).astype(float), n.astype(float))
        assert np.mean((low <= rate) & (rate <= high)) == pytest.approx(0.90, abs=0.015)


class TestPopulation:
    @staticmethod
    def draws(groups: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Speakers whose true rates are drawn from Beta(8, 4), with 2 to 30 commitments each."""
        random = np.random.default_rng(seed)
        truth, n = random.beta(8, 4, groups), random.integers(2, 31, groups)
        return truth, random.binomial(n, truth), n

    def test_is_found_again(self) -> None:
        _, k, n = self.draws(5000, 1)
        prior = population(k.astype(float), n.astype(float))
        assert prior is not None
        strength = prior.a + prior.b
        assert prior.weight.sum() == pytest.approx(1)
        assert (prior.weight * prior.a / strength).sum() == pytest.approx(8 / 12, abs=0.01)
        assert (prior.weight * strength).sum() == pytest.approx(12, rel=0.2)

    def test_shrunk_is_the_posterior_mean_of_the_hierarchical_model(self) -> None:
        """Against the same model summed over a grid of its own: 300 means, 300 values of (a + b) ** -1/2."""
        k, n = np.array([3.0, 8, 1, 9, 5, 2]), np.array([10.0, 10, 10, 10, 10, 4])
        mean, root = np.meshgrid((np.arange(300) + 0.5) / 300, np.linspace(1000**-0.5, 0.5**-0.5, 300))
        a, b = mean / root**2, (1 - mean) / root**2
        log = sum(betaln(good + a, all_ - good + b) - betaln(a, b) for good, all_ in zip(k, n, strict=True))
        weight = np.exp(log - log.max())
        for rate, good, all_ in zip(rates(k.astype(int), n.astype(int)), k, n, strict=True):
            assert rate is not None
            assert rate.shrunk is not None
            expected = (weight * (good + a) / (all_ + a + b)).sum() / weight.sum()
            assert rate.shrunk.mid == pytest.approx(expected, abs=0.005)
            assert rate.shrunk.low < rate.shrunk.mid < rate.shrunk.high

    @pytest.mark.parametrize("truth", [(2, 3), (50, 50)])
    def test_the_interval_covers_where_speakers_are_few(self, truth: tuple[float, float]) -> None:
        """Seven speakers with one to six cases each, 100 times: one best prior would cover half of them."""
        random = np.random.default_rng(3)
        inside = []
        for _ in range(100):
            share, n = random.beta(*truth, 7), random.integers(1, 7, 7)
            found = rates(random.binomial(n, share).tolist(), n.tolist())
            inside += [
                r.shrunk.low <= t <= r.shrunk.high
                for t, r in zip(share, found, strict=True)
                if r and r.shrunk
            ]
        assert np.mean(inside) > 0.87

    def test_shrunk_errs_less_than_raw_and_its_interval_covers(self) -> None:
        truth, k, n = self.draws(3000, 2)
        found = [rate for rate in rates(k.tolist(), n.tolist()) if rate and rate.shrunk]
        assert len(found) == len(truth)
        raw = np.array([rate.share for rate in found])
        shrunk = np.array([rate.shrunk for rate in found])  # mid, low, high
        assert np.mean((shrunk[:, 0] - truth) ** 2) < 0.7 * np.mean((raw - truth) ** 2)
        inside = (shrunk[:, 1] <= truth) & (truth <= shrunk[:, 2])
        assert inside.mean() == pytest.approx(0.90, abs=0.02)

    def test_a_talkative_speaker_is_not_the_population(self) -> None:
        """Four who kept 1 of 2, and one who kept 900 of 1,000: the others are not drawn to .9."""
        found = rates([1, 1, 1, 1, 900], [2, 2, 2, 2, 1000])
        assert found[0] is not None
        assert found[0].shrunk is not None
        assert found[0].shrunk.mid < 0.7

    def test_alike_speakers_are_shrunk_all_the_way(self) -> None:
        found = rates([5] * 6, [10] * 6)
        assert [rate.shrunk.mid for rate in found if rate and rate.shrunk] == pytest.approx([0.5] * 6)

    def test_five_speakers_with_two_cases_are_the_least(self) -> None:
        assert population(np.array([1.0] * 4), np.array([2.0] * 4)) is None
        assert population(np.array([1.0] * 50), np.array([1.0] * 50)) is None
        assert population(np.array([1.0] * 5), np.array([2.0] * 5)) is not None

    @given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=30))
    def test_whatever_the_counts_the_figures_make_sense(self, pairs: list[tuple[int, int]]) -> None:
        found = rates([a for a, _ in pairs], [a + b for a, b in pairs])
        for rate, (good, bad) in zip(found, pairs, strict=True):
            assert (rate is None) == (good + bad == 0)
            if rate and rate.shrunk:
                assert 0 <= rate.shrunk.low <= rate.shrunk.mid <= rate.shrunk.high <= 1


class TestBand:
    @pytest.mark.parametrize(
        ("n", "p", "low", "high"),
        [
            # Of 10 with 1/2: P(at most 1) = 11/1024 < 5 % <= P(at most 2) = 56/1024;
            # P(at most 7) = 968/1024 < 95 % <= P(at most 8) = 1013/1024.
            (10, 0.5, 0.2, 0.8),
            # Of 4 with 3/4: P(0) = 1/256 < 5 % <= P(at most 1) = 13/256; P(at most 3) = 175/256 < 95 %.
            (4, 0.75, 0.25, 1.0),
            # Of 1 with 9/10: P(0) = 10 % >= 5 %.
            (1, 0.9, 0.0, 1.0),
            (7, 0.0, 0.0, 0.0),
            (7, 1.0, 1.0, 1.0),
        ],
    )
    def test_is_the_binomial_s(self, n: int, p: float, low: float, high: float) -> None:
        found = band(np.array([float(n)]), np.array([p]))
        assert [float(end[0]) for end in found] == pytest.approx([low, high])

    @given(st.integers(1, 60), SHARES)
    def test_is_that_of_the_sums_by_definition(self, n: int, p: float) -> None:
        chances = [math.comb(n, k) * p**k * (1 - p) ** (n - k) for k in range(n + 1)]
        sums = np.cumsum(chances)
        low, high = (int(np.argmax(sums >= q - 1e-12)) for q in (0.05, 0.95))
        found = band(np.array([float(n)]), np.array([p]))
        assert [float(end[0]) for end in found] == pytest.approx([low / n, high / n])


class TestMeasures:
    @given(FORECASTS)
    def test_murphy_s_parts_add_up_to_the_brier_score(self, pairs: list[tuple[float, bool]]) -> None:
        (found,) = measures([[(p, p, p, float(o)) for p, o in pairs]])
        assert found is not None
        m = found.murphy
        total = m.reliability - m.resolution + m.uncertainty + m.within_variance - m.within_covariance
        assert total == pytest.approx(found.brier.mid, abs=1e-9)
        assert found.brier.mid == pytest.approx(sum((p - o) ** 2 for p, o in pairs) / len(pairs))
        assert sum(bin_.n for bin_ in found.bins) == len(pairs)

    @given(FORECASTS)
    def test_bins_hold_what_lies_between_their_ends(self, pairs: list[tuple[float, bool]]) -> None:
        (found,) = measures([[(p, p, p, float(o)) for p, o in pairs]])
        assert found is not None
        for bin_ in found.bins:
            inside = [p for p, _ in pairs if bin_.lo - 1e-9 <= p < bin_.hi - 1e-9 or p == bin_.hi == 1]
            assert bin_.n == pytest.approx(len(inside), abs=sum(abs(p - bin_.hi) < 1e-8 for p, _ in pairs))
            assert bin_.lo - 1e-9 <= bin_.forecast <= bin_.hi + 1e-9

    @pytest.mark.parametrize("tenths", range(11))
    def test_a_round_figure_belongs_to_the_bin_that_begins_with_it(self, tenths: int) -> None:
        p = float(f"0.{tenths}") if tenths < 10 else 1.0
        (found,) = measures([[(p, p, p, 1.0)]])
        assert found is not None
        assert found.bins[0].lo == pytest.approx(min(tenths, 9) / 10)

    def test_a_complement_s_last_digit_does_not_move_it_to_another_bin(self) -> None:
        p = 1 - 0.9  # 0.09999999999999998
        (found,) = measures([[(p, p, p, 1.0)]])
        assert found is not None
        assert found.bins[0].lo == pytest.approx(0.1)

    def test_groups_do_not_mix(self) -> None:
        one, two = [(0.9, 0.9, 0.9, 1.0)] * 3, [(0.2, 0.2, 0.2, 0.0), (0.4, 0.4, 0.4, 1.0)]
        together = measures([one, [], two])
        assert together == [*measures([one]), None, *measures([two])]


class TestSpeakers:
    """Simulated speakers who use the words that people use, with 200 settled predictions each."""

    WORDS = (0.05, 0.10, 0.20, 0.40, 0.60, 0.75, 0.90, 0.95)

    def speakers(self, sharpness: float, seed: int) -> list[Scored]:
        """100 speakers; what they give p comes true with 0.5 + (p - 0.5) * sharpness: 1 is calibrated."""
        random = np.random.default_rng(seed)
        said = random.choice(self.WORDS, (100, 200))
        happened = random.uniform(size=said.shape) < 0.5 + (said - 0.5) * sharpness
        given = [
            forecast(float(p), bool(o), speaker=f"s{i}")
            for i, row in enumerate(zip(said, happened, strict=True))
            for p, o in zip(*row, strict=True)
        ]
        return score(given, today=TODAY)

    @staticmethod
    def inside(rows: list[Scored]) -> float:
        return float(np.mean([bin_.inside for row in rows for bin_ in row.predictions.bins]))

    def test_the_calibrated_come_out_calibrated(self) -> None:
        """Bands of whole counts cover a little more than 90 %: with n about 25 for each word, 90 to 96 %."""
        rows = self.speakers(1.0, 3)
        assert 0.89 <= self.inside(rows) <= 0.97
        murphies = [row.predictions.murphy for row in rows if row.predictions.murphy]
        # By chance alone: the sum over 8 words of p (1 - p) / 200 = 1.125 / 200 = 0.0056.
        assert np.mean([m.reliability for m in murphies]) == pytest.approx(0.0055, abs=0.0015)
        assert np.mean([row.predictions.skill for row in rows]) > 0.3

    def test_the_overconfident_do_not(self) -> None:
        """Those who say 95 % where it is 68 %: few points in their bands, and a reliability far from 0."""
        rows = self.speakers(0.4, 4)
        assert self.inside(rows) < 0.5
        murphies = [row.predictions.murphy for row in rows if row.predictions.murphy]
        # (1 - 0.4)² times the mean of (p - 0.5)² = 0.36 * 0.1098 = 0.0395, and chance.
        assert np.mean([m.reliability for m in murphies]) == pytest.approx(0.0475, abs=0.006)

    def test_kept_rates_cover_the_truth_through_the_whole_score(self) -> None:
        random = np.random.default_rng(5)
        truth = random.uniform(0, 1, 600)
        kept = random.uniform(size=(600, 20)) < truth[:, None]
        given = [
            entry(verdict="kept" if good else "broken", speaker=f"s{i}")
            for i, row in enumerate(kept)
            for good in row
        ]
        rows = {row.name: row.commitments.kept_rate for row in score(given, today=TODAY)}
        inside = [rate.low <= truth[i] <= rate.high for i in range(600) if (rate := rows[f"s{i}"])]
        assert len(inside) == 600
        assert np.mean(inside) == pytest.approx(0.90, abs=0.035)
