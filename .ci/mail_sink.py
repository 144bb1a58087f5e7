"""An SMTP server for tests: keeps every message as a file, and makes trouble on request.

  mail_sink.py FOLDER PORT TLS_PORT CERTIFICATE KEY USER PASSWORD

PORT speaks plain SMTP and STARTTLS, TLS_PORT speaks TLS from the first byte. The account is asked for where the
connection is protected. A recipient that starts with `refuse` is refused for good, one with `later` the first time.
"""

import asyncio
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

folder, port, tls_port, certificate, key, user, password = sys.argv[1:]
seen = set()
count = 0


class Sink:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("refuse"):
            return "550 5.1.1 no such mailbox"
        if address.startswith("later") and address not in seen:
            seen.add(address)
            return "451 4.7.1 come again"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        global count
        count += 1
        protected = server.transport.get_extra_info("ssl_object") is not None
        name = f"{folder}/{count:04d}-{'tls' if protected else 'plain'}-{'known' if session.authenticated else 'unknown'}.eml"
        with open(name + ".part", "wb") as out:
            out.write(envelope.original_content)
        os.rename(name + ".part", name)
        return "250 OK"


def authenticate(server, session, envelope, mechanism, data):
    known = isinstance(data, LoginPassword) and (data.login, data.password) == (user.encode(), password.encode())
    return AuthResult(success=known)


async def main():
    loop = asyncio.get_running_loop()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    known = dict(hostname="localhost", enable_SMTPUTF8=True, authenticator=authenticate)
    await loop.create_server(lambda: SMTP(Sink(), tls_context=context, **known), "127.0.0.1", int(port))
    await loop.create_server(lambda: SMTP(Sink(), auth_require_tls=False, **known), "127.0.0.1", int(tls_port), ssl=context)
    print("ready", flush=True)
    await asyncio.Event().wait()


asyncio.run(main())
