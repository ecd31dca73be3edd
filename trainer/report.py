"""The report of an evaluation: one HTML file with its pictures inside, which shows faces and stays on this machine."""

import base64
import html
from collections.abc import Iterable, Sequence
from pathlib import Path

from matplotlib.figure import Figure

from trainer.evaluating import Evaluation
from trainer.evaluation.intervals import Estimate, Estimates, Refusal
from trainer.evaluation.pairs import Unit
from trainer.evaluation.quality import QualityBin
from trainer.evaluation.verification import FALSE_ACCEPT_RATES, squared_distance
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
    """Return the report as HTML; `title` says what was measured on what."""
    parts = [
        f"<h1>{html.escape(title)}</h1>",
        _what(evaluation),
        *(_note(html.escape(f"Note: {each}.")) for each in evaluation.notes),
        *_figures(evaluation),
        *_curves(evaluation),
        *_quality(evaluation),
        *_confusions(evaluation),
        *_suspects(evaluation),
    ]
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title><style>{STYLE}</style>'
    return f"<!doctype html>\n<html lang='en'><head>{head}</head>\n<body>\n" + "\n".join(parts) + "\n</body></html>\n"


def rows_of(figures: Sequence[Estimates]) -> list[tuple[str, ...]]:
    """Return one row for each figure: its name and each model's estimate as text."""
    names = dict.fromkeys(name for each in figures for name in each)
    return [(name, *(str(each.get(name, "")) for each in figures)) for name in names]


def _what(evaluation: Evaluation) -> str:
    pairs = evaluation.trial.pairs
    same, different = int(pairs.same.sum()), int((~pairs.same).sum())
    folds = "people" if evaluation.trial.folds.disjoint else "pairs alone: there are fewer than 20 people"
    drawn = "people" if pairs.unit is Unit.PEOPLE else "pairs (the file does not say who is in a picture)"
    return _note(
        f"{len(evaluation.source.faces):,} faces; {same:,} pairs of one person, {different:,} of two. "
        f"Square brackets hold 95 % intervals by a bootstrap over {pairs.units:,} {drawn}. "
        f"The ten folds are apart by {folds}. VAL and FAR are FaceNet's, the shares of pairs of one person and of two "
        "that are accepted; a squared distance d between unit vectors is the cosine 1 − d/2."
    )


def _figures(evaluation: Evaluation) -> Iterable[str]:
    names = [each.name for each in evaluation.answers]
    first, last = html.escape(names[0]), html.escape(names[-1])
    yield "<h2>Figures</h2>"
    yield _table(["", *names], rows_of(evaluation.figures))
    if evaluation.difference:
        yield f"<h2>{first} less {last}</h2>"
        yield _note("The same people are drawn for both. Where the interval holds 0, no difference was shown.")
        yield _table(["", "difference", ""], [_difference_row(*each) for each in evaluation.difference.items()])
    if evaluation.compared:
        yield "<h2>Old and new embeddings compared</h2>"
        yield _note(f"Old is {last}, new {first}.")
        yield _table(["", ""], rows_of([evaluation.compared]))


def _difference_row(name: str, value: Estimate | Refusal) -> tuple[str, str, str]:
    if isinstance(value, Refusal):
        return name, str(value), ""
    return name, str(value), "real" if value.differs_from_zero else "not shown"


def _curves(evaluation: Evaluation) -> Iterable[str]:
    curves = {each.name: each.roc for each in evaluation.answers if each.roc is not None}
    first = evaluation.answers[0]
    yield "<h2>Curves</h2>"
    if curves:
        yield _picture(draw_roc(curves), "ROC")
    yield from _cost(evaluation)
    yield _picture(draw_similarities(first.scores, evaluation.trial.pairs.same), "similarities")
    if evaluation.trial.people is not None and len(evaluation.trial.people) > 3:
        yield _picture(draw_map(first.embeddings, evaluation.trial.people, evaluation.trial.seed), "map")


def _cost(evaluation: Evaluation) -> Iterable[str]:
    """Show the strictest VAL that two models or more have, over the operations where those are known."""
    for rate in sorted(FALSE_ACCEPT_RATES):
        name = f"VAL at FAR {rate:g}"
        points = {}
        for each, figures in zip(evaluation.answers, evaluation.figures, strict=True):
            value = figures.get(name)
            if isinstance(value, Estimate) and each.name in evaluation.flops:
                points[each.name] = evaluation.flops[each.name], value.value
        if len(points) > 1:
            yield _picture(draw_cost(points, name), "accuracy over operations")
            return


def _quality(evaluation: Evaluation) -> Iterable[str]:
    if not evaluation.quality:
        return
    roc = evaluation.answers[0].roc
    threshold = float("nan") if roc is None else roc.threshold_at(1e-2)
    yield "<h2>Mistakes by quality</h2>"
    yield _note(
        f"At cosine {threshold:.4f} (squared distance {squared_distance(threshold):.4f}), which 1 % of the pairs of "
        "two people reach; by the sharpness of the blurrier face."
    )
    head = ["sharpness", "pairs of one", "refused", "pairs of two", "accepted"]
    yield _table(head, [_quality_row(each) for each in evaluation.quality])


def _quality_row(each: QualityBin) -> tuple[str, ...]:
    shares = f"{each.missed:.2%}", f"{each.accepted:.2%}"
    return f"{each.low:.2f} to {each.high:.2f}", f"{each.same:,}", shares[0], f"{each.different:,}", shares[1]


def _confusions(evaluation: Evaluation) -> Iterable[str]:
    for same, heading in ((False, "Two people taken for one"), (True, "One person taken for two")):
        chosen = [each for each in evaluation.confusions if each.same is same]
        if chosen:
            source = evaluation.source
            pairs = [(source.crop(each.first), source.crop(each.second), f"{each.similarity:.3f}") for each in chosen]
            yield f"<h2>{heading}, worst first</h2>"
            yield _picture(draw_pairs(pairs), heading)


def _suspects(evaluation: Evaluation) -> Iterable[str]:
    if not evaluation.suspects:
        return
    faces = evaluation.source.faces
    rows = [
        (each.person, faces[each.index].photo, f"{each.similarity:.3f}", f"{each.other}, {each.other_similarity:.3f}")
        for each in evaluation.suspects
    ]
    yield "<h2>Faces that may carry the wrong name</h2>"
    yield _note("Far from the middle of their person's faces. Nothing was changed.")
    yield _table(["name", "photo", "similarity to its person", "nearest other"], rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    top = "".join(f"<th>{html.escape(cell)}</th>" for cell in head)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table><tr>{top}</tr>{body}</table>"


def _note(text: str) -> str:
    return f"<p class='note'>{text}</p>"


def _picture(figure: Figure, text: str) -> str:
    data = base64.b64encode(png(figure)).decode("ascii")
    return f'<p><img alt="{html.escape(text)}" src="data:image/png;base64,{data}"></p>'
