"""The store gives back what was made, whole or not at all."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from report.cache.store import Store, StoreError, fingerprint

KEY = fingerprint("a result")


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "store")


def files(store: Store) -> list[str]:
    return sorted(path.name for path in store.folder.rglob("*") if path.is_file())


class TestFingerprint:
    def test_parts_are_told_apart(self) -> None:
        assert len({fingerprint("ab", "c"), fingerprint("a", "bc"), fingerprint("abc"), fingerprint("abc", "")}) == 4

    def test_it_is_the_same_in_every_process(self) -> None:
        code = "from report.cache.store import fingerprint; print(fingerprint('a', 1, b'x', ('b', None)))"
        environment = os.environ | {"PYTHONHASHSEED": "7"}
        run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment,
                             cwd=Path(__file__).parents[2])  # fmt: skip
        assert run.stdout.strip() == fingerprint("a", 1, b"x", ("b", None))


class TestKeeping:
    def test_a_result_is_made_once(self, store: Store) -> None:
        made = []

        def make(path: Path) -> None:
            made.append(path)
            path.write_bytes(b"result")

        assert store.keep(KEY, ".txt", make) == store.keep(KEY, ".txt", make) == store.path(KEY, ".txt")
        assert len(made) == 1
        assert store.path(KEY, ".txt").read_bytes() == b"result"

    def test_small_results_come_as_bytes(self, store: Store) -> None:
        assert store.keep_bytes(KEY, ".json", lambda: b"{}") == b"{}"
        assert store.keep_bytes(KEY, ".json", lambda: b"another") == b"{}"

    def test_an_empty_result_is_a_result(self, store: Store) -> None:
        assert store.keep_bytes(KEY, ".json", lambda: b"") == b""
        assert store.keep_bytes(KEY, ".json", lambda: b"another") == b""

    @pytest.mark.parametrize("failure", [ValueError, KeyboardInterrupt])
    def test_what_fails_in_the_middle_leaves_nothing(self, store: Store, failure: type[BaseException]) -> None:
        def make(path: Path) -> None:
            path.write_bytes(b"half")
            raise failure

        with pytest.raises(failure):
            store.keep(KEY, ".txt", make)
        assert files(store) == []

    def test_what_is_being_written_is_not_seen(self, store: Store) -> None:
        def make(path: Path) -> None:
            path.write_bytes(b"half")
            assert not store.path(KEY, ".txt").exists()

        store.keep(KEY, ".txt", make)
        assert files(store) == [f"{KEY}.txt"]


class TestNotWritable:
    @pytest.mark.parametrize(
        ("code", "message"),
        [
            (errno.ENOSPC, "no space left on the disk"),
            (errno.EDQUOT, "no space left on the disk"),
            (errno.EACCES, "no permission to write here"),
            (errno.EROFS, "no permission to write here"),
            (errno.EIO, "cannot write: Input/output error"),
        ],
    )
    def test_why_is_said(self, store: Store, code: int, message: str) -> None:
        def make(path: Path) -> None:
            path.write_bytes(b"half")
            raise OSError(code, os.strerror(code))

        with pytest.raises(StoreError) as failed:
            store.keep(KEY, ".txt", make)
        assert failed.value.message == message
        assert failed.value.where == str(store.folder)
        assert files(store) == []

    def test_a_file_in_the_folders_place(self, tmp_path: Path) -> None:
        (tmp_path / "store").write_text("not a folder")
        with pytest.raises(StoreError, match="cannot write"):
            Store(tmp_path / "store").keep_bytes(KEY, ".txt", lambda: b"")
        with pytest.raises(StoreError, match="cannot write"):
            Store(tmp_path / "store" / "below").keep_bytes(KEY, ".txt", lambda: b"")


class TestSweeping:
    def test_leftovers_of_killed_runs_go(self, store: Store) -> None:
        code = "import os, sys; print(os.getpid())"
        gone = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()
        store.keep_bytes(KEY, ".txt", lambda: b"whole")
        folder = store.path(KEY, ".txt").parent
        (folder / f".x.txt.0123abcd-{gone}.part").write_bytes(b"half")
        (folder / f".y.0123abcd-{gone}.part").mkdir()
        store.sweep()
        assert [path.name for path in folder.iterdir()] == [f"{KEY}.txt"]

    def test_what_another_run_is_writing_stays(self, store: Store) -> None:
        def make(path: Path) -> None:
            path.write_bytes(b"half")
            Store(store.folder).sweep()
            assert path.exists()

        store.keep(KEY, ".txt", make)

    def test_no_store_is_no_error(self, store: Store) -> None:
        store.sweep()


class TestTrimming:
    """The cache is bounded; what is in use stays, and what was not used for longest goes first."""

    @staticmethod
    def kept_at(store: Store, name: str, size: int, age: int) -> Path:
        """A file of an earlier build."""
        path = Store(store.folder).keep(fingerprint(name), ".txt", lambda path: path.write_bytes(b"x" * size) and None)
        os.utime(path, ns=(age, age))
        return path

    def test_the_oldest_go_until_it_fits(self, store: Store) -> None:
        old, older, new = (self.kept_at(store, name, 100, age) for name, age in (("a", 2), ("b", 1), ("c", 3)))
        assert store.trim(250) == 100
        assert [path.exists() for path in (older, old, new)] == [False, True, True]
        assert store.trim(250) == 0
        assert store.trim(0) == 200

    def test_what_was_used_stays(self, store: Store) -> None:
        oldest, other = self.kept_at(store, "a", 100, 1), self.kept_at(store, "b", 100, 2)
        store.keep_bytes(fingerprint("a"), ".txt", lambda: b"not made again")
        made = store.keep(fingerprint("c"), ".txt", lambda path: path.write_bytes(b"x" * 100) and None)
        assert store.trim(0) == 100
        assert [path.exists() for path in (oldest, other, made)] == [True, False, True]
        # And is young from now on.
        assert oldest.stat().st_mtime_ns > 2

    def test_a_sample_goes_as_a_whole(self, store: Store) -> None:
        sample = store.folder.parent / "sample/0123"
        sample.mkdir(parents=True)
        for name in ("one", "other"):
            (sample / name).write_bytes(b"x" * 100)
        assert store.trim(150) == 200
        assert not list(sample.parent.iterdir())
