"""`kinfolk models bench`, what doctor says of it, and how a command is told what runs models."""

from pathlib import Path

import pytest


def test_every_way_is_measured_and_one_is_used(kinfolk, with_models: None) -> None:
    rows = kinfolk("models", "bench", "sface_2021dec", "--json").json
    plain = next(row for row in rows if row["runtime"] == "onnxruntime" and row["device"] == "cpu")
    assert plain["agreement"] == pytest.approx(1)
    assert plain["per_second"] > 0
    (used,) = [row for row in rows if row["used"]]
    assert used["agreement"] >= 0.9995
    said = {finding["subject"]: finding["detail"] for finding in kinfolk("doctor", "--json").json}
    assert said["sface_2021dec runs"].startswith(f"by {used['runtime']} on {used['device']} in {used['precision']}")
    assert "onnxruntime" in said["runtimes"]


def test_the_command_line_says_what_runs_models(kinfolk, with_models: None, faces_album: Path, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "settings.toml").write_text('runtime = "openvino"\nprecision = "float32"\n')
    assert kinfolk("scan", faces_album, "--providers", "cpu").code == 0
    refused = kinfolk("scan", faces_album, "--runtime", "openvino", "--providers", "cpu")
    assert refused.code == 2
    assert "Providers are those of onnxruntime" in refused.err
    assert "no runtime named 'abacus'" in kinfolk("scan", faces_album, "--runtime", "abacus").err
    assert "no precision named 'int4'" in kinfolk("embed", "--precision", "int4").err
