"""A sentence as the grammar reads it: lower-case words and markers, one space between.

``P`` stands for the product, ``R`` for the reference, ``O`` for another product, ``C``
for code or a quotation.  What stands in parentheses is left out, hyphens are spaces and
contractions are written out, so that the grammar needs no variants for them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from sphinx_arco_parity.prose.blocks import LITERAL
from sphinx_arco_parity.text.words import word_set

#: Markers of one character that stand for a name in a marked sentence.
PRODUCT, REFERENCE, OTHER = "\ue000", "\ue001", "\ue002"
MARKERS = frozenset((PRODUCT, REFERENCE, OTHER))

#: Words at the end of a name that only say which edition is meant.
EDITIONS = word_set(
    "OSS FOSS OS CE EE Community Edition Enterprise Open Source Open-Source Core Server"
    " Standard SDK"
)

#: Words at the start of a name that only say whose it is.
VENDORS = word_set(
    "Apache GNU Amazon AWS Google Microsoft Azure HashiCorp Oracle IBM JetBrains Meta"
    " Facebook Mozilla CNCF Adobe Atlassian VMware"
)

#: What makes another thing of a name before it: ``Dagster Cloud`` is not ``Dagster OSS``.
_OTHER_EDITION = (
    r"(?:\+(?![+\w])| (?:Cloud|Plus|Enterprise|Pro|Labs|Inc|Ltd|Foundation)\b"
    r"|-(?!(?i:compatible|style|like|based|native|equivalent|parity|identical|conformant"
    r"|compliant|flavou?red|inspired|specific|side|to|only|equal|grade|level|api"
    r"|compatibility|wire|protocol)\b)[\w])"
)

#: First words that are too common to stand for a product's whole name.
_COMMON_FIRST = word_set(
    "Open The My New Data Simple Fast Cloud Red Free Smart Easy Super Micro Project Py"
    " Python Java Rust Node Web Home Auto Big Black Blue Green Deep Next One Real True"
)

#: Names that are ordinary words where a sentence begins with them.
_VERBS = word_set("Make Go Click Play Express Requests Task Just Next Less Go")

#: Products that documentation often compares: a sentence about one is not about ours.
KNOWN_PRODUCTS = word_set("""
    Airflow Ansible Argo ArangoDB Athena Avro Backblaze BigQuery Bazel Bun Caddy Cassandra Celery
    Ceph ChromaDB Chef ClickHouse CockroachDB Consul Couchbase CouchDB Cockroach Dagster Dask
    Databricks Datadog Deno Django DocumentDB Docker Doris Dragonfly DragonflyDB DuckDB DynamoDB
    Elasticsearch Emacs Envoy ESLint etcd Exasol FastAPI Firebase Firestore Flask Flink Flyte
    Fluentd FoundationDB Garnet GitHub GitLab Gitea GlusterFS Gradle Grafana Greenplum Gunicorn
    Hadoop HAProxy HBase Helix Helm Hive Hudi Iceberg Impala InfluxDB Istio Jaeger Jenkins
    JanusGraph Jest K3s Kafka Kedro KeyDB Kibana Kubeflow Kubernetes LavinMQ LevelDB Linkerd Lodash
    Logstash Loki Luigi Mage MariaDB Maven Meltano Memcached Mesos Metaflow MicroK8s MinIO Minikube
    MongoDB MySQL Neo4j NATS Neovim Nginx Node.js Nomad OpenSearch OpenShift OpenStack
    OpenTelemetry OpenTofu Pandas Perl Perforce Pinot Podman Polars PostgreSQL Postgres Prefect
    Presto Prometheus Pulsar Pulumi Puppet QuestDB RabbitMQ Redis Redpanda Redshift Riak RocksDB
    RocketMQ SaltStack ScyllaDB Scylla SeaweedFS Singlestore Skaffold Snowflake Solr Spark SQLite
    Splunk StarRocks Sublime Supabase Tempo Temporal Terraform TiDB TimescaleDB Traefik Trino
    Typesense Valkey Vault Vespa VictoriaMetrics Vitess Wasabi WarpStream Webpack Vite Weaviate
    YugabyteDB Zephyr ZeroMQ ZooKeeper Zsh Meilisearch Manticore libSQL Turso Rqlite Qdrant Milvus
    OpenAI Rook Longhorn Rancher RKE2 MicroCeph Garage
    """)


def _all_forms(name: str, aliases: Iterable[str], *, ours: bool) -> list[str]:
    """Return *name*, its *aliases*, and what people write for it.

    ``Dagster OSS`` is also ``Dagster``, ``Apache Kafka`` also ``Kafka``: words for the
    edition and for the owner drop off.  With *ours* the first word of a name of several
    words stands for it too: ``Arco`` for ``Arco Flow``.
    """
    words = name.split()
    forms = {name.strip(): None} if words else {}
    while len(words) > 1 and words[-1] in EDITIONS:
        words = words[:-1]
        forms[" ".join(words)] = None
    while len(words) > 1 and words[0] in VENDORS:
        words = words[1:]
        forms[" ".join(words)] = None
    if ours and len(words) > 1 and len(words[0]) > 3 and words[0] not in _COMMON_FIRST:
        forms[words[0]] = None
    return [*forms, *filter(None, map(str.strip, aliases))]


class Names:
    """The names of one project, ready to be found in text."""

    def __init__(
        self, product: str, reference: str, our_aliases: Sequence[str], their_aliases: Sequence[str]
    ) -> None:
        self.product = product or "the product"
        self.reference = reference
        ours = _all_forms(product, our_aliases, ours=True)
        theirs = _all_forms(reference, their_aliases, ours=False) if reference else []
        theirs = [name for name in theirs if name not in ours]
        self._markers = dict.fromkeys(ours, PRODUCT) | dict.fromkeys(theirs, REFERENCE)
        self._known = dict.fromkeys(KNOWN_PRODUCTS, OTHER) | self._markers
        self._pattern = _pattern(list(self._known))
        self._wanted = [*theirs, *_EXPLICIT]

    def may_claim(self, text: str) -> bool:
        """Tell whether *text* can hold a claim at all.

        It names the reference or says parity by itself.
        """
        folded = " ".join(text.split())
        return any(word in folded for word in self._wanted)

    def mark(self, text: str) -> tuple[str, list[str]]:
        """Return *text* with each name replaced by its marker, and those names."""
        found: list[str] = []

        def replace(match: re.Match[str]) -> str:
            marker = self._marker(match)
            if marker in MARKERS:
                found.append(" ".join(match[0].split()))
            return marker

        return self._pattern.sub(replace, text), found

    def _marker(self, match: re.Match[str]) -> str:
        name = " ".join(match["name"].split())
        if match["other"]:
            return OTHER
        after = match.string[match.end() : match.end() + 1]
        if match.start() == 0 and name in _VERBS and after != "'":
            rest = match.string[match.end() : match.end() + 12].split()
            if not rest or rest[0] not in {"is", "has", "does", "can", "matches"}:
                return name
        return self._known[name]


#: Words that say parity without naming a reference.
_EXPLICIT = ("parity", "Parity", "drop-in", "Drop-in", "drop in", "Drop in")


def _pattern(names: Sequence[str]) -> re.Pattern[str]:
    ordered = sorted(names, key=lambda name: (-len(name), name))
    choice = "|".join(re.escape(name).replace(r"\ ", r"\s") for name in ordered)
    return re.compile(
        rf"(?<![\w@/.$\\])(?<!\w-)(?P<name>{choice})(?![\w@/\\]|\.\w)"
        rf"(?P<other>{_OTHER_EDITION})?"
    )


_LETTERS = {PRODUCT: "P", REFERENCE: "R", OTHER: "O", LITERAL: "C"}
_TOKEN = re.compile(
    rf"[{PRODUCT}{REFERENCE}{OTHER}{LITERAL}]|['’]s\b|[^\W_](?:[\w+%]|[.'’:/&](?=\w))*"
    r"|[,;:()\[\]!?.…—–|→]|--+|%"
)
_HYPHEN = re.compile(r"[-‐‑](?=\w)")
_OPEN, _CLOSE = frozenset("(["), frozenset(")]")
_ENDINGS = {"'re": "are", "'ve": "have", "'ll": "will", "'d": "would", "'m": "am"}
_IS_AFTER = word_set("it that there here what this who where let he she everything")
_NOT = {"can't": ("can", "not"), "won't": ("will", "not"), "cannot": ("can", "not")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A sentence of words and markers."""

    text: str
    """The words, lower-case, with one space between."""
    raw: tuple[str, ...]
    """For each word what was written, the name for a marker."""
    starts: tuple[int, ...]
    """For each word its offset in :attr:`text`."""

    def word_at(self, offset: int) -> int:
        """Return the index of the word that *offset* of :attr:`text` is in."""
        return bisect_right(self.starts, offset) - 1

    def written(self, start: int, end: int) -> str:
        """Return the words from offset *start* to offset *end* as they were written."""
        first, last = self.word_at(start), self.word_at(max(start, end - 1))
        text = " ".join(raw for raw in self.raw[first : last + 1] if raw)
        return re.sub(r" ([,;:.!?%]|['’]s\b)", r"\1", text).replace("- ", "-")


