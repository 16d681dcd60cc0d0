from __future__ import annotations

from sphinx_arco_parity.settings.options import Settings

SENTENCE = "Arco Flow is a drop-in replacement for Dagster OSS."


def test_a_sentence_that_cites_nothing(make):
    (found,) = make.findings(make.exception(), make.prose(f"  {SENTENCE}\n"))
    assert make.line(found) == (
        "docs/guide.md:4: WARNING: page guide: “Arco Flow is a drop-in replacement for "
        "Dagster OSS.” says that Arco Flow matches Dagster OSS; its section cites no declared exception "
        "[parity.prose-claim]"
    )
    assert (found.item, found.docname, found.anchor) == ("guide", "guide", "s")
    assert found.help == (
        "name the exceptions that limit it, as with the role :exception:`EX-01`, or link "
        "to docs/register.md"
    )


def test_related_exceptions_are_offered(make):
    settings = Settings(product="Arco Flow", aliases={"product": ["Arco launcher"]})
    launcher = make.exception("EX-02", line=6, capability="Runtime launchers for Arco")
    for text, offered in (
        ("Arco Flow matches the web UI of Dagster.", "EX-01 (Web UI)"),
        ("The runtimes of Arco match.", "EX-02 (Runtime launchers for Arco)"),
    ):
        (found,) = make.findings(make.exception(), launcher, make.prose(text), settings=settings)
        identifier = offered.split()[0]
        assert found.help == (
            f"{offered} may limit it: cite what does, as with the role :exception:`{identifier}`"
        )


def test_a_sentence_outside_the_documentation(make):
    text = " ".join(["Arco Flow matches"] + ["very much"] * 20)
    claim = make.prose(text, docname="", path="README.md")
    settings = Settings(prose_scope="page")
    (found,) = make.findings(claim, make.exception(), settings=settings)
    assert (found.item, found.docname) == ("README.md", "")
    assert found.message.startswith("file README.md: “Arco Flow matches very")
    assert found.message.endswith(
        "much…” says that Arco Flow matches Dagster OSS; its page cites no declared exception"
    )


def test_what_covers_a_sentence(make):
    for scope in (
        {"scope_text": "All but EX-01."},
        {"scope_links": ("docs/register.md",)},
        {"scope_roles": (make.cite("EX-01", "role"),)},
    ):
        assert make.findings(make.exception(), make.prose(SENTENCE, **scope)) == []


def test_what_covers_no_sentence(make):
    for scope in ({"scope_text": "All but EX-99."}, {"scope_links": ("docs/x.md",)}):
        (found,) = make.findings(make.exception(), make.prose(SENTENCE, **scope))
        assert found.rule == "prose-claim"


def test_a_role_with_an_unknown_id_is_told_that_alone(make):
    cited = make.prose(SENTENCE, scope_roles=(make.cite("EX-99", "role"),))
    (found,) = make.findings(make.exception(), cited, make.mention("EX-99"))
    assert found.rule == "unknown-exception"


def test_a_page_that_declares_exceptions_claims_nothing(make):
    claim = make.prose(SENTENCE, docname="register", path="docs/register.md")
    assert make.findings(make.exception(), claim) == []
