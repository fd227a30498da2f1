"""What the client tests share: one line per check, and the seed notebook's expectations."""
import os
import re
import sys
import time

KERNEL = os.environ.get("WEFT_KERNEL", "weft")
NOTEBOOKS = os.environ.get("WEFT_NOTEBOOKS") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "notebooks")
SEED = os.path.join(NOTEBOOKS, "asynchronous-programming.ipynb")
VOLATILE = "nbval-ignore-output"
PATIENCE = 60


class Checks:
    """Prints PASS or FAIL for each check; done() ends the script with the exit code."""

    def __init__(self, name):
        self.name, self.failed = name, 0

    def check(self, ok, what, got=""):
        if ok:
            print(f"PASS {self.name}: {what}", flush=True)
        else:
            self.failed += 1
            print(f"FAIL {self.name}: {what}: got {got!r}", flush=True)
        return ok

    def equal(self, got, want, what):
        return self.check(got == want, what, f"{got!r}, want {want!r}")

    def done(self):
        sys.exit(1 if self.failed else 0)


def plain(text):
    """Text without colours, addresses and blanks at the ends of lines."""
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text).replace("\r\n", "\n")
    text = re.sub(r"@?0x[0-9a-f]{8,16}", "@0x", text)
    return "\n".join(line.rstrip() for line in text.strip().split("\n"))


def shape(text):
    """Text with each number replaced and its lines sorted: what stays of random output."""
    lines = [re.sub(r"\d+(\.\d+)?(e-?\d+)?", "#", line) for line in plain(text).split("\n")]
    return "\n".join(sorted(lines))


def joined(value):
    return "".join(value) if isinstance(value, list) else value


def shown(outputs):
    """What outputs (as a notebook stores them) show: streams joined, then results, then errors."""
    parts = ["".join(joined(o["text"]) for o in outputs if o["output_type"] == "stream")]
    for o in outputs:
        if o["output_type"] in ("execute_result", "display_data"):
            parts.append(joined(o["data"].get("text/plain", "")))
        elif o["output_type"] == "error":
            parts.append(f"ERROR: {o['ename']}: {o['evalue']}")
    return "\n".join(p.rstrip("\n") for p in parts if p.strip())


def seed_cells():
    """The code cells of the seed notebook: (source, what the page shows, is it random)."""
    import json

    with open(SEED, encoding="utf-8") as f:
        nb = json.load(f)
    return [(joined(c["source"]), shown(c["outputs"]), VOLATILE in c["metadata"].get("tags", []))
            for c in nb["cells"] if c["cell_type"] == "code"]


def card(text):
    """The page's output if `text` is the live card of a task that it has."""
    return re.sub(r"^(?:new|ready|running|waiting|done) Task .*$", "Task (runnable) @0x0", text)


def compare_seed(checks, texts, cards=False):
    """Checks what each cell of the seed notebook showed, in order. With cards, tasks are
    shown as such."""
    cells = seed_cells()
    if not checks.equal(len(texts), len(cells), "every example of the page was run"):
        return
    wrong = 0
    for (source, want, volatile), got in zip(cells, texts):
        norm = shape if volatile else plain
        if cards and want.startswith("Task ("):
            got, want = card(got), card(re.sub(r"@0x\w+", "@0x0", want))
        if norm(got) != norm(want):
            wrong += 1
            first = source.split("\n")[0]
            checks.check(False, f"the page's output of `{first}`", f"{got!r}, want {want!r}")
        if volatile:
            jobs = re.findall(r"(?m)^(\d+) finished in ([\d.]+) seconds$", plain(got))
            checks.equal(sorted(int(job) for job, _ in jobs), list(range(1, 13)), "each of the 12 jobs is done once")
            times = [float(time) for _, time in jobs]
            checks.check(len(set(times)) >= 6 and times.count(0.0) <= 1, "their times are random", times)
    checks.check(wrong == 0, f"{len(cells) - wrong} of {len(cells)} examples give the page's output", wrong)


def until(condition, seconds=PATIENCE):
    """Waits for a condition, which has no signal of its own; gives its last value."""
    end = time.time() + seconds
    while True:
        value = condition()
        if value or time.time() > end:
            return value
        time.sleep(0.02)
