"""The seed page through `jupyter nbconvert --execute`, as people do it from a shell."""
import json
import os
import subprocess
import sys
import tempfile

from checks import KERNEL, SEED, Checks, compare_seed, shown

checks = Checks("nbconvert")
with tempfile.TemporaryDirectory() as folder:
    # nbconvert keeps what arrives while a cell runs, so the kernel is asked
    # to let a cell end only when its tasks are done.
    env = dict(os.environ, WEFT_DRAIN="30s")
    p = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", f"--ExecutePreprocessor.kernel_name={KERNEL}",
         "--ExecutePreprocessor.timeout=120", "--output-dir", folder, "--output", "executed.ipynb", SEED],
        env=env, capture_output=True, text=True, timeout=300)
    if checks.check(p.returncode == 0, "jupyter nbconvert --execute ends well", p.stderr[-2000:]):
        with open(os.path.join(folder, "executed.ipynb"), encoding="utf-8") as f:
            nb = json.load(f)
        compare_seed(checks, [shown(c["outputs"]) for c in nb["cells"] if c["cell_type"] == "code"])

    late = {
        "nbformat": 4, "nbformat_minor": 5, "metadata": {},
        "cells": [{"cell_type": "code", "id": f"late{n}", "metadata": {}, "execution_count": None, "outputs": [], "source": source}
                  for n, source in enumerate([
                      "@async for i in 1:5; sleep(0.05); println(i); end; nothing",
                      "@sync for n in 6:7; @async (sleep(0.01n); println(n)); end",
                      "@async (sleep(0.1); println(\"outer\"); @async (sleep(0.1); println(\"inner\"))); Timer(_ -> println(\"timer\"), 0.05); nothing",
                      "c = Channel(c -> foreach(i -> (sleep(0.02); put!(c, i)), 1:2)); @async for x in c; println(\"got \", x); end; nothing"])],
    }
    path = os.path.join(folder, "late.ipynb")
    with open(path, "w", encoding="utf-8") as f:
        json.dump(late, f)
    p = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", f"--ExecutePreprocessor.kernel_name={KERNEL}",
         "--output-dir", folder, "--output", "own.ipynb", path], env=env, capture_output=True, text=True, timeout=300)
    if checks.check(p.returncode == 0, "nbconvert runs cells with background tasks", p.stderr[-2000:]):
        with open(os.path.join(folder, "own.ipynb"), encoding="utf-8") as f:
            texts = [shown(c["outputs"]) for c in json.load(f)["cells"]]
        checks.equal(texts, ["1\n2\n3\n4\n5", "6\n7", "timer\nouter\ninner", "got 1\ngot 2"], "with WEFT_DRAIN each cell has all output of its tasks")
    p = subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "html", "--execute", f"--ExecutePreprocessor.kernel_name={KERNEL}",
         "--output-dir", folder, "--output", "late.html", path], env=env, capture_output=True, text=True, timeout=300)
    if checks.check(p.returncode == 0, "nbconvert makes a page", p.stderr[-2000:]):
        with open(os.path.join(folder, "late.html"), encoding="utf-8") as f:
            checks.check("1\n2\n3\n4\n5\n" in f.read(), "with WEFT_DRAIN the output of background tasks is in it")
checks.done()
