"""Compiles the knowledge when a wheel is built: `rules/data/*.yaml` gain a `.json` beside them in the wheel."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import yaml
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class KnowledgeHook(BuildHookInterface):  # type: ignore[type-arg]
    """Adds compiled knowledge to a built wheel; an editable install reads the YAML itself."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by the builder before the files are collected."""
        if version == "editable":
            return
        folder = Path(tempfile.mkdtemp())
        for path in sorted(Path(self.root, "rules", "data").glob("*.yaml")):
            compiled = folder / f"{path.stem}.json"
            content = yaml.safe_load(path.read_text(encoding="utf-8"))
            compiled.write_text(
                json.dumps(content, ensure_ascii=False, separators=(",", ":")), encoding="utf-8"
            )
            build_data["force_include"][str(compiled)] = f"listlint/rulebook/data/{compiled.name}"
