#!/usr/bin/env python3
"""Fails if files of a crate import each other in a circle.

    .ci/circles.py index/src src            prints each circle, exit code 1 if there is one

An import is a `use` or a path that names an item of another file by `crate::`, `super::`, `self::` or the name of a
child module. Names are followed through `pub use` to the defining file. `mod` lines are not imports, and test modules
(`#[cfg(test)] mod`) are ignored.
"""

import pathlib
import re
import sys

COMMENT = re.compile(r"//[^\n]*")
BLOCK = re.compile(r"/\*.*?\*/", re.S)
STRING = re.compile(r'b?r(#*)".*?"\1|b?"(?:\\.|[^"\\])*"|b?\'(?:\\.[^\']*|[^\'\\])\'', re.S)
USE = re.compile(r"\b(?P<public>pub(?:\([^)]*\))?\s+)?use\s+(?P<tree>[^;]+);")
MODULE = re.compile(r"\bmod\s+(\w+)\s*;")
TEST = re.compile(r"#\[cfg\((?:all\()?test\b[^\]]*\]\s*(?:#\[[^\]]*\]\s*)*(?:pub(?:\([^)]*\))?\s+)?mod\s+\w+\s*")
PATH = re.compile(r"(?<![\w:.$])(?:r#)?([A-Za-z_]\w*)((?:\s*::\s*(?:r#)?[A-Za-z_]\w*)+)")


class File:
    """One source file: its text without comments, strings and tests, and its declarations."""

    def __init__(self, path, module):
        self.path, self.module = path, module
        text = STRING.sub('""', BLOCK.sub("", COMMENT.sub("", path.read_text())))
        self.text = without_tests(text)
        self.children = set(MODULE.findall(self.text))
        # The local name of each import, and its absolute path.
        self.names, self.imports = {}, []
        for use in USE.finditer(self.text):
            for parts, name in leaves(use["tree"]):
                self.imports.append((parts, name))
        self.body = USE.sub("", self.text)


def without_tests(text):
    """Removes test modules with their bodies."""
    while found := TEST.search(text):
        end = found.end()
        if text[end:end + 1] == "{":
            depth = 0
            for end in range(end, len(text)):
                depth += {"{": 1, "}": -1}.get(text[end], 0)
                if depth == 0:
                    break
        else:
            end = text.index(";", found.start())
        text = text[:found.start()] + text[end + 1:]
    return text


def leaves(tree, before=()):
    """Yields each path of a `use` tree, with the name it has in the file; `*` for all."""
    tree = tree.strip()
    if "{" in tree:
        head, inner = tree[:tree.index("{")], tree[tree.index("{") + 1:tree.rindex("}")]
        before = (*before, *[part.strip() for part in head.split("::") if part.strip()])
        for branch in branches(inner):
            yield from leaves(branch, before)
    elif tree:
        path, _, name = re.sub(r"\s+", " ", tree).partition(" as ")
        parts = (*before, *[part.strip().removeprefix("r#") for part in path.split("::") if part.strip()])
        if parts[-1] == "self":
            parts = parts[:-1]
        yield parts, name.strip() or parts[-1]


def branches(inner):
    depth, start = 0, 0
    for at, sign in enumerate(inner):
        depth += {"{": 1, "}": -1}.get(sign, 0)
        if sign == "," and depth == 0:
            yield inner[start:at]
            start = at + 1
    yield inner[start:]


class Crate:
    """The files of one crate and the imports between them."""

    def __init__(self, root):
        self.root = root
        self.files = {}
        for path in sorted(root.rglob("*.rs")):
            parts = list(path.relative_to(root).with_suffix("").parts)
            if parts[-1] in ("mod", "lib", "main"):
                parts.pop()
            self.files[tuple(parts)] = File(path, tuple(parts))
        for file in self.files.values():
            for parts, name in file.imports:
                if (path := self.absolute(file, parts)) is not None:
                    file.names.setdefault(name, []).append(path)

    def absolute(self, file, parts):
        """Returns the path from the crate's root, or nothing for a name of another crate."""
        if parts[0] == "crate":
            return tuple(parts[1:])
        base = list(file.module)
        at = 0
        while at < len(parts) and parts[at] in ("self", "super"):
            if parts[at] == "super":
                base.pop()
            at += 1
        if at or parts[0] in file.children:
            return (*base, *parts[at:])
        return None

    def definers(self, path, seen=frozenset()):
        """Returns the modules that define the item of `path`, following re-exports."""
        if path in seen:
            return set()
        module = path
        while module not in self.files:
            module = module[:-1]
        file, rest = self.files[module], path[len(module):]
        if not rest:
            return {module}
        found = set()
        for target in file.names.get(rest[0], []):
            if target != path:
                found |= self.definers((*target, *rest[1:]), seen | {path})
        return found or {module}

    def uses(self, file):
        """Returns the modules with items that `file` names."""
        paths = [path for parts, _ in file.imports if (path := self.absolute(file, parts)) is not None]
        for first, rest in PATH.findall(file.body):
            parts = (first, *[part.strip().removeprefix("r#") for part in rest.split("::") if part.strip()])
            if first in ("crate", "self", "super") or first in file.children:
                paths.append(self.absolute(file, parts))
            for imported in file.names.get(first, []):
                paths.append((*imported, *parts[1:]))
        found = set()
        for path in paths:
            if path and path[-1] == "*":
                path = path[:-1]
            found |= self.definers(path)
        return found - {file.module}

    def circles(self):
        """Returns the strongly connected components of more than one file (Tarjan, 1972)."""
        graph = {module: sorted(self.uses(file)) for module, file in self.files.items()}
        order, low, stack, found = {}, {}, [], []

        def visit(module):
            order[module] = low[module] = len(order)
            stack.append(module)
            for used in graph[module]:
                if used not in order:
                    visit(used)
                    low[module] = min(low[module], low[used])
                elif used in stack:
                    low[module] = min(low[module], order[used])
            if low[module] == order[module]:
                at = stack.index(module)
                if len(stack) - at > 1:
                    found.append((sorted(stack[at:]), graph))
                del stack[at:]

        for module in graph:
            if module not in order:
                visit(module)
        return found

    def name(self, module):
        return str(self.files[module].path.relative_to(self.root.parent))


def main():
    count = 0
    for root in sys.argv[1:]:
        crate = Crate(pathlib.Path(root).resolve())
        for circle, graph in crate.circles():
            count += 1
            print(f"{root}: {len(circle)} files import each other:")
            for module in circle:
                used = [crate.name(used) for used in graph[module] if used in circle]
                print(f"  {crate.name(module)} -> {', '.join(used)}")
    if count:
        sys.exit(f"{count} circles")


sys.setrecursionlimit(10_000)
main()
