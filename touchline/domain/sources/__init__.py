"""Where calls come from: a site, an app, a shop, a form, and the write keys they send with."""
