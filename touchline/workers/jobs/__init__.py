"""The functions that jobs call: each takes the payload, and calls one service function."""
