"""How likely two tellings are of one act: what their words say, and what parties, time, people, place and toll add."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import cast

import numpy as np
import numpy.typing as npt

from ..config import MergingOptions
from .given import FEATURES, Words
from .likeness import Array, Ints, Likeness
from .model import load_model
from .rivals import rivals
from .sets import Sets, as_codes, as_sets
from .telling import Telling, rules
from .where import apart as kilometres_apart

Bools = npt.NDArray[np.bool_]
#: weights from which on no words help
_NEVER = -4.0
_LEAD = 250  # characters within which a report's first sentence begins
_AT_MOST = 4.0  # log odds that words can give
#: pieces of evidence tell the same thing twice: what they add up to counts so much; and what is against any two being one act
_TRUST, _ALONE = 0.7, 0.3
_HOPELESS = -5.5  # log odds that words never make good
#: share of the words of two sentences that is little
_LITTLE = 0.25
_SAME_SENTENCE = 0.7
#: share of all words of two sentences that makes them of one make: with words of their own they are two of a series
_SERIES = 0.5
#: documents whose words are as like as this retell one text: their sentences are compared as those of one document
_COPY = 0.6
#: days within which what another act answers mostly happened
_RECALL = 10
#: what time apart weighs where both name the same person or body that this is done to once: detained, closed, barred
_NAMED_AGAIN = 0.5
#: reports of like acts of the same days from which on their number speaks against any two being of one act
_FEW = 10
_TOWN = 30  # kilometres within which two towns may be one place
#: share of what the reading says of two tellings that counts where they have other words: it errs more often there
_OTHER_WORD = 0.4
_RARE = 0.4  # rarity from which on a shared word says something
_STATUSES = ("happened", "claimed", "denied", "planned", "hypothetical")
_DENIED = 2
_APART = 3  # from here on: what is planned or supposed is not what happened; a denial joins what it denies
_NONE = -(10**6)  # a day that is not known
_AT_ONCE = 20_000  # pairs compared at once
_DIGITS = 9  # so that sums in another order say the same

Evidence = Mapping[str, Array | Bools]


class Tellings:
    """Tellings as columns, to be compared pair by pair (``i`` and ``j`` are their numbers)."""

    def __init__(self, tellings: Sequence[Telling], likeness: Likeness, options: MergingOptions) -> None:
        self._likeness, self._options = likeness, options
        self._words = Words([t.word for t in tellings], likeness.weights)
        told = [t.mention for t in tellings]
        kinds = sorted({m.type for m in told})
        self._type = np.asarray([kinds.index(m.type) for m in told], dtype=np.int64)
        self._alike = np.asarray([[a == b or frozenset((a, b)) in rules()["pairs"] for b in kinds] for a in kinds], dtype=bool)
        self._joint, self._verbal = (np.asarray([k in rules()[name] for k in kinds], dtype=bool) for name in ("joint", "verbal"))
        self._status = np.asarray([_STATUSES.index(m.status) for m in told], dtype=np.int64)
        self._document = as_codes([m.document for m in told])
        self._sentence = as_codes([(m.document, m.sentence_span) for m in told])
        self._mode, self._place = as_codes([m.mode or None for m in told]), as_codes([t.place for t in tellings])
        self._lone = np.asarray([m.mode in rules()["lone_modes"] for m in told], dtype=bool)
        self._deaths = np.asarray([-1 if m.deaths is None else m.deaths for m in told], dtype=np.int64)
        self._lead = np.asarray([t.mention.sentence_span[0] < _LEAD and not t.recalled for t in tellings], dtype=bool)
        self._actors, self._recipients, self._parties = as_sets(
            [t.actors for t in tellings], [t.recipients for t in tellings], [t.parties for t in tellings]
        )
        self._people, self._names = as_sets([t.people for t in tellings], [t.names for t in tellings])
        (self._once,) = as_sets([t.once for t in tellings])
        (self._matters,) = as_sets([t.word.around - t.word.stems for t in tellings], weigh=likeness.weights)
        self._day = np.asarray([t.day.toordinal() if t.day else _NONE for t in tellings], dtype=np.int64)
        self._told = np.asarray([t.told.toordinal() if t.told else _NONE for t in tellings], dtype=np.int64)
        self._dated = np.asarray([t.dated for t in tellings], dtype=bool)
        self._by_day = np.asarray([t.precision == "day" for t in tellings], dtype=bool)
        self._by_year = np.asarray([t.precision == "year" for t in tellings], dtype=bool)
        self._year, self._month = (as_codes([str(m.date)[:n] for m in told]) for n in (4, 7))
        self._office = as_codes([t.office for t in tellings])
        self._deputy = np.asarray([t.deputy for t in tellings], dtype=bool)
        self._act = as_codes([t.act for t in tellings])
        self._of_old = np.asarray([t.of_old for t in tellings], dtype=bool)
        self._recalled = np.asarray([t.recalled for t in tellings], dtype=bool)
        self._brief = np.asarray([t.brief for t in tellings], dtype=bool)
        self._kills = np.asarray([t.kills for t in tellings], dtype=bool)
        self._after, self._whom = (as_sets([getattr(t, n) for t in tellings])[0] for n in ("after", "whom"))
        self._count = np.asarray([-1 if t.count is None else t.count for t in tellings], dtype=np.int64)
        self._domestic = np.asarray([t.domestic for t in tellings], dtype=bool)
        self._definite = np.asarray([t.definite for t in tellings], dtype=bool)
        (self._victims,) = as_sets([t.victims for t in tellings])
        self._town = np.asarray([t.town or (np.nan, np.nan) for t in tellings], dtype=float).reshape(-1, 2)
        self._land = as_codes([m.place.country if m.place else None for m in told])
        self._rivals = rivals(tellings, options.day_tolerance)
        self._broad = np.asarray([not t.word.stems.isdisjoint(rules()["broad"]) for t in tellings], dtype=bool)
        self._future = np.asarray([m.tense == "future" and m.status != "happened" for m in told], dtype=bool)
        self._everyday = np.asarray([m.type in rules()["everyday"] for m in told], dtype=bool)
        words = [m.trigger.lower() for m in told]
        self._single = as_codes([w.removesuffix("s") for w in words])
        self._plural = np.asarray([w.endswith("s") for w in words], dtype=bool)
        self._passes_on = np.asarray([t.passes_on for t in tellings], dtype=bool)

    def likely(self, i: Ints, j: Ints) -> Array:
        """How likely the tellings of each pair are of one act, 0 to 1: the log odds of their words and of all other evidence, added."""
        parts = (slice(start, start + _AT_ONCE) for start in range(0, len(i), _AT_ONCE))
        return np.concatenate([np.zeros(0), *(self._likely(i[p], j[p]) for p in parts)])

    def _likely(self, i: Ints, j: Ints) -> Array:
        out = np.zeros(len(i))
        left = np.flatnonzero(self._comparable(i, j))
        i, j = i[left], j[left]
        time = self._time(i, j)
        beside, open_ = _weighed({**self._roles(i, j), **time})
        left, i, j, beside, far = left[open_], i[open_], j[open_], beside[open_], np.asarray(time["undated_far"])[open_]
        rows = self._words.features(i, j, self._likeness)
        words = dict(zip(FEATURES, rows.T, strict=True))
        more, open_ = _weighed(dict(self._particulars(i, j, words)))
        again = (self._once.shared(i, j) > 0) | self._one_killing(i, j)  # a recall of long ago
        beside += more - np.where(again, (1 - _NAMED_AGAIN) * rules()["evidence"]["undated_far"] * far, 0.0)
        log_odds = np.minimum(load_model("given_words").log_odds(rows, FEATURES), _AT_MOST) + beside
        log_odds = _TRUST * (log_odds - _ALONE)
        likely = np.where(open_ & (beside >= _HOPELESS), 1 / (1 + np.exp(-log_odds)), 0.0)
        out[left] = np.round(likely, _DIGITS)
        return out

    def told_apart(self, i: Ints, j: Ints) -> Bools:
        """Whether a text itself tells each pair as two: in one sentence, or the later as a further act ('he also met …')."""
        x, y = self._words.sentence[i], self._words.sentence[j]
        further = (self._document[i] == self._document[j]) & (x != y) & self._passes_on[np.where(x > y, i, j)]
        return cast(Bools, (self._sentence[i] == self._sentence[j]) | further)

    def _comparable(self, i: Ints, j: Ints) -> Bools:
        """Whether two tellings could be of one act at all: types, status, not two acts of one sentence."""
        x, y = self._status[i], self._status[j]
        real = (x < _APART) & (y < _APART)
        kinds = self._alike[self._type[i], self._type[j]] & (real | (x == y))
        two_acts = (self._sentence[i] == self._sentence[j]) & (self._words.stems.shared(i, j) == 0)
        return cast(Bools, kinds & ~two_acts)

    def _roles(self, i: Ints, j: Ints) -> Evidence:
        """Who did it to whom."""
        size = {n: (s.size[i], s.size[j]) for n, s in (("a", self._actors), ("r", self._recipients), ("p", self._parties))}
        shared = self._parties.shared(i, j)
        silent = (size["p"][0] == 0) | (size["p"][1] == 0)
        known = {n: (size[n][0] > 0) & (size[n][1] > 0) for n in "ar"}
        verbal = self._verbal[self._type[i]] & self._verbal[self._type[j]]
        one_side = self._joint[self._type[i]] & self._joint[self._type[j]] & ~silent
        one_side &= ~(verbal & known["a"] & known["r"])  # 'welcomed the treaty of' has a speaker and those it is said of
        either = size["p"][0] + size["p"][1] - shared
        together = one_side & ((shared > 1) | ((shared == 1) & (either == 1)))
        alone = one_side & (shared > 0) & ~together & (np.minimum(*size["p"]) == 1)  # else two other pairs talked
        actors, recipients = self._actors.shared(i, j) > 0, self._recipients.shared(i, j) > 0
        rest = ~silent & ~one_side
        both, neither, one = rest & actors & recipients, rest & ~actors & ~recipients, rest & (actors ^ recipients)
        one_silent = np.where(actors, ~known["r"], ~known["a"])
        return {
            "parties_silent": silent,
            "roles_agree": both | together,
            "parties_differ": (one_side & ~together & ~alone) | (neither & (shared == 0)),
            "reversed": neither & (shared > 0) & known["a"],
            "one_role_agrees": alone | (one & one_silent),
            "other_speaker": verbal & rest & known["a"] & ~actors,
            "other_office": verbal & ~silent & self._other_office(i, j),
            "one_role_differs": (one & ~one_silent) | (neither & (shared > 0) & ~known["a"]),
        }

    def _half_told(self, i: Ints, j: Ints) -> Bools:
        """Whether words share a speaker or those addressed, and one telling is silent of the other role."""
        actors, recipients = self._actors.shared(i, j) > 0, self._recipients.shared(i, j) > 0
        silent = np.where(actors, *((s.size[i] == 0) | (s.size[j] == 0) for s in (self._recipients, self._actors)))
        return cast(Bools, self._verbal[self._type[i]] & self._verbal[self._type[j]] & (actors ^ recipients) & silent)

    def _other_office(self, i: Ints, j: Ints) -> Bools:
        """Whether one telling has officials act and the other their opponents."""
        x, y = self._office[i], self._office[j]
        return cast(Bools, (x >= 0) & (y >= 0) & (x != y))

    def _time(self, i: Ints, j: Ints) -> Evidence:
        """When it happened."""
        tolerance = self._options.day_tolerance
        known = (self._day[i] != _NONE) & (self._day[j] != _NONE)
        both = known & self._dated[i] & self._dated[j]
        gap = np.abs(self._day[i] - self._day[j])
        days = both & self._by_day[i] & self._by_day[j]
        coarse = both & ~days
        same = np.where(self._by_year[i] | self._by_year[j], self._year[i] == self._year[j], self._month[i] == self._month[j])
        first = self._dated[i]  # the dated one, where there is one
        dated, other = np.where(first, i, j), np.where(first, j, i)
        one = known & ~both
        by_text = one & self._dated[dated]
        before = by_text & (self._told[other] != _NONE) & (self._told[other] < self._day[dated])  # told before it happened
        # in the month or year that is told, or days after its end
        end = self._day[dated] + np.where(self._by_year[dated], 364, 30)
        gap = np.where(by_text & ~self._by_day[dated], np.maximum(0, self._day[other] - end), gap)
        near = np.where(by_text & self._recalled[other], max(tolerance, _RECALL), tolerance)
        rest = one & ~before
        return {
            "same_day": days & (gap == 0),
            "near_day": days & (gap > 0) & (gap <= tolerance),
            "same_month": coarse & same,
            "other_time": (days & (gap > tolerance)) | (coarse & ~same) | before,
            "undated_near": rest & (gap <= near),
            "undated_far": np.where(rest & (gap > near), np.log(np.maximum(1, gap - near + 1)), 0.0),
        }

    def _particulars(self, i: Ints, j: Ints, words: Mapping[str, Array]) -> Iterator[tuple[str, Array | Bools]]:
        """People, place, type, mode, toll, and where in their reports the tellings stand."""
        tolerance = self._options.day_tolerance
        told = (self._told[i] != _NONE) & (self._told[j] != _NONE)
        days_apart = told & (np.abs(self._told[i] - self._told[j]) > tolerance)
        met = self._meet(self._people, self._people, i, j) | self._meet(self._people, self._names, i, j)
        met |= self._meet(self._people, self._names, j, i)
        yield "same_people", met
        yield "broad_word", self._broad[i] & self._broad[j]
        yield "other_tense", self._future[i] != self._future[j]
        again = self._act[i] == self._act[j]
        yield "told_again", again * np.where(self._words.stems.shared(i, j) > 0, 1.0, _OTHER_WORD)
        yield "other_number", ~again & (self._single[i] == self._single[j]) & (self._plural[i] != self._plural[j])
        yield "everyday", self._everyday[i] | self._everyday[j]
        yield "no_mode", (self._mode[i] < 0) & (self._mode[j] < 0)
        yield "other_people", ~met & (self._people.size[i] > 0) & (self._people.size[j] > 0)
        yield from self._victims_of(i, j)
        named = (self._people.size[i] > 0, self._people.size[j] > 0)
        yield "other_rank", (self._deputy[i] & ~named[0] & named[1]) | (self._deputy[j] & ~named[1] & named[0])
        yield from self._wording(i, j, words, met)
        yield "half_told", self._half_told(i, j) & ~met
        yield from self._where(i, j)
        alike, stems = self._type[i] == self._type[j], words["shared"] > 0
        yield "same_type", alike
        yield "other_type", ~alike & stems
        yield "other_type_and_word", ~alike & ~stems
        yield "other_act", ~stems & (words["family"] == 0)
        yield "rare_words", np.maximum(0.0, self._matters.heaviest(i, j) / self._likeness.weights.rarest() - _RARE)
        yield "other_content", (self._verbal[self._type[i]] | self._verbal[self._type[j]]) & (words["near_share"] < _LITTLE / 2)
        x, y = self._words.sentence[i], self._words.sentence[j]
        one = self._document[i] == self._document[j]
        beside = (x != y) & (one | (words["words"] > _COPY))
        share = words["sentence_share"]
        another = beside & (one | (share < _SAME_SENTENCE)) & self._passes_on[np.where(x > y, i, j)]
        yield "another", another
        yield "elsewhere_in_document", beside & ~another & ~again & (share < _LITTLE)
        yield from self._told_as_two(i, j, one)
        yield "of_old", self._of_old[i] != self._of_old[j]
        yield "same_mode", (self._mode[i] >= 0) & (self._mode[i] == self._mode[j])
        modes = (self._mode[i] >= 0) & (self._mode[j] >= 0) & (self._mode[i] != self._mode[j])
        yield "other_force", modes & (self._lone[i] | self._lone[j])
        by_day = self._dated & self._by_day
        denies = (self._status[i] == _DENIED) != (self._status[j] == _DENIED)  # what is denied was told before
        yield "denied_again", again & denies & (self._words.stems.shared(i, j) == 0)  # 'denied it'
        lead = self._lead[i] & self._lead[j] & ~(by_day[i] & by_day[j]) & ~denies
        leads, next_lead = lead & days_apart, lead & told & ~days_apart & (self._told[i] != self._told[j])
        yield "both_lead", leads
        yield "next_lead", next_lead
        yield "briefs", self._brief[i] & self._brief[j] & ~one
        tolls, agreed = (self._deaths[i] >= 0) & (self._deaths[j] >= 0), self._deaths[i] == self._deaths[j]
        yield "same_toll", tolls & agreed
        yield "later_toll", tolls & ~agreed & (days_apart | next_lead)
        yield "other_toll", tolls & ~agreed & ~(days_apart | next_lead)
        yield "other_day_and_toll", tolls & ~agreed & by_day[i] & by_day[j] & (self._day[i] != self._day[j])
        yield "rivals", np.log(np.maximum(1.0, np.maximum(self._rivals[i], self._rivals[j]) / _FEW))
        yield "other_names", leads & self._own_names(i, j)

    def _told_as_two(self, i: Ints, j: Ints, one: Bools) -> Iterator[tuple[str, Bools]]:
        """What one document tells of other days, by others or of others in number. ``one``: whether both are of one document."""
        by_day = self._dated & self._by_day
        yield "other_day_beside", one & by_day[i] & by_day[j] & (self._day[i] != self._day[j])
        known = (self._actors.size[i] > 0) & (self._actors.size[j] > 0) & ~(self._joint[self._type[i]] & self._joint[self._type[j]])
        yield "other_doer_beside", one & known & (self._actors.shared(i, j) == 0)
        yield "other_count_beside", one & (self._count[i] >= 0) & (self._count[j] >= 0) & (self._count[i] != self._count[j])

    def _wording(self, i: Ints, j: Ints, words: Mapping[str, Array], met: Bools) -> Iterator[tuple[str, Array | Bools]]:
        """What stands around the words that tell it. ``met``: whether both name the same person or body."""
        yield "like_words", words["near_share"]
        yield "like_but_names", words["near_share"] * self._own_names(i, j)
        yield "all_alike", self._words.near.alike(i, j)
        yield "series", self._words.around.variants(i, j, _SERIES)
        yield "same_word", words["text"]
        yield "both_known", self._definite[i] & self._definite[j]
        yield "other_following", self._other(self._after, i, j)
        yield "other_whom", self._other(self._whom, i, j) & ~met
        yield "domestic", self._domestic[i] & self._domestic[j] & ~met

    def _own_names(self, i: Ints, j: Ints) -> Bools:
        """Whether each names what the other does not."""
        names = self._names.shared(i, j)
        return (names < self._names.size[i]) & (names < self._names.size[j])

    def _victims_of(self, i: Ints, j: Ints) -> Iterator[tuple[str, Bools]]:
        """Killings of persons by name: of the same, and of others."""
        yield "same_victim", self._one_killing(i, j)
        known = (self._victims.size[i] > 0) & (self._victims.size[j] > 0) & self._kills[i] & self._kills[j]
        yield "other_victim", known & (self._victims.shared(i, j) == 0)

    def _one_killing(self, i: Ints, j: Ints) -> Bools:
        """Whether one person is told to be attacked, and at least once to be dead."""
        return cast(Bools, (self._victims.shared(i, j) > 0) & (self._kills[i] | self._kills[j]))

    def _where(self, i: Ints, j: Ints) -> Iterator[tuple[str, Bools]]:
        """Places: of one name, towns near each other or far, other countries; a town may lie in the region that the other tells."""
        one_name = (self._place[i] >= 0) & (self._place[i] == self._place[j])
        far = kilometres_apart(self._town[i], self._town[j])
        lands = (self._land[i] >= 0) & (self._land[j] >= 0) & (self._land[i] != self._land[j])
        yield "same_place", one_name | (far <= _TOWN)
        yield "other_place", ~one_name & ((far > _TOWN) | lands)

    @staticmethod
    def _other(words: Sets, i: Ints, j: Ints) -> Bools:
        """Whether both have words and none in common."""
        return cast(Bools, (words.size[i] > 0) & (words.size[j] > 0) & (words.shared(i, j) == 0))

    @staticmethod
    def _meet(a: Sets, b: Sets, i: Ints, j: Ints) -> Bools:
        return a.shared(i, j, b) > 0


def _weighed(evidence: Evidence) -> tuple[Array, Bools]:
    """The log odds that evidence adds up to, and whether none of it rules the pair out."""
    weights = rules()["evidence"]
    size = len(next(iter(evidence.values())))
    total, open_ = np.zeros(size), np.ones(size, dtype=bool)
    for name, times in evidence.items():
        total += weights[name] * times
        if weights[name] <= _NEVER:
            open_ &= times == 0
    return total, open_


def same_act(a: Telling, b: Telling, likeness: Likeness, options: MergingOptions) -> float:
    """How likely two tellings are of one act (:meth:`Tellings.likely`)."""
    return float(Tellings([a, b], likeness, options).likely(np.asarray([0]), np.asarray([1]))[0])
