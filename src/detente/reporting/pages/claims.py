"""Claims: who says what about whom; contested matters with both sides; how often a speaker is confirmed or contradicted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from ...records import Event, Mention
from ..words import act_between, words
from .disputes import affair_of, disputes
from .lines import Facts, actors_facts, event_line, telling
from .materials import Materials, event_of_mention

STANCES = ("asserts", "denies", "plans", "supposes")
_OF_STATUS = {"happened": "asserts", "claimed": "asserts", "denied": "denies", "planned": "plans", "hypothetical": "supposes"}
#: fewer claims of a speaker that can be checked give no share
FEWEST = 3
_SPEAKERS = 60
_CONTESTED = 20


def claims_frame(materials: Materials) -> pl.DataFrame:
    """One row a claim: speaker (last of the sources), through whom, stance, mention, event, document, outlet, published, about whom.

    ``confirmed``: another outlet tells the same event as having happened, or lets somebody else assert it; ``contradicted``: somebody
    else denies it (of a denial: others tell it as having happened). Both are null where no other outlet tells of the event.
    """
    return materials.snapshot.memo("claims", lambda: _claims_frame(materials))


def _claims_frame(materials: Materials) -> pl.DataFrame:
    claims = said(materials, pl.col("sources").list.len() > 0)
    parties = materials.snapshot.events.select(pl.col("id").alias("event"), "contested", "type", about=_codes())
    return claims.join(checked(materials, claims), on="mention", how="left").join(parties, on="event", how="left")


def said(materials: Materials, wanted: pl.Expr) -> pl.DataFrame:
    """The claims among the mentions of which an expression holds, not yet checked: a row each with the event they tell of."""
    told = _told(materials, wanted)
    return told.filter(pl.col("speaker").is_not_null() & pl.col("event").is_not_null())


def checked(materials: Materials, claims: pl.DataFrame) -> pl.DataFrame:
    """Of claims that another outlet tells of too: mention, confirmed, contradicted. Only events with several tellings are looked at."""
    open_ = claims.filter(pl.col("stance").is_in(["asserts", "denies"])).select("mention", "event", "who", "outlet", "stance")
    several = materials.snapshot.events.filter(pl.col("mentions").list.len() > 1).select("id", "mentions")
    among = several.filter(pl.col("id").is_in(open_["event"].unique().implode()))
    others = (
        _told(materials, pl.col("id").is_in(among["mentions"].explode().implode()))
        .filter(pl.col("stance").is_in(["asserts", "denies"]))
        .select(
            "event",
            pl.col("who").alias("other"),
            pl.col("outlet").alias("elsewhere"),
            pl.col("stance").alias("said"),
            pl.col("mention").alias("by"),
        )
    )
    return (
        open_.join(others, on="event")
        .filter((pl.col("mention") != pl.col("by")) & (pl.col("other") != pl.col("who")) & (pl.col("elsewhere") != pl.col("outlet")))
        .group_by("mention")
        .agg(
            (pl.col("said") == pl.col("stance")).any().alias("confirmed"), (pl.col("said") != pl.col("stance")).any().alias("contradicted")
        )
    )


def _told(materials: Materials, wanted: pl.Expr) -> pl.DataFrame:
    """Some mentions with who says it (an outlet where nobody is cited), through whom, as what, and of which event."""
    last = pl.col("sources").list.last().struct
    found = materials.snapshot.mentions_where(wanted, ("sources", "status")).drop("batch").rename({"id": "mention"})
    about = materials.snapshot.documents.select(pl.col("id").alias("document"), "outlet", "published")
    if found.height * 4 < about.height:
        about = about.filter(pl.col("document").is_in(found["document"].unique().implode()))
    return (
        found.with_columns(
            speaker=last.field("text"),
            speaker_id=last.field("id"),
            speaker_country=last.field("country"),
            through=pl.col("sources")
            .list.head(pl.col("sources").list.len().cast(pl.Int64) - 1)
            .list.eval(pl.element().struct.field("text")),
            stance=pl.col("status").replace_strict(_OF_STATUS, default="asserts"),
        )
        .drop("sources")
        .join(event_of_mention(materials, found["mention"]), on="mention", how="left")
        .join(about, on="document", how="left")
        .with_columns(who=pl.coalesce("speaker_id", pl.col("speaker").str.to_lowercase(), "outlet"))
    )


def _codes() -> pl.Expr:
    fields = [pl.element().struct.field(f) for f in ("country", "id", "name", "text")]
    sides = [pl.col(s).list.eval(pl.coalesce(fields)) for s in ("actors", "recipients")]
    ids = [pl.col(s).list.eval(pl.element().struct.field("id")) for s in ("actors", "recipients")]
    return pl.concat_list(*sides, *ids).list.drop_nulls().list.unique()


# ---------------------------------------------------------------- speakers
def speakers(materials: Materials, most: int = _SPEAKERS) -> list[Facts]:
    """Who says most, with stances and record."""
    frame = claims_frame(materials)
    grouped = (
        frame.group_by("who")
        .agg(
            pl.col("speaker").mode().sort().first(),
            pl.col("speaker_id").drop_nulls().first(),
            pl.col("speaker_country").drop_nulls().first(),
            pl.len().alias("claims"),
            *[(pl.col("stance") == s).sum().alias(s) for s in STANCES],
            pl.col("contested").sum(),
            pl.col("confirmed").is_not_null().sum().alias("checkable"),
            pl.col("confirmed").sum(),
            pl.col("contradicted").sum(),
            pl.col("published").max().alias("last"),
        )
        .sort("claims", "who", descending=[True, False])
    )
    return [speaker_facts(r, materials) for r in grouped.head(most).iter_rows(named=True)]


def speaker_facts(r: dict[str, Any], materials: Materials) -> Facts:
    """A speaker with its record; shares are None below :data:`FEWEST` claims that another outlet tells of too."""
    known = r["checkable"] >= FEWEST
    name = materials.name_of(r["speaker_id"]) if r["speaker_id"] else r["speaker"]
    return {
        **{k: v for k, v in r.items() if k != "who"},
        "key": r["who"],
        "speaker": name,
        "country": materials.name_of(r["speaker_country"]) if r["speaker_country"] else None,
        "confirmed_share": r["confirmed"] / r["checkable"] if known else None,
        "contradicted_share": r["contradicted"] / r["checkable"] if known else None,
    }


# ---------------------------------------------------------------- the page
def claims_page(
    materials: Materials,
    speaker: str | None = None,
    stance: str | None = None,
    about: str | None = None,
    size: int = 40,
    key: Sequence[Any] | None = None,
) -> Facts:
    """Claims, the latest first, chosen by speaker, stance and whom they are about; the contested matters; the speakers."""
    frame = claims_frame(materials)
    everything = frame.height
    if speaker:
        wanted = speaker.casefold()
        frame = frame.filter(
            (pl.col("who") == speaker) | (pl.col("speaker").str.to_lowercase() == wanted) | (pl.col("speaker_country") == speaker.upper())
        )
    if stance:
        frame = frame.filter(pl.col("stance") == stance)
    if about:
        frame = frame.filter(pl.col("about").list.contains(about))
    found = frame.with_columns(day=pl.col("published").fill_null("")).sort("day", "mention", descending=[True, True])
    total = found.height
    if key is not None:
        day, mention = str(key[0]), str(key[1])
        found = found.filter((pl.col("day") < day) | ((pl.col("day") == day) & (pl.col("mention") < mention)))
    shown = found.head(size)
    everyone = materials.snapshot.memo(("speakers", _SPEAKERS), lambda: speakers(materials))
    return {
        "claims": about_event_words(materials, shown),
        "total": total,
        "everything": everything,
        "last": (shown["day"][-1], shown["mention"][-1]) if found.height > size else None,
        "speakers": everyone,
        "record": next((s for s in everyone if speaker and s["key"] == speaker), None),
        "stances": [{"stance": s, "label": words()["stances"][s]} for s in STANCES],
    }


def about_event_words(materials: Materials, claims: pl.DataFrame) -> list[Facts]:
    """Claims for display: the sentence, who says it through whom, of what event, and whether others confirm or contradict it."""
    told = materials.snapshot.mentions(claims["mention"].to_list())
    events = {e.id: e for e in materials.snapshot.events_by(list(dict.fromkeys(claims["event"].to_list())))}
    about = materials.snapshot.about(set(claims["document"].to_list()))
    out = []
    for r in claims.iter_rows(named=True):
        mention, event = told.get(r["mention"]), events.get(r["event"])
        if mention is None or event is None:
            continue
        out.append(
            {
                "speaker": materials.name_of(r["speaker_id"]) if r["speaker_id"] else r["speaker"],
                "key": r["who"],
                "through": r["through"],
                "stance": r["stance"],
                "stance_words": words()["stances"][r["stance"]],
                "event": event.id,
                "what": act_between(event, materials.name_of),
                "contested": event.contested,
                "confirmed": r["confirmed"],
                "contradicted": r["contradicted"],
                "telling": telling(mention, about.get(mention.document)),
            }
        )
    return out


# ---------------------------------------------------------------- contested matters
def contested_page(materials: Materials, most: int = _CONTESTED) -> Facts:
    """Events on which accounts differ, with both sides' words."""
    found = contested_events(materials)
    told = materials.snapshot.mentions({m for e in found for m in e.mentions})
    return {"matters": [matter(materials, e, told) for e in found[:most]], "total": len(found)}


def contested_events(materials: Materials, most: int = 200) -> list[Event]:
    """Contested events, those told most widely first."""
    found = materials.snapshot.events_where(pl.col("contested"))
    return sorted(found, key=lambda e: (-e.origins, -len(e.mentions), e.date or "", e.id))[:most]


def matter(materials: Materials, event: Event, mentions: Mapping[str, Mention]) -> Facts:
    """A contested event with what accounts differ on, and both sides of each matter in their words."""
    return {
        **event_line(event, materials),
        "title": act_between(event, materials.name_of),
        "sides": disputes(materials, event, mentions, affair_of(materials)),
        "parties": actors_facts((*event.actors, *event.recipients), materials),
    }
