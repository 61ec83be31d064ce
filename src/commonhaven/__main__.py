"""``python -m commonhaven`` is the command line."""

from commonhaven.cli import main

main()
