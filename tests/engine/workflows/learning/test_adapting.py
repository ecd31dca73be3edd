"""Learning on a library: nothing said changes, what is learnt is used at once and left at once."""

import numpy as np
import pytest

from engine.errors import ModelError, UsageError
from engine.library.library import Library
from engine.library.models import embedder_name, lacking_count, vector_counts
from engine.library.queries import people_rows
from engine.models.card import load_card
from engine.models.catalog import Catalog
from engine.models.learnt_cards import learnt_cards
from engine.paths import Places
from engine.progress import finish
from engine.settings import Settings
from engine.thumb_store import ThumbStore
from engine.workflows.embedding.calibrating import measured_on_library
from engine.workflows.embedding.in_use import embedder_in_use
from engine.workflows.erasing import erase_face_data, forget_person
from engine.workflows.grouping.clustering_input import placed_faces
from engine.workflows.learning.adapting import teach_adapter
from engine.workflows.learning.album import ground_card, read_album
from engine.workflows.learning.using_taught import go_back, use_taught
from engine.workflows.models.using import forget, prepare_use, switch
from tests.engine.workflows.learning.conftest import Fill, said


def used(library: Library, places: Places) -> str:
    return embedder_in_use(library, Catalog(places.models)).name


def learnt(library: Library, places: Places) -> str:
    taught = finish(teach_adapter(library, Catalog(places.models)))
    assert taught.card is not None
    finish(use_taught(library, taught.card, places, Settings()))
    return taught.card.name


def test_what_is_learnt_is_used_and_left_at_once(filled: Fill, places: Places) -> None:
    library = filled()
    before, ground = said(library), Catalog(places.models).default_embedder()
    taught = finish(teach_adapter(library, Catalog(places.models)))
    assert not list(places.models.glob("*"))
    assert used(library, places) == ground.name
    assert taught.card is not None
    assert len(taught.fixed) > len(taught.broken)
    finish(use_taught(library, taught.card, places, Settings()))
    card = embedder_in_use(library, Catalog(places.models))
    assert card == taught.card == load_card(places.models / f"{card.name}.toml")
    assert card.key == ground.key
    assert lacking_count(library, card.key) == 0
    assert not np.allclose(placed_faces(library, card).vectors, placed_faces(library, ground).vectors, atol=0.01)
    assert said(library) == before
    assert go_back(library, Catalog(places.models)).name == ground.name
    assert used(library, places) == ground.name
    assert said(library) == before


def test_where_nothing_gains_there_is_nothing_to_use(filled: Fill, places: Places) -> None:
    library = filled(nuisance=0.0)
    taught = finish(teach_adapter(library, Catalog(places.models)))
    assert taught.card is None
    with pytest.raises(UsageError, match="not learnt from your albums"):
        go_back(library, Catalog(places.models))


def test_too_few_people_are_said_to_be_too_few(filled: Fill, places: Places) -> None:
    library = filled(people=3)
    album = read_album(library, Catalog(places.models).default_embedder())
    assert album.sentence() == "5 people with 6 confirmed faces on 2 days are needed; you have 3."
    with pytest.raises(UsageError, match="you have 3"):
        finish(teach_adapter(library, Catalog(places.models)))


def test_it_can_be_learnt_again_on_the_same_ground(filled: Fill, places: Places) -> None:
    library = filled()
    first = learnt(library, places)
    second = learnt(library, places)
    assert first != second
    catalog = Catalog(places.models)
    assert ground_card(library, catalog).name == catalog.default_embedder().name
    assert {card.name for card in learnt_cards(catalog)} == {first, second}
    assert go_back(library, catalog).name == first
    assert go_back(library, catalog).name == catalog.default_embedder().name


def test_models_use_takes_it_too_and_its_ground_stays(filled: Fill, places: Places, models_dir) -> None:
    library = filled()
    name = learnt(library, places)
    catalog = Catalog(places.models)
    go_back(library, catalog)
    for card in Catalog(models_dir).defaults():
        (places.models / card.file).symlink_to(models_dir / card.file)
    prospect = finish(prepare_use(library, catalog.card(name), places, Settings()))
    switch(library, prospect)
    assert embedder_name(library) == name
    with pytest.raises(UsageError, match="in use"):
        forget(library, catalog, catalog.default_embedder().name)
    assert sum(vector_counts(library).values()) == prospect.faces


def test_a_calibration_is_not_measured_on_what_was_learnt_from(filled: Fill, places: Places) -> None:
    library = filled()
    card = Catalog(places.models)
    name = learnt(library, places)
    card = Catalog(places.models).card(name)
    with pytest.raises(ModelError, match="measured when it was learnt"):
        measured_on_library(library, card)


def test_cancelling_leaves_all_as_it_was(filled: Fill, places: Places) -> None:
    library = filled()
    before, steps = said(library), teach_adapter(library, Catalog(places.models))
    for _ in range(6):
        next(steps)
    steps.close()
    assert said(library) == before
    assert not list(places.models.glob("*"))


def test_forgetting_somebody_names_what_learnt_from_them(filled: Fill, places: Places) -> None:
    library = filled()
    name = learnt(library, places)
    person = people_rows(library)[0].person
    gone = finish(forget_person(library, places, ThumbStore(places.thumbs), person))
    assert gone.models == (name,)
    assert finish(forget_person(library, places, ThumbStore(places.thumbs), people_rows(library)[0].person)).models


def test_erasing_all_removes_what_was_learnt(filled: Fill, places: Places) -> None:
    library = filled()
    learnt(library, places)
    finish(erase_face_data(library, places, ThumbStore(places.thumbs)))
    assert not learnt_cards(Catalog(places.models))
    assert not list(places.models.glob("*.toml"))
    assert used(library, places) == Catalog(places.models).default_embedder().name
