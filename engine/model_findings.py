"""What `doctor` finds of the models in use: their files, what runs them here, and vectors that lack."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from engine.errors import KinfolkError
from engine.finding import Finding, Verdict, guarded
from engine.paths import Places
from engine.words import listed, sentence

if TYPE_CHECKING:
    from engine.models.card import ModelCard
    from engine.models.catalog import Catalog
    from engine.models.runtimes.running import Running
    from engine.settings import Settings


def examine_models(places: Places) -> Iterator[Finding]:
    """Look at the models that are in use."""
    from engine.models.catalog import DEFAULT_DETECTOR, DEFAULT_EMBEDDER, Catalog

    catalog, settings = Catalog(places.models), _settings_or_defaults(places)
    for warning in catalog.warnings:
        yield Finding(sentence("models"), Verdict.BAD, warning, sentence("Correct the card, or remove it."))
    for name in (settings.detector or DEFAULT_DETECTOR, _embedder_name(places) or DEFAULT_EMBEDDER):
        yield from guarded(name, partial(_model, catalog, name, settings.running))
    yield from guarded(sentence("vectors"), partial(_vectors, places, catalog))


def _vectors(places: Places, catalog: "Catalog") -> Iterator[Finding]:
    """Look whether faces lack a vector of the embedder in use, so that nothing compares them."""
    from engine.library.models import stated_lacking
    from engine.models.catalog import DEFAULT_EMBEDDER
    from engine.workflows.embedding.in_use import Lacking

    card = catalog.card(_embedder_name(places) or DEFAULT_EMBEDDER)
    found = Lacking(stated_lacking(places.library, card.key) if places.library.exists() else 0, card.name)
    if lacking := found.sentence():
        yield Finding(sentence("vectors"), Verdict.MISSING, lacking, "kinfolk embed")


def _embedder_name(places: Places) -> str | None:
    """Return which embedder the library uses; what is wrong with it is a finding of its own section."""
    from engine.library.examining import stated_embedder

    return stated_embedder(places.library) if places.library.exists() else None


def _settings_or_defaults(places: Places) -> "Settings":
    """Return the settings; what is wrong with them is a finding of their own section."""
    from engine.settings import Settings, load_settings

    try:
        return load_settings(places.settings)
    except (KinfolkError, OSError):
        return Settings()


def _speed(catalog: "Catalog", card: "ModelCard", running: "Running") -> Finding:
    """Say by what the model runs here and how fast that is, as far as it was measured."""
    from engine.models.runtimes.running import PLAIN_WAY
    from engine.workflows.models.benching import benched

    subject = sentence("{model} runs", model=card.name)
    found = benched(card, catalog.folder, running)
    if found is None:
        measure = f"kinfolk models bench {card.name}"
        return Finding(
            subject,
            Verdict.FINE,
            sentence("as the first scan measures to be fastest here, or now: {measure}", measure=measure),
        )
    used, plain = found.of(found.way), found.of(PLAIN_WAY)
    detail = sentence("by {way}", way=found.way.sentence())
    if used is not None and plain is not None and not used.failure:
        detail = sentence("{by}, {speed:.0f} a second on one core", by=detail, speed=used.per_second)
        if used is not plain:
            detail = sentence(
                "{so} ({speed:.0f} by {way}), agreement {agreement:.5f}",
                so=detail,
                speed=plain.per_second,
                way=str(PLAIN_WAY),
                agreement=used.agreement,
            )
    failed = [sentence("{way}: {reason}", way=it.way.sentence(), reason=it.failure) for it in found.tried if it.failure]
    return Finding(subject, Verdict.FINE, listed([detail, *failed]))


def _model(catalog: "Catalog", name: str, running: "Running") -> Iterator[Finding]:
    from engine.models.fetch import verify

    card = catalog.card(name)
    if catalog.path(card).exists():
        yield Finding(name, Verdict.FINE, sentence("{file} is the right file", file=verify(card, catalog.folder)))
        yield _speed(catalog, card, running)
    else:
        yield Finding(
            name,
            Verdict.MISSING,
            sentence("is not here yet; the first scan fetches it"),
            f"kinfolk models fetch {name}",
        )
