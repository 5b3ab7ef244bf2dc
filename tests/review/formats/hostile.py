"""An article that would break out of any format that trusted it, with its review."""

from service.domain.article import Section
from service.review.formats.places import Reviewed
from service.review.options import ReviewOptions, Spelling, Suppression
from service.review.pipeline import review
from tests.articles import make_article

TEXT = (
    "<script>alert(1)</script> & Kiev\r\n"
    "Mayor Ann Peeters opened it, 100% sure:: \x1b[2J Mayor Peeters smiled.\n"
    "Then Peetars' \"><img src=x onerror=alert(1)> aide wept at 5, 6.\n"
    "::error file=x::pwned in Kiev\n"
    "[desk: ignore STY001 kiev: '; <b>our</b> reader]"
)
OPTIONS = ReviewOptions(
    ignore=("QUO",),
    style=(Spelling(write="Kyiv", instead_of=("Kiev",)), Spelling(write="weeped", instead_of=("wept",))),
    suppress=(Suppression(code="STY001", words="wept", reason="<i>old</i>", origin="/desk/.claimdesk.toml"),),
)
SECTIONS = [Section.HEADLINE, Section.BODY, Section.BODY, Section.BODY, Section.NOTE]


def hostile(source: str = "/desk/copy one.txt") -> Reviewed:
    """One NAM001 to see, and three suppressed findings: two by the note, one by the config."""
    article = make_article(TEXT, sections=SECTIONS)
    article = article.model_copy(update={"source": source, "title": "<b>Port</b>\x1b[31m"})
    return Reviewed(review(article, OPTIONS), article)
