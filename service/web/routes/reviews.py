"""`/v1/review`: one article read against itself."""

from fastapi import APIRouter

from service.domain.article import Article
from service.domain.report import Review
from service.web.bodies import ReviewBody
from service.web.caller import CallersDesk
from service.web.problems import documented

router = APIRouter(tags=["review"], responses=documented(404, 413, 415, 424))


class ReviewedArticle(Review):
    """A review with the article that its offsets point into."""

    article: Article


@router.post("/review")
def review(body: ReviewBody, desk: CallersDesk) -> ReviewedArticle:
    """Reads an article against itself: a stored one by its id, or one that is read and not stored."""
    if body.article_id is not None:
        article = desk.record.article(body.article_id, body.version)
    else:
        article = desk.open_document(desk.fetch(body.url) if body.is_address and body.url else body.document())
    result = desk.review(article)
    return ReviewedArticle(**{name: getattr(result, name) for name in Review.model_fields}, article=article)
