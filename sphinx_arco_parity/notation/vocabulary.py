"""The words that the notation knows: endings of files, runners, negations.

Lists only; the rooms around decide what they mean.
"""

from __future__ import annotations

from sphinx_arco_parity.text.words import word_set

#: An item that begins with one of these is a remark.
REMARK_WORDS = frozenset({"missing", "no", "none", "todo", "tbd", "needed", "suggested", "planned"})

#: Words in prose that deny, or speak of something else than evidence.
NEGATIONS = word_set("""
    absent be cannot could create deleted deprecated except excluding
    former formerly future gone instead lack lacking lacks missing moved must need needed
    needs neither never no none nor not obsolete old pending planned proposed rather removed renamed replace replaced replaces replacing should stub
    suggested tbd todo unlike unused versus vs was were will without would
    """)

#: Words of ports: without back-ticks, a path after one of them is another project's.
PORTS = word_set("adapted copied mirror mirrored mirroring mirrors original ported upstream")

#: After one of these a literal names something that need not stand in the file.
ELSEWHERE = word_set("""
    cf crate default defaults dependency env environment feature features flag flags job
    library package profile see value workflow
    """)

#: Between two paths: the second has come in place of the first.
SUCCESSION = word_set("became moved renamed superseded")

#: Words that only join one thing to the next.
CONNECTIVES = frozenset({"", "+", "&", "&&", "and", "plus", "also", "or", "/", "|"})

#: Words that point at the path after them.
LEADS = CONNECTIVES | word_set("""
    - – — : -> → see cf in at by via under file module covered tested verified proven
    checked implemented defined test tests unit integration
    """)

#: What may stand between a path and the literal that belongs to it.
POINTERS = frozenset({"", "-", "–", "—", ":", "->", "→", "=>", "⇒", "@", "#", "::"})

#: What may stand between a literal and the path that it is in.
LOCATORS = POINTERS | {"in", "at", "from", "inside", "of"}

#: Literals of that shape are values, no names of anything in a file.
VALUES = word_set("""
    true false null nil none undefined nan self this super crate
    str int float bool bytes u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize f32 f64
    string number boolean any void object
    """)

#: Endings that are names of fields and methods as well: a bare ``x.in`` is no file.
AMBIGUOUS_EXTENSIONS = word_set("""
    cmd conf cr feature fish golden hh in less mm nu odin pas po properties re rules snap
    star sum tape v
    """)

#: Endings of files in a repository, without the dot.
EXTENSIONS = AMBIGUOUS_EXTENSIONS | word_set("""
    adb ads asm astro awk bash bat bats bazel bzl c cc cedar cfg cjs clj cljs cmake cpp cs
    cshtml css csv cts cu cue cxx dart dhall dockerfile elm erl ex exs f90 fs fsx gleam go
    gql gradle graphql groovy h hbs hcl hpp hrl hs htm html hurl hxx ini ipynb java jinja jl
    js json json5 jsonc jsonl jsx kt kts lhs lua md mdx mjs mk ml mli mts ndjson nim nix
    parquet php pl pm prisma proto ps1 pxd py pyi pyx qml r rake rb rego rego rkt rmd robot
    rs rst sass sbt scala scm scss sh sol sql sv svelte svg svh swift tcl templ tex tf
    tfvars thrift tmpl toml tpl ts tsv tsx txt vb vhd vue wast wasm wat wgsl wit xml xsd
    yaml yml zig zsh png gif jpg jpeg ico avsc j2
    """)

#: Files that are named without a folder or an ending, or by a name that says it all.
KNOWN_FILES = word_set("""
    .bazelrc .cirrus.yml .drone.yml .env .env.example .gitattributes .gitignore
    .gitlab-ci.yml .gitmodules .pre-commit-config.yaml .travis.yml BUILD BUILD.bazel
    Brewfile CMakeLists.txt CODEOWNERS Cargo.lock Cargo.toml Containerfile Dockerfile
    Earthfile GNUmakefile Gemfile Jenkinsfile Justfile MODULE.bazel Makefile Pipfile
    Procfile Rakefile Taskfile.yml Tiltfile Vagrantfile WORKSPACE appveyor.yml
    azure-pipelines.yml bitbucket-pipelines.yml build.gradle build.gradle.kts clippy.toml
    conftest.py deny.toml docker-compose.yml go.mod go.sum justfile makefile meson.build
    nextest.toml noxfile.py package.json package-lock.json pnpm-lock.yaml poetry.lock
    pom.xml pyproject.toml pytest.ini rust-toolchain rust-toolchain.toml rustfmt.toml
    setup.cfg setup.py tox.ini tsconfig.json uv.lock yarn.lock
    """)

