"""Codes of one's own: laid over the bundled codebook."""

from pathlib import Path

from detente.coding import Coder
from detente.documents import from_text
from detente.knowledge import load_codebook

OWN = """
types:
  WATER:DIVERT: {value: -5.0}
entries:
  - id: water.divert.flow
    type: WATER:DIVERT
    verbs: ["divert {river|water}"]
    roles: {actor: [subject], recipient: [from, object]}
    examples: ["TUR > SYR: Turkey *diverted* the river from Syria."]
    source: test
  - id: coerce.arrest.arrest
    off: true
"""


def test_own_entries_come_first_and_others_can_be_switched_off(tmp_path: Path, coder: Coder) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(OWN, "utf8")
    own = Coder(coder.directory, load_codebook([path]), coder.parser)
    (mention,) = own.code(from_text("Turkey diverted the river from Syria.")).mentions
    assert (mention.type, mention.intensity) == ("WATER:DIVERT", -5.0)
    assert [r.code for r in mention.recipients] == ["SYR"]
    assert not [m for m in own.code(from_text("Police in Baku detained two Russian journalists.")).mentions if m.trigger == "detained"]
