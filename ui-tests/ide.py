#!/usr/bin/env python3
"""Asks rust-analyzer, over LSP, for completion, hover and definition inside a coroutine's body.

    python3 ui-tests/ide.py [rust-analyzer]

Makes a package of its own in a temporary folder; exits with 1 if an answer is wrong. Takes a minute. rust-analyzer has
rustup install the component rust-src if it is missing."""

import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
BODY = """\
pub struct Store {
    items: Vec<String>,
}

impl Store {
    /// How many there are.
    pub fn count(&self) -> usize {
        self.items.len()
    }
}

async fn load(name: &str) -> Store {
    Store { items: vec![name.to_owned()] }
}

#[costate::coroutine]
pub fn report(name: &str) -> usize {
    let store = load(name).await;
    let first = store.count();
    load(name).await;
    first + store.count()
}
"""


class Server:
    """A rust-analyzer, spoken to over its standard input and output."""

    def __init__(self, command, folder):
        self.process = subprocess.Popen([command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder)
        self.last = 0
        self.ready = False
        options = {"procMacro": {"enable": True}, "cargo": {"buildScripts": {"enable": True}}, "checkOnSave": False}
        capabilities = {
            "experimental": {"serverStatusNotification": True},
            "textDocument": {"hover": {"contentFormat": ["plaintext"]}},
        }
        uri = folder.as_uri()
        self.ask("initialize", {"processId": None, "rootUri": uri, "capabilities": capabilities,
                                "initializationOptions": options})
        self.send({"method": "initialized", "params": {}})

    def send(self, message):
        text = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(text) + text)
        self.process.stdin.flush()

    def receive(self):
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        message = json.loads(self.process.stdout.read(length))
        if message.get("method") == "experimental/serverStatus":
            self.ready = message["params"]["quiescent"]
        elif "id" in message and "method" in message:
            self.send({"id": message["id"], "result": None})
        return message

    def ask(self, method, params):
        self.last += 1
        self.send({"id": self.last, "method": method, "params": params})
        while True:
            message = self.receive()
            if message.get("id") == self.last and "method" not in message:
                return message.get("result")

    def wait(self):
        while not self.ready:
            self.receive()


def at(needle, occurrence=1, offset=0):
    """The position of the so-manieth `needle` in the program."""
    index = -1
    for _ in range(occurrence):
        index = BODY.index(needle, index + 1)
    before = BODY[: index + offset]
    return {"line": before.count("\n"), "character": len(before) - before.rfind("\n") - 1}


def main():
    command = sys.argv[1] if len(sys.argv) > 1 else "rust-analyzer"
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name).resolve()
        (folder / "src").mkdir()
        source = folder / "src" / "lib.rs"
        source.write_text(BODY)
        (folder / "Cargo.toml").write_text(
            '[package]\nname = "ide"\nversion = "0.1.0"\nedition = "2024"\n[workspace]\n'
            f"[dependencies]\ncostate = {{ path = {json.dumps(str(ROOT / 'runtime'))} }}\n")
        server = Server(command, folder)
        uri = source.as_uri()
        document = {"uri": uri, "languageId": "rust", "version": 1, "text": BODY}
        server.send({"method": "textDocument/didOpen", "params": {"textDocument": document}})
        server.wait()

        def ask(method, position):
            return server.ask(f"textDocument/{method}", {"textDocument": {"uri": uri}, "position": position})

        def hover(position):
            answer = ask("hover", position)
            return json.dumps(answer["contents"]) if answer else "nothing"

        def lines(answer):
            answer = answer if isinstance(answer, list) else [answer]
            ranges = [one.get("targetSelectionRange") or one["range"] for one in answer if one]
            return {one["start"]["line"] for one in ranges}

        def names(answer):
            items = answer["items"] if isinstance(answer, dict) else answer or []
            return {item.get("filterText") or item["label"] for item in items}

        local, call = at("store = "), at("store.count", 1, len("store."))
        checks = {
            "hover on a local says its type": "Store" in hover(local),
            "hover on a method says its docs": "How many there are" in hover(call),
            "a method's definition is found": lines(ask("definition", call)) == {at("count")["line"]},
            "a held local's definition is found":
                lines(ask("definition", at("store.count", 2))) == {local["line"]},
            "a function's definition is found":
                lines(ask("definition", at("load(name).await"))) == {at("load")["line"]},
            "after a dot its methods are offered": "count" in " ".join(names(ask("completion", call))),
            "a name is completed from the locals": "first" in names(ask("completion", at("first +", 1, 2))),
        }
        for what, holds in checks.items():
            print("ok  " if holds else "FAIL", what)
        server.process.kill()
        sys.exit(0 if all(checks.values()) else 1)


main()
