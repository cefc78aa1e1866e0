"""A real browser that is driven as a person would: it goes to pages, clicks, types and scrolls."""

import contextlib
import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from scripts.servers import find_chromium
from tests.support.process import running

WITHIN_S = 180.0
_PAUSE_S = 0.05
_FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-dev-shm-usage", "--remote-debugging-port=0", "--window-size=1000,700"),
    "--user-agent=Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/156.0 Safari/537.36",
)


class Browser:
    """A running browser; each visitor has cookies of their own."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._sent = 0

    def visitor(self, *, before: str = "") -> "Visitor":
        """Somebody who was never here. ``before`` runs in every page before its own scripts."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        wanted = {"url": "about:blank", "browserContextId": context}
        target = self.call("Target.createTarget", **wanted)["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        visitor = Visitor(self, attached["sessionId"])
        if before:
            visitor.call("Page.enable")
            visitor.call("Page.addScriptToEvaluateOnNewDocument", source=before)
        return visitor

    def call(self, method: str, *, session: str | None = None, **params: Any) -> dict[str, Any]:
        """Have the browser do something; returns what it answers."""
        self._sent += 1
        message = {"id": self._sent, "method": method, "params": params}
        self._socket.send(json.dumps(message | ({"sessionId": session} if session else {})))
        while True:
            answer = json.loads(self._socket.recv(timeout=WITHIN_S))
            if answer.get("id") == self._sent:
                if "error" in answer:
                    raise Unable(f"{method}: {answer['error']['message']}")
                result: dict[str, Any] = answer["result"]
                return result


class Unable(RuntimeError):
    """The browser could not do what it was asked to, such as in a page that is just going."""


class Visitor:
    """Somebody in front of the browser."""

    def __init__(self, browser: Browser, session: str) -> None:
        self._browser, self._session = browser, session

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Have the browser do something in the visitor's page."""
        return self._browser.call(method, session=self._session, **params)

    def go(self, url: str) -> None:
        """Open a page, and wait until all of it is there."""
        self.call("Page.navigate", url=url)
        self.wait(f"location.href.startsWith({json.dumps(url)})")

    def see(self, expression: str) -> Any:
        """What an expression of JavaScript is in the page."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in answer:
            raise Unable(f"{expression}: {answer['exceptionDetails']}")
        return answer["result"].get("value")

    def wait(self, condition: str) -> None:
        """Until a condition holds in a page that is there with its scripts."""
        deadline = time.monotonic() + WITHIN_S
        while True:
            with contextlib.suppress(Unable):
                if self.see(f"document.readyState == 'complete' && Boolean({condition})"):
                    return
            assert time.monotonic() < deadline, f"it did not come to pass: {condition}"
            time.sleep(_PAUSE_S)

    def click(self, selector: str) -> None:
        """Press the mouse where something is."""
        spot = self.see(
            f"(() => {{ const it = document.querySelector({json.dumps(selector)});"
            " it.scrollIntoView({block: 'center'}); const box = it.getBoundingClientRect();"
            " return [box.x + box.width / 2, box.y + box.height / 2]; })()"
        )
        where = {"x": spot[0], "y": spot[1], "button": "left", "clickCount": 1}
        for kind in ("mouseMoved", "mousePressed", "mouseReleased"):
            self.call("Input.dispatchMouseEvent", type=kind, **where)

    def write(self, selector: str, text: str) -> None:
        """Type into a field."""
        self.see(f"document.querySelector({json.dumps(selector)}).focus()")
        self.call("Input.insertText", text=text)


@contextlib.contextmanager
def running_browser(folder: Path) -> Iterator[Browser]:
    """Chromium with a profile of its own, for the length of the block."""
    profile = folder / "profile"
    ready = profile / "DevToolsActivePort"
    command: list[str | Path] = [find_chromium(), *_FLAGS, f"--user-data-dir={profile}"]

    def is_ready() -> bool:
        return ready.exists() and len(ready.read_text().split()) == 2

    with running(command, log=folder / "chromium.log", is_ready=is_ready, within_s=WITHIN_S):
        port, path = ready.read_text().split()
        address = f"ws://127.0.0.1:{port}{path}"
        with connect(address, max_size=None, open_timeout=WITHIN_S) as socket:
            yield Browser(socket)
