"""The seed page in JupyterLab or Notebook, in Chromium: all cells are run by the page, and what it
draws is compared. A picture of the page goes to the folder that WEFT_SHOTS names."""
import asyncio
import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request

import chromium
from checks import KERNEL, PATIENCE, SEED, Checks, compare_seed, plain, until

checks = Checks("browser")
SHOTS = os.environ.get("WEFT_SHOTS", ".")


def application():
    """The module of the application and what its page is like: lab or classic."""
    try:
        import jupyterlab  # noqa: F401

        return "jupyterlab", "lab"
    except ImportError:
        import notebook

        if notebook.__version__.startswith("6."):
            return "notebook", "classic"
        raise SystemExit("FAIL browser: neither JupyterLab nor Notebook 6 is installed")


def notebooks(folder):
    """The notebooks to open: the page without its outputs, and one about late output."""
    for name in ("seed.ipynb", "late.ipynb"):
        if name == "seed.ipynb":
            with open(SEED, encoding="utf-8") as f:
                nb = json.load(f)
            nb["cells"] = [c for c in nb["cells"] if c["cell_type"] == "code"]
        else:
            sources = ['@async for i in 1:20; println("tick ", i); sleep(0.05); end; "started"', '"meanwhile"', 'println("in front")']
            nb = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [
                {"cell_type": "code", "id": f"c{i}", "metadata": {}, "source": s} for i, s in enumerate(sources)]}
        for c in nb["cells"]:
            c["outputs"], c["execution_count"] = [], None
        nb["metadata"] = {"kernelspec": {"name": KERNEL, "display_name": KERNEL, "language": "julia"}}
        with open(os.path.join(folder, name), "w", encoding="utf-8") as f:
            json.dump(nb, f)


CLASSIC = {
    "url": "notebooks/{name}?token={token}",
    "ready": "window.Jupyter && Jupyter.notebook && Jupyter.notebook._fully_loaded && Jupyter.notebook.kernel && Jupyter.notebook.kernel.is_connected()",
    "run": "Jupyter.notebook.execute_all_cells()",
    "ran": "!Jupyter.notebook.kernel_busy && Jupyter.notebook.get_cells().every(c => c.input_prompt_number > 0)",
    "cells": """Jupyter.notebook.get_cells().map(c => [...c.element[0].querySelectorAll('.output_area')].map(o => ({
        text: (o.querySelector('.output_subarea') || o).innerText, error: !!o.querySelector('.output_error'),
        stream: !!o.querySelector('.output_stream')})))""",
    "height": "document.querySelector('#notebook-container').scrollHeight + 200",
    "top": "document.querySelector('#site').scrollTop = 0",
}
LAB = {
    "url": "lab/tree/{name}?token={token}&reset",
    "ready": "document.querySelector('.jp-Notebook-ExecutionIndicator[data-status=idle]') && document.querySelector('.jp-Notebook .jp-CodeCell')",
    "run": """(async () => {
        const click = async (selector, text) => {
            for (;;) {
                const e = [...document.querySelectorAll(selector)].find(e => e.textContent.trim() === text);
                if (e) { for (const t of ['mousedown', 'mouseup', 'click']) e.dispatchEvent(new MouseEvent(t, {bubbles: true, button: 0, clientX: e.getBoundingClientRect().x + 2, clientY: e.getBoundingClientRect().y + 2})); return; }
                await new Promise(r => setTimeout(r, 50));
            }
        };
        await click('.lm-MenuBar-itemLabel', 'Run'); await click('.lm-Menu-itemLabel', 'Run All Cells');
    })()""",
    "ran": """document.querySelector('.jp-Notebook-ExecutionIndicator[data-status=idle]') &&
        [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')].every(e => /\\d/.test(e.textContent))""",
    "cells": """[...document.querySelectorAll('.jp-Notebook .jp-CodeCell')].map(c => [...c.querySelectorAll('.jp-OutputArea-output')].map(o => ({
        text: o.innerText, error: (o.dataset.mimeType || '').includes('error'), stream: /stdout|stderr/.test(o.dataset.mimeType || '')})))""",
    "top": "document.querySelectorAll('.jp-WindowedPanel-outer, .jp-Notebook').forEach(e => { e.scrollTop = 0; })",
    "height": "[...document.querySelectorAll('.jp-Notebook .jp-Cell')].reduce((h, c) => h + c.getBoundingClientRect().height, 300)",
}


