"""The programs of tasks.jl with asyncio: tasks.py NAME REPS."""
import asyncio
import sys
import time


def resident():
    with open("/proc/self/status") as f:
        return next(int(line.split()[1]) for line in f if line.startswith("VmRSS")) * 1024


async def yields(n):
    async def f():
        for _ in range(n):
            await asyncio.sleep(0)
    await asyncio.gather(f(), f())
    return 2 * n


async def pass_items(n, size):
    q = asyncio.Queue(size)

    async def put():
        for i in range(n):
            await q.put(i)
    t = asyncio.create_task(put())
    for _ in range(n):
        await q.get()
    await t
    return n


async def daisy(items, stages=100):
    qs = [asyncio.Queue(1) for _ in range(stages + 1)]

    async def stage(a, b):
        for _ in range(items):
            await b.put(await a.get() + 1)

    async def source():
        for i in range(items):
            await qs[0].put(i)
    ts = [asyncio.create_task(stage(qs[i], qs[i + 1])) for i in range(stages)]
    ts.append(asyncio.create_task(source()))
    for _ in range(items):
        await qs[-1].get()
    await asyncio.gather(*ts)
    return stages * items


async def roundtrips(n):
    a, b = asyncio.Queue(1), asyncio.Queue(1)

    async def f():
        for _ in range(n):
            await a.get()
            b.put_nowait(1)
    t = asyncio.create_task(f())
    await asyncio.sleep(0)
    for _ in range(n):
        a.put_nowait(1)
        await b.get()
    await t
    return n


async def nothing():
    pass


async def spawnone(n):
    for _ in range(n):
        await asyncio.create_task(nothing())
    return n


async def spawnall(n):
    for t in [asyncio.create_task(nothing()) for _ in range(n)]:
        await t
    return n


async def blocked(n):
    before = resident()
    event = asyncio.Event()

    async def w():
        await event.wait()
    ts = [asyncio.create_task(w()) for _ in range(n)]
    await asyncio.sleep(0)
    print((resident() - before) / n)
    event.set()
    for t in ts:
        await t


async def lateness(n):
    late = []

    async def w(d):
        t = time.perf_counter_ns()
        await asyncio.sleep(d)
        late.append((time.perf_counter_ns() - t) / 1e3 - 1e6 * d)
    await asyncio.gather(*[w(0.2 + (i * 7919 % n) / n) for i in range(n)])
    print(sorted(late)[n // 2])


TIMES = {
    "yield": (yields, 10**5), "chan0": (lambda n: pass_items(n, 1), 10**5), "chan1000": (lambda n: pass_items(n, 1000), 10**5),
    "daisy": (daisy, 500), "cond": (roundtrips, 10**5), "spawn1": (spawnone, 10**5), "spawnall": (spawnall, 10**5),
}
name, reps = sys.argv[1], int(sys.argv[2])
if name in TIMES:
    f, n = TIMES[name]
    for _ in range(reps):
        t = time.process_time_ns()
        k = asyncio.run(f(n))
        print((time.process_time_ns() - t) / k)
else:
    asyncio.run({"blocked": blocked, "timers": lateness}[name](10**6 if name == "blocked" else 10**5))
