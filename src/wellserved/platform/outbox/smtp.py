"""Hand one message to a mail server, and know exactly how far it came."""

import contextlib
import dataclasses
import smtplib
import ssl
import urllib.parse
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, parseaddr
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from wellserved.platform.models import OutboxMessage

TIMEOUT_SECONDS = 20.0


class NotYet(Exception):
    """Nothing was handed over, and a later try may succeed."""


class Never(Exception):
    """Refused for good."""


class InDoubt(Exception):
    """The text was handed over and no answer came: the other side may have it."""


class CalledBack(Exception):
    """Somebody called the message back, or owns it now; nothing was handed over."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """Where mail goes: `smtp://`, `smtp+starttls://` or `smtps://user:password@host:port`."""

    host: str
    port: int
    security: str
    user: str
    password: str


def parse(url: str) -> Server:
    """Return the server a MAIL_URL names.

    >>> parse("smtps://anna:p%40ss@mail.example.org").port
    465
    """
    parts = urllib.parse.urlsplit(url)
    securities = {"smtp": "plain", "smtp+starttls": "starttls", "smtps": "tls"}
    if parts.scheme not in securities or not parts.hostname:
        raise ImproperlyConfigured(
            "MAIL_URL cannot be read: use smtp://, smtp+starttls:// or smtps://user:password@host:port."
        )
    default_port = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}[parts.scheme]
    return Server(
        host=parts.hostname,
        port=parts.port or default_port,
        security=securities[parts.scheme],
        user=urllib.parse.unquote(parts.username or ""),
        password=urllib.parse.unquote(parts.password or ""),
    )


def compose(message: OutboxMessage) -> bytes:
    """Return the mail as bytes; the same row gives the same bytes each time."""
    mail = EmailMessage(policy=SMTP)
    mail["Message-ID"] = message.message_id
    mail["Date"] = format_datetime(message.created_at)
    mail["From"] = message.headers.get("From", settings.MAIL_FROM)
    mail["To"] = message.recipient
    mail["Subject"] = message.subject
    for name, value in sorted(message.headers.items()):
        if name.lower() not in {"message-id", "date", "from", "to", "subject"}:
            mail[name] = value
    mail.set_content(message.body)
    return mail.as_bytes()


def deliver(message: OutboxMessage, server: Server, *, before_text: Callable[[], None]) -> None:
    """Send the message and return when the server has taken it; `before_text` runs just before the text leaves.

    Raises NotYet, Never or InDoubt. What `before_text` raises goes through: nothing has been handed over then.
    """
    try:
        text, sender = compose(message), parseaddr(settings.MAIL_FROM)[1]
    except ValueError as error:
        raise Never(f"The message cannot be written as mail: {error}") from error
    with _connect(server) as client:
        with _translate(certain=True):
            _expect(client.mail(sender), 250)
            _expect(client.rcpt(message.recipient), 250, 251)
        before_text()
        with _translate(certain=False):
            code, reply = client.data(text)
        _expect((code, reply), 250)


@contextlib.contextmanager
def _connect(server: Server) -> Iterator[smtplib.SMTP]:
    with _translate(certain=True):
        if server.security == "tls":
            context = ssl.create_default_context()
            client: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=TIMEOUT_SECONDS, context=context)
        else:
            client = smtplib.SMTP(server.host, server.port, timeout=TIMEOUT_SECONDS)
        if server.security == "starttls":
            client.starttls(context=ssl.create_default_context())
        if server.user:
            client.login(server.user, server.password)
        client.ehlo_or_helo_if_needed()
    try:
        yield client
    finally:
        with contextlib.suppress(smtplib.SMTPException, OSError):
            client.quit()
        client.close()


@contextlib.contextmanager
def _translate(*, certain: bool) -> Iterator[None]:
    """Turn the library's errors into ours; `certain` means that no text has left yet."""
    try:
        yield
    except smtplib.SMTPResponseException as error:
        _expect((error.smtp_code, error.smtp_error))
        raise NotYet(str(error)) from error
    except (smtplib.SMTPException, OSError) as error:
        sentence = f"{type(error).__name__}: {error}"
        raise (NotYet(sentence) if certain else InDoubt(sentence)) from error


def _expect(reply: tuple[int, Any], *good: int) -> None:
    code, text = reply
    if code in good:
        return
    spoken = text.decode(errors="replace") if isinstance(text, bytes) else str(text)
    if 500 <= code < 600:
        raise Never(f"{code} {spoken}")
    raise NotYet(f"{code} {spoken}")
