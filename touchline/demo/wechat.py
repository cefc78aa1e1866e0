"""The WeChat official account: followers, messages and menu taps, known by their open id."""

from touchline.demo.content import ARTICLES, in_language
from touchline.demo.diary import Body, Diary
from touchline.domain.kernel.clock import DAY, HOUR, MINUTE, Moment

SOURCE = "WeChat"

_QUESTIONS = ("你好，请问有报价单吗？", "传感器支持微信告警吗？", "可以预约演示吗？", "谢谢")
_MENU = ("产品", "案例", "预约演示")


def follow(diary: Diary, moment: Moment) -> None:
    """Following the account, talking to it for some weeks, sometimes leaving it."""
    _track(
        diary,
        moment,
        "WeChat Followed",
        {"scene": diary.dice.choice(("qr-code", "search", "card"))},
    )
    for _ in range(diary.dice.randint(0, 5)):
        moment = diary.later(moment, HOUR, 21 * DAY)
        _talk(diary, moment)
    if diary.chance(0.4):
        bind(diary, diary.later(moment, HOUR, 5 * DAY))
    if diary.chance(0.08):
        _track(diary, diary.later(moment, 5 * DAY, 90 * DAY), "WeChat Unfollowed", {})


def bind(diary: Diary, moment: Moment) -> None:
    """The follower leaves an e-mail address in the account's form."""
    diary.has_left_email = True
    traits = {"email": diary.person.email, "name": diary.person.full_name}
    diary.add(SOURCE, moment, {"type": "identify", **_follower(diary), "traits": traits})


def _talk(diary: Diary, moment: Moment) -> None:
    act = diary.dice.choice(("message", "menu", "article"))
    if act == "message":
        _track(diary, moment, "WeChat Message Received", {"text": diary.dice.choice(_QUESTIONS)})
    elif act == "menu":
        _track(diary, moment, "WeChat Menu Clicked", {"item": diary.dice.choice(_MENU)})
    else:
        article = diary.dice.choice(in_language(ARTICLES, "zh"))
        read = {"assetSlug": article.slug, "assetKind": article.kind}
        _track(diary, moment, "WeChat Article Read", read)


def _track(diary: Diary, moment: Moment, event: str, properties: Body) -> None:
    body = {"type": "track", "event": event, "properties": properties, **_follower(diary)}
    diary.add(SOURCE, diary.later(moment, 0, MINUTE), body)


def _follower(diary: Diary) -> Body:
    open_id = {
        "id": diary.person.open_id,
        "type": "wechat_openid",
        "collection": "users",
        "encoding": "none",
    }
    return {"context": {"externalIds": [open_id], "locale": "zh-CN"}}
