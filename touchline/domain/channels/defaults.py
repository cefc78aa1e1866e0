"""The list of rules that stands before anybody edits it."""

from touchline.domain.channels.rules import NOWHERE, Rule

_SEARCH = (
    *("google.*", "bing.com", "baidu.com", "duckduckgo.com", "search.yahoo.*", "yandex.*"),
    *("ecosia.org", "sogou.com", "so.com", "naver.com", "qwant.com", "startpage.com"),
    *("search.brave.com", "seznam.cz", "sm.cn"),
)
_SOCIAL = (
    *("facebook.com", "instagram.com", "linkedin.com", "lnkd.in", "twitter.com", "x.com", "t.co"),
    *("reddit.com", "pinterest.*", "tiktok.com", "youtube.com", "youtu.be", "weibo.com", "t.cn"),
    *("zhihu.com", "xiaohongshu.com", "douyin.com", "bilibili.com", "vk.com", "xing.com"),
    *("threads.net", "bsky.app", "quora.com"),
)
_SOCIAL_NAMES = (
    *("facebook", "fb", "instagram", "ig", "linkedin", "twitter", "x", "reddit", "pinterest"),
    *("tiktok", "youtube", "weibo", "zhihu", "xiaohongshu", "douyin", "bilibili", "vk", "xing"),
)
_ASSISTANTS = (
    *("chatgpt.com", "chat.openai.com", "perplexity.ai", "gemini.google.com", "claude.ai"),
    *("copilot.microsoft.com", "chat.deepseek.com", "doubao.com", "kimi.com", "kimi.moonshot.cn"),
)
_MAIL = ("mail.google.com", "outlook.live.com", "mail.yahoo.*", "mail.qq.com", "mail.163.com")
_MESSENGERS = (
    *("weixin.qq.com", "servicewechat.com", "web.whatsapp.com", "wa.me", "t.me", "discord.com"),
    *("work.weixin.qq.com", "dingtalk.com", "feishu.cn", "teams.microsoft.com", "slack.com"),
)

DEFAULT_RULES = (
    Rule("", explicit=True),
    Rule("Display", click_ids=("dclid",)),
    Rule("Paid search", click_ids=("gclid", "gbraid", "wbraid", "msclkid", "bd_vid", "yclid")),
    Rule(
        "Paid social",
        click_ids=("li_fat_id", "ttclid", "twclid", "epik", "qz_gdt", "gdt_vid", "rdt_cid"),
    ),
    Rule("Paid social", mediums=("paid*social", "social*paid", "paidsocial")),
    Rule("Paid social", mediums=("cpc", "ppc", "cpm", "paid", "ads"), sources=_SOCIAL_NAMES),
    Rule("Paid search", mediums=("cpc", "ppc", "sem", "paid*search", "paidsearch", "paid")),
    Rule("Display", mediums=("display", "banner", "cpm", "programmatic", "retargeting")),
    Rule("Affiliates", mediums=("affiliate", "affiliates")),
    Rule("E-mail", mediums=("email", "e-mail", "mail", "newsletter", "edm")),
    Rule("SMS", mediums=("sms", "text")),
    Rule("Push", mediums=("push", "web-push", "notification")),
    Rule("Messengers", mediums=("wechat", "weixin", "whatsapp", "im", "messenger")),
    Rule("Organic social", mediums=("social", "social-*", "social_*", "organic*social", "sm")),
    Rule("AI assistants", sources=_ASSISTANTS),
    Rule("Organic search", mediums=("organic",)),
    Rule("Referrals", mediums=("referral", "partner", "pr")),
    Rule("AI assistants", referrers=_ASSISTANTS),
    Rule("E-mail", referrers=_MAIL),
    Rule("Messengers", referrers=_MESSENGERS),
    Rule("Organic search", referrers=_SEARCH),
    Rule("Organic social", referrers=_SOCIAL),
    Rule("Other campaigns", sources=("*",)),
    Rule("Referrals", referrers=("*.*",)),
    Rule("E-mail", events=("email *",)),
    Rule("Direct", types=("PAGE", "SCREEN"), referrers=(NOWHERE,)),
    Rule("No arrival"),
)
"""``No arrival`` is what people do once they are here, and what systems tell."""

_ON_THEIR_OWN = ("Direct", "No arrival", "Other campaigns")
_BY_OTHERS = ("AI assistants", "Organic search", "Referrals")
NO_PLACES = _ON_THEIR_OWN + _BY_OTHERS
"""Of the channels of this list, those on which a team cannot publish: people come of themselves,
or others show the way."""
