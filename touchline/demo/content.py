"""What Fernwell publishes and sells: assets, campaigns, webinars, products and coupons."""

from dataclasses import dataclass
from datetime import date, timedelta

SITE = "https://www.fernwell.example"


@dataclass(frozen=True)
class Asset:
    """A piece of content; other systems speak of it by its slug."""

    slug: str
    kind: str
    title: str
    topic: str
    language: str

    @property
    def path(self) -> str:
        """Where it stands on the site."""
        return f"/{self.language}/{self.kind}s/{self.slug}"


@dataclass(frozen=True)
class Product:
    """A thing in the shop; the price is in euro."""

    sku: str
    name: str
    category: str
    price: float


@dataclass(frozen=True)
class Webinar:
    """A live hour, and the asset it became."""

    asset: Asset
    day: date


def _assets(kind: str, *rows: str) -> tuple[Asset, ...]:
    return tuple(Asset(*_order(kind, *row.split("|"))) for row in rows)


def _order(kind: str, language: str, topic: str, slug: str, title: str) -> tuple[str, ...]:
    return slug, kind, title, topic, language


ARTICLES = _assets(
    "article",
    "en|air|co2-in-meeting-rooms|Why meetings get worse after forty minutes",
    "en|air|reading-a-co2-curve|How to read a CO2 curve",
    "en|energy|night-setback-savings|Night setback: what it saves, and what it costs",
    "en|energy|metering-three-phase|Metering three-phase loads without an electrician",
    "en|compliance|iso-cleanroom-logging|Logging a clean room without paper",
    "en|cold-chain|warehouse-humidity|Humidity in a warehouse, shelf by shelf",
    "pl|air|wentylacja-w-biurze|Wentylacja w biurze: pięć pytań do zarządcy",
    "pl|energy|koszty-ogrzewania|Skąd się biorą koszty ogrzewania hali",
    "zh|air|ban-gong-shi-kong-qi|办公室空气质量入门",
    "zh|energy|jie-neng-gai-zao|节能改造的第一步",
)
PAPERS = _assets(
    "whitepaper",
    "en|air|healthy-office-handbook|The healthy office handbook",
    "en|energy|energy-audit-in-a-week|An energy audit in a week",
    "en|compliance|gxp-monitoring-guide|A guide to GxP monitoring",
    "en|cold-chain|cold-chain-playbook|The cold chain playbook",
    "pl|energy|audyt-energetyczny|Audyt energetyczny krok po kroku",
    "zh|air|jian-kang-ban-gong-bai-pi-shu|健康办公白皮书",
)
VIDEOS = _assets(
    "video",
    "en|air|install-in-ten-minutes|Installing a sensor in ten minutes",
    "en|energy|dashboard-tour|A tour of the dashboard",
    "pl|energy|montaz-licznika|Montaż licznika w rozdzielni",
    "zh|air|chan-pin-yan-shi|产品演示",
)
HOURS = _assets(
    "webinar",
    "en|air|air-quality-for-facility-teams|Air quality for facility teams",
    "en|energy|cutting-the-heating-bill|Cutting the heating bill before winter",
    "en|compliance|audit-ready-in-a-month|Audit-ready in a month",
    "pl|energy|efektywnosc-w-magazynie|Efektywność w magazynie",
    "en|cold-chain|no-more-spoiled-batches|No more spoiled batches",
    "zh|air|zhi-neng-lou-yu|智能楼宇在线研讨会",
)
PAGES = _assets(
    "landing-page",
    "en|air|ask-for-a-quote|Ask for a quote",
    "en|air|how-many-sensors|How many sensors do you need?",
)
PRODUCTS = (
    Product("FW-AIR-1", "Air One sensor", "sensors", 129.0),
    Product("FW-AIR-3", "Air One sensor, pack of three", "sensors", 349.0),
    Product("FW-HUM-1", "Humidity Tag", "sensors", 59.0),
    Product("FW-PWR-3", "Power Clamp, three-phase", "meters", 219.0),
    Product("FW-GW-LTE", "Gateway LTE", "gateways", 279.0),
    Product("FW-GW-ETH", "Gateway Ethernet", "gateways", 189.0),
    Product("FW-SUB-TEAM", "Fernwell Team, one year", "subscriptions", 1490.0),
    Product("FW-SUB-ENT", "Fernwell Enterprise, one year", "subscriptions", 6900.0),
)
COUPONS = ("WELCOME10", "WEBINAR15", "SPRING5")


def webinars(end: date) -> tuple[Webinar, ...]:
    """The year's webinars, one every eight weeks before its end."""
    return tuple(
        Webinar(asset, end - timedelta(days=330 - 56 * place)) for place, asset in enumerate(HOURS)
    )


def trade_fair(end: date) -> date:
    """The day of the year's trade fair."""
    return end - timedelta(days=140)


def in_language(assets: tuple[Asset, ...], language: str) -> tuple[Asset, ...]:
    """What a reader of a language is shown; English where there is nothing."""
    return tuple(asset for asset in assets if asset.language == language) or tuple(
        asset for asset in assets if asset.language == "en"
    )
