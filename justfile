# Every check that a change must pass; the same by hand: run the lines one by one.
check: lint test

# Style, types, layers
lint:
    ruff check .
    ruff format --check .
    mypy
    lint-imports

# Tests with branch coverage
test *args:
    pytest -n auto --cov {{args}}

# Put style right
format:
    ruff check --fix .
    ruff format .

# Time slalint against its peers (bench/README.md)
bench *args:
    python bench/run.py {{args}}
