"""People as rows: groups, order, searches, what is held back while a name is typed."""

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtTest import QAbstractItemModelTester

from app.pages.people.known import Tally
from app.pages.people.listing import Listing, Order, PeopleQuery, kept
from app.pages.people.model import PROPOSED, PeopleModel
from app.pages.people.naming_order import NamingOrder
from engine.library.queries import PersonRow

Reporting = QAbstractItemModelTester.FailureReportingMode


def person(number: int, name: str | None, faces: int, *, hidden: bool = False) -> PersonRow:
    return PersonRow(number, name, faces, faces, faces // 2, 100 + number, hidden)


ADA, BO, CLEO = person(1, "Ada", 5), person(2, "bo", 9), person(3, "Cléo", 7)
SOME, FEW, HIDDEN = person(4, None, 30), person(5, None, 2), person(6, "Zoe", 3, hidden=True)
ALL = [FEW, CLEO, HIDDEN, ADA, SOME, BO]

rows = st.lists(
    st.builds(
        person,
        st.integers(1, 30),
        st.none() | st.sampled_from(["Ada", "Bo", "Cleo"]),
        st.integers(0, 9),
        hidden=st.booleans(),
    ),
    unique_by=lambda row: row.person,
    max_size=20,
)


def made(*people: PersonRow) -> PeopleModel:
    model = PeopleModel()
    model.show(people, {})
    return model


def test_named_people_come_first_then_the_others_by_size_and_hidden_ones_on_demand() -> None:
    model = made(*ALL)
    assert model.ids.tolist() == [1, 2, 3, 4, 5]
    assert [section.count for section in model.sections] == [3, 2, 0]
    assert model.tally == Tally(named=3, everybody=5, hidden=1)
    model.set_query(PeopleQuery(with_hidden=True))
    assert model.ids.tolist() == [1, 2, 3, 4, 5, 6]


def test_orders() -> None:
    model = made(*ALL)
    model.set_query(PeopleQuery(Order.SIZE))
    assert model.ids.tolist()[:3] == [2, 3, 1]
    model.set_query(PeopleQuery(Order.RECENT))
    days = {1: datetime.fromisoformat("2020-05-01"), 3: datetime.fromisoformat("1950-01-01")}
    model.show(ALL, days)
    assert model.ids.tolist()[:3] == [1, 3, 2], "undated people come last"


def test_a_search_finds_names_alone() -> None:
    model = made(*ALL)
    model.set_query(PeopleQuery(typed="cle"))
    assert model.ids.tolist() == [3]
    assert model.tally == Tally(named=3, everybody=5, hidden=1), "who is listed does not change who there is"


def test_news_of_a_few_change_these_alone() -> None:
    model = made(*ALL)
    told: list[int] = []
    model.dataChanged.connect(lambda first, last, _roles=None: told.extend(range(first.row(), last.row() + 1)))
    model.update([1, 4], [replace(ADA, faces=6)], {})
    assert model.ids.tolist() == [1, 2, 3, 5], "4 is gone"
    assert told == [0]


def test_while_a_name_is_typed_everybody_stays() -> None:
    model = made(*ALL)
    model.hold("go on")
    model.update([5, 7], [replace(FEW, faces=90), person(7, None, 50)], {})
    assert model.ids.tolist() == [1, 2, 3, 4, 5, 7]
    assert model.sections[1].hint == "go on"
    model.release()
    assert model.ids.tolist() == [1, 2, 3, 5, 7, 4]
    assert model.sections[1].hint != "go on"


def test_a_first_name_is_shown_before_it_is_written_and_confirms() -> None:
    model = made(*ALL)
    model.foresee(4, "Dora")
    assert model.ids.tolist() == [1, 2, 3, 4, 5]
    tile = model.tile(3)
    assert (tile.title, tile.mark, tile.spoken) == ("Dora", "", "Dora, 30 of 30 confirmed")
    model.foresee(1, "Adam")
    assert model.tile(0).mark == "•3", "a new name confirms nothing"


def test_the_names_offered_are_those_of_others_the_largest_first() -> None:
    assert list(made(*ALL).names(without=3).values()) == ["bo", "Ada", "Zoe"]


def test_dragged_people_are_dropped_onto_somebody_else() -> None:
    model = made(*ALL)
    dropped: list[tuple[list[int], int]] = []
    model.dropped.connect(lambda people, onto: dropped.append((people, onto)))
    carried = model.mimeData([model.index(0), model.index(2)])
    action = model.supportedDropActions()
    assert not model.canDropMimeData(model.mimeData([model.index(0)]), action, -1, -1, model.index(0))
    assert model.canDropMimeData(carried, action, -1, -1, model.index(0))
    model.dropMimeData(carried, action, -1, -1, model.index(0))
    assert dropped == [([3], 1)]


@given(rows, rows, st.sampled_from(list(Order)), st.sampled_from(["", "a", "b"]), st.booleans())
def test_whatever_comes_the_model_is_sound(
    before: list[PersonRow], after: list[PersonRow], order: Order, typed: str, hidden: bool
) -> None:
    model = PeopleModel()
    tester = QAbstractItemModelTester(model, Reporting.Fatal)
    model.show(before, {})
    model.hold("")
    model.set_query(PeopleQuery(order, typed, hidden))
    model.update([row.person for row in before[::2]], after, {})
    model.release()
    assert sum(section.count for section in model.sections) == model.rowCount()
    assert all(model.tile(row).hint for row in range(model.rowCount()))
    tester.deleteLater()


people = st.builds(
    person,
    st.integers(1, 30),
    st.none() | st.sampled_from(["Ada", "ada", "Bo", "Cleo"]),
    st.integers(0, 9),
    hidden=st.booleans(),
)
news = st.lists(st.tuples(st.lists(st.integers(1, 30), max_size=6), st.lists(people, max_size=6)), max_size=6)


@given(rows, news, st.sampled_from([Order.NAME, Order.SIZE]), st.sampled_from(["", "a"]), st.booleans())
def test_after_any_news_everything_is_as_if_it_had_been_read_anew(
    before: list[PersonRow],
    news: list[tuple[list[int], list[PersonRow]]],
    order: Order,
    typed: str,
    held: bool,
) -> None:
    query = PeopleQuery(order, typed, with_hidden=True)
    model, everybody = made(*before), {row.person: row for row in before}
    model.set_query(query)
    if held:
        model.hold("")
    for gone, come in news:
        rows = list({row.person: row for row in come}.values())
        model.update([*gone, *(row.person for row in rows)], rows, {})
        everybody = {one: row for one, row in everybody.items() if one not in gone} | {row.person: row for row in rows}
    model.release()
    anew = made(*everybody.values())
    anew.set_query(query)
    assert model.ids.tolist() == anew.ids.tolist()
    assert model.groups == anew.groups
    assert model.tally == anew.tally
    assert [model.covered(100 + one) for one in range(31)] == [anew.covered(100 + one) for one in range(31)]
    model.propose({4: 1, 5: 2})
    anew.propose({4: 1, 5: 2})
    shown = range(model.rowCount())
    assert [model.index(row).data(PROPOSED) for row in shown] == [anew.index(row).data(PROPOSED) for row in shown]


def test_when_one_is_named_nobody_else_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    model = made(*ALL, *(person(number, f"N{number}", 3) for number in range(10, 400)))
    monkeypatch.setattr(Listing, "fill", lambda _listing: pytest.fail("everybody was listed anew"))
    model.hold("go on")
    model.foresee(4, "Dora")
    model.release()
    model.hold("go on")
    model.update([4], [replace(SOME, name="Dora", confirmed=30)], {})
    model.release()
    assert model.ids.tolist()[:4] == [1, 2, 3, 4]


def test_newcomers_come_after_those_who_stay() -> None:
    assert kept([9, 1, 8, 2], [2, 3, 1]) == [2, 1, 9, 8]


class TestNamingOrder:
    def test_it_goes_down_the_list_and_ends(self) -> None:
        naming = NamingOrder([1, 2, 3], 1)
        assert [naming.after([1, 2, 3], 1), naming.after([1, 2, 3], 2), naming.after([1, 2, 3], 3)] == [2, 3, None]

    def test_it_begins_where_it_was_begun(self) -> None:
        assert NamingOrder([1, 2, 3], 2).after([1, 2, 3], 2) == 3

    def test_who_came_in_above_is_asked_for_before_the_smaller_ones_and_who_was_passed_over_is_not(self) -> None:
        naming = NamingOrder([1, 2, 3, 4], 2)
        assert naming.after([1, 2, 3, 4, 9], 2) == 3, "while a field is open newcomers come last"
        assert naming.after([9, 1, 2, 3, 4], 3) == 9
        assert naming.after([9, 1, 2, 3, 4], 9) == 4
        assert naming.after([9, 1, 2, 3, 4], 4) is None

    def test_it_goes_back_the_way_it_came_and_then_up(self) -> None:
        naming = NamingOrder([1, 2, 3], 2)
        naming.after([1, 2, 3], 2)
        assert naming.before([1, 3], 3) == 2
        assert naming.before([1, 2, 3], 2) == 1
        assert naming.before([1, 2, 3], 1) is None
