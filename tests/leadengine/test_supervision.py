"""Who holds an installation, and what is said while that changes."""

from leadengine.supervision import only_one, running_process


def test_holder_is_found_by_its_note(tmp_path):
    with only_one(tmp_path) as note:
        note.write_text("4711 http://127.0.0.1:8000/")

        assert running_process(tmp_path) == 4711


def test_holder_that_has_said_nothing_yet_or_no_more_is_no_error(tmp_path):
    with only_one(tmp_path) as note:
        note.write_text("")

        assert running_process(tmp_path) is None


def test_nobody_holds_an_installation_that_ended_or_never_began(tmp_path):
    with only_one(tmp_path):
        pass

    assert running_process(tmp_path) is None
    assert running_process(tmp_path / "other") is None
