"""What the page says, from figures."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from app.pages.learn.reading import Standing
from app.style import texts
from engine.learning.folds import LEAST_DAYS, LEAST_FACES, LEAST_PEOPLE
from engine.models.card import ModelCard
from engine.models.learned import Gain, Gains
from engine.words import fill

translate = QCoreApplication.translate

SHOWN_ALMOST = 4


def standing_sentence(found: Standing) -> str:
    """Say what will be used, or what is needed and what there is."""
    if found.suffices:
        will = translate("Learn", "{faces} that you confirmed will be used, of {people}.")
        return fill(will, faces=texts.faces(found.faces), people=texts.people(found.people))
    needed = translate(
        "Learn", "{people} people with {faces} confirmed faces on {days} days are needed; you have {number}."
    )
    return fill(needed, people=LEAST_PEOPLE, faces=LEAST_FACES, days=LEAST_DAYS, number=texts.number(found.people))


def almost_sentence(found: Standing) -> str:
    """Say who nearly suffices; empty where nobody does."""
    one, more = translate("Learn", "{name}: {faces} on one day"), translate("Learn", "{name}: {faces} on {days} days")
    who = [
        fill(
            one if each.days == 1 else more,
            name=texts.called_shortly(found.names.get(each.person)),
            faces=texts.faces(each.faces),
            days=each.days,
        )
        for each in found.almost[:SHOWN_ALMOST]
    ]
    return fill(translate("Learn", "Not yet: {people}."), people="; ".join(who)) if who else ""


def way_words(way: str) -> str:
    """Return what a way to place faces is called."""
    return {
        "centred": translate("Learn", "taking the mean face off, which needs no names"),
        "whitened": translate("Learn", "evening out what all faces differ in, which needs no names"),
        "adapter": translate("Learn", "an adapter"),
        "network": translate("Learn", "the network, trained further"),
    }[way]


def gain_words(gain: Gain) -> str:
    """Return a share before and after, in percent, with the interval of the difference."""
    return fill(
        translate("Learn", "{before} → {after} %  ({low} to {high})"),
        before=texts.decimal(gain.before * 100, 1),
        after=texts.decimal(gain.after * 100, 1),
        low=texts.decimal(gain.low * 100, 1, signed=True),
        high=texts.decimal(gain.high * 100, 1, signed=True),
    )


def gain_rows(gains: Gains) -> Sequence[tuple[str, str, str]]:
    """Return rows of who, pairs told right, grouping."""
    return (
        (
            translate("Learn", "People you named, on days not learnt from"),
            gain_words(gains.known_verified),
            gain_words(gains.known_grouped),
        ),
        (
            translate("Learn", "People never seen"),
            gain_words(gains.strangers_verified),
            gain_words(gains.strangers_grouped),
        ),
    )


def history_words(card: ModelCard, used: ModelCard) -> str:
    """Return a line about something that was learnt."""
    learned = card.learned
    if learned is None:
        return card.name
    gain = learned.gains.known_verified
    line = fill(
        translate("Learn", "{moment}: {way}, from {faces} of {people}; pairs told right {gain}"),
        moment=texts.moment(datetime.fromisoformat(learned.at)),
        way=way_words(learned.way),
        faces=texts.faces(learned.faces),
        people=texts.people(len(learned.people)),
        gain=f"{gain.change * 100:+.1f} %",
    )
    return fill(translate("Learn", "In use — {line}"), line=line) if card.name == used.name else line
