# Everything from here: `make run` starts the program, `make test` proves it. Both install what they need first.
#
#   make run [ARGS=...]   the program; ARGS goes to it, as in make run ARGS="patterns"
#   make test [ARGS=...]  the tests; ARGS goes to pytest
#   make test-pythons     those that depend on the interpreter, on every Python of PYTHONS that is here
#   make prove [PART=..]  the long proofs, which `make test` leaves out; PART is one of them, as in PART=calls
#   make screens          a picture of every screen, light and dark, at 100 % and 200 %, and on common screens, in .screens/
#   make bench            the measurements
#   make check            style, types, and who may import whom
#   make bundle           a folder and a Debian package with all of it inside, for this kind of machine, in dist/
#   make try-install      installs it as somebody would who only wants to use it, and tries that
#   make lock             resolves requirements/ again; ARGS=--upgrade takes newer versions
#   make setup            only what `make run` installs

PYTHON ?= python3
VENV := .venv
# Those that are promised, the lowest first. What is named here is tested, and nothing else is.
PYTHONS := 3.11 3.12 3.13
# What depends on the interpreter: what is installed, native libraries, child processes, Qt
ON_EACH := tests/test_requirements.py tests/test_platform.py tests/test_doctor.py tests/test_architecture.py \
	tests/test_current_folder.py tests/test_terminal.py tests/test_rehearsal.py tests/test_decode.py \
	tests/test_imports.py tests/test_voice.py tests/test_recogniser.py tests/test_supervisor.py \
	tests/test_sound_card.py tests/test_window.py tests/test_index.py tests/test_documents.py tests/test_deleting.py
IN_VENV := $(VENV)/bin/python -m
INSTALL := $(IN_VENV) pip install --quiet --disable-pip-version-check --require-hashes --only-binary :all:
# What is installed, as empty files that are newer than the lists they stand for
RUN := $(VENV)/.has-run
DEV := $(VENV)/.has-dev

.PHONY: run setup test test-pythons prove screens bench language-report check lock bundle try-install apt-run apt-test apt-bundle
# apt and pip wait for each other, also under make -j.
.NOTPARALLEL:

run: setup
	@$(IN_VENV) app $(ARGS)

setup: apt-run $(RUN)

test: apt-test $(DEV)
	@$(IN_VENV) pytest -q $(ARGS)

test-pythons: apt-test
	@sh scripts/test_pythons.sh "$(PYTHONS)" $(ON_EACH)

# A proof may take long; each sets its own limit.
prove: apt-test $(DEV)
	@$(IN_VENV) pytest -q -n 0 -m prove -o faulthandler_timeout=0 $(if $(PART),tests/test_$(PART).py) $(ARGS)

screens: apt-test $(DEV)
	@SCREENS=.screens $(IN_VENV) pytest -q -n 0 -m prove tests/test_screens.py tests/test_review_screens.py tests/test_modes_screens.py tests/test_fits.py $(ARGS)

bench: apt-test $(DEV)
	@$(IN_VENV) benchmarks $(ARGS)

language-report: $(DEV)
	@$(IN_VENV) benchmarks.language $(ARGS)

check: $(DEV)
	$(IN_VENV) ruff check
	$(IN_VENV) ruff format --check
	$(IN_VENV) mypy
	$(VENV)/bin/lint-imports

bundle: apt-bundle
	@sh scripts/bundle.sh "$(PYTHON)"

try-install: apt-run
	@sh scripts/try_install.sh "$(PYTHON)"

apt-run:
	@sh apt/install apt/run.txt

apt-test:
	@sh apt/install apt/run.txt apt/test.txt

apt-bundle:
	@sh apt/install apt/run.txt apt/bundle.txt

# apt-run comes first wherever it is asked for at all: Debian's python3 makes no venv without python3-venv.
$(VENV)/bin/python: | apt-run
	@$(PYTHON) -c 'import sys; v = sys.version_info; \
		(3, 11) <= v < (3, 14) or sys.exit("Plainspoken needs Python 3.11 to 3.13, and $(PYTHON) is %d.%d. " % v[:2] \
		+ "Name another one, as in: make run PYTHON=python3.12")'
	@echo "Making the virtual environment in $(VENV)"
	@$(PYTHON) -m venv --clear $(VENV)

$(RUN): requirements/run.txt | $(VENV)/bin/python
	@echo "Installing the Python packages of $<"
	@$(INSTALL) -r $<
	@touch $@

# dev.txt holds all of run.txt
$(DEV): requirements/dev.txt | $(VENV)/bin/python
	@echo "Installing the Python packages of $<"
	@$(INSTALL) -r $<
	@touch $@ $(RUN)

# No annotations and no index addresses: the files say what, never from where.
COMPILE := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --quiet \
	--no-header --no-annotate --no-emit-index-url
lock:
	@scratch=$$(mktemp -d) && trap 'rm -rf "$$scratch"' EXIT && $(PYTHON) -m venv "$$scratch" && \
	"$$scratch/bin/pip" install --quiet --disable-pip-version-check uv && PATH="$$scratch/bin:$$PATH" && \
	$(COMPILE) $(ARGS) -o requirements/run.txt && \
	$(COMPILE) $(ARGS) --group dev -c requirements/run.txt -o requirements/dev.txt && \
	$(COMPILE) $(ARGS) --group bundle -c requirements/run.txt -o requirements/bundle.txt
