"""An article becomes a review: the findings of every rule, in the order of the text."""

from collections.abc import Iterable

from service.domain.article import Article
from service.domain.finding import Finding, FindingKind
from service.domain.report import Review
from service.review.archive import Archive, OtherArticles
from service.review.catalogue import ARCHIVE, FAMILIES, SPECS
from service.review.copy import with_subheads
from service.review.options import ReviewOptions
from service.review.rules.claims import CLM001, CLM002, CheckedClaims, check_claims
from service.review.rules.people import NAM007, doubt_known_names, find_people_known_otherwise
from service.review.rules.record import QUO004, find_changed_quotations
from service.review.rules.spec import RuleFamily
from service.review.rules.style import find_house_spellings, find_misspelt_people
from service.review.suppress import find_unused, read_notes, sift


def review(article: Article, options: ReviewOptions | None = None, archive: Archive | None = None) -> Review:
    """Reads the article against itself, and against the archive if there is one.

    Only evidence sentences are read, and subheads for names and spellings: teasers and comments are not copy.
    """
    options = options or ReviewOptions()
    notes = read_notes(article)
    others = archive.without(article) if archive else None
    asked = _ask(article, options, others) if others else CheckedClaims((), ())
    copy = with_subheads(article)
    own = [
        finding
        for family in FAMILIES
        if _is_wanted(family, options)
        for finding in family.find(copy if _reads_names(family) else article)
    ]
    found = [
        *(doubt_known_names(article, own, others) if others else own),
        *find_house_spellings(copy, options.style),
        *find_misspelt_people(copy, options.known_people),
        *asked.findings,
    ]
    orders = [order for _, order in notes.orders]
    sifted = sift(article, _choose(found, options), [*orders, *options.suppress], options.known_people)
    ran = set(SPECS) - (set() if archive else {spec.code for spec in ARCHIVE})
    about_notes = _choose([*notes.wrong, *find_unused(notes, sifted.used, options, ran)], options)
    return Review(
        article_id=article.id,
        version=article.version,
        source=article.source,
        title=article.title,
        findings=_in_order([*sifted.kept, *about_notes]),
        suppressed=sifted.suppressed,
        reports=asked.reports,
    )


def _ask(article: Article, options: ReviewOptions, archive: OtherArticles) -> CheckedClaims:
    """What the archive says to the article; a question that the desk did not select is not asked."""
    quoted = find_changed_quotations(article, archive) if options.is_selected(QUO004.code) else []
    people = find_people_known_otherwise(article, archive) if options.is_selected(NAM007.code) else []
    wanted = options.is_selected(CLM001.code) or options.is_selected(CLM002.code)
    checked = check_claims(article, archive) if wanted else CheckedClaims((), ())
    return CheckedClaims(checked.reports, (*people, *quoted, *checked.findings))


def _is_wanted(family: RuleFamily, options: ReviewOptions) -> bool:
    """True where one of its codes was selected; a family without codes of its own raises those of another."""
    return not family.specs or any(options.is_selected(spec.code) for spec in family.specs)


def _reads_names(family: RuleFamily) -> bool:
    return any(spec.kind is FindingKind.NAME for spec in family.specs)


def _choose(findings: Iterable[Finding], options: ReviewOptions) -> list[Finding]:
    """The findings of the rules that the desk selected, as severe as the desk says."""
    return [
        finding.model_copy(update={"severity": options.severity_of(finding.code) or finding.severity})
        for finding in _in_order(findings)
        if options.is_selected(finding.code)
    ]


def _in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(findings, key=lambda finding: (finding.passages[0].start, finding.code)))
