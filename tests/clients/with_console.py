"""The seed page through `jupyter console`, typed in a terminal."""
import re
import sys

import pexpect
from checks import KERNEL, PATIENCE, Checks, compare_seed, plain, seed_cells

checks = Checks("console")
PROMPT = r"In \[\d+\]: "


def one_line(source):
    """The plain prompt takes one line per cell."""
    lines = [re.sub(r"(^|\s+)#.*$", "", line).strip() for line in source.split("\n")]
    lines = [line for line in lines if line]
    return "; ".join(line.rstrip(";") for line in lines) + (";" if lines[-1].endswith(";") else "")


def at_the_prompt(texts):
    """The console draws what comes after a cell's end when the next cell runs: the late output of
    the cell that only schedules a task is found at the cell that waits."""
    sources = [source for source, _, _ in seed_cells()]
    late, waits = sources.index("schedule(t);"), sources.index("schedule(t); wait(t)")
    if (texts[late], texts[waits]) == ("", "done\ndone"):
        texts[late] = texts[waits] = "done"
    return texts


p = pexpect.spawn(sys.executable, ["-m", "jupyter_console", "--simple-prompt", "--kernel", KERNEL],
                  encoding="utf-8", timeout=PATIENCE, dimensions=(60, 400))
p.setecho(False)
p.expect(PROMPT)
checks.check("weft" in p.before.lower(), "the banner names the kernel", p.before)


def run(source):
    """Types a cell and gives what the console shows up to the next prompt."""
    line = one_line(source)
    p.sendline(line)
    p.expect(PROMPT)
    text = p.before.replace("\r", "")
    if line in text:
        text = text.split(line, 1)[1]
    text = re.sub(r"(?m)^\s*Out\[\d+\]: ?", "", plain(text))
    # An error is shown with its trace; the page shows its first line.
    error = re.search(r"(?m)^(ERROR: )?(\w+(?:Exception|Error)): (.*)$", text)
    return f"ERROR: {error[2]}: {error[3]}" if error else text


checks.equal(run("6 * 7"), "42", "a cell typed in the terminal gives its value")
compare_seed(checks, at_the_prompt([run(source) for source, _, _ in seed_cells()]))
p.sendeof()
if p.expect([r"\[y\]/n", pexpect.EOF], timeout=PATIENCE) == 0:
    p.sendline("y")
    p.expect(pexpect.EOF, timeout=PATIENCE)
checks.check(True, "Ctrl-D ends the console and its kernel")
checks.done()
