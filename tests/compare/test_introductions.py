"""An article introduces the full names of those whom a sentence calls by one word."""

from service.compare.introductions import introductions

ARTICLE = "Japan's Prime Minister Shinzo Abe went to Sochi. Abe met Putin there. Akie stayed at home."


def of(article: str, sentence: str) -> tuple[str, ...]:
    start = article.index(sentence)
    return introductions(article, start, start + len(sentence))


def test_a_surname_has_the_given_name_that_the_article_gives_it() -> None:
    assert of(ARTICLE, "Abe met Putin there.") == ("Shinzo Abe",)


def test_a_storm_has_its_kind() -> None:
    article = "Aid came after Hurricane Mitch. Mitch killed about 10,000 people."
    assert of(article, "Mitch killed about 10,000 people.") == ("Hurricane Mitch",)


def test_a_surname_of_two_in_the_article_is_left_open() -> None:
    assert of(f"{ARTICLE} His wife Akie Abe phoned.", "Abe met Putin there.") == ()


def test_a_name_that_is_never_given_in_full_stays_short() -> None:
    assert of("Abe met Putin. Abe left.", "Abe left.") == ()


def test_an_endless_article_is_read_in_part() -> None:
    article = "Abe spoke. " * 50_000
    assert introductions(article, 0, 10) == ()
