"""Finding faces with one run of a detector network."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.errors import ModelError
from engine.faces.candidates import Candidates
from engine.faces.decode_retinaface import decode_retinaface_anchors, decode_retinaface_priors
from engine.faces.decode_scrfd import decode_scrfd
from engine.faces.decode_yunet import decode_yunet
from engine.faces.letterbox import fitted, letterbox
from engine.faces.overlap import suppress
from engine.geometry import Box, Image, Landmarks
from engine.models.card import Decoder, ModelCard, ModelKind
from engine.models.prepare import prepare
from engine.models.runtimes.drawn import drawn_group
from engine.models.session import BY_ONNXRUNTIME, Running, Session, Shapes, Trial, open_session
from engine.words import sentence

SCORES = {
    Decoder.YUNET: 0.65,
    Decoder.SCRFD: 0.5,
    Decoder.RETINAFACE_ANCHORS: 0.8,
    Decoder.RETINAFACE_PRIORS: 0.6,
}
"""A candidate below its decoder's score (0 to 1) is not a face.

YuNet: between 0.6 and 0.7 lie about as many blurred or tiny faces as hands, balls and ears (seen on ../shared/data).
The others: the values of their authors' own programs."""

DECODERS = {
    Decoder.SCRFD: decode_scrfd,
    Decoder.RETINAFACE_ANCHORS: decode_retinaface_anchors,
    Decoder.RETINAFACE_PRIORS: decode_retinaface_priors,
}
"""How outputs are read whose names do not matter."""

OVERLAP = 0.3
"""Two candidates whose intersection over union is above this show the same face."""

TRIED = (896, 672)
"""Width and height of the picture by which runtimes are compared: the main look at a photo of 4 : 3."""

MULTIPLE = 32
"""Detectors halve their input five times, so its sides must be multiples of this."""


@dataclass(frozen=True, slots=True)
class Detection:
    """A face that was seen, not yet stored: box and landmarks in pixels of the image given, score 0 to 1."""

    box: Box
    landmarks: Landmarks
    score: float


class Detector:
    """A detector network with its preprocessing and its decoder. Several threads may call it at once."""

    def __init__(self, card: ModelCard, session: Session, *, score: float, overlap: float = OVERLAP) -> None:
        self.card, self.score, self.overlap = card, score, overlap
        self._session = session

    @property
    def notices(self) -> tuple[str, ...]:
        """Sentences about what did not go as wanted while it was opened or ran."""
        return self._session.notices

    def detect(self, image: Image) -> list[Detection]:
        """Return the faces of an image of any size, searched as large as it is, the highest score first."""
        return self.finish(self.candidates(image, self.score))

    def candidates(self, image: Image, threshold: float) -> Candidates:
        """Return all that scores at least `threshold`, in pixels of the image; one face gives several of them.

        The network sees the image at its own size, filled up to multiples of 32, or, where the card states a size,
        as large as fits that.
        """
        spec = self.card.input
        scale = 1.0
        height, width = (-(-side // MULTIPLE) * MULTIPLE for side in image.shape[:2])
        if spec.width and spec.height:
            width, height = spec.width, spec.height
            image, scale = fitted(image, width, height)
        outputs = self._session.run(letterbox(image, spec, width, height))
        if self.card.decoder is Decoder.YUNET:
            found = decode_yunet(dict(zip(self._session.outputs, outputs, strict=True)), width, height, threshold)
        else:
            found = DECODERS[self.card.decoder](outputs, width, height, threshold)
        return found.moved(1 / scale, 0, 0)

    def distinct(self, candidates: Candidates) -> Candidates:
        """Keep the best candidate of each face, the highest score first."""
        return candidates.pick(suppress(candidates.boxes, candidates.scores, self.overlap))

    def finish(self, candidates: Candidates) -> list[Detection]:
        """Keep one candidate per face and return them as detections, the highest score first."""
        kept = self.distinct(candidates)
        return [
            Detection(Box(float(left), float(top), float(right - left), float(bottom - top)), points, float(score))
            for (left, top, right, bottom), points, score in zip(
                kept.boxes, kept.landmarks.astype(np.float32), kept.scores, strict=True
            )
        ]


def open_detector(
    card: ModelCard, folder: Path, *, running: Running = BY_ONNXRUNTIME, threads: int = 1, score: float | None = None
) -> Detector:
    """Open the detector of a card whose file was fetched into `folder`.

    `running` says what runs it, `score` replaces its decoder's threshold.
    """
    if card.kind is not ModelKind.DETECTOR:
        raise ModelError(
            sentence("The model {model} is an {kind} and finds no faces.", model=card.name, kind=str(card.kind)),
            sentence("Choose a detector."),
        )
    session = open_session(prepare(card, folder), running, detector_trial(card), threads=threads)
    return Detector(card, session, score=SCORES[card.decoder] if score is None else score)


def detector_trial(card: ModelCard) -> Trial:
    """Return what runtimes are tried with for this detector: drawn faces, in the card's size or a usual one."""
    width, height = card.input.width or TRIED[0], card.input.height or TRIED[1]
    return Trial(lambda: letterbox(drawn_group(width, height), card.input, width, height), Shapes.MANY)
