"""What runs the models, as one field: the fastest, a runtime, or a device of onnxruntime's."""

from PySide6.QtWidgets import QComboBox

from engine.models.runtimes.running import AUTO, PLAIN_WAY, Running
from engine.words import fill


class RunningBox(QComboBox):
    """Offers what is installed; what stands in the settings file and is not offered stays as an entry of its own."""

    def offer(self, runtimes: tuple[str, ...], providers: tuple[str, ...], used: str, chosen: Running) -> None:
        """Fill the field; `used` says in words how the embedder in use runs now, empty where that is not measured."""
        self.clear()
        fastest = fill(self.tr("The fastest here: {way}"), way=used) if used else self.tr("The fastest here")
        self._add(fastest, Running())
        for name in runtimes:
            self._add(name, Running(name))
        for name in providers if len(providers) > 1 else ():
            self._add(fill(self.tr("{runtime} on {device}"), runtime=PLAIN_WAY.runtime, device=name), _on(name))
        if self._place(chosen) < 0:
            words = (chosen.runtime, chosen.precision, *chosen.providers)
            self._add(", ".join(word for word in words if word != AUTO), chosen)
        self.setCurrentIndex(self._place(chosen))

    def running(self) -> Running:
        """Return what is chosen."""
        chosen = self.currentData()
        return chosen if isinstance(chosen, Running) else Running()

    def _add(self, text: str, running: Running) -> None:
        self.addItem(text, running)

    def _place(self, running: Running) -> int:
        return next((row for row in range(self.count()) if self.itemData(row) == running), -1)


def _on(provider: str) -> Running:
    return Running(providers=(provider,))
