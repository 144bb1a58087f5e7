#!/usr/bin/env python3
"""Walks through the web example in a real browser, without a window: sign-up, sign-in with a wrong and the right
password, an invitation, a second factor, a passkey on a virtual authenticator, a reset by link, signing out everywhere.

    cargo build -p iam-examples --example web --features passkeys
    python3 examples/web/browser.py target/debug/examples/web

Needs Chromium and its driver (Debian: `apt-get install chromium chromium-driver`). Without them it says so and ends with
status 77: not run. Speaks the W3C WebDriver protocol itself, so there is nothing else to install.
"""

import base64
import contextlib
import hashlib
import hmac
import json
import re
import shutil
import struct
import subprocess
import sys
import time
import urllib.error
import urllib.request

PASSWORD = "a staple of the battery horse"
SECOND = "another staple for the same horse"


ARGUMENTS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


# What the page's own script does, in two steps: the browser's answer, and sending it.
ANSWER = """return (async () => {
  const form = document.querySelector("#sign-in-passkey");
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(JSON.parse(form.dataset.get));
  return JSON.stringify(await navigator.credentials.get({publicKey}));
})()"""
SEND = """
const form = document.querySelector("#sign-in-passkey");
form.elements.response.value = arguments[0];
form.submit();
"""


class Browser:
    """One window with its own cookies."""

    def __init__(self, driver, chromium):
        self.driver = driver
        options = {"binary": chromium, "args": ARGUMENTS}
        wanted = {"capabilities": {"alwaysMatch": {"browserName": "chrome", "goog:chromeOptions": options}}}
        self.session = self.call("POST", "/session", wanted)["sessionId"]

    def call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.driver + path, data, {"content-type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=240) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode()) from None

    def ask(self, method, path, body=None):
        return self.call(method, f"/session/{self.session}{path}", body)

    def go(self, url):
        self.ask("POST", "/url", {"url": url})

    def all(self, selector):
        found = self.ask("POST", "/elements", {"using": "css selector", "value": selector})
        return [next(iter(element.values())) for element in found]

    def text(self, selector):
        elements = self.all(selector)
        assert elements, f"there is no {selector} on {self.page()}"
        return self.ask("GET", f"/element/{elements[0]}/text")

    def page(self):
        return self.ask("GET", "/url") + "\n" + self.ask("GET", "/source")

    def fill(self, form, **values):
        """Fills in a form and sends it."""
        for name, value in values.items():
            fields = self.all(f"#{form} [name={name}]")
            assert fields, f"there is no field {name} in {form} on {self.page()}"
            self.ask("POST", f"/element/{fields[0]}/clear", {})
            self.ask("POST", f"/element/{fields[0]}/value", {"text": value})
        self.moves(lambda: self.press(form), f"the page after {form}")

    def moves(self, act, what):
        """Does something that leads to another page, and waits for that."""
        before = self.all("html")
        act()
        self.wait(lambda: self.all("html") not in ([], before), what)

    def press(self, form):
        """Presses the button of a form."""
        buttons = self.all(f"#{form} button")
        assert buttons, f"there is no form {form} on {self.page()}"
        self.ask("POST", f"/element/{buttons[0]}/click", {})

    def wait(self, there, what):
        """Waits for something that comes by itself, such as the page after this one."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            with contextlib.suppress(AssertionError):
                if there() and self.run("return document.readyState") == "complete":
                    return
            time.sleep(0.05)
        raise AssertionError(f"waited in vain for {what} on {self.page()}")

    def run(self, script, *arguments):
        """Runs a script in the page."""
        return self.ask("POST", "/execute/sync", {"script": script, "args": list(arguments)})

    def authenticator(self):
        """A device for passkeys that stays with the window and always finds its person (WebAuthn, 11)."""
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserConsenting": True,
            "isUserVerified": True,
        }
        return self.ask("POST", "/webauthn/authenticator", options)

    def passkeys(self, device):
        return self.ask("GET", f"/webauthn/authenticator/{device}/credentials")

    def cookies(self):
        return {cookie["name"]: cookie for cookie in self.ask("GET", "/cookie")}

    def close(self):
        self.ask("DELETE", "")


def totp(key, at=None):
    """RFC 6238 with the usual parameters."""
    key = base64.b32decode(key + "=" * (-len(key) % 8))
    digest = hmac.new(key, struct.pack(">Q", int((at or time.time()) // 30)), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[offset:offset + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def walk(site, browser, other):
    def expect(found, wanted):
        assert wanted in found, f"expected “{wanted}”, found “{found}” on {browser.page()}"

    def sign_in(who, identifier, password):
        who.go(site + "/sign-in")
        who.fill("sign-in", identifier=identifier, password=password)

    def link(text):
        """The link of the latest message that says this."""
        browser.go(site + "/mail")
        found = [m for m in re.findall(r'href="([^"]*)"[^>]*>([^<]*)<', browser.page()) if text in m[1]]
        assert found, f"no message says “{text}” on {browser.page()}"
        return site + found[0][0].replace("&amp;", "&")

    # Nobody is signed in; a stranger and a wrong password get the same answer.
    browser.go(site)
    expect(browser.text("#who"), "Nobody")
    sign_in(browser, "alice@example.com", PASSWORD)
    stranger = browser.text("#problem")

    # Sign-up, with what is wrong said at the field.
    browser.go(site + "/sign-up")
    browser.fill("sign-up", email="alice@example.com", first_name="<b>Alice</b>", password="password")
    expect(browser.text("#problem"), "password")
    browser.fill("sign-up", email="alice@example.com", first_name="<b>Alice</b>", password=PASSWORD)
    sign_in(browser, "alice@example.com", "wrong")
    assert browser.text("#problem") == stranger
    sign_in(browser, "Alice@Example.com", PASSWORD)
    expect(browser.text("#who"), "Signed in as <b>Alice</b> (alice@example.com), level 1")
    cookie = browser.cookies()["session"]
    assert cookie["httpOnly"] and cookie["sameSite"] == "Lax", cookie

    # The address is verified by the link that was sent; a link works once.
    address = link("user.email_verification")
    browser.go(address)
    browser.fill("link")
    browser.go(address)
    expect(browser.text("#message"), "used")

    # An invitation, accepted in another browser.
    browser.go(site)
    browser.fill("invite", email="bob@example.com")
    expect(browser.text("#message"), "on its way")
    invitation = link("user.invited")
    other.go(invitation)
    other.fill("link", first_name="Bob", password=PASSWORD)
    sign_in(other, "bob@example.com", PASSWORD)
    expect(other.text("#who"), "Bob")
    other.fill("sign-out")
    expect(other.text("#who"), "Nobody")

    # A second factor, asked for at the next sign-in; a code counts once.
    browser.go(site + "/factor")
    browser.fill("factor")
    key = browser.text("#key")
    used = totp(key)
    browser.fill("factor", code=used)
    expect(browser.text("#message"), "bound")
    sign_in(other, "alice@example.com", PASSWORD)
    other.fill("sign-in-next", code=used)
    assert other.text("#problem") == stranger
    time.sleep(30 - time.time() % 30 + 1)
    other.fill("sign-in-next", code=totp(key))
    expect(other.text("#who"), "level 2")
    assert len(other.all("#sessions li")) == 2

    # A passkey: bound inside of the session, then a sign-in without a name and without a password.
    device = browser.authenticator()
    browser.go(site + "/passkey")
    browser.fill("passkey", label="This browser")
    browser.fill("passkey-confirm")
    expect(browser.text("#message"), "bound")
    assert len(browser.passkeys(device)) == 1
    browser.go(site)
    browser.fill("sign-out")
    expect(browser.text("#who"), "Nobody")
    browser.go(site + "/sign-in")
    browser.fill("sign-in-passkey")
    expect(browser.text("#who"), "level 3")
    counted = browser.passkeys(device)[0]["signCount"]
    assert counted >= 1, counted

    # An answer counts once, and only as the device has given it.
    browser.go(site)
    browser.fill("sign-out")
    browser.go(site + "/sign-in")
    answer = browser.run(ANSWER)
    changed = json.loads(answer)
    changed["response"]["signature"] = "A" + changed["response"]["signature"][1:]
    for shown in [json.dumps(changed), "{}", answer]:
        browser.go(site + "/sign-in")
        browser.moves(lambda shown=shown: browser.run(SEND, shown), "the page after the passkey")
        if shown is not answer:
            assert browser.text("#problem") == stranger
    expect(browser.text("#who"), "level 3")
    browser.fill("sign-out")
    browser.go(site + "/sign-in")
    browser.moves(lambda: browser.run(SEND, answer), "the page after the passkey")
    assert browser.text("#problem") == stranger

    # As a second factor after the password; the device refuses to bind a second passkey of the same person.
    sign_in(browser, "alice@example.com", PASSWORD)
    browser.fill("sign-in-next-passkey")
    expect(browser.text("#who"), "level 3")
    browser.go(site + "/passkey")
    browser.fill("passkey", label="Once more")
    browser.press("passkey-confirm")
    browser.wait(lambda: browser.text("output"), "the browser's refusal")
    # Whoever has no passkey of ours gets no further.
    other.authenticator()
    other.go(site + "/sign-in")
    other.press("sign-in-passkey")
    other.wait(lambda: other.text("output"), "the browser's refusal")
    other.go(site)

    # Signing out everywhere ends the session of the other browser, too.
    browser.go(site)
    browser.fill("sign-out-everywhere")
    other.go(site)
    expect(other.text("#who"), "Nobody")

    # A forgotten password: the same words for everybody, a link for one.
    said = []
    for who in ["nobody@example.com", "alice@example.com"]:
        browser.go(site + "/forgotten")
        browser.fill("forgotten", identifier=who)
        said.append(browser.text("#message"))
    assert said[0] == said[1]
    browser.go(link("user.password_reset"))
    browser.fill("link", password=SECOND)
    sign_in(browser, "alice@example.com", PASSWORD)
    assert browser.text("#problem") == stranger
    sign_in(browser, "alice@example.com", SECOND)
    expect(browser.page(), "One more step")


def not_run(why):
    print(f"NOT RUN: {why}", file=sys.stderr)
    return 77


@contextlib.contextmanager
def process(command, line):
    """A program, once it has said a line; what the line's expression has found."""
    program = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        for said in program.stdout:
            found = re.search(line, said)
            if found:
                yield found
                return
        raise AssertionError(f"{command[0]} has ended with status {program.wait()}")
    finally:
        program.kill()
        program.wait()


def main():
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    driver = shutil.which("chromedriver")
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not driver or not chromium:
        return not_run("there is no Chromium with its driver here")
    with process([driver, "--port=0"], r"successfully on port (\d+)") as port, process(
        [sys.argv[1], "127.0.0.1:0"], r"listening on (\S+)"
    ) as listening:
        at = f"http://127.0.0.1:{port[1]}"
        windows = [Browser(at, chromium), Browser(at, chromium)]
        try:
            walk(listening[1], *windows)
        finally:
            for window in windows:
                window.close()
    print("the browser has seen everything it should")
    return 0


if __name__ == "__main__":
    sys.exit(main())
