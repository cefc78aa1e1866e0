// The browser snippet: pages, clicks, forms and reading of a web site, told to this server.
//
// What is served is `snippet.min.js`, made of this file by `make snippet`, with the settings of the
// deployment as its argument. Nothing is stored or sent before consent where consent is required,
// and nothing at all where the browser asks not to be tracked. The guide is docs/guides/website.md.
((settings) => {
  const doc = document, win = window, nav = navigator, place = location;
  const script = doc.currentScript || { dataset: {} };
  const options = script.dataset;
  const key = settings.key || options.key;
  const address = new URL(script.src || place.href).origin + "/v1/b";
  const refused = nav.globalPrivacyControl || nav.doNotTrack == 1 ||
    /bot|crawl|spider|headless/i.test(nav.userAgent);
  let visitor; // set once it has begun
  let page, about, seconds, depth, active, told; // of the page that is shown
  let waiting = [], timer, pause = 400;

  // ---- whether anything may be done, and who it is

  const cookie = (name) => (doc.cookie.match("(?:^|; )" + name + "=([^;]*)") || [])[1];

  const keep = (name, value, lasts) => {
    doc.cookie = name + "=" + value + ";path=/;samesite=lax;max-age=" + lasts +
      (place.protocol == "https:" ? ";secure" : "") +
      (settings.domain ? ";domain=" + settings.domain : "");
  };

  const random = () => "tl-" + Array.from(crypto.getRandomValues(new Uint8Array(16)),
    (byte) => (byte + 256).toString(16).slice(1)).join("");

  const begin = () => {
    const said = cookie("tl_consent");
    const mayBegin = said == "granted" ||
      said != "denied" && (options.consent || settings.consent) == "assumed";
    if (visitor || refused || !key || !mayBegin) return;
    visitor = cookie("tl_visitor");
    if (!/^tl-[0-9a-f]{32}$/.test(visitor)) keep("tl_visitor", visitor = random(), 31536000);
    arrive();
  };

  const consent = (isGiven) => {
    if (refused) return;
    keep("tl_consent", isGiven ? "granted" : "denied", 31536000);
    if (isGiven) return begin();
    keep("tl_visitor", visitor = "", 0);
    waiting = [];
  };

  // ---- what is sent

  // A query may hold anything, so only what tells a campaign leaves the page, and what is asked for.
  const bare = (given) => {
    try {
      const url = new URL(given), kept = new URLSearchParams();
      url.searchParams.forEach((value, name) => {
        if (/^utm_|clk?id$|^([gw]braid|bd_vid|li_fat_id|epik|qz_gdt|gdt_vid|rdt_cid)$/.test(name) ||
            (options.query || "").split(",").includes(name)) kept.append(name, value);
      });
      return url.origin + url.pathname + (kept + "" && "?" + kept);
    } catch (_) {
      return "";
    }
  };

  const put = (type, fields) => {
    if (!visitor) return;
    waiting.push(Object.assign({
      type,
      anonymousId: visitor,
      messageId: random(),
      timestamp: new Date(),
      context: { page }
    }, fields));
    timer = timer || setTimeout(send, pause);
  };

  const track = (event, properties) =>
    put("track", { event, properties: Object.assign({}, about, properties) });

  const send = (isLeaving) => {
    clearTimeout(timer);
    timer = 0;
    const some = waiting.splice(0, 25);
    if (!some[0]) return;
    const body = JSON.stringify({
      writeKey: key,
      sentAt: new Date(),
      context: { library: { name: "touchline.js", version: settings.version }, locale: nav.language },
      batch: some
    });
    if (isLeaving && nav.sendBeacon && nav.sendBeacon(address, body)) return send(isLeaving);
    fetch(address, { method: "POST", body, keepalive: true }).then((answer) => {
      if (answer.status == 429 || answer.status > 499) throw 0;
      pause = 400;
    }).catch(() => {
      if (visitor) waiting = some.concat(waiting).slice(0, 200);
      pause = Math.min(pause * 2, 60000);
    }).then(() => {
      if (waiting[0]) timer = timer || setTimeout(send, pause);
    });
  };

  // ---- pages, and how they are read

  const article = () => doc.querySelector("[data-tl-asset]");

  const look = () => {
    const marked = article(), box = (marked || doc.documentElement).getBoundingClientRect();
    const seen = box.height ? (innerHeight - box.top) / box.height : 1;
    depth = Math.max(depth, Math.min(100, Math.round(seen * 100)));
    about = {};
    if (!marked) return;
    const { tlAsset, tlLanguage } = marked.dataset;
    about[/^ContentAsset_\d+$/.test(tlAsset) ? "assetId" : "assetSlug"] = tlAsset;
    if (tlLanguage) about.language = tlLanguage;
  };

  const arrive = () => {
    page = {
      url: bare(place.href),
      path: place.pathname,
      title: doc.title,
      referrer: page ? page.url : bare(doc.referrer)
    };
    seconds = depth = told = 0;
    active = Date.now();
    look();
    put("page", { name: doc.title, properties: Object.assign({}, about, page) });
  };

  const tell = (event) => {
    told = seconds;
    track(event, { seconds: Math.round(seconds), scrollDepth: depth });
  };

  const leave = () => {
    if (told && seconds - told >= 1) tell("Page Left");
    send(true);
  };

  // Time counts while the page is seen and somebody did something within half a minute.
  const tick = () => {
    if (!visitor) return;
    look();
    if (doc.visibilityState == "visible" && Date.now() - active < 30000) seconds += 0.5;
    if (!told && seconds >= (options.readSeconds || 10) && depth >= (options.readDepth || 25)) {
      tell("Content Read");
    }
  };

  // After whoever changed the address has changed the page as well.
  const move = () => setTimeout(() => {
    if (!visitor || bare(place.href) == page.url) return;
    leave();
    arrive();
  });

  // ---- clicks and forms

  const click = ({ target }) => {
    const link = target.closest && target.closest("a[href],[data-tl-event]:not(form)");
    if (!link) return;
    const properties = { text: link.textContent.trim().slice(0, 100) };
    const isWeb = /^http/.test(link.protocol);
    if (isWeb) properties.url = bare(link.href);
    const event = link.dataset.tlEvent || isWeb && (
      link.hasAttribute("download") || /\.(pdf|docx?|xlsx?|pptx?|csv|zip|exe|dmg|epub|mp[34])$/i.test(link.pathname)
        ? "File Downloaded" : link.host != place.host && "Outbound Link Clicked");
    if (event) track(event, properties);
  };

  const isSafe = (field) => field.name && field.value && !field.closest("[data-tl-ignore]") &&
    !/^(password|hidden|file|submit|button|image|reset)$/.test(field.type) &&
    (field.checked || !/^(checkbox|radio)$/.test(field.type)) &&
    !/^cc-|passw|pwd|card|cvc|cvv|iban|ssn|secret|token|one-time/i
      .test([field.autocomplete, field.name, field.id].join(" "));

  const submit = ({ target }) => {
    const { tlIgnore, tlIdentify, tlEvent } = target.dataset, traits = {};
    if (tlIgnore != null) return;
    if (tlIdentify != null) {
      Array.from(target.elements).filter(isSafe).forEach((field) => {
        const { type, name, value } = field;
        traits[type == "tel" ? "phone" : type == "email" ? type : name] = value.trim().slice(0, 200);
      });
      put("identify", { traits });
    }
    track(tlEvent || "Form Submitted", { form: target.getAttribute("name") || target.id });
    send(true);
  };

  // ---- beginning

  const calls = {
    consent,
    track,
    identify: (traits, userId) => put("identify", { traits, userId }),
    push: ([name, ...given]) => calls[name](...given)
  };

  const start = () => {
    ["pushState", "replaceState"].forEach((name) => {
      const real = history[name];
      history[name] = function () {
        move();
        return real.apply(history, arguments);
      };
    });
    const on = (names, then, where) => names.split(" ").forEach(
      (name) => (where || win).addEventListener(name, then, { passive: true, capture: true }));
    on("popstate", move);
    on("scroll pointermove pointerdown keydown", () => { active = Date.now(); });
    on("click auxclick", click);
    on("submit", submit);
    on("visibilitychange", () => doc.visibilityState == "hidden" && leave());
    on("pagehide", leave);
    on("pageshow", (event) => event.persisted && visitor && arrive());
    setInterval(tick, 500);
    begin();
    const early = win.touchline;
    win.touchline = calls;
    if (early) early.forEach(calls.push);
  };

  if (doc.prerendering) doc.addEventListener("prerenderingchange", start);
  else start();
})
