"""The language of assumptions: what is understood, and what is said where it is not."""

import datetime

import pytest

from detente.errors import ScenarioError
from detente.scenarios import Act, Course, Removal, parse, parse_file

KNOWN = ("RUS", "AZE", "ARM", "TUR")


def resolve(word: str) -> str | None:
    return word.upper() if word.upper() in (*KNOWN, "NLD") else {"azerbaijan": "AZE", "the hague": "NLD"}.get(word.lower())


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


UNDERSTOOD = [
    ("AZE SUPPORT ARM mode=sign on 2025-09-01", [Act("AZE", "SUPPORT", "ARM", "sign", day("2025-09-01"))]),
    ("aze support arm", [Act("AZE", "SUPPORT", "ARM", None, None)]),
    ("AZE SUPPORT ARM on 2025-09", [Act("AZE", "SUPPORT", "ARM", None, day("2025-09-01"))]),
    ("RUS COERCE AZE mode=arrest x3", [Act("RUS", "COERCE", "AZE", "arrest", None, 3)]),
    ("Azerbaijan CONSULT The Hague", [Act("AZE", "CONSULT", "NLD", None, None)]),
    (
        "AZE SUPPORT ARM on 2025-09-01; RUS REJECT ARM on 2025-09-03",
        [Act("AZE", "SUPPORT", "ARM", None, day("2025-09-01")), Act("RUS", "REJECT", "ARM", None, day("2025-09-03"))],
    ),
    (
        "AZE CONSULT ARM and RUS→AZE cooperative at +2 for 8 weeks",
        [Act("AZE", "CONSULT", "ARM", None, None), Course("RUS", "AZE", 2.0, 8, None)],
    ),
    ("RUS->AZE hostile at 4 for 3w from 2025-08-04", [Course("RUS", "AZE", -4.0, 3, day("2025-08-04"))]),
    ("RUS→AZE at −1.5 for 1 week", [Course("RUS", "AZE", -1.5, 1, None)]),
    ("without e20250627-1f2e3d4c5b", [Removal("e20250627-1f2e3d4c5b")]),
    ("without RUS COERCE AZE on 2025-06-27", [Removal(None, "RUS", "COERCE", "AZE", day("2025-06-27"))]),
    ("as if the raid of 2025-06-27 had not happened", [Removal(None, day=day("2025-06-27"), word="raid")]),
    ("as if the RUS COERCE AZE of 2025-06-27 had not happened", [Removal(None, "RUS", "COERCE", "AZE", day("2025-06-27"))]),
    ("as if RUS COERCE AZE on 2025-06-27 had not happened", [Removal(None, "RUS", "COERCE", "AZE", day("2025-06-27"))]),
]


@pytest.mark.parametrize(("text", "steps"), UNDERSTOOD, ids=[t for t, _ in UNDERSTOOD])
def test_understood(text, steps) -> None:
    assert list(parse(text, resolve, KNOWN).steps) == steps


@pytest.mark.parametrize(("text", "steps"), UNDERSTOOD, ids=[t for t, _ in UNDERSTOOD])
def test_what_is_written_is_read_again(text, steps) -> None:
    assert list(parse(str(parse(text, resolve, KNOWN)), resolve, KNOWN).steps) == steps


REFUSED = [
    ("", "S01", "nothing is assumed"),
    ("# only a remark", "S01", "nothing is assumed"),
    ("AZE SUPPORT", "S03", "`AZE SUPPORT ARM`"),
    ("SUPPORT ARM", "S01", "nobody stands before SUPPORT"),
    ("XYZ SUPPORT ARM", "S02", "XYZ"),
    ("ARN SUPPORT AZE", "S02", "perhaps ARM"),
    ("AZE SUPORT ARM", "S04", "SUPPORT"),
    ("AZE SUPPORT ARM mode=arrest", "S05", "sign"),
    ("AZE SUPPORT ARM on tomorrow", "S06", "tomorrow"),
    ("AZE SUPPORT ARM on 2025-13-45", "S06", "2025-13-45"),
    ("without the raid", "S06", "the raid"),
    ("AZE SUPPORT AZE", "S01", "toward itself"),
    ("RUS→AZE", "S01", "a level and a length"),
    ("RUS→AZE hostile at +3 for 3 weeks", "S01", "contradict"),
    ("RUS→AZE at +12 for 3 weeks", "S01", "between -10"),
    ("RUS→AZE at +2 for 99 weeks", "S01", "1 to 52"),
]


@pytest.mark.parametrize(("text", "code", "told"), REFUSED, ids=[t or "nothing" for t, _, _ in REFUSED])
def test_refused_with_a_reason(text, code, told) -> None:
    with pytest.raises(ScenarioError) as fault:
        parse(text, resolve, KNOWN)
    assert fault.value.code == code
    assert told in str(fault.value)


def test_a_file_of_assumptions(tmp_path) -> None:
    path = tmp_path / "treaty.txt"
    path.write_text("# the treaty\nAZE SUPPORT ARM mode=sign on 2025-09-01\n\nARM SUPPORT AZE mode=sign on 2025-09-01  # both\n", "utf8")
    assert [s.actor for s in parse_file(path, resolve, KNOWN).steps] == ["AZE", "ARM"]
    with pytest.raises(ScenarioError, match="S07"):
        parse_file(tmp_path / "none.txt", resolve, KNOWN)
