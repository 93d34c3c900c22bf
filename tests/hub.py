"""A model hub on this computer: serves files, counts every byte, and can cut a line, lie or stay silent."""

import threading
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Hub:
    """Serves `files` by the last part of the path. Its address is what PLAINSPOKEN_MIRROR takes."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = dict(files)
        self.sent: dict[str, list[tuple[int, int]]] = defaultdict(list)
        """Per file the ranges of bytes that went out, in order."""
        self.cuts: dict[str, int] = {}
        """Per file the byte at which the line is cut, once."""
        self.ranges_are_known = True
        self.pace_seconds = 0.0
        """Waited before each 64 KiB."""
        self.code = 0
        """Answered instead of anything, when it is not 0."""
        self.paths: list[str] = []
        hub = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                hub.answer(self)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        self.paths.append(request.path)
        name = request.path.rsplit("/", 1)[-1]
        if self.code or name not in self.files:
            request.send_error(self.code or 404)
            return
        body = self.files[name]
        asked = request.headers.get("Range") if self.ranges_are_known else None
        start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
        request.send_response(206 if asked else 200)
        if asked:
            request.send_header("Content-Range", f"bytes {start}-{len(body) - 1}/{len(body)}")
        request.send_header("Content-Length", str(len(body) - start))
        request.end_headers()
        cut = self.cuts.pop(name, None)
        end = len(body) if cut is None else cut
        place = start
        try:
            while place < end:
                piece = body[place : min(place + 65_536, end)]
                request.wfile.write(piece)
                place += len(piece)
                if self.pace_seconds:
                    threading.Event().wait(self.pace_seconds)
        except OSError:
            pass
        self.sent[name].append((start, place))
        if cut is not None:
            request.wfile.flush()
            request.connection.close()
