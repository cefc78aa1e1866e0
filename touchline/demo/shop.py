"""The shop: looking, adding, checking out; orders with products and coupons."""

from touchline.demo import web
from touchline.demo.content import COUPONS, PRODUCTS, Product
from touchline.demo.diary import Body, Diary
from touchline.demo.people import Device
from touchline.domain.kernel.clock import DAY, MINUTE, SECOND, Moment

SOURCE = "Shop"


def look(diary: Diary, moment: Moment, device: Device) -> None:
    """Looking at a product without buying it."""
    web.act(diary, moment, device, "Product Viewed", _line(diary.dice.choice(PRODUCTS)))


def buy(diary: Diary, moment: Moment, device: Device, first: bool) -> None:
    """An order from the first look to the payment; now and then it comes back."""
    cart = diary.dice.sample(PRODUCTS, diary.dice.choice((1, 1, 2, 3)))
    for product in cart:
        web.act(diary, moment, device, "Product Viewed", _line(product))
        moment = diary.later(moment, 20 * SECOND, 3 * MINUTE)
        web.act(diary, moment, device, "Product Added", _line(product))
    coupon = _coupon(diary, first)
    if coupon:
        web.act(diary, moment + SECOND, device, "Coupon Applied", {"coupon": coupon})
    order = _order(diary, cart, coupon)
    _track(diary, diary.later(moment, MINUTE, 8 * MINUTE), "Order Completed", order)
    if diary.chance(0.03):
        refund = {"order_id": order["order_id"], "total": order["total"], "currency": "EUR"}
        _track(diary, diary.later(moment, 3 * DAY, 20 * DAY), "Order Refunded", refund)


def _order(diary: Diary, cart: list[Product], coupon: str | None) -> Body:
    lines = [_line(product, diary.dice.choice((1, 1, 2, 4))) for product in cart]
    subtotal = sum(product.price * _count(line) for product, line in zip(cart, lines, strict=True))
    discount = round(subtotal * 0.1, 2) if coupon else 0.0
    order: Body = {
        "order_id": f"FW-{diary.seed:02d}-{diary.person.number:05d}-{len(diary.calls)}",
        "products": lines,
        "subtotal": round(subtotal, 2),
        "discount": discount,
        "total": round(subtotal - discount, 2),
        "currency": "EUR",
    }
    return {**order, "coupon": coupon} if coupon else order


def _count(line: Body) -> int:
    quantity = line["quantity"]
    return quantity if isinstance(quantity, int) else 1


def _coupon(diary: Diary, first: bool) -> str | None:
    if first and diary.chance(0.5):
        return COUPONS[0]
    return diary.dice.choice(COUPONS) if diary.chance(0.15) else None


def _line(product: Product, quantity: int = 1) -> Body:
    return {
        "product_id": product.sku,
        "sku": product.sku,
        "name": product.name,
        "category": product.category,
        "price": product.price,
        "quantity": quantity,
        "currency": "EUR",
    }


def _track(diary: Diary, moment: Moment, event: str, properties: Body) -> None:
    who = {"userId": diary.person.user_id, "context": {"traits": {"email": diary.person.email}}}
    diary.add(SOURCE, moment, {"type": "track", "event": event, "properties": properties, **who})
