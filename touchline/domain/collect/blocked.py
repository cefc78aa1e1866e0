"""Values that stand where an identifier should be and identify nobody.

They come from templates that were never filled and from variables printed before they had a
value. Two visitors who share one of them are not the same person.
"""

import re

_WORDS = frozenset(
    {
        "-1",
        "[object object]",
        "anonymous",
        "false",
        "guest",
        "n/a",
        "nan",
        "none",
        "null",
        "true",
        "undefined",
        "unknown",
    }
)
_NOTHING = re.compile(r"[0-]*")
_WRAPPING = "\"'`\u2018\u2019\u201c\u201d"


def is_blocked(value: str) -> bool:
    """Whether a value can never identify anyone, whatever its case, padding or quotes."""
    bare = value.strip()
    while bare and bare[0] in _WRAPPING and bare[-1] in _WRAPPING:
        bare = bare[1:-1].strip()
    return _NOTHING.fullmatch(bare) is not None or bare.lower() in _WORDS
