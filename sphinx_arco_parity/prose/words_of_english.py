"""Words that decide: what negates, what makes a goal or a rule, what is a common noun.

Tables only; read by :mod:`.objections`.
"""

from __future__ import annotations

from sphinx_arco_parity.text.words import word_set

#: Before a predicate in its clause, these deny it.
NEGATORS = (
    r"not|never|neither|nor|none|nothing|nobody|hardly|barely|scarcely|rarely|seldom|lacks?"
    r"|lacking|fails? to|failed to|falls? short of|fall(?:s|ing)? short|rather than|instead of"
    r"|far from|nowhere|unlikely|unable to|avoids?|avoided|unlike R|incapable of|stops?|stopped"
    r"|ceases?|used to|breaks?|broken|prevents?|over|few of|few|little|no longer"
    r"|without (?:[a-z]{1,12} ){0,2}|no (?:[a-z]{1,16} ){0,3}|loses?|lost|only partially|deny"
    r"|denies|contrary to|formerly|previously|gave up|gives? up|abandon(?:s|ed|ing)?"
    r"|dropp(?:ed|ing)|was|were|had|false|wrong|untrue|myth"
)

#: Before a predicate in its clause, these make it a goal, a plan, a rule or a doubt.
INTENTIONS = (
    r"aim(?:s|ed|ing)?|goals?|non goals?|objectives?|striv(?:es?|ing)|seeks?|seeking"
    r"|intend(?:s|ed)?|intention|plan(?:s|ned|ning)?|wants?|wanted|wish(?:es)?|hop(?:es?|ing|ed)"
    r"|try|tries|trying|attempts?|should|must|shall|will|would|could|might|may|ought|needs? to"
    r"|have to|has to|had to|is to|are to|expect(?:s|ed)?|in order to|so as to"
    r"|(?:designed|meant|supposed|built|made|required|intended) (?:to|as|for)"
    r"|work(?:s|ing)? (?:on|towards?)|progress|road ?map|eventually|ideally|someday|one day"
    r"|propos(?:es?|ed|al)|target(?:s|ed|ing)?|verif(?:y|ies)"
    r"|check(?:s|ed|ing)? (?:that|whether|if|for)|ensure(?: that)?|make sure|makes sure"
    r"|assert(?:s|ed)?|whether|decid(?:e|es|ed|ing)|questions?|ask(?:s|ed|ing)?|believes?|think"
    r"|thinks|assum(?:e|es|ed|ing)|suppos(?:e|es|ing)|pretend(?:s|ing)?|imagine|demands?"
    r"|requires?|requirements?|priority|such as|so called|says? that|said that|say|saying"
    r"|write that|claims? that|claims? of|claim that|definition of|level of|degree of"
    r"|lets? us know|commit(?:s|ted|ment)|closer? to|(?:way|path|step|steps) (?:to|towards?)"
    r"|improv(?:es?|ed|ing)|fix(?:es|ed)?|how|what|to be seen"
    r"|(?<!this )(?<!which )(?<!that )(?<!it )means?|denotes?|indicates?|stands? for"
    r"|the (?:more|less|closer)|once|until|unless|if|when|whenever|where|wherever|in case"
    r"|as long as|provided|before|toward|towards|upcoming|future|want|consider(?:s|ed|ing)?"
    r"|allegedly|supposedly|reportedly|hypothetical(?:ly)?|question of"
)

#: After a noun phrase or a predicate, these take it back.
AFTERTHOUGHTS = (
    r"(?:is|are|remains?|stays?|was|has|have|will|must|needs?|should|can|could|would|may"
    r"|might|goes|go|continues?|depends|requires?|means|comes?|takes?|cannot)\b"
)

#: Verbs that are nouns as well, and then begin no request: "run coordination".
NOUNS_TOO = word_set("""
    add call change check copy cover deploy document export fix get help import import
    install list look mark match open point pull push put replace review
    rewrite run select set show start stop support swap switch take test track turn update
    upgrade use view wait watch work write
    """)

#: At the head of a clause, these make it a request.
IMPERATIVES = NOUNS_TOO | word_set("""
    achieve adopt apply ask assume avoid be bring choose compare configure confirm connect
    consider create decide define describe determine do download enable ensure evaluate find
    follow give guarantee have imagine implement improve include insert keep learn leave let
    maintain make measure migrate mirror move never pick please prefer preserve prove
    provide reach read remove rename require retain say see send specify suppose tell try
    validate verify
    """)

#: What follows a verb that is a request.
AFTER_REQUEST = word_set(
    "the a an your our its their it them that this these those whether if any all each every"
    " both R P C O to sure you us how what which no only either"
)

#: A heading with one of these words makes everything below it a goal.
GOAL_HEADINGS = word_set("""
    goal goals non-goal non-goals nongoals roadmap planned plan plans future todo vision wishlist
    proposal proposals aims objectives upcoming ideas backlog milestones milestone intent rfc
    """)

#: Texts, which speak about parity and have none.
TEXTS = word_set("""
    page pages docs document documents documentation readme matrix charter column columns legend badge row rows
    chapter chapters section sections guide article articles post talk adr adrs issue
    ticket paper tutorial report reports summary heading sentence sentences claim claims
    phrase word words paragraph release-notes
    """)

#: Subjects that are not ours.
FOREIGN_SUBJECTS = word_set(
    "any some other others another their his her certain various whichever which what"
    " whatever many competing alternative alternatives third-party third"
)

#: Words by which a text speaks of its own product.
OWN = (
    r"(?:P|we|our|ours|us|i|my|this (?:project|package|library|tool|server|plugin|module"
    r"|extension|release|version|product|crate|framework|software|implementation|client"
    r"|program|repository|service|engine|driver|app|application))"
)

#: Common nouns that stand alone before a verb in the singular.
COMMON_NOUNS = word_set("""
    authentication backfill backup cache caching cli clustering code command compiler concurrency
    config configuration cron data dsl error expiry format grammar input interface json kernel
    language latency layout lineage logging metadata mode output overflow parser partition
    performance persistence pipeline planner plugin protocol queue query quorum replay retry
    rollback runtime scheduler schema scope search security semantic sensor shell sort sql storage
    support syntax tooling transport ui unicode whitespace yaml everything nothing both all each it
    they this that these those most one several otherwise here there today currently now internally
    externally however therefore thus hence also and or so but yet then nearly almost what which i
    we you he she who none backtracking materialisation materialization timeout truncation lookup
    startup shutdown precedence arithmetic access sandbox default stdout stderr globbing tracing
    indent http tls auth coverage usage the a an our its your my their in on at for with from by to
    as of since after before while when if although though because unlike like just not only every
    any some other another exactly precisely yes no
    """)

#: Endings of nouns that name an activity or a quality.
NOUN_ENDINGS = (
    "ing", "ion", "ment", "ity", "ness", "ance", "ence", "cy", "ure", "age", "our", "ior", "ics",
    "ism", "ship", "ways", "ly", "ry",
)  # fmt: skip

#: Technologies, not products: their names say nothing of whose thing is meant.
NEUTRAL = word_set(
    "GraphQL gRPC Python Rust JavaScript TypeScript Java Lua Perl Ruby OpenAPI Jinja"
    " Unicode Linux Windows macOS iOS OpenSSL WebSocket WebSockets OAuth OAuth2 Markdown"
    " reStructuredText LaTeX PostScript UTC Bash Git"
)
