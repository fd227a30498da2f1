"""The program itself in a terminal: the REPL, and a notebook's run with its progress line."""
import json
import os
import re
import tempfile

import pexpect
from checks import PATIENCE, Checks, plain

checks = Checks("terminal")
WEFT = os.environ["WEFT"]
PROMPT = "julia> "


def start(*args, color=True):
    env = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    env["TERM"] = "xterm-256color"
    if not color:
        env["NO_COLOR"] = "1"
    p = pexpect.spawn(WEFT, list(args), encoding="utf-8", timeout=PATIENCE, dimensions=(30, 100), env=env)
    p.setecho(False)
    return p


def repl():
    p = start(color=False)
    p.expect_exact(PROMPT)
    checks.check(p.before.startswith("weft "), "the REPL greets", p.before)

    def run(line, end=PROMPT):
        p.sendline(line)
        p.expect_exact(end)
        return plain(p.before)

    checks.equal(run("6 * 7"), "42", "it shows a value")
    checks.equal(run("ans + 1;"), "", "but not after a semicolon")
    checks.check(run("for i in 1:2", end="       ") == "", "it asks for the rest of a loop")
    checks.equal(run("println(i); end"), "1\n2", "and runs it")
    checks.check("ERROR: x" in run('error("x")'), "it shows an error and goes on")
    checks.check("println" in run("?println"), "? shows help")
    run('@async (sleep(0.2); println("from behind")); nothing')
    p.expect_exact("from behind")
    checks.check(True, "a task prints while the prompt waits")
    p.sendline('println("it runs"); while true end')
    p.expect_exact("it runs")
    p.sendintr()
    p.expect_exact(PROMPT)
    checks.check("InterruptException" in p.before, "Ctrl-C ends an endless loop", p.before)
    checks.equal(run("1 + 1"), "2", "and the REPL goes on")
    p.sendline("1 +")
    p.sendintr()
    p.expect_exact(PROMPT)
    checks.check(True, "Ctrl-C at the prompt drops what was typed")
    p.sendeof()
    p.expect(pexpect.EOF)
    p.close()
    checks.equal(p.exitstatus, 0, "Ctrl-D ends it")

    p = start()
    p.expect_exact("\x1b[1;32m" + PROMPT)
    checks.check(True, "the prompt has a colour")
    p.sendline("exit(3)")
    p.expect(pexpect.EOF)
    p.close()
    checks.equal(p.exitstatus, 3, "exit(3) ends it with that code")


def notebook():
    cells = ['@async for i in 1:3; sleep(0.3); println("late ", i); end; nothing', "sleep(0.8)", '"done"']
    nb = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
        {"cell_type": "code", "id": f"c{i}", "metadata": {}, "execution_count": None, "outputs": [], "source": s} for i, s in enumerate(cells)]}
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "nb.ipynb")
        with open(path, "w", encoding="utf-8") as f:
            json.dump(nb, f)
        p = start("run", path)
        p.expect(pexpect.EOF)
        p.close()
        text = p.before
    checks.equal(p.exitstatus, 0, "a notebook runs")
    checks.check(re.search(r"▸ 1/3 cells · In\[2\] · 0\.\d s", text), "a progress line counts cells and time", text)
    checks.check("\x1b[1;32mIn[1]: " in text and "\x1b[1;31mOut[3]: " in text, "the numbers have colours", text)
    left = re.sub(r"\r\x1b\[K[^\r\n]*(?=\r\x1b\[K)", "", text)
    lines = [line for line in plain(left).split("\n") if "late" in line and "println" not in line]
    checks.equal([line.split("\r")[-1] for line in lines], [f"In[1] │ late {i}" for i in (1, 2, 3)], "late output stands on lines of its own, with its cell's number")


for part in (repl, notebook):
    try:
        part()
    except Exception as e:
        checks.check(False, part.__name__, e)
checks.done()
