"""Chromium, driven through its DevTools protocol."""
import asyncio
import base64
import json
import os
import shutil
import subprocess
import time

from tornado.websocket import websocket_connect

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find():
    """The browser's program, None if there is none."""
    named = os.environ.get("CHROMIUM")
    return named if named else next((p for p in map(shutil.which, NAMES) if p), None)


class Browser:
    """One page of a browser without a window."""

    def __init__(self, folder, width=1280, height=900):
        self.folder, self.size = folder, (width, height)
        self.replies, self.count = {}, 0

    async def __aenter__(self):
        self.process = subprocess.Popen(
            [find(), "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
             "--remote-debugging-port=0", f"--user-data-dir={self.folder}", f"--window-size={self.size[0]},{self.size[1]}", "about:blank"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        port_file = os.path.join(self.folder, "DevToolsActivePort")
        end = time.time() + 60
        while not (os.path.exists(port_file) and len(open(port_file).read().split()) == 2):
            if time.time() > end or self.process.poll() is not None:
                raise RuntimeError("the browser does not start")
            await asyncio.sleep(0.05)
        port, path = open(port_file).read().split()
        self.socket = await websocket_connect(f"ws://127.0.0.1:{port}{path}", max_message_size=1 << 28)
        self.reader = asyncio.ensure_future(self.read())
        self.session = None
        target = await self.call("Target.createTarget", url="about:blank")
        self.session = (await self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True))["sessionId"]
        await self.call("Page.enable")
        await self.call("Runtime.enable")
        return self

    async def __aexit__(self, *_):
        self.reader.cancel()
        self.socket.close()
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    async def read(self):
        while True:
            text = await self.socket.read_message()
            if text is None:
                return
            m = json.loads(text)
            if m.get("id") in self.replies:
                self.replies.pop(m["id"]).set_result(m)

    async def call(self, method, **params):
        self.count += 1
        m = {"id": self.count, "method": method, "params": params}
        if self.session:
            m["sessionId"] = self.session
        reply = self.replies[self.count] = asyncio.get_event_loop().create_future()
        await self.socket.write_message(json.dumps(m))
        answer = await asyncio.wait_for(reply, 60)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']}")
        return answer["result"]

    async def open(self, url):
        await self.call("Page.navigate", url=url)

    async def eval(self, script):
        """The value of a JavaScript expression."""
        r = await self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in r:
            raise RuntimeError(f"{script}: {r['exceptionDetails'].get('exception', {}).get('description', r['exceptionDetails'])}")
        return r["result"].get("value")

    async def until(self, script, seconds=60):
        """Waits until a JavaScript expression is true; False if it never is."""
        end = time.time() + seconds
        while time.time() < end:
            try:
                if await self.eval(f"!!({script})"):
                    return True
            except RuntimeError:
                pass  # the page is still loading
            await asyncio.sleep(0.05)
        return False

    async def shot(self, path, height=None, script=None):
        """A picture of the page, made that high and prepared by a script."""
        if height:
            await self.call("Emulation.setDeviceMetricsOverride", width=self.size[0], height=min(height, 8000), deviceScaleFactor=1, mobile=False)
        if script:
            await self.eval(script)
        await asyncio.sleep(0.5)  # until it is drawn
        r = await self.call("Page.captureScreenshot", format="png")
        with open(path, "wb") as f:
            f.write(base64.b64decode(r["data"]))
