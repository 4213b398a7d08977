"""``detente measure``: every listing on the bundled example, and clear answers with their exit codes."""

import json

import pytest

from detente.cli import main


@pytest.fixture
def ask(example_workspace, capsys):
    workspace, _ = example_workspace

    def run(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["measure", *arguments, "-w", str(workspace.folder)])
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return run


LISTINGS = [
    (("RUS,AZE",), {"actor", "start", "score"}),
    (("--by", "month", "RUS,AZE"), {"actor", "start", "score"}),
    (("tension", "RUS,AZE", "--by", "week", "--from", "2024-12-01"), {"start", "tension", "low", "high"}),
    (("tension", "RUS"), {"start", "tension"}),
    (("tension", "RUS,AZE", "--on", "2025-07-01"), {"event", "weight", "effect"}),
    (("reciprocity", "RUS,AZE"), {"actor", "kind", "rate", "expected", "verdict"}),
    (("initiative", "RUS,AZE"), {"kind", "by_a", "by_b", "verdict"}),
    (("volatility", "RUS,AZE"), {"month", "value"}),
    (("turning-points", "RUS,AZE"), {"day", "way", "size", "low", "high"}),
    (("influence", "RUS", "--in", "AZE,ARM,GEO"), {"start", "response", "dependence", "share", "together_low"}),
]


@pytest.mark.parametrize(("arguments", "columns"), LISTINGS, ids=[" ".join(a) for a, _ in LISTINGS])
def test_every_measure_is_a_listing(ask, arguments, columns) -> None:
    code, out, _ = ask(*arguments, "--format", "json")
    rows = json.loads(out)
    assert code == 0 and rows and columns <= set(rows[0])


def test_the_raid_is_a_turning_point_of_the_example(ask) -> None:
    rows = json.loads(ask("turning-points", "RUS,AZE", "--format", "json")[1])
    assert any(r["way"] == "hostile" and "2025-06-25" <= r["day"] <= "2025-07-02" for r in rows)


def test_influence_gives_a_verdict_and_its_reasons(ask) -> None:
    code, out, _ = ask("influence", "RUS", "--in", "AZE,ARM,GEO")
    assert code == 0
    assert any(f"is {v}" in out for v in ("falling", "rising", "flat", "not distinguishable"))
    assert "response:" in out and "dependence:" in out and "share:" in out


@pytest.mark.parametrize("ending", ["png", "svg", "json"])
def test_charts(ask, tmp_path, ending) -> None:
    path = tmp_path / f"out.{ending}"
    assert ask("tension", "RUS,AZE", "--chart", str(path))[0] == 0
    assert path.stat().st_size > 1000


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("XXX,AZE",), 1, "[M02]"),
        (("tension", "RUS,AZE", "--to", "2020"), 1, "[M03]"),
        (("RUS,AZE", "--from", "2025-08", "--to", "2025-01"), 1, "exchanged, ask from 2025-01-31 to 2025-08-01"),
        (("influence", "RUS", "--in", "AZE", "--from", "2025-08", "--to", "2025-01"), 1, "[M09]"),
        (("influence", "RUS", "--in", "AZE,XYZ,Georgiaa"), 1, "does not know XYZ or Georgiaa. Perhaps GEO (Georgia)"),
        (("influence", "RUS", "--in", "RUS"), 2, "Name those whom RUS may influence"),
        (("positions", "--actor", "Russland"), 1, "Perhaps RUS (Russia)"),
        (("positions", "--actor", "GEO"), 1, "[M10]"),
        (("tension", "rus,Russia"), 2, "Both are RUS"),
        (("initiative", "RUS,AZE", "--from", "2025-04-01", "--to", "2025-05-01"), 1, "no document of that time was read"),
        (("tension", "RUS,AZE", "--from", "soon"), 2, "[C02]"),
        (("tension", "RUS,AZE", "--by", "year"), 2, "[C02]"),
        (("tension", "RUS,AZE", "--chart", "out.bmp"), 2, "[R01]"),
        (("scale", "--intensity", "missing.yaml"), 1, "[M07]"),
    ],
)
def test_clear_answers(ask, arguments, code, says) -> None:
    if arguments[0] == "scale":
        with pytest.raises(SystemExit) as ended:
            main(["measure", *arguments])
        assert ended.value.code == code
        return
    got, _, err = ask(*arguments)
    assert (got, says in err) == (code, True)


NOTED = [  # what is measured, what is said beside it
    (("tension", "RUS,AZE", "--from", "2025-08-12", "--to", "2025-08-20"), "events before, the last of 2025-08-11"),
    (("tension", "ARM,AZE"), "left empty: unknown, not calm"),
    (("tension", "RUS,AZE", "--on", "2025-10-20"), "carried on from before"),
    (("tension", "RUS,AZE", "--on", "2026-10-20"), "is not known"),
    (("turning-points", "RUS,AZE"), "on one act"),
    (("influence", "RUS", "--in", "AZE;FRA"), "no act is told of FRA: only its ties count"),
]


@pytest.mark.parametrize(("arguments", "says"), NOTED)
def test_what_a_figure_rests_on_is_said(ask, arguments, says) -> None:
    code, out, err = ask(*arguments)
    assert code == 0 and out and says in err


def test_the_scale_names_its_source(capsys) -> None:
    with pytest.raises(SystemExit):
        main(["measure", "scale", "--format", "json"])
    rows = json.loads(capsys.readouterr().out)
    assert {"type", "mode", "value", "source"} == set(rows[0]) and len(rows) > 60
