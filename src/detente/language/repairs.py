"""Known faults of the parser, mended by rule on the finished tree. They run in the order of RULES."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from . import clause_repairs as clauses
from . import word_repairs as words
from .sentence import Sentence


def repair(sentence: Sentence) -> None:
    """Applies every rule to a sentence, in place. A rule whose change would hang a word under itself is taken back."""
    changed = False
    before, labels = (sentence.heads[:], sentence.deps[:]), set(sentence.deps)
    for rule, label in RULES:
        if label is not None and label not in labels:
            continue
        if rule(sentence):
            if is_tree(sentence.heads):
                changed = True
            else:
                sentence.heads, sentence.deps = before
            before, labels = (sentence.heads[:], sentence.deps[:]), set(sentence.deps)
    if changed:
        sentence.relink()


def is_tree(heads: Sequence[int]) -> bool:
    """Whether every word hangs, in the end, under one that heads itself."""
    safe: set[int] = set()
    for i in range(len(heads)):
        path: list[int] = []
        while i not in safe and heads[i] != i:
            path.append(i)
            if len(path) > len(heads):
                return False
            i = heads[i]
        safe.update(path, (i,))
    return True


#: each rule with a label without which it finds nothing
RULES: tuple[tuple[Callable[[Sentence], bool], str | None], ...] = (
    (clauses.outer_conjunct, "conj"),
    (clauses.nearer_conjunct, "conj"),
    (clauses.nearer_participle, "conj"),
    (clauses.clause_torn_off, None),
    (clauses.relative_of_time, "relcl"),
    (clauses.subject_after_time, "pobj"),
    (clauses.coordinated_clauses, "ccomp"),
    (clauses.clause_before_semicolon, "ccomp"),
    (words.negative_coordination, None),
    (words.dashed_names, None),
    (words.coordinated_title, "appos"),
    (words.names_beside, "poss"),
    (words.particle, "prep"),
    (words.place_of_object, "dobj"),
    (words.gerund_read_as_adjective, "amod"),
    (clauses.reduced_relative, None),
    (clauses.subject_on_auxiliary, "aux"),
    (clauses.cleft, "attr"),
    (clauses.garden_path, "nsubj"),
    (clauses.victims_beside, "acl"),
    (words.agent_of_object, "agent"),
    (words.agent_past_aside, None),
    (words.naming_predicate, "appos"),
    (words.plural_read_as_verb, None),
    (words.coordinated_adjective, None),
    (words.verb_read_as_adjective, "amod"),
    (words.headline_verb, None),
)
