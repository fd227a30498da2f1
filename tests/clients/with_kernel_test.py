"""jupyter_kernel_test's own classes, filled in for this kernel: none of its tests is left out but
test_pager, for payloads of the pager have no meaning for Julia."""
import sys
import unittest

import jupyter_kernel_test as jkt
from checks import KERNEL


class WeftTests(jkt.KernelTests):
    kernel_name = KERNEL
    language_name = "julia"
    file_extension = ".jl"

    code_hello_world = 'println("hello, world")'
    code_stderr = 'println(stderr, "to stderr")'
    code_generate_error = "sqrt(-1.0)"
    code_inspect_sample = "println"
    code_clear_output = "IJulia.clear_output()"
    code_page_something = ""

    completion_samples = [
        {"text": "printl", "matches": ["println"]},
        {"text": "y = 2; eachin", "matches": ["eachindex"]},
        {"text": "\\alpha", "matches": ["α"]},
        {"text": "take", "matches": ["take!"]},
    ]
    complete_code_samples = [
        "1", "x = 5", "f(x) = x^2", "for i in 1:3\n    println(i)\nend", "begin\n    1\nend", "[1,\n 2]", '"""a\nb"""', "",
        "@async begin\n    sleep(1)\nend", "1 # note",
    ]
    incomplete_code_samples = [
        "for i in 1:3", "function g(x)\n    x + 1", "begin", "print(", "[1, 2,", '"abc', '"""abc', "let y = 1", "try\n    1\ncatch e", "#= note",
        "if true\n    1\nelse",
    ]
    invalid_code_samples = ["end", ")", "x = = 1", "f(1, 2))"]

    code_execute_result = [
        {"code": "1 + 2", "result": "3"},
        {"code": "[1, 2, 3]", "result": "3-element Vector{Int64}:\n 1\n 2\n 3"},
        {"code": '"a" * "b"', "result": '"ab"'},
        {"code": "(1, 2.5, :x)", "result": "(1, 2.5, :x)"},
        {"code": "fetch(@async 40 + 2)", "result": "42"},
    ]
    code_display_data = [
        {"code": "display(1)", "mime": "text/plain"},
        {"code": 'display("text/html", "<b>bold</b>")', "mime": "text/html"},
        {"code": 'display("image/svg+xml", "<svg xmlns=\\"http://www.w3.org/2000/svg\\"/>")', "mime": "image/svg+xml"},
    ]
    code_history_pattern = "1 ? 2*"
    supported_history_operations = ("tail", "range", "search")


cases = [WeftTests]
if hasattr(jkt, "IopubWelcomeTests"):

    class WeftWelcomeTests(jkt.IopubWelcomeTests):
        kernel_name = KERNEL
        support_iopub_welcome = True

    cases.append(WeftWelcomeTests)


class Lines(unittest.TestResult):
    """One line per test."""

    def addSuccess(self, test):
        print(f"PASS jupyter_kernel_test: {test._testMethodName}", flush=True)

    def addSkip(self, test, reason):
        if test._testMethodName != "test_pager":
            self.addFailure(test, (None, f"left out: {reason}", None))

    def addFailure(self, test, err):
        self.failures.append((test, err[1]))
        print(f"FAIL jupyter_kernel_test: {getattr(test, '_testMethodName', test)}: {err[1]!r}", flush=True)

    addError = addFailure

    def addSubTest(self, test, subtest, err):
        if err is not None:
            self.addFailure(subtest, err)
            print(f"     in {subtest}", flush=True)


result = Lines()
unittest.TestSuite(unittest.defaultTestLoader.loadTestsFromTestCase(c) for c in cases).run(result)
sys.exit(1 if result.failures else 0)
