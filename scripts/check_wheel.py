"""Checks that a wheel holds every file of the package: code, data, templates."""

import sys
import zipfile
from pathlib import Path

root = Path(__file__).parent.parent / "src"
wanted = {str(p.relative_to(root)) for p in root.rglob("*") if p.is_file() and "__pycache__" not in p.parts and ".egg-info" not in str(p)}
held = set(zipfile.ZipFile(sys.argv[1]).namelist())
missing = sorted(wanted - held)
if missing:
    sys.exit(f"the wheel lacks {len(missing)} files: {', '.join(missing[:10])}")
print(f"the wheel holds all {len(wanted)} files")
