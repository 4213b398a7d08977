"""One document being read: triggers drafted in order, then written as mentions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import TYPE_CHECKING

from ..knowledge import Found
from ..language import Sentence
from ..records import QUADS, Actor, Document, Mention, Quality, Source, Span, Tie
from .citing import Attribution, attributions, by_sentence, chain_at, denied_by
from .confidence import confidence
from .counts import casualties
from .dates import find_dates
from .denying import denied_acts, lifted, undenied
from .drafts import Draft
from .home import at_home
from .memory import Memory, in_order
from .naming import answering, is_setting, named
from .nesting import contained
from .phrases import Phrases
from .places import place_of
from .qualities import qualities
from .recast import recast
from .referents import OFFICIAL, Referent, political, upon_itself
from .register import POLITICAL, Register
from .roles import RoleFinder
from .status import presuppose
from .struck import place_struck
from .ties import find_ties
from .timing import date_of
from .trace import Trace
from .triggers import Match
from .unnamed import admits, fill_unnamed, worth_telling

if TYPE_CHECKING:
    from .coder import Coder

#: what a speaker from a country means by it: 'Japan must', said by Japan's premier, demands nothing of another
_SELVES = frozenset({"state", "territory"})
#: 'opened its borders': a thing of the actor's own is not whom the act is done to
#: sentences within which a date is still told of: later, 'August 21' is of the year of publication again
_STILL_TOLD = 6
_BESIDE = 1
_OWN = ("its ", "their ", "his ", "her ", "our ", "my ")


@dataclass(frozen=True, slots=True)
class Coded:
    """What one document holds."""

    document: str
    mentions: tuple[Mention, ...]
    ties: tuple[Tie, ...]


#: what is said in an apposition or a modifier
_BY_THE_WAY = frozenset({"acl", "amod", "appos", "compound", "nmod"})


class Reading:
    """One document, or a part of a very long one, being coded."""

    def __init__(
        self,
        coder: Coder,
        document: Document,
        sentences: Sequence[Sentence],
        named: Sequence[Found],
        trace: Trace | None = None,
        dates_context: str | None = None,
    ) -> None:
        self.coder = coder
        self.trace = trace
        self.document = document
        self.sentences = sentences
        self.phrases = Phrases(coder.directory, sentences, named, document.published)
        self.attributions = attributions(sentences, document.text)
        self.claims = [a for a in self.attributions if not a.stance]
        self.memory = Memory()
        self.unnamed: list[Draft] = []  # acts of people and bodies known by their role or name alone: nothing later recalls them
        self.register = Register(document.text, sentences)
        self.roles = RoleFinder(coder.finder, self.phrases, self.memory.recalled, self._speaker)
        self.anybody = RoleFinder(coder.finder, self.phrases, self.memory.recalled, self._speaker, admits)
        self.dates_context = dates_context  # the last date told
        self._by_index = {s.index: s for s in sentences}
        self._over = by_sentence(sentences, self.attributions)

    def coded(self) -> Coded:
        """Drafts every trigger in order, then writes the mentions."""
        self._speakers()
        dated_at = 0
        for s in self.sentences:
            if self._no_longer_told(s.index - dated_at):
                self.dates_context = None
            dates = find_dates(s.raw.text, self.document.published, self.dates_context)
            matches = self.coder.finder.find(s, self.phrases, lambda m, s=s: self._stands(s, m))  # type: ignore[misc]
            if self.trace is not None:
                self.trace.found(s, self.phrases, matches)
            for match in sorted(matches, key=lambda m: m.trigger.pos != "noun"):  # verbs ask who did what the nouns tell
                draft = self.draft(s, match)
                if draft is None:
                    continue
                draft.place, draft.place_span = place_of(s, match.token, self.phrases, dates, draft.type == "ASSAULT") or (None, None)
                at = s.heads[match.token] if self.coder.finder.ordered(s, match) else match.token if draft.noun is None else draft.noun
                draft.date, draft.date_precision = date_of(s, at, dates)
                self.memory.fill(draft)
                kept = self._kept(draft)
                if kept:
                    self.memory.add(draft)
                elif self._kept_unnamed(draft):
                    kept = True
                    self.unnamed.append(draft)
                else:
                    self.memory.waiting.append(draft)
                if self.trace is not None:
                    self.trace.judged(draft, kept)
            self._characterised(s)
            # where the document itself has no date, a month or year told dates what follows it ("In late June 2025 … On June 27")
            told = [d for d in dates if d.precision == "day" or not self.document.published]
            if told:
                self.dates_context, dated_at = told[-1].start, s.index
        self.memory.finish(self._kept)
        self._contained()
        mentions = self._mentions()
        ties = find_ties(self.document, self.sentences, self.phrases, self.claims, self.scopes_of)
        return Coded(self.document.id, tuple(mentions), tuple(ties))

    def _no_longer_told(self, since: int) -> bool:
        """Whether the last date told, so many sentences before, says no more of what year a day is; one of long ago says it beside it."""
        published, told = self.document.published, self.dates_context
        if not published or not told:
            return False
        return since > (_BESIDE if int(published[:4]) - int(told[:4]) > 1 else _STILL_TOLD)

    def _contained(self) -> None:
        """Marks the acts that another act of their sentence has as its content."""
        for _, drafts in groupby(in_order(self.memory.drafts, self.unnamed), key=lambda d: d.sentence.index):
            for draft in contained(list(drafts)):
                draft.contained = True
                if self.trace is not None:
                    self.trace.contained(draft)

    def _speakers(self) -> None:
        """Who says 'I' and 'we' in each sentence: the source of the quotation it stands in."""
        for a in self.claims:
            if not a.quoted or a.source is None or a.sentence not in self._by_index:
                continue
            source = self.phrases.referents(self._by_index[a.sentence], a.source)
            if not source:
                continue
            for s in self.sentences:
                if any(x < s.raw.span[1] and s.raw.span[0] < y for x, y in a.content):
                    self.phrases.speaker_of.setdefault(s.index, source[0])

    def _characterised(self, s: Sentence) -> None:
        """What the sentence says acts were like, kept with the acts."""
        for said in qualities(s):
            draft = self.memory.named(s, said.act)
            if draft is None:
                continue
            chain = self._chain(s, said.cue)
            cited = self._sources(s, said.cue, chain)
            if said.spoken:
                cited += [r for r in self.roles.subject(s, said.cue) if political(r)][:1]
            to_original = self.document.to_original
            draft.qualities.append(
                Quality(
                    said.text,
                    said.denied,
                    tuple(Source(r.cited, r.id, to_original(r.span), r.country) for r in cited),
                    s.raw.text,
                    to_original(s.raw.span),
                )
            )

    # ------------------------------------------------------------ one trigger
    def draft(self, s: Sentence, match: Match) -> Draft | None:
        """A trigger with its roles, scope and sources; None where the codebook's needs are not met."""
        for trigger in (match.trigger, *match.others):
            tried = replace(match, trigger=trigger, others=())
            draft = self._draft(s, tried)
            if draft is not None:
                return draft
        return None

    def _stands(self, s: Sentence, match: Match) -> bool:
        """Whether a trigger would be coded with whom its own sentence names."""
        draft = self.draft(s, match)
        return draft is not None and self._kept(draft)

    def _draft(self, s: Sentence, match: Match) -> Draft | None:
        entry = match.trigger.entry
        speakers: set[Span] = set()  # who acts by saying so is no source of it besides
        actors, actor_slot = self.roles.fill(s, match, "actor")
        if entry.type == "ASSAULT":  # 'a reporter says that soldiers opened fire'
            actors = [r for r in actors if r.sector != "JRN"]
        recipients, recipient_slot = self.roles.fill(s, match, "recipient")
        if entry.sectors and not any(r.sector in entry.sectors for r in actors or self.anybody.fill(s, match, "actor")[0]):
            return None
        if entry.unless and actors and all(r.sector in entry.unless for r in actors):
            return None
        if "speaker" in entry.roles.get("actor", ()):
            actors = actors or self.anybody.fill(s, match, "actor")[0]
            recipients = [r for r in recipients if all(r.code != a.code or (r.kind not in _SELVES and r.via != "pronoun") for a in actors)]
            if not (actors and recipients):
                return None
            speakers = {r.span for r in actors}
        if entry.joint and len({r.code for r in (*actors, *recipients)}) < 2:
            return None
        if actors and recipients and not entry.symmetric:
            same = {r.span for r in actors}
            recipients = [r for r in recipients if r.span not in same]
        if not entry.symmetric and upon_itself(s.raw.span, actors, recipients):
            actors = []
        between = match.trigger.pos == "noun" and len([r for r in self.roles.slot(s, match, "between") if political(r)]) > 1
        own = {r.code for r in actors}
        if recipient_slot == "content":  # 'Trump and May pledged cooperation after Trump's interview'
            acting = {r.id for r in actors if r.id != r.country}
            recipients = [r for r in recipients if r.id is None or r.id not in acting]
        recipients = [r for r in recipients if not (r.kind == "thing" and r.code in own and r.text.lower().startswith(_OWN))]
        named_first = {r.code for r in actors}
        joint = entry.symmetric or (between and entry.type in ("SUPPORT", "AGREE", "COOPERATE", "CONSULT"))
        if joint:
            actors, recipients = self._joint(s, match, actors, recipients)
        # 'walked away from the deal': made with others, not with itself
        recipients = [r for r in recipients if not (r.kind == "thing" and r.code in own and r.via == "recalled")]
        if entry.type == "ASSAULT":  # 'Israel hit convoys': not its own, though nobody else was named
            recipients = [r for r in recipients if not (r.via == "role" and r.sector in OFFICIAL and r.code in own)]
        chain = self._chain(s, match.token)
        sources = [r for r in self._sources(s, match.token, chain) if r.span not in speakers]
        scope = self.coder.scopes.read(s, match.token, match.light)
        if self.coder.finder.ordered(s, match) and not self.coder.scopes.read(s, s.heads[match.token]).hypothetical:
            by_order = [r for r in self.roles.subject(s, s.heads[match.token]) if r.sector in OFFICIAL]
            actors, scope.hypothetical = actors or by_order, scope.hypothetical and not by_order
        if QUADS.get(entry.type, 0) > 2 and any(s.deps[k] == "neg" and s.heads[k] == match.token for k in match.filled):
            scope.stands()  # 'not ruling out', 'will not recognise'
        if joint and scope.negated and named_first and not recipients:  # 'has no intention of talking to': only one of them will not
            recipients = [r for r in actors if r.code not in named_first]
            actors = [r for r in actors if r.code in named_first]
        presuppose(s, match.token if match.word is None else match.word, scope)
        if match.trigger.pos == "noun" and scope.hearsay and not any(a.denies or a.quoted for a in chain) and s.deps[match.token] == "pobj":
            sources = []  # 'says he will respond to the alleged attack': the writer's doubt, nobody's claim
        withheld = [a for a in chain if a.withheld]
        if withheld:  # 'has not confirmed that its forces fired': told of, and asserted by nobody here
            sources, scope.hearsay = [], True
            lifted(scope, withheld, s)
        because = [f"codebook:{entry.id}"]
        because += [f"actor:{actor_slot}"] * bool(actors) + [f"recipient:{recipient_slot}"] * bool(recipients)
        because += [f"scope:{r}" for r in scope.reasons]
        kinds = ("withheld" if a.withheld else "denied" if a.denies else "thought" if a.thought else "cited" for a in chain)
        because += [f"{kind}:{self._cue(a)}" for kind, a in zip(kinds, chain, strict=True)]
        chain = [] if withheld else chain
        draft = recast(Draft(s, match, entry.type, actors, recipients, scope, chain, sources, because))
        return None if undenied(draft) else draft

    def _cue(self, a: Attribution) -> str:
        begin, end = a.cue_span
        return self.document.text[begin:end].lower()

    def _joint(
        self, s: Sentence, match: Match, actors: list[Referent], recipients: list[Referent]
    ) -> tuple[list[Referent], list[Referent]]:
        """Joint acts: all parties act, on each other."""
        parties: list[Referent] = []
        between = [r for r in self.roles.slot(s, match, "between") if political(r)]
        for r in [*actors, *between, *recipients]:
            where = r.place and len(parties) > 1  # 'Armenia and Azerbaijan held talks in Brussels'
            if not where and all(r.code != o.code for o in parties):
                parties.append(r)
        return parties, []

    def _chain(self, s: Sentence, token: int) -> list[Attribution]:
        """Who claims what a word tells, outermost first."""
        return [a for a in chain_at(self._over.get(s.index, ()), s.starts[token], s.index, token) if not a.stance]

    def _speaker(self, s: Sentence, token: int) -> list[Referent]:
        return self._sources(s, token, chain_at(self._over.get(s.index, ()), s.starts[token], s.index, token))[-1:]

    def _sources(self, s: Sentence, token: int, chain: list[Attribution]) -> list[Referent]:
        """Who is cited for a word, outermost first."""
        out: list[Referent] = []
        cited = [(a, r) for a in chain for r in (*a.relays, a.source) if r is not None]
        own = next((a for a in self.claims if a.sentence == s.index and a.cue == token), None)
        cited += [(own, r) for r in own.relays] if own is not None else []
        for a, head in cited:
            holder = self._by_index.get(a.sentence)
            if holder is None:
                continue
            span = a.source_span if head == a.source else None
            for k in holder.conjuncts(head) if holder.deps[head] != "conj" else [head]:
                named = self.phrases.referents(holder, k)
                text = holder.words[k]
                if named:
                    found = named[0]
                elif holder.words[k].lower() in ("it", "he", "she", "they", "we", "i", "who", "that", "which"):
                    continue
                else:
                    first, last = self.phrases._extent(holder, k)
                    begin, end = holder.span(first, last)
                    text = holder.raw.text[begin - holder.raw.span[0] : end - holder.raw.span[0]]
                    found = Referent(text, span or (begin, end))
                if all((found.name or found.text) != (o.name or o.text) for o in out):
                    out.append(found)
        return out

    def _kept(self, draft: Draft) -> bool:
        needs = draft.match.trigger.entry.needs
        actors, recipients = bool(draft.actors), bool(draft.recipients)
        joint = draft.match.trigger.entry.symmetric or draft.match.trigger.pos == "noun"  # 'trade between'
        return {
            "actor": actors,
            "recipient": recipients,
            "both": (actors and recipients) or (len(draft.actors) > 1 and joint),
            "none": True,
        }.get(needs, actors or recipients)

    def _kept_unnamed(self, draft: Draft) -> bool:
        fill_unnamed(draft, self.anybody)
        return worth_telling(draft) and self._kept(draft)

    # ------------------------------------------------------------ records
    def _mentions(self) -> list[Mention]:
        out: list[Mention] = []
        least = self.coder.options.minimum_confidence
        for draft, mention in self.read():
            if mention.confidence is None or mention.confidence >= least:
                out.append(mention)
            elif self.trace is not None:
                self.trace.doubted(draft, mention.confidence, least)
        return out

    def read(self) -> list[tuple[Draft, Mention]]:
        """Every draft kept, with the mention it becomes, whatever its confidence; after :meth:`coded`."""
        used: dict[int, int] = {}
        out: list[tuple[Draft, Mention]] = []
        for draft in in_order(self.memory.drafts, self.unnamed):
            if draft.contained:
                continue
            fill_unnamed(draft, self.anybody)
            place_struck(draft, self.phrases)
            at_home(draft)
            out.append((draft, self._mention(draft, used)))
        who, nouns = (self.roles.subject, self._speaker), self.coder.finder.types_of
        return denied_acts(self._naming(self._again(out)), self.sentences, *who, nouns, self.document.to_original)

    def _again(self, read: list[tuple[Draft, Mention]]) -> list[tuple[Draft, Mention]]:
        """Names at every mention that tells an act of the text again the first one of it."""
        at = {id(draft): n for n, (draft, _) in enumerate(read)}
        for act in self.memory.tellings.acts:
            first, *later = [n for draft in act if (n := at.get(id(draft))) is not None] or [0]
            for n in later:
                draft, mention = read[n]
                read[n] = draft, replace(mention, because=(*mention.because, f"again:{read[first][1].id}"))
        return read

    def _naming(self, read: list[tuple[Draft, Mention]]) -> list[tuple[Draft, Mention]]:
        """Says of every mention whether it is told as an answer, which others of its sentence it names, and how: 'condemned the raid'.

        A known act that is the setting of one that is denied is not denied with it: 'denied that it used gas in the attack'.
        """
        at = {id(draft): n for n, (draft, _) in enumerate(read)}
        for _, own in groupby([draft for draft, _ in read], key=lambda d: d.sentence.index):
            drafts = list(own)
            for d in answering(drafts):
                read[at[id(d)]] = d, replace(read[at[id(d)]][1], responds=True)
            for over, act, by in named(drafts):
                draft, mention = read[at[id(over)]]
                other = read[at[id(act)]][1]
                read[at[id(over)]] = draft, replace(mention, because=(*mention.because, f"names:{by}:{other.id}"))
                if mention.status == other.status == "denied" and is_setting(act, by):
                    read[at[id(act)]] = act, replace(other, status="happened", polarity="positive", sources=())
        return read

    def _mention(self, d: Draft, used: dict[int, int]) -> Mention:
        s, i, entry = d.sentence, d.token, d.match.trigger.entry
        to_original = self.document.to_original
        word = i if d.match.word is None else d.match.word
        trigger_span = to_original((s.starts[word], s.ends[word]))
        nth = used.get(trigger_span[0], 0)
        used[trigger_span[0]] = nth + 1
        denied = denied_by(d.chain, (s.heads[i], s.heads[s.heads[i]] if s.deps[i] == "conj" else s.heads[i]))
        cited = bool(d.chain) and not d.presupposed
        status = entry.status or d.scope.status(cited, denied)
        deaths, injuries = casualties(s, i)
        return Mention(
            id=f"{self.document.id}.{trigger_span[0]:06d}" + ("" if not nth else chr(97 + nth)),
            document=self.document.id,
            sentence=s.raw.text,
            sentence_span=to_original(s.raw.span),
            trigger=s.words[word],
            trigger_span=trigger_span,
            type=d.type,
            mode=entry.mode,
            cameo=entry.cameo,
            contexts=tuple(entry.contexts),
            actors=tuple(self._actor(r) for r in d.actors),
            recipients=tuple(self._actor(r) for r in d.recipients),
            status=status,  # type: ignore[arg-type]
            certainty=d.scope.certainty,
            polarity="negative" if status == "denied" else "positive",
            tense=d.scope.tense,
            conditional=d.scope.conditional,
            sources=tuple(Source(r.cited, r.id, to_original(r.span), r.country) for r in d.sources),
            date=d.date,
            date_precision=d.date_precision,  # type: ignore[arg-type]
            place=d.place,
            deaths=deaths,
            injuries=injuries,
            intensity=self.coder.codebook.intensity(d.type, entry.mode, entry.cameo),
            confidence=confidence(d, status, self.register),
            qualities=tuple(d.qualities),
            because=(*d.because, *self._register(s)),
        )

    def _actor(self, r: Referent) -> Actor:
        name = r.name
        if name is None and r.id is not None and r.country is None and (known := self.coder.directory.entries.get(r.id)) is not None:
            name = known.name  # 'the jihadists of Islamic State' are Islamic State
        if r.kind == "thing" and (holder := self.coder.directory.entries.get(r.country or r.id or "")) is not None:
            name = holder.name  # what is done to a state's border is done to the state
        country = r.country
        return Actor(r.text, self.document.to_original(r.span), r.id or r.name, country, r.sector, name)

    def _register(self, s: Sentence) -> list[str]:
        """What the text around a sentence is about, where that is not politics."""
        subject = self.register.leading(s)
        return [] if subject == POLITICAL else [f"register:{subject}"]

    def scopes_of(self, s: Sentence, i: int) -> tuple[str, list[Referent]]:
        """Status and sources of any word, for ties."""
        chain = self._chain(s, i)
        scope = self.coder.scopes.read(s, i)
        accused = any(s.lemmas[k] in self.coder.reporting["accuse"] for k in s.ancestors(i)) and s.deps[i] == "pcomp"
        cited = bool(chain) or accused
        sources = self._sources(s, i, chain)
        if s.deps[i] in _BY_THE_WAY and s.tags[i] not in ("VBZ", "VBP", "VBD"):  # not under the clause's negation or modals
            return ("claimed" if cited or scope.hearsay else "happened"), sources
        inner = [a for a in chain if not a.denies]  # 'rejected claims that': who denies has what is denied from others
        denied = any(a.denies and (a is chain[-1] or all(b.source in (None, a.source) for b in inner)) for a in chain)
        if not (s.is_verb(i) or s.deps[i] in ("attr", "acomp")):
            return ("denied" if denied else "claimed" if cited or scope.hearsay else "happened"), sources
        return scope.status(cited, denied), sources
