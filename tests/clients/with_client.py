"""The kernel through jupyter_client: start, results, errors, stdin, interrupt, routing of
background output, the seed page, shutdown."""
import queue
import statistics
import time

from checks import KERNEL, PATIENCE, Checks, compare_seed, seed_cells, shown
from jupyter_client.manager import start_new_kernel

checks = Checks("jupyter_client")


class Session:
    """A kernel, and all that it said by the request it belongs to."""

    def __init__(self):
        start = time.time()
        self.km, self.kc = start_new_kernel(kernel_name=KERNEL, startup_timeout=PATIENCE)
        self.started = time.time() - start
        self.said = {}  # msg_id -> [(time of arrival, message)]

    def listen(self, done, seconds=PATIENCE):
        """Reads iopub until done() or the time is up."""
        end = time.time() + seconds
        while not done() and time.time() < end:
            try:
                m = self.kc.get_iopub_msg(timeout=0.1)
            except queue.Empty:
                continue
            self.said.setdefault(m["parent_header"].get("msg_id"), []).append((time.time(), m))
        return done()

    def idle(self, id):
        return any(m["msg_type"] == "status" and m["content"]["execution_state"] == "idle" for _, m in self.said.get(id, []))

    def reply(self, id):
        while True:
            m = self.kc.get_shell_msg(timeout=PATIENCE)
            if m["parent_header"].get("msg_id") == id:
                return m["content"]

    def run(self, code, **options):
        """Runs a cell to its idle; gives its reply and its id."""
        id = self.kc.execute(code, **options)
        reply = self.reply(id)
        self.listen(lambda: self.idle(id))
        return reply, id

    def outputs(self, id):
        """The outputs of a cell, as a notebook would store them."""
        out = []
        for _, m in self.said.get(id, []):
            if m["msg_type"] in ("stream", "execute_result", "display_data", "error"):
                out.append(dict(m["content"], output_type=m["msg_type"]))
        return out

    def lines(self, id, name="stdout"):
        """The lines of a cell's stream, each with its time of arrival."""
        text, out = "", []
        for at, m in self.said.get(id, []):
            if m["msg_type"] == "stream" and m["content"]["name"] == name:
                *full, text = (text + m["content"]["text"]).split("\n")
                out += [(at, line) for line in full]
        return out

    def close(self):
        self.kc.stop_channels()
        self.km.shutdown_kernel(now=True)


def basics(s):
    reply, id = s.run('println("out"); println(stderr, "err"); 6 * 7')
    checks.equal(reply["status"], "ok", "a cell runs")
    checks.equal(sorted(shown([o]) for o in s.outputs(id)), ["42", "err", "out"], "its output and its value arrive")
    reply, id = s.run('error("boom")')
    checks.equal((reply["status"], reply["ename"], reply["evalue"]), ("error", "ErrorException", "boom"), "an error is told")
    checks.equal([o["output_type"] for o in s.outputs(id)], ["error"], "an error is shown once")


def stdin(s):
    id = s.kc.execute('print("name? "); got = readline(); println("hello ", got)', allow_stdin=True)
    m = s.kc.get_stdin_msg(timeout=PATIENCE)
    checks.equal(m["msg_type"], "input_request", "readline asks the front end")
    s.kc.input("wörld")
    checks.equal(s.reply(id)["status"], "ok", "the cell goes on with the answer")
    s.listen(lambda: s.idle(id))
    checks.equal("".join(o["text"] for o in s.outputs(id)), "name? hello wörld\n", "the answer reaches the program")


def interrupt(s):
    for code in ("while true end", "sleep(60)", "take!(Channel{Int}(0))", "wait(@async sleep(60))"):
        id = s.kc.execute(code)
        s.listen(lambda: any(m["msg_type"] == "execute_input" for _, m in s.said.get(id, [])))
        time.sleep(0.2)  # the time that a person takes
        start = time.time()
        s.km.interrupt_kernel()
        reply = s.reply(id)
        took = time.time() - start
        if code.startswith("take!"):
            # Nothing can ever end this wait: it is an error at once.
            checks.equal(reply["status"], "error", f"`{code}` ends")
        else:
            checks.equal((reply["status"], reply.get("ename")), ("error", "InterruptException"), f"an interrupt ends `{code}`")
            checks.check(took < 1, f"within a second ({took * 1000:.0f} ms)", took)
    checks.equal(s.run("1 + 1")[0]["status"], "ok", "the kernel goes on")


def routing(s):
    first = s.kc.execute("@async for i in 1:40; println(i); sleep(0.05); end; nothing")
    s.reply(first)
    others = [s.run(code)[1] for code in ("1 + 1", "sum(x -> x^2, 1:100_000)", 'println("in front")', "sleep(0.3)")]
    s.listen(lambda: len(s.lines(first)) >= 40, 15)
    checks.equal([line for _, line in s.lines(first)], [str(i) for i in range(1, 41)], "40 of 40 lines of a task carry cell 1's parent")
    checks.equal([len(s.lines(o)) for o in others], [0, 0, 1, 0], "none went to cells 2 to 5, which ran meanwhile")

    first = s.kc.execute("@async for i in 1:40; println(time()); sleep(0.05); end; nothing")
    s.reply(first)
    s.run('println("in front")')
    s.listen(lambda: len(s.lines(first)) >= 40, 15)
    delays = [at - float(line) for at, line in s.lines(first)]
    checks.equal(len(delays), 40, "40 of 40 lines arrive with the time of their print")
    if delays:
        median = statistics.median(delays) * 1000
        checks.check(median <= 25, f"median delay from print to arrival {median:.1f} ms, at most 25 ms", median)


def nested(s):
    id = s.kc.execute('@async (sleep(0.1); @async (sleep(0.1); println("grandchild"))); Timer(_ -> println("timer"), 0.1); nothing')
    s.reply(id)
    other = s.run('println("other")')[1]
    s.listen(lambda: len(s.lines(id)) >= 2, 15)
    checks.equal(sorted(line for _, line in s.lines(id)), ["grandchild", "timer"], "tasks of tasks and timers print under the cell they come from")
    checks.equal([line for _, line in s.lines(other)], ["other"], "and not under another")


def seed(s):
    ids = [s.run(source)[1] for source, _, _ in seed_cells()]
    s.listen(lambda: all("done" not in want or "done" in shown(s.outputs(id)) for id, (_, want, _) in zip(ids, seed_cells())), 10)
    compare_seed(checks, [shown(s.outputs(id)) for id in ids])


def shutdown(s):
    s.kc.execute("@async while true; sleep(0.01); end")
    start = time.time()
    s.kc.shutdown()
    while s.km.is_alive() and time.time() < start + PATIENCE:
        time.sleep(0.01)
    checks.check(not s.km.is_alive(), f"shutdown ends the process ({(time.time() - start) * 1000:.0f} ms), background tasks or not")


def main():
    s = Session()
    checks.check(True, f"the kernel starts and answers ({s.started * 1000:.0f} ms)")
    try:
        for part in (basics, stdin, interrupt, routing, nested, shutdown):
            try:
                part(s)
            except Exception as e:
                checks.check(False, part.__name__, e)
    finally:
        s.close()
    s = Session()
    try:
        seed(s)
    except Exception as e:
        checks.check(False, "the seed page", e)
    finally:
        s.close()
    checks.done()


main()
