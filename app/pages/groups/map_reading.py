"""The map off the GUI thread: what is known of it at once, then what is new, laid out while one looks on."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.session.context import Context
from app.style import texts
from app.work.jobs import Job, Steps
from app.work.while_there import while_there
from engine.words import fill

if TYPE_CHECKING:  # it brings what compares faces, which only the thread that does so should wait for
    from engine.workflows.mapping.reading import MapForming


class MapReading(QObject):
    """One reading at a time; what is asked for meanwhile follows it. It goes on while another page is looked at."""

    formed = Signal(object)
    """A `FaceMap`, as it is by now."""
    looking = Signal(str, int)
    """What is being done, and how much of it in percent, −1 where that is not known; "" for nothing any more."""
    failed = Signal(str)
    """Why there is no map."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._job: Job | None = None
        self._again = False
        self.laying_out = False
        """Whether everybody's place is another one than before, and not only that of new faces."""

    @property
    def busy(self) -> bool:
        """Whether the map is being read or laid out."""
        return self._job is not None

    def read(self) -> None:
        """Read the map, or once more after the reading that is under way."""
        if self._job is not None:
            self._again = True
        elif self._context.scanning.job is not None:
            # A scan brings faces all the time: what is new among them is placed when it has ended.
            self._run(_known(self._context))
        else:
            self._run(_whole(self._context))

    def lay_out_anew(self) -> None:
        """Forget where faces are and lay everything out."""
        self.stop()
        self._run(_anew(self._context))

    def stop(self) -> None:
        """Give up what is under way."""
        if self._job is not None:
            self._job.cancel()
            self._job, self._again = None, False
            self.looking.emit("", -1)

    def _run(self, steps: Steps) -> None:
        job = self._context.mapping.job(steps)
        job.progress.connect(while_there(self, partial(self._take_progress, job)))
        job.done.connect(while_there(self, partial(self._finish, job)))
        job.failed.connect(while_there(self, partial(self._give_up, job)))
        self._job, self.laying_out = job.start(), False
        self.looking.emit(self.tr("Reading the map…"), -1)

    def _take_progress(self, job: Job, report: "MapForming") -> None:
        if job is not self._job:
            return
        self.laying_out = self.laying_out or report.stage == "layout"
        if report.map is not None:
            self.formed.emit(report.map)
        words = {
            "neighbours": self.tr("Finding who is like whom"),
            "layout": self.tr("Laying out {faces}"),
            "place": self.tr("Placing new faces"),
        }
        share = round(100 * report.done / report.total) if report.total else -1
        faces = texts.faces(len(report.map.points)) if report.map is not None else ""
        self.looking.emit(fill(words[report.stage], faces=faces), share)

    def _finish(self, job: Job, found: object) -> None:
        if job is self._job:
            again, self._job, self._again = self._again, None, False
            self.looking.emit("", -1)
            if found is not None:
                self.formed.emit(found)
            if again:
                self.read()

    def _give_up(self, job: Job, error: object) -> None:
        if job is self._job:
            self._job, self._again = None, False
            self.looking.emit("", -1)
            self.failed.emit(texts.spoken_error(error) or self.tr("The map could not be made."))
            self._context.report(error)


def _known(context: Context) -> Steps:
    from engine.workflows.mapping.reading import known_map

    yield from ()
    return known_map(context.library, context.embedder())


def _whole(context: Context) -> Steps:
    from engine.workflows.mapping.reading import read_map

    return (yield from read_map(context.library, context.embedder()))


def _anew(context: Context) -> Steps:
    from engine.workflows.mapping.reading import lay_out_anew

    return (yield from lay_out_anew(context.library, context.embedder()))