#: Names that are files only where the whole item says so: prose uses them too.
PROSE_FILES = frozenset({"BUILD", "WORKSPACE", ".env"})

#: Folders whose name with a trailing ``/`` is a path even without back-ticks.
KNOWN_FOLDERS = word_set("""
    apps app bin ci cmd components crates deploy docs doc e2e examples frontend backend
    include infra internal lib libs modules packages pkg proto python scripts server
    services spec specs src test tests tools ui web
    """)

#: Words with a slash between them that are no path, in lower case.
PROSE_PAIRS = word_set("""
    and/or either/or input/output in/out i/o n/a ci/cd read/write write/read client/server
    true/false yes/no on/off tcp/ip start/stop open/close get/set before/after pass/fail
    push/pull up/down left/right add/remove create/delete request/response his/her he/she
    s/he success/failure enable/disable enabled/disabled if/else try/except try/catch
    async/await sync/async schedule/sensor op/job text/plain pub/sub
    """)

#: Per second and the like: the second word of a rate.
RATE_UNITS = word_set("s sec second min minute h hour d day ms us ns week month run")

MIME_TYPES = word_set("application audio font image message model multipart text video")

#: Programs that run tests, themselves or by a recipe of the repository.
RUNNERS = word_set("""
    ava bats bazel behave bun bunx busted cargo cargo-nextest cmake cross ctest dart deno dotnet
    flutter ginkgo go gotestsum gradle gradlew hatch inv invoke jest just karma lein make meson mix
    mocha mvn mvnw nextest ninja node nosetests nox npm npx nx nyc pants pdm phpunit pipenv pipx
    pixi playwright pnpm poetry prove py.test pytest python python3 rake rspec sbt stack swift task
    tox turbo unittest uv uvx vitest xcodebuild yarn zig
    """)

#: First words of commands, and runners that are commands alone.
TOOLS = RUNNERS | word_set("""
    act actionlint alembic ansible-playbook ant apt apt-get awk aws az bandit bash bazelisk
    biome black brew buck buck2 buf bundle c8 cabal cargo-deny cd clang-tidy clippy-driver
    codecov codespell composer conda coverage crane curl cypress dagger dbt detekt devbox
    direnv docker docker-compose dune earthly echo ember env eslint export flake8 forge gh
    git gmake golangci-lint hadolint helm hurl java julia k6 ktlint kubectl lcov lerna
    lint-imports locust ls lychee markdownlint maturin mdbook mill mise mkdocs moon mypy
    newman nix nix-build nix-shell opam oxlint perl pest phpstan pip pip3 podman pre-commit
    prettier psalm psql pulumi py pyenv pylint pyright python2 robot Rscript rubocop ruby
    ruff runghc rustc rustup rye scala-cli schemathesis sed semgrep sh shellcheck skaffold
    snyk sphinx-build sqlfluff sqlx stylelint sudo swiftlint tap taplo terraform tilt time
    timeout tofu trivy trunk ts-node tsc tsx ty vale vendor/bin/phpunit vite vulture
    wasm-pack xargs xvfb-run yamllint zizmor zsh
    """)

#: Tools whose bare name is too common a word, or too common a name of a job.
WORDS_BEFORE_TOOLS = word_set("""
    ava java julia mill perl pest robot ruby tap vale vulture
    act black cd cross dart echo env export forge git go gh invoke just moon nix node
    python python3 sh bash stack sudo task time timeout trunk ls mix swift zig crane docker
    helm cargo coverage codecov deno dbt dagger
    """)

#: Words that say what a name beside them is the name of.
KIND_WORDS = word_set("""
    class const constant def enum field fn func function impl interface macro method mod module
    property static struct test tests trait type variable variant
    """)
