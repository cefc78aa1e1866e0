"""Attribution: which touches led to a conversion, and what each of them earned."""
