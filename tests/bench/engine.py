"""The programs of engine.jl in Python: engine.py NAME REPS [N]."""
import io
import sys
import time


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def fibcalls(n):
    return fib(26)


def loop(n):
    s = 1
    for i in range(1, n + 1):
        s = ((s * 31 + i) ^ s) & 0xFFFFFFFFFFFFFFFF
    return s


def sieve(n):
    p = bytearray([1]) * (n + 1)
    for i in range(2, int(n ** 0.5) + 1):
        if p[i]:
            for j in range(i * i, n + 1, i):
                p[j] = 0
    return sum(p)


def thrower(x):
    if x > 0:
        raise ValueError("no")
    return x


def throws(n):
    k = 0
    for i in range(1, n + 1):
        try:
            thrower(i)
        except Exception as e:
            k += isinstance(e, ValueError)
    return k


def complexes(n):
    z, c = 0j, -0.2 + 0.3j
    for _ in range(n):
        z = z * z + c
    return z


class Point:
    __slots__ = ("x", "y")

    def __init__(self, x, y):
        self.x, self.y = x, y


def plus(a, b):
    return Point(a.x + b.x, a.y + b.y)


def structs(n):
    p, q = Point(0.0, 0.0), Point(1.0, 2.0)
    for _ in range(n):
        p = plus(p, q)
    return p.x


class Counter:
    def __init__(self):
        self.n = 0

    def bump(self):
        self.n += 1


def fields(n):
    c = Counter()
    for _ in range(n):
        c.bump()
    return c.n


def withkw(a, *, b=1, c=2):
    return a + b + c


def keywords(n):
    s = 0
    for i in range(n):
        s += withkw(i, c=3)
    return s


class Square:
    def __init__(self, a):
        self.a = a

    def area(self):
        return self.a * self.a


class Circle:
    def __init__(self, r):
        self.r = r

    def area(self):
        return 3.14 * self.r * self.r


class Box2:
    def __init__(self, a, b):
        self.a, self.b = a, b

    def area(self):
        return self.a * self.b


def dispatch(n):
    shapes = [Square(1.0), Circle(2.0), Box2(1.0, 2.0)]
    t = 0.0
    for i in range(n):
        t += shapes[i % 3].area()
    return t


def interpolate(n):
    k = 0
    for i in range(n):
        k += len(f"item {i} of {n}")
    return k


def printing(n):
    o = io.StringIO()
    for i in range(n):
        print(i, end=",", file=o)
    return len(o.getvalue())


def dictint(n):
    d = {}
    for i in range(1, n + 1):
        d[i * 7919] = i
    s = 0
    for i in range(1, n + 1):
        s += d[i * 7919]
    return s


def dictstring(n):
    keys = ["k" + str(i % 1000) for i in range(n)]
    d = {}
    for k in keys:
        d[k] = d.get(k, 0) + 1
    return len(d)


def pushes(n):
    v = []
    for i in range(n):
        v.append(i)
    return len(v)


def sortby(n):
    return sorted([(i * 7919) % n for i in range(n)], key=lambda x: -x)[0]


def broadcasts(n):
    a = [float(i) for i in range(1, 1001)]
    b = a
    for _ in range(-(-n // 1000)):
        b = [x + 2 * y - 1.0 for x, y in zip(a, b)]
    return b[0]


def closures(n):
    v = list(range(1, n + 1))
    return sum(map(lambda x: 2 * x + 1, filter(lambda x: x % 3 == 0, v)))


def comprehension(n):
    return len([i ** 2 + 1 for i in range(n) if i % 2 == 0])


def cell(n):
    """Nanoseconds for each byte of a cell of n statements, times n."""
    lines = ["a0 = 1"]
    for i in range(1, n + 1):
        lines.append((
            f"a{i} = {i} * 2 + 1",
            f"if a{i - 1} > 3: b{i} = str(a{i - 1}) + \"x\"\nelse: b{i} = \"\"",
            f"c{i} = [{i}, a{i - 2}, 3]",
            f"for j in range(1, 4): d = len(c{i - 1}) + j")[i % 4])
    text = "\n".join(lines)
    t = time.process_time_ns()
    exec(compile(text, "cell", "exec"), {})
    return (time.process_time_ns() - t) / len(text) * n


SIZES = {
    "fib": (fibcalls, 392835), "loop": (loop, 10**6), "sieve": (sieve, 2 * 10**6), "throws": (throws, 10**5),
    "complex": (complexes, 10**6), "structs": (structs, 10**6), "fields": (fields, 10**6), "keywords": (keywords, 10**6),
    "dispatch": (dispatch, 10**6), "interpolate": (interpolate, 10**5), "print": (printing, 10**5),
    "dictint": (dictint, 10**5), "dictstring": (dictstring, 10**5), "push": (pushes, 10**6), "sortby": (sortby, 10**5),
    "broadcast": (broadcasts, 10**6), "closures": (closures, 10**6), "comprehension": (comprehension, 10**6),
    "cell": (cell, 25000),
}

name, reps = sys.argv[1], int(sys.argv[2])
f, n = SIZES[name]
if len(sys.argv) > 3:
    n = int(sys.argv[3])
times = []
for _ in range(reps):
    t = time.process_time_ns()
    r = f(n)
    times.append(r / n if name == "cell" else (time.process_time_ns() - t) / n)
print(" ".join(map(repr, times)))
