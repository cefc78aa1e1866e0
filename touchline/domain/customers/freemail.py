"""Mail providers whose domain says nothing about an employer. Kept by hand; one a line."""

_DOMAINS = """
gmail.com googlemail.com yahoo.com yahoo.co.uk yahoo.fr yahoo.de yahoo.it yahoo.es yahoo.co.in
yahoo.co.jp yahoo.com.br yahoo.com.cn yahoo.com.hk yahoo.com.tw ymail.com rocketmail.com
hotmail.com hotmail.co.uk hotmail.fr hotmail.de hotmail.it hotmail.es outlook.com outlook.de
outlook.fr outlook.es outlook.it outlook.jp live.com live.co.uk live.fr live.nl live.de msn.com
passport.com icloud.com me.com mac.com aol.com aim.com protonmail.com proton.me pm.me tutanota.com
tuta.io hey.com fastmail.com fastmail.fm zoho.com zohomail.eu mail.com email.com usa.com gmx.com
gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de arcor.de posteo.de mailbox.org
orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tiscali.it alice.it
terra.es bol.com.br uol.com.br terra.com.br ig.com.br sapo.pt wp.pl o2.pl onet.pl onet.eu
interia.pl interia.eu poczta.onet.pl op.pl tlen.pl gazeta.pl vp.pl buziaczek.pl go2.pl seznam.cz
centrum.cz email.cz azet.sk freemail.hu citromail.hu abv.bg mail.bg ukr.net i.ua mail.ru bk.ru
inbox.ru list.ru yandex.ru yandex.com ya.ru rambler.ru qq.com vip.qq.com foxmail.com 163.com
vip.163.com 126.com yeah.net sina.com sina.cn vip.sina.com sohu.com tom.com 21cn.com 139.com
189.cn wo.cn aliyun.com naver.com daum.net hanmail.net nate.com rediffmail.com comcast.net
verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net earthlink.net juno.com
btinternet.com sky.com talktalk.net virginmedia.com ntlworld.com blueyonder.co.uk bigpond.com
optusnet.com.au xtra.co.nz shaw.ca rogers.com sympatico.ca telus.net bluewin.ch hispeed.ch
telenet.be skynet.be ziggo.nl kpnmail.nl planet.nl online.no telia.com inbox.lv
"""

FREE_MAIL_DOMAINS = frozenset(_DOMAINS.split())


def company_domain(email: str) -> str | None:
    """The domain of a normalised e-mail address when it can stand for a company."""
    _, at, domain = email.rpartition("@")
    return domain if at and domain and domain not in FREE_MAIL_DOMAINS else None
