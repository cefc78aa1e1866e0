"""Content assets: what is written, who approved it, and what of it readers see."""
