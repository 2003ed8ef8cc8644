"""Settings come from report.toml and the command line; one that cannot be used is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from report.cli import make_parser, settings_of
from report.commands.options import parse
from report.core.errors import SettingsError
from report.core.settings import Settings, read_settings


def read(folder: Path, text: str | bytes) -> Settings:
    (folder / "report.toml").write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_settings(folder)


def refusal(folder: Path, text: str | bytes) -> SettingsError:
    with pytest.raises(SettingsError) as refused:
        read(folder, text)
    return refused.value


class TestFile:
    def test_as_shipped(self, root: Path) -> None:
        settings = read_settings(root)
        assert (settings.edition, settings.memory, settings.threads) == ("sample", "4GB", None)
        assert settings.site == root / "site"

    def test_nothing_said_is_the_default(self, tmp_path: Path) -> None:
        settings = read(tmp_path, "")
        assert (settings.title, settings.base_url, settings.edition) == ("Liner Notes", "", "sample")

    def test_everything_said(self, tmp_path: Path) -> None:
        settings = read(
            tmp_path,
            'title = "T"\nbase_url = "https://example.org/r/"\nrepository = "https://example.org/s"\n'
            'edition = "archive-2025-07-14"\nmemory = "800MB"\nthreads = 3\n',
        )
        assert settings.edition == "archive-2025-07-14"
        assert (settings.base_url, settings.memory, settings.threads) == ("https://example.org/r/", "800MB", 3)

    def test_a_report_without_an_author_is_cited_under_its_title(self, tmp_path: Path) -> None:
        assert read(tmp_path, 'title = "T"\nauthor = ""').author == "T"
        assert read(tmp_path, 'title = "T"\nauthor = "A team"').author == "A team"

    @pytest.mark.parametrize("day", ["23.12.2025", "2025-13-01", "today"])
    def test_a_day_of_publication_is_a_date(self, tmp_path: Path, day: str) -> None:
        assert read(tmp_path, 'published = "2025-12-23"').published == "2025-12-23"
        assert "not a day" in refusal(tmp_path, f'published = "{day}"').message

    def test_an_address_is_that_of_a_folder(self, tmp_path: Path) -> None:
        assert read(tmp_path, 'base_url = "https://example.org/r"').base_url == "https://example.org/r/"

    def test_budgets_are_in_bytes(self, tmp_path: Path) -> None:
        settings = read(tmp_path, 'site_budget = "1.5 GB"\nfile_budget = "2MiB"')
        assert (settings.site_budget, settings.file_budget) == (1_500_000_000, 2 * 1024**2)

    def test_no_threads_are_one_a_core(self, tmp_path: Path) -> None:
        assert read(tmp_path, "threads = 0").threads is None

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("title = ", "report.toml is not TOML"),
            ("a = 1\na = 2", "report.toml is not TOML"),
            (b"title = '\xff'", "report.toml is not UTF-8 text"),
            ("titel = 'T'", "`titel` is not a setting"),
            ("title = 7", "`title` is not text in quotes"),
            ("threads = '2'", "`threads` is not a whole number"),
            ("threads = true", "`threads` is not a whole number"),
            ("threads = 1.5", "`threads` is not a whole number"),
            ("threads = -1", "-1 threads cannot be used"),
            ("threads = 257", "257 threads cannot be used"),
            ("memory = '4 apples'", "`4 apples` is not a size"),
            ("memory = '4'", "`4` is not a size"),
            ("memory = '100MB'", "100MB of memory is too little"),
            ("memory = '0.1GB'", "0.1GB of memory is too little"),
            ("edition = '../up'", "`../up` cannot be the name of an edition"),
            ("edition = ''", "`` cannot be the name of an edition"),
            ("edition = '.hidden'", "`.hidden` cannot be the name of an edition"),
            ("base_url = 'example.org'", "`example.org` is not an address to publish at"),
            ("base_url = 'https://example.org/?page=1'", "is not an address to publish at"),
            ("base_url = 'javascript:alert(1)/'", "is not an address to publish at"),
            ("site_budget = '100'", "`100` is not a size"),
        ],
    )
    def test_what_cannot_be_used(self, tmp_path: Path, text: str | bytes, message: str) -> None:
        error = refusal(tmp_path, text)
        assert message in error.message
        assert error.where == str(tmp_path / "report.toml")

    def test_an_unknown_setting_is_told_the_known_ones(self, tmp_path: Path) -> None:
        assert "title, author, published, base_url" in refusal(tmp_path, "titel = 'T'").hint

    def test_no_file(self, tmp_path: Path) -> None:
        with pytest.raises(SettingsError, match=r"there is no report\.toml"):
            read_settings(tmp_path)

    def test_a_folder_in_its_place(self, tmp_path: Path) -> None:
        (tmp_path / "report.toml").mkdir()
        with pytest.raises(SettingsError, match=r"report\.toml cannot be read"):
            read_settings(tmp_path)


class TestCommandLine:
    def test_it_goes_before_the_file(self, root: Path, tmp_path: Path) -> None:
        given = ["--memory", "1GB", "--threads", "1", "--site", str(tmp_path / "s"), "--editions", str(tmp_path / "e"),
                 "--cache", str(tmp_path / "c")]  # fmt: skip
        settings = settings_of(make_parser().parse_args(given), root)
        assert (settings.memory, settings.threads) == ("1GB", 1)
        assert (settings.site, settings.editions, settings.cache) == (tmp_path / "s", tmp_path / "e", tmp_path / "c")

    def test_an_address_given_here_is_the_sites(self, root: Path) -> None:
        given = ["--base-url", "https://example.org/r"]
        assert settings_of(make_parser().parse_args(given), root).base_url == "https://example.org/r/"

    def test_an_address_that_is_not_known_is_the_files(self, tmp_path: Path) -> None:
        (tmp_path / "report.toml").write_text('base_url = "https://example.org/r/"')
        assert settings_of(make_parser().parse_args(["--base-url", ""]), tmp_path).base_url == "https://example.org/r/"

    @pytest.mark.parametrize(
        ("given", "where"),
        [
            (["--base-url", "example.org"], "--base-url"),
            (["--memory", "lots"], "--memory"),
            (["--memory", ""], "--memory"),
            (["--memory", "1MB"], "--memory"),
            (["--threads", "0"], "--threads"),
            (["--threads", "-2"], "--threads"),
            (["--edition", "A B"], "--edition"),
            (["--edition", ""], "--edition"),
            (["--edition", "x" * 65], "--edition"),
        ],
    )
    def test_what_cannot_be_used(self, root: Path, given: list[str], where: str) -> None:
        with pytest.raises(SettingsError) as refused:
            settings_of(make_parser().parse_args(given), root)
        assert refused.value.where == where

    @pytest.mark.parametrize("given", [["--threads", "two"], ["sample"], ["clean", "x"]])
    def test_wrong_usage(self, given: list[str]) -> None:
        with pytest.raises(SettingsError) as refused:
            parse(make_parser(), given)
        assert "--help" in refused.value.hint
