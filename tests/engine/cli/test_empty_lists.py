"""A list without a line says why on the other stream; JSON stays what other programs read."""

import pytest


@pytest.mark.parametrize(
    ("command", "said"),
    [("people", "kinfolk scan FOLDER"), ("photos", "kinfolk scan FOLDER"), ("suggestions", "nothing")],
)
def test_an_empty_list_says_why(kinfolk, command: str, said: str) -> None:
    listed = kinfolk(command)
    assert listed.code == 0
    assert len(listed.out.splitlines()) == 1, "the heads of the columns"
    assert said in listed.err
    read = kinfolk(command, "--json")
    assert (read.json, read.err) == ([], "")
