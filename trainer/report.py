"""The report of an evaluation: one HTML file with its pictures inside, which shows faces and stays on this machine."""

import base64
import html
from collections.abc import Iterable, Sequence
from pathlib import Path

from matplotlib.figure import Figure

from engine.words import Sentence, following, sentence, told
from engine.words.catalogue import in_use
from trainer.evaluating import Evaluation
from trainer.evaluation.intervals import Estimate, Estimates, Refusal
from trainer.evaluation.pairs import Pairs, Unit
from trainer.evaluation.quality import QualityBin
from trainer.evaluation.verification import FALSE_ACCEPT_RATES, squared_distance, val_at
from trainer.plots import draw_cost, draw_map, draw_pairs, draw_roc, draw_similarities, png

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; color: #222; }
table { border-collapse: collapse; margin: 1rem 0; } td, th { padding: .25rem .75rem; text-align: left; }
tr:nth-child(even) { background: #f4f4f4; } img { max-width: 100%; } .note { color: #555; }
"""


def write_report(evaluation: Evaluation, title: str, path: Path) -> None:
    """Write the report, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    partial.write_text(render(evaluation, title), encoding="utf-8")
    partial.replace(path)


def render(evaluation: Evaluation, title: str) -> str:
    """Return the report as HTML, in the language in use but for its pictures; `title` is what was measured on what."""
    parts = [
        f"<h1>{html.escape(told(title))}</h1>",
        _what(evaluation),
        *(_note(sentence("Note: {note}", note=each)) for each in evaluation.notes),
        *_figures(evaluation),
        *_curves(evaluation),
        *_quality(evaluation),
        *_confusions(evaluation),
        *_suspects(evaluation),
    ]
    head = f'<meta charset="utf-8"><title>{html.escape(told(title))}</title><style>{STYLE}</style>'
    return (
        f"<!doctype html>\n<html lang='{in_use()}'><head>{head}</head>\n<body>\n"
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def rows_of(figures: Sequence[Estimates]) -> list[tuple[str, ...]]:
    """Return one row for each figure: its name and each model's estimate as text."""
    names = dict.fromkeys(name for each in figures for name in each)
    return [(name, *(_figure(each.get(name)) for each in figures)) for name in names]


def _figure(value: Estimate | Refusal | None) -> str:
    """Return a figure as text; a refusal stays a sentence that can be told in other languages."""
    if value is None:
        return ""
    return value.sentence() if isinstance(value, Refusal) else str(value)


def _what(evaluation: Evaluation) -> str:
    pairs = evaluation.trial.pairs
    same, different = int(pairs.same.sum()), int((~pairs.same).sum())
    lines = [
        sentence(
            "{faces:,} faces; {same:,} pairs of one person, {different:,} of two.",
            faces=len(evaluation.source.faces),
            same=same,
            different=different,
        ),
        _drawn(pairs),
        _folds(evaluation),
        sentence(
            "VAL and FAR are FaceNet's: the shares of pairs of one person and of pairs of two people that are "
            "accepted. A squared distance d between unit vectors is the cosine 1 − d/2."
        ),
    ]
    return _note(following(*lines))


def _drawn(pairs: Pairs) -> Sentence:
    if pairs.unit is Unit.PEOPLE:
        return sentence("Square brackets hold 95% intervals by a bootstrap over {people:,} people.", people=pairs.units)
    return sentence(
        "Square brackets hold 95% intervals by a bootstrap over {pairs:,} pairs (the file does not say who is in a "
        "picture).",
        pairs=pairs.units,
    )


def _folds(evaluation: Evaluation) -> Sentence:
    if evaluation.trial.folds.disjoint:
        return sentence("No person is in more than one of the ten folds.")
    return sentence("The ten folds share people, but no pairs: there are fewer than 20 people.")


def _figures(evaluation: Evaluation) -> Iterable[str]:
    names = [each.name for each in evaluation.answers]
    yield _heading(sentence("Figures"))
    yield _table(["", *names], rows_of(evaluation.figures))
    if evaluation.difference:
        yield _heading(sentence("{first} less {last}", first=names[0], last=names[-1]))
        yield _note(
            sentence("The same people are drawn for both. Where the interval contains 0, no difference was shown.")
        )
        yield _table(
            ["", sentence("difference"), ""], [_difference_row(*each) for each in evaluation.difference.items()]
        )
    if evaluation.compared:
        yield _heading(sentence("Old and new embeddings compared"))
        yield _note(sentence("Old is {old}, new {new}.", old=names[-1], new=names[0]))
        yield _table(["", ""], rows_of([evaluation.compared]))


def _difference_row(name: str, value: Estimate | Refusal) -> tuple[str, str, str]:
    if isinstance(value, Refusal):
        return name, value.sentence(), ""
    return name, str(value), sentence("real") if value.differs_from_zero else sentence("not shown")


def _curves(evaluation: Evaluation) -> Iterable[str]:
    curves = {each.name: each.roc for each in evaluation.answers if each.roc is not None}
    first = evaluation.answers[0]
    yield _heading(sentence("Curves"))
    if curves:
        yield _picture(draw_roc(curves), sentence("ROC curve"))
    yield from _cost(evaluation)
    yield _picture(draw_similarities(first.scores, evaluation.trial.pairs.same), sentence("similarities"))
    if evaluation.trial.people is not None and len(evaluation.trial.people) > 3:
        yield _picture(
            draw_map(first.embeddings, evaluation.trial.people, evaluation.trial.seed), sentence("map of the faces")
        )


def _cost(evaluation: Evaluation) -> Iterable[str]:
    """Show the strictest VAL that two models or more have, over the operations where those are known."""
    for rate in sorted(FALSE_ACCEPT_RATES):
        name = val_at(rate)
        points = {}
        for each, figures in zip(evaluation.answers, evaluation.figures, strict=True):
            value = figures.get(name)
            if isinstance(value, Estimate) and each.name in evaluation.flops:
                points[each.name] = evaluation.flops[each.name], value.value
        if len(points) > 1:
            yield _picture(draw_cost(points, name), sentence("accuracy over operations"))
            return


def _quality(evaluation: Evaluation) -> Iterable[str]:
    if not evaluation.quality:
        return
    roc = evaluation.answers[0].roc
    threshold = float("nan") if roc is None else roc.threshold_at(1e-2)
    yield _heading(sentence("Mistakes by quality"))
    yield _note(
        sentence(
            "At cosine {cosine:.4f} (squared distance {distance:.4f}), which 1% of the pairs of two people reach; by "
            "the sharpness of the blurrier face.",
            cosine=threshold,
            distance=squared_distance(threshold),
        )
    )
    head = [
        sentence("sharpness"),
        sentence("pairs of one person"),
        sentence("refused"),
        sentence("pairs of two people"),
        sentence("accepted"),
    ]
    yield _table(head, [_quality_row(each) for each in evaluation.quality])


def _quality_row(each: QualityBin) -> tuple[str, ...]:
    shares = f"{each.missed:.2%}", f"{each.accepted:.2%}"
    between = sentence("{low:.2f} to {high:.2f}", low=each.low, high=each.high)
    return between, f"{each.same:,}", shares[0], f"{each.different:,}", shares[1]


def _confusions(evaluation: Evaluation) -> Iterable[str]:
    headings = (
        (False, sentence("Two people taken for one, worst first")),
        (True, sentence("One person taken for two, worst first")),
    )
    for same, heading in headings:
        chosen = [each for each in evaluation.confusions if each.same is same]
        if chosen:
            source = evaluation.source
            pairs = [(source.crop(each.first), source.crop(each.second), f"{each.similarity:.3f}") for each in chosen]
            yield _heading(heading)
            yield _picture(draw_pairs(pairs), heading)


def _suspects(evaluation: Evaluation) -> Iterable[str]:
    if not evaluation.suspects:
        return
    faces = evaluation.source.faces
    rows = [
        (each.person, faces[each.index].photo, f"{each.similarity:.3f}", f"{each.other}, {each.other_similarity:.3f}")
        for each in evaluation.suspects
    ]
    yield _heading(sentence("Faces that may have the wrong name"))
    yield _note(sentence("They are far from the middle of their person's faces. Nothing was changed."))
    head = [sentence("name"), sentence("photo"), sentence("similarity to its person"), sentence("nearest other")]
    yield _table(head, rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    top = "".join(f"<th>{html.escape(told(cell))}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(told(cell))}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{top}</tr>{body}</table>"


def _note(text: str) -> str:
    return f"<p class='note'>{html.escape(told(text), quote=False)}</p>"


def _heading(text: str) -> str:
    return f"<h2>{html.escape(told(text))}</h2>"


def _picture(figure: Figure, text: str) -> str:
    data = base64.b64encode(png(figure)).decode("ascii")
    return f'<p><img alt="{html.escape(told(text))}" src="data:image/png;base64,{data}"></p>'
