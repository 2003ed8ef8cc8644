"""Writing down that alarms were looked at: dated entries at the end of content/changes.toml."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from datetime import date
from fnmatch import fnmatchcase
from pathlib import Path

from report.cache.store import explain_os_error, partial
from report.compare.drift import Alarm
from report.compare.notes import NOTES
from report.compare.views import Comparison
from report.core.errors import ChangeError
from report.core.facts import suggest


def chosen(alarms: Sequence[Alarm], subjects: Sequence[str]) -> list[Alarm]:
    """Those of open alarms that are named, or all where none is.

    Args:
        subjects: claims, facts, tables or columns; `*` stands for any characters, as in `duration.*`.

    Raises:
        ChangeError: a subject is of no open alarm.
    """
    for subject in subjects:
        if not any(fnmatchcase(alarm.subject, subject) for alarm in alarms):
            names = [alarm.subject for alarm in alarms]
            hint = suggest(subject, names) or ("all alarms are acknowledged" if not names else None)
            raise ChangeError(f"no alarm that is not acknowledged is of `{subject}`", "the command line", hint)
    return [
        alarm for alarm in alarms if not subjects or any(fnmatchcase(alarm.subject, subject) for subject in subjects)
    ]


def acknowledge(alarms: Iterable[Alarm], comparison: Comparison, note: str, content: Path, day: date) -> None:
    """Add an entry of this day for each alarm, with one note for all.

    Raises:
        StoreError: the file cannot be written.
    """
    path = content / NOTES
    verdicts = {flip.after.id: (flip.before.verdict, flip.after.verdict) for flip in comparison.flips}
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    for alarm in alarms:
        if alarm.kind == "flip":
            before, after = verdicts[alarm.subject]
            about = {"claim": alarm.subject, "from": before, "to": after}
        else:
            about = {alarm.kind: alarm.subject}
        pair = {"edition": comparison.after["name"], "compared": comparison.before["name"]}
        lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in {**about, **pair}.items()]
        lines += [f"date = {day.isoformat()}", f"note = {json.dumps(note, ensure_ascii=False)}"]
        kind = "flip" if alarm.kind == "flip" else "drift"
        text = "\n".join([text.rstrip("\n"), "", f"[[{kind}]]", *lines, ""]).lstrip("\n")
    fresh = partial(path)
    try:
        fresh.write_text(text, encoding="utf-8")
        os.replace(fresh, path)
    except OSError as error:
        raise explain_os_error(error, path) from error
