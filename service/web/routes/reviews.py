"""`/v1/review`: one article read against itself."""

from service.domain.article import Article
from service.domain.report import Review
from service.web.bodies import ReviewBody
from service.web.caller import Checker
from service.web.routing import ArticleRoute, make_router

router = make_router(tag="review", problems=(404, 415, 424), route=ArticleRoute)


class ReviewedArticle(Review):
    """A review with the article that its offsets point into."""

    article: Article


@router.post("/review")
def review(body: ReviewBody, caller: Checker) -> ReviewedArticle:
    """Reads an article against itself: a stored one by its id, or one that is read and not stored."""
    desk = caller.desk
    if body.article_id is not None:
        article = desk.record.article(body.article_id, body.version)
    else:
        article = desk.open_document(desk.fetch(body.url) if body.is_address and body.url else body.document())
    result = desk.review(article)
    return ReviewedArticle(**{name: getattr(result, name) for name in Review.model_fields}, article=article)
