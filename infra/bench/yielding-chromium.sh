#!/bin/sh
# A browser that stands for one on another machine: it gets only what of this one nobody else wants.
exec nice -n 19 "$CHROMIUM_BIN" "$@"
