"""`python -m cardwright` is the same as `cardwright`."""

from cardwright.cli import main

main()