def mark(sentence: str, names: Names) -> Marked:
    """Return *sentence*, in which quotations are masked, as the grammar reads it."""
    text, found = names.mark(sentence)
    named = iter(found)
    pairs: list[tuple[str, str]] = []
    depth = 0
    for match in _TOKEN.finditer(text):
        token = match[0]
        raw = next(named, token) if token in _LETTERS and token != LITERAL else token
        if _HYPHEN.match(text, match.end()):
            raw += "-"
        if token in _OPEN:
            depth += 1
        elif token in _CLOSE:
            depth = max(0, depth - 1)
        elif not depth:
            pairs.extend(_words(token, raw, pairs))
    words = [word for word, _ in pairs]
    starts = accumulate((len(word) + 1 for word in words[:-1]), initial=0) if words else ()
    return Marked(text=" ".join(words), raw=tuple(raw for _, raw in pairs), starts=tuple(starts))


def _words(token: str, raw: str, before: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what *token* becomes; of several words the first carries *raw*."""
    if token in _LETTERS:
        return [(_LETTERS[token], raw)]
    if token[0] in "—–-|→":
        return [("—", "—")]
    if token in "!?.…][":  # noqa: S105 - signs
        return []
    if token == "%":  # noqa: S105 - a sign
        return [("%", "%")] if before and before[-1][0].isdigit() else []
    words = _written_out(token.lower().replace("’", "'"))
    return [(words[0], raw), *((word, "") for word in words[1:])]


def _written_out(word: str) -> tuple[str, ...]:
    if word in _NOT:
        return _NOT[word]
    if word.endswith("n't"):
        return (word[:-3], "not")
    if word.endswith("'s") and len(word) > 2:
        base = word[:-2]
        return (base, "is" if base in _IS_AFTER else "'s")
    for ending, full in _ENDINGS.items():
        if word.endswith(ending) and len(word) > len(ending):
            return (word[: -len(ending)], full)
    if word.endswith("%"):
        return (word[:-1], "%")
    return (word,)
