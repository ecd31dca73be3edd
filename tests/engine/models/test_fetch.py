import sys
from pathlib import Path

import pytest

from engine.errors import ModelError
from engine.models.card import UrlSource
from engine.models.catalog import Catalog
from engine.models.fetch import fetch, verify
from engine.progress import finish
from tests.no_network import NETWORK

MODEL = "/zoo/test_model.onnx"


@pytest.fixture
def served(site, content):
    site.files[MODEL] = content
    return site


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))


def test_the_file_comes_with_progress_in_bytes(served, make_card, content: bytes, tmp_path: Path) -> None:
    card = make_card(UrlSource(served.url(MODEL)))
    workflow = fetch(card, tmp_path / "new" / "folder")
    reports = list(workflow)
    assert (tmp_path / "new" / "folder" / card.file).read_bytes() == content
    assert leftovers(tmp_path / "new" / "folder") == [card.file]
    done = [report.done for report in reports[:-1]]
    assert done == sorted(done)
    assert len(done) > 5
    assert {report.stage for report in reports} == {"fetch"}
    assert {report.total for report in reports} == {len(content)}
    assert served.address in reports[0].text


def test_nothing_is_asked_for_when_the_file_is_here(served, make_card, content: bytes, tmp_path: Path) -> None:
    card = make_card(UrlSource(served.url(MODEL)))
    (tmp_path / card.file).write_bytes(content)
    assert finish(fetch(card, tmp_path)) == tmp_path / card.file
    assert served.asked == []


def test_a_damaged_file_is_replaced(served, make_card, content: bytes, tmp_path: Path) -> None:
    card = make_card(UrlSource(served.url(MODEL)))
    (tmp_path / card.file).write_bytes(content[::-1])
    finish(fetch(card, tmp_path))
    assert verify(card, tmp_path).read_bytes() == content


def test_a_cancelled_fetch_is_continued(served, make_card, content: bytes, tmp_path: Path) -> None:
    card = make_card(UrlSource(served.url(MODEL)))
    workflow = fetch(card, tmp_path)
    for report in workflow:
        if report.done > len(content) // 2:
            break
    workflow.close()
    (part,) = leftovers(tmp_path)
    held = (tmp_path / part).stat().st_size
    assert len(content) // 2 < held < len(content)
    served.asked.clear()
    finish(fetch(card, tmp_path))
    assert (tmp_path / card.file).read_bytes() == content
    assert leftovers(tmp_path) == [card.file]
    assert served.asked[-1] == (MODEL, f"bytes={held}-{len(content) - 1}")


def test_a_part_that_leads_nowhere_is_dropped(served, make_card, content: bytes, tmp_path: Path) -> None:
    card = make_card(UrlSource(served.url(MODEL)))
    workflow = fetch(card, tmp_path)
    while next(workflow).done < 1:
        pass
    workflow.close()
    (part,) = leftovers(tmp_path)
    (tmp_path / part).write_bytes(b"something else" * 10)
    finish(fetch(card, tmp_path))
    assert (tmp_path / card.file).read_bytes() == content


def test_a_server_without_parts_starts_again(served, make_card, content: bytes, tmp_path: Path) -> None:
    served.ranges = False
    card = make_card(UrlSource(served.url(MODEL)))
    workflow = fetch(card, tmp_path)
    while next(workflow).done < 1:
        pass
    workflow.close()
    finish(fetch(card, tmp_path))
    assert (tmp_path / card.file).read_bytes() == content


def test_an_answer_that_ends_early_is_continued(served, make_card, content: bytes, tmp_path: Path) -> None:
    served.cut[MODEL] = [300_000, 400_000]
    finish(fetch(make_card(UrlSource(served.url(MODEL))), tmp_path))
    assert [wanted for _, wanted in served.asked[1:]] == [
        "",
        f"bytes=300000-{len(content) - 1}",
        f"bytes=700000-{len(content) - 1}",
    ]


def test_a_connection_that_always_breaks_is_given_up(served, make_card, tmp_path: Path) -> None:
    served.cut[MODEL] = [1000] * 50
    with pytest.raises(ModelError, match="stopped after 3000 of 1048576 bytes"):
        finish(fetch(make_card(UrlSource(served.url(MODEL))), tmp_path))


def test_the_next_source_is_tried(served, make_card, content: bytes, tmp_path: Path) -> None:
    served.files["/pointer"] = b"version https://git-lfs.github.com/spec/v1\n".ljust(131, b"0")
    served.files["/wrong"] = content[::-1]
    wrong = [UrlSource(served.url(path)) for path in ("/absent", "/pointer", "/wrong")]
    card = make_card(UrlSource("http://127.0.0.1:1/closed"), *wrong, UrlSource(served.url(MODEL)))
    texts = {report.text for report in fetch(card, tmp_path)}
    assert (tmp_path / card.file).read_bytes() == content
    assert leftovers(tmp_path) == [card.file]
    assert len(texts) == 6


def test_when_all_fail_one_sentence_says_why_and_what_to_do(served, make_card, content: bytes, tmp_path: Path) -> None:
    served.files["/pointer"] = b"0" * 131
    served.files["/wrong"] = content[::-1]
    card = make_card(*(UrlSource(served.url(path)) for path in ("/absent", "/pointer", "/wrong")))
    with pytest.raises(ModelError) as caught:
        finish(fetch(card, tmp_path))
    message, hint = caught.value.message, caught.value.hint
    assert message.startswith("The model test_model could not be fetched: ")
    assert "answered 404" in message
    assert "131 bytes" in message
    assert "not the file with sha256" in message
    assert "kinfolk models fetch" in hint
    assert card.file in hint
    assert card.sha256 in hint
    assert str(tmp_path) in hint
    assert leftovers(tmp_path) == []


def test_a_card_without_sources_says_so(make_card, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="is missing, or not the one that its card describes"):
        finish(fetch(make_card(), tmp_path))


def test_the_second_fetcher_waits_for_the_first(served, make_card, content: bytes, tmp_path: Path) -> None:
    card = make_card(UrlSource(served.url(MODEL)))
    first, second = fetch(card, tmp_path), fetch(card, tmp_path)
    while next(first).done < 1:
        pass
    assert "waiting for another Kinfolk" in next(second).text
    finish(first)
    asked = len(served.asked)
    assert finish(second).read_bytes() == content
    assert len(served.asked) == asked


@pytest.mark.skipif(sys.platform != "linux", reason="limits a file's size the way Linux does")
def test_a_full_disk_is_said_once(served, make_card, tmp_path: Path) -> None:
    import resource

    card = make_card(UrlSource(served.url(MODEL)))
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, hard))
    try:
        with pytest.raises(ModelError, match="cannot be written: File too large"):
            finish(fetch(card, tmp_path))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_folder_that_cannot_be_made_is_named(make_card, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ModelError, match="cannot be written"):
        finish(fetch(make_card(), tmp_path / "file" / "models"))


def test_verify_says_what_is_wrong(make_card, content: bytes, tmp_path: Path) -> None:
    card = make_card()
    with pytest.raises(ModelError, match="is not on this machine"):
        verify(card, tmp_path)
    (tmp_path / card.file).write_bytes(content[1:])
    with pytest.raises(ModelError, match="is not the one that its card describes"):
        verify(card, tmp_path)


def test_the_real_detector_comes_from_its_real_sources(tmp_path: Path) -> None:
    card = Catalog(tmp_path).default_detector()
    try:
        with NETWORK.allowed():
            finish(fetch(card, tmp_path))
    except ModelError as error:
        pytest.skip(f"no source can be reached: {error}")
    assert verify(card, tmp_path).stat().st_size == card.size
