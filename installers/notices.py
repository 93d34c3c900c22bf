"""`python notices.py FOLDER`: writes what a bundle must say of the works inside: NOTICES.md and the GNU licences.

Run by scripts/bundle.sh with the Python of the environment that was bundled, whose packages it reads. notices.md holds
what no package says of itself. No part of the program.
"""

import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, distributions
from pathlib import Path

HAND_WRITTEN = Path(__file__).with_suffix(".md")
GNU = Path("/usr/share/common-licenses")
NAMED = ("GPL-2", "GPL-3", "LGPL-2.1", "LGPL-3")
BUILDERS = {"altgraph", "macholib", "pefile", "pip", "pyinstaller", "pyinstaller-hooks-contrib", "setuptools", "hf-xet"}
"""Of the environment, but not of the bundle."""

SIGNS = ("LICEN", "COPYING", "NOTICE", "AUTHORS")


def packages() -> list[Distribution]:
    """What is in the bundle, by name."""
    found = {each.name.lower().replace("_", "-"): each for each in distributions()}
    return [each for name, each in sorted(found.items()) if name not in BUILDERS]


def licence_of(package: Distribution) -> str:
    """What the package calls its licence, in one line."""
    told = [line for name in ("License-Expression", "License") for line in package.metadata.get_all(name) or ()]
    classifiers = package.metadata.get_all("Classifier") or []
    classified = [each.rpartition(" :: ")[2] for each in classifiers if each.startswith("License ::")]
    return next((text.strip().splitlines()[0] for text in told if text.strip()), ", ".join(classified) or "see above")


def texts_of(package: Distribution) -> Iterator[str]:
    """The licence texts that lie in the package."""
    for file in package.files or []:
        if file.suffix.lower() in ("", ".txt", ".md", ".rst") and any(sign in file.name.upper() for sign in SIGNS):
            yield Path(str(file.locate())).read_text(encoding="utf-8", errors="replace").strip()


def main(folder: Path) -> None:
    parts = [HAND_WRITTEN.read_text(encoding="utf-8")]
    for package in packages():
        parts.append(f"### {package.name} {package.version}: {licence_of(package)}\n")
        parts += [f"```\n{text}\n```\n" for text in texts_of(package)]
    (folder / "NOTICES.md").write_text("\n".join(parts), encoding="utf-8")
    (folder / "licences").mkdir(exist_ok=True)
    for name in NAMED:
        shutil.copy(GNU / name, folder / "licences" / f"{name}.txt")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
