"""Files of bare events: every form that is read, and what is said of those that are not."""

import gzip

import pytest

from detente.errors import ForecastError
from detente.forecasting import read_quadruples

ROWS = "RUS\tACCUSE\tAZE\t2025-06-28\nAZE\tREJECT\tRUS\t2025-06-30\n"


@pytest.mark.parametrize(
    "text",
    [
        ROWS,
        "actor\ttype\trecipient\tday\n" + ROWS,
        "day,actor,type,recipient,note\n2025-06-28,RUS,ACCUSE,AZE,x\n2025-06-30,AZE,REJECT,RUS,\n",
        "subject\trelation\tobject\tdate\n" + ROWS,
        "\ufeff" + ROWS,
        "\ufeffday,actor,type,recipient\n2025-06-28,RUS,ACCUSE,AZE\n2025-06-30,AZE,REJECT,RUS\n",
        ROWS + "RUS\tACCUSE\tRUS\t2025-06-29\n",  # an actor on itself
        "# a comment\n\n" + ROWS.replace("\t", ","),
        ROWS.replace("2025-06-28", "2025-06-28T10:00:00").replace("2025-06-30", "2025-06-30 23:59"),
        ROWS.replace("2025-06-28", "2025-06-28T10:00:00+02:00").replace("2025-06-30", "2025-06-30T00:00Z"),
        ROWS.replace("2025-06-28", "20267").replace("2025-06-30", "20269"),
    ],
)
def test_forms(tmp_path, text) -> None:
    path = tmp_path / "events.tsv"
    path.write_text(text, "utf8")
    h = read_quadruples(path)
    assert h.ids == (("2025-06-28 RUS ACCUSE AZE",), ("2025-06-30 AZE REJECT RUS",))
    packed = tmp_path / "events.tsv.gz"
    packed.write_bytes(gzip.compress(text.encode()))
    assert read_quadruples(packed).ids == h.ids


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        (b"", "F21", "no rows"),
        (ROWS.encode() + b"RUS\tACCUSE\tAZE\tyesterday\n", "F25", "line 3"),
        (ROWS.encode() + b"RUS\tACCUSE\n", "F25", "2 columns"),
        (ROWS.encode() + b"\tACCUSE\tAZE\t2025-06-28\n", "F25", "a name is missing"),
        (ROWS.encode() + b"RUS\tACCUSE\tAZE\t2925-06-28\n", "F04", "2925-06-28"),
        (b"RUS\tACCUSE\tRUS\t2025-06-28\n", "F21", "themselves"),
        (b"RUS\n", "F25", "line 1, cannot be used: it has one column, and four are needed."),
        (b"RUS;ACCUSE;AZE;2025-06-28\n", "F25", "columns are parted by tabs or commas, not by semicolons"),
        (ROWS.encode() + b"RUS\tACCUSE\tAZE\t2025-06-28T25:00\n", "F25", "'2025-06-28T25:00' is no day"),
        (b"\xff\xfe\x00", "F29", "no UTF-8"),
    ],
)
def test_faults(tmp_path, content, code, said) -> None:
    path = tmp_path / "events.tsv"
    path.write_bytes(content)
    with pytest.raises(ForecastError) as fault:
        read_quadruples(path)
    assert fault.value.code == code and said in str(fault.value)


@pytest.mark.parametrize(
    ("name", "written", "read"),
    [
        ("events.tsv", '"The Hawks', '"The Hawks'),
        ("events.tsv", '"The Hawks"', "The Hawks"),
        ("events.tsv", '"Hawks" (Aland)', "Hawks (Aland)"),
        ("events.tsv", '"The ""Hawks"""', 'The "Hawks"'),
        ("events.csv", '"Police, Chad"', "Police, Chad"),
        ("events.csv", '"The Hawks', '"The Hawks'),
    ],
)
def test_names_with_double_quotes(tmp_path, name, written, read) -> None:
    path = tmp_path / name
    path.write_text("\t,"[name.endswith("csv")].join((written, "ACCUSE", "AZE", "2025-06-28\n")), "utf8")
    assert read_quadruples(path).ids == ((f"2025-06-28 {read} ACCUSE AZE",),)


@pytest.mark.parametrize(("name", "said"), [("none.tsv", "no such file"), (".", "it is a folder"), ("none.tsv.gz", "no such file")])
def test_a_file_that_is_not_there(tmp_path, name, said) -> None:
    with pytest.raises(ForecastError) as fault:
        read_quadruples(tmp_path / name)
    assert fault.value.code == "F29" and said in str(fault.value) and "line" not in fault.value.message
