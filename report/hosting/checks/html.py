"""Validity: pages, stylesheet and pictures by the Nu validator, the program behind validator.w3.org.

It is a Java program, in the npm package vnu-jar; `make test` puts it beside the Python that runs.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

from report.hosting.checks.built import SEARCH, BuiltSite, Fault, Skipped

NEEDS = "Java and the Nu validator"
JAR = Path("node_modules/vnu-jar/build/dist/vnu.jar")
# Files have no origin, so the validator takes the site's own for a stranger's; the browser tests know better.
OWN_ORIGIN = "Resource violates Content Security Policy"
FIX = "see the specification that the message is about, and mend the template"


def check(site: BuiltSite) -> Iterator[Fault]:
    """What the validator objects to, warnings included.

    Raises:
        Skipped: no Java, or no validator.
    """
    java = shutil.which("java")
    if java is None:
        raise Skipped("no Java was found", "Debian: apt-get install default-jre-headless")
    jar = Path(sys.prefix) / JAR
    if not jar.is_file():
        raise Skipped(f"the Nu validator is not at {jar}", "install Node.js with npm, then run make validator")
    command = [java, "-jar", str(jar), "--also-check-css", "--also-check-svg", "--skip-non-html", "--format", "json"]
    folder = site.folder.resolve()
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True, encoding="utf-8")
    try:
        messages = json.loads(done.stderr)["messages"]
    except (ValueError, KeyError):
        raise RuntimeError(f"the validator failed: {done.stderr.strip() or done.stdout.strip()}") from None
    site.counts["files validated"] += len(site.of_kind(".html", ".css", ".svg"))
    for message in messages:
        if message["type"] == "info" and message.get("subType") != "warning":
            continue
        path = Path(unquote(message["url"].removeprefix("file:"))).relative_to(folder).as_posix()
        if path.startswith(SEARCH) or message["message"].startswith(OWN_ORIGIN):
            continue
        yield Fault(path, message.get("lastLine"), message["message"], FIX)