def shown(outputs):
    """What a cell's drawn outputs show, in the form that checks.shown gives."""
    streams = "".join(o["text"].rstrip("\n") + "\n" for o in outputs if o["stream"])
    parts = [streams]
    for o in outputs:
        if o["error"]:
            text = plain(o["text"]).removeprefix("ERROR: ")
            parts.append("ERROR: " + text.split("\n")[0])
        elif not o["stream"]:
            parts.append(o["text"])
    return "\n".join(p.rstrip("\n") for p in parts if p.strip())


async def drive(base, token, ui, folder):
    async with chromium.Browser(os.path.join(folder, "profile")) as page:
        for name in ("seed", "late"):
            await page.open(base + ui["url"].format(name=name + ".ipynb", token=token))
            if not checks.check(await page.until(ui["ready"]), f"{name}: the page opens and the kernel connects"):
                await page.shot(os.path.join(SHOTS, f"browser-{name}.png"))
                continue
            await page.eval(ui["run"])
            checks.check(await page.until(ui["ran"], 120), f"{name}: all cells run")
            if name == "late":
                await page.until(f"JSON.stringify({ui['cells']}).includes('tick 20')", 20)
            else:
                await page.until(f"JSON.stringify({ui['cells']}).includes('done')", 20)
            cells = await page.eval(ui["cells"])
            height = await page.eval(ui["height"])
            await page.shot(os.path.join(SHOTS, f"browser-{name}.png"), int(height), ui["top"])
            if name == "seed":
                compare_seed(checks, [shown(c) for c in cells], cards=True)
            else:
                ticks = [line for line in shown(cells[0]).split("\n") if line.startswith("tick ")]
                checks.equal(ticks, [f"tick {i}" for i in range(1, 21)], "20 of 20 lines of a task are drawn in its cell")
                checks.equal([shown(c) for c in cells[1:]], ['"meanwhile"', "in front"], "and none in the others")


def main():
    if not chromium.find():
        checks.check(False, "Chromium is there", "none; set CHROMIUM to its path")
        checks.done()
    module, kind = application()
    folder = tempfile.mkdtemp(prefix="weft-browser-")
    notebooks(folder)
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port = s.getsockname()[1]
    token = secrets.token_hex(16)
    app = "NotebookApp" if kind == "classic" else "ServerApp"
    auth = "NotebookApp.token" if kind == "classic" else "IdentityProvider.token"
    root = "NotebookApp.notebook_dir" if kind == "classic" else "ServerApp.root_dir"
    log = open(os.path.join(SHOTS, "browser-server.log"), "w")
    server = subprocess.Popen(
        [sys.executable, "-m", module, "--no-browser", "--allow-root", f"--{app}.ip=127.0.0.1", f"--{app}.port={port}", f"--{auth}={token}", f"--{root}={folder}"],
        stdout=log, stderr=log, cwd=folder)
    base = f"http://127.0.0.1:{port}/"

    def up():
        try:
            return urllib.request.urlopen(base + "api", timeout=2).status == 200
        except OSError:
            return False

    try:
        if checks.check(until(up, PATIENCE), f"the server of {module} starts"):
            asyncio.run(drive(base, token, LAB if kind == "lab" else CLASSIC, folder))
    except Exception as e:
        checks.check(False, "the page is driven to its end", e)
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()
        shutil.rmtree(folder, ignore_errors=True)
    checks.done()


main()
