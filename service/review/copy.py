"""An article becomes the copy in which names and spellings are read: no citation may come from it all, a slip can."""

from service.domain.article import Article, Section


def with_subheads(article: Article) -> Article:
    """The article with its subheads and summaries as headlines: they are its own words, though they are no evidence."""
    sentences = (
        sentence.model_copy(update={"section": Section.HEADLINE}) if sentence.section is Section.SUBHEAD else sentence
        for sentence in article.sentences
    )
    return article.model_copy(update={"sentences": tuple(sentences)})
