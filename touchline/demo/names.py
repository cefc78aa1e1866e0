"""First names, family names and cities of the people in the demo."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Culture:
    """Where a person is from: how they are called, where they live and what they read."""

    code: str
    locale: str
    first_names: tuple[tuple[str, str], ...]
    family_names: tuple[tuple[str, str], ...]
    cities: tuple[tuple[str, str, str], ...]
    free_mail: tuple[str, ...]
    phones: tuple[str, ...]
    phone_digits: int


def _plain(words: str) -> tuple[tuple[str, str], ...]:
    return tuple((word, word.lower().translate(_BARE)) for word in words.split())


def _paired(words: str) -> tuple[tuple[str, str], ...]:
    pairs = (word.split(":") for word in words.split())
    return tuple((written, spelled) for written, spelled in pairs)


_BARE = str.maketrans("ąćęłńóśźżéèëïöüäÓŁŚŻ'", "acelnoszzeeeiouaolsz-")

ENGLISH = Culture(
    "en",
    "en-GB",
    _plain(
        "Oliver Amelia Jack Isla Harry Ava George Mia Noah Emily Charlie Sophie Jacob Grace Thomas "
        "Lily Oscar Ella William Ruby James Chloe Henry Alice Leo Hannah Daniel Lucy Samuel Zoe "
        "Owen Megan Ryan Nadia Priya Omar Aisha Marcus Keira Declan"
    ),
    _plain(
        "Smith Jones Taylor Brown Walker Wright Green Hall Wood Harris Clarke Patel Khan Murphy "
        "Byrne Campbell Stewart Hughes Edwards Foster Bennett Reid Grant Palmer Barker Holmes "
        "Fletcher Shaw Mason Hunt Lowe Marsh Nolan Quinn Osborne Tate Whitby Yates Ashdown Okafor"
    ),
    (
        ("London", "United Kingdom", "Europe/London"),
        ("Manchester", "United Kingdom", "Europe/London"),
        ("Leeds", "United Kingdom", "Europe/London"),
        ("Dublin", "Ireland", "Europe/Dublin"),
        ("Edinburgh", "United Kingdom", "Europe/London"),
        ("Boston", "United States", "America/New_York"),
        ("Toronto", "Canada", "America/Toronto"),
    ),
    ("gmail.com", "outlook.com", "yahoo.com", "icloud.com"),
    ("+442079460", "+441632960", "+441134960"),
    3,
)
POLISH = Culture(
    "pl",
    "pl-PL",
    _plain(
        "Anna Piotr Katarzyna Krzysztof Małgorzata Andrzej Agnieszka Tomasz Barbara Paweł Ewa "
        "Marcin Joanna Michał Magdalena Grzegorz Monika Łukasz Aleksandra Rafał Natalia Jakub "
        "Karolina Wojciech Zofia Mateusz Weronika Bartosz Iwona Kamil Dorota Sławomir Justyna "
        "Adrian Śnieżka"
    ),
    _plain(
        "Nowak Wójcik Kowalczyk Woźniak Mazur Krawczyk Zając Król Wróbel Pawlak Walczak Stępień "
        "Michalak Sikora Baran Duda Szewczyk Pietrzak Marciniak Bąk Zalewska Jabłońska Urban "
        "Kubiak Wilk Lis Mazurek Sobczak Czarnecki Głowacka Kołodziej Błaszczyk Łuczak Żak Ślusarz"
    ),
    (
        ("Warszawa", "Poland", "Europe/Warsaw"),
        ("Kraków", "Poland", "Europe/Warsaw"),
        ("Wrocław", "Poland", "Europe/Warsaw"),
        ("Poznań", "Poland", "Europe/Warsaw"),
        ("Gdańsk", "Poland", "Europe/Warsaw"),
        ("Łódź", "Poland", "Europe/Warsaw"),
    ),
    ("gmail.com", "wp.pl", "onet.pl", "o2.pl"),
    ("+4822300",),
    4,
)
CHINESE = Culture(
    "zh",
    "zh-CN",
    _paired(
        "伟:wei 芳:fang 娜:na 敏:min 静:jing 丽:li 强:qiang 磊:lei 军:jun 洋:yang 勇:yong 艳:yan "
        "杰:jie 娟:juan 涛:tao 明:ming 超:chao 秀英:xiuying 霞:xia 平:ping 刚:gang 桂英:guiying "
        "晨曦:chenxi 子涵:zihan 雨桐:yutong 浩然:haoran 欣怡:xinyi 思远:siyuan 嘉豪:jiahao "
        "梦琪:mengqi"
    ),
    _paired(
        "王:wang 李:li 张:zhang 刘:liu 陈:chen 杨:yang 黄:huang 赵:zhao 吴:wu 周:zhou 徐:xu 孙:sun "
        "马:ma 朱:zhu 胡:hu 郭:guo 何:he 林:lin 高:gao 罗:luo 郑:zheng 梁:liang 谢:xie 宋:song "
        "唐:tang 许:xu 韩:han 冯:feng 邓:deng 曹:cao"
    ),
    (
        ("上海", "China", "Asia/Shanghai"),
        ("北京", "China", "Asia/Shanghai"),
        ("深圳", "China", "Asia/Shanghai"),
        ("杭州", "China", "Asia/Shanghai"),
        ("苏州", "China", "Asia/Shanghai"),
        ("成都", "China", "Asia/Shanghai"),
    ),
    ("163.com", "qq.com", "126.com"),
    ("+86216102",),
    4,
)
CULTURES = {culture.code: culture for culture in (ENGLISH, POLISH, CHINESE)}
