"""What people write of an asset, and what is refused of it."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from touchline.domain.content.addresses import checked_address
from touchline.domain.content.errors import ContentErrorCode as Code
from touchline.domain.kernel.errors import Refused

MAX_TITLE = 200
MAX_SLUG = 100
MAX_BODY = 80_000
MAX_ATTACHMENTS = 50
MAX_LABEL = 200
MAX_COMMENT = 2_000
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}|[0-9]{3}))?")
_NOT_SLUG = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to an asset, by its address."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class AssetText:
    """What is written of an asset, in Markdown, or as the texts of its template's slots by name."""

    title: str
    body: str = ""
    cover_url: str | None = None
    attachments: Sequence[Attachment] = ()
    slots: Mapping[str, str] | None = None


def checked_text(text: AssetText) -> AssetText:
    """The text without outer blanks; refuses what is empty, too long or leads nowhere."""
    title = " ".join(text.title.split())
    if not title or len(title) > MAX_TITLE or not title.isprintable():
        message = f"A title has 1 to {MAX_TITLE} characters."
        raise Refused(Code.TITLE_INVALID, message, ("title",))
    check_body(text.body, "body")
    if len(text.attachments) > MAX_ATTACHMENTS:
        message = f"An asset has at most {MAX_ATTACHMENTS} attachments."
        raise Refused(Code.ATTACHMENTS_INVALID, message, ("attachments",))
    cover = checked_address(text.cover_url, "coverUrl") if text.cover_url else None
    attachments = tuple(_attachment(one, at) for at, one in enumerate(text.attachments))
    return replace(text, title=title, cover_url=cover, attachments=attachments)


def check_body(body: str, field: str) -> None:
    """Refuse, at ``field``, what is too long or cannot be stored."""
    if len(body) > MAX_BODY or "\x00" in body:
        message = f"A body has at most {MAX_BODY:,} characters, none of them NUL."
        raise Refused(Code.BODY_INVALID, message, (field,))


def checked_slug(given: str | None, title: str) -> str:
    """The slug, made of the title where none is given: words of a to z and 0 to 9, and hyphens."""
    slug = _slug_of(title) if given is None else given.strip()
    if len(slug) > MAX_SLUG or not _SLUG.fullmatch(slug):
        message = f"A slug is words of a to z and 0 to 9 with hyphens between, at most {MAX_SLUG}."
        raise Refused(Code.SLUG_INVALID, message, ("slug",))
    return slug


def checked_language(given: str) -> str:
    """A language as BCP 47 spells it, such as ``en``, ``zh-Hans`` or ``pt-BR``."""
    found = _LANGUAGE.fullmatch(given.strip().lower())
    if found is None:
        message = "A language is a tag such as en, zh-Hans or pt-BR."
        raise Refused(Code.LANGUAGE_INVALID, message, ("language",))
    language, script, region = found.groups()
    spelt = [language, script and script.capitalize(), region and region.upper()]
    return "-".join(filter(None, spelt))


def checked_comment(given: str | None) -> str | None:
    """A remark beside a step."""
    comment = (given or "").strip() or None
    if comment and (len(comment) > MAX_COMMENT or "\x00" in comment):
        message = f"A comment has at most {MAX_COMMENT:,} characters, none of them NUL."
        raise Refused(Code.COMMENT_INVALID, message, ("comment",))
    return comment


def _attachment(one: Attachment, at: int) -> Attachment:
    title = " ".join(one.title.split())
    if not title or len(title) > MAX_LABEL or not title.isprintable():
        message = f"An attachment's title has 1 to {MAX_LABEL} characters."
        raise Refused(Code.ATTACHMENTS_INVALID, message, ("attachments", at, "title"))
    return Attachment(checked_address(one.url, "attachments", at, "url"), title)


def _slug_of(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return _NOT_SLUG.sub("-", plain)[:MAX_SLUG].strip("-")
