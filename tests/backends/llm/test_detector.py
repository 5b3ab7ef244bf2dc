"""A model's word on each sentence becomes a score, batch by batch; where it fails the local rules rate."""

import json

from eval.endpoint import Exchange, serve
from eval.fake_models import sensible
from service.backends.llm.backend import for_run
from service.backends.llm.detector import BATCH
from service.run import Run
from tests.backends.llm.bench import LOCAL, open_model

SENTENCES = ["Unemployment rose to 7 percent in March.", "What a lovely day!"]


def test_the_model_s_order_is_kept_and_its_reasons_are_plain_text() -> None:
    reply = {
        "s1": {"reason": "a <b>figure</b>", "worth": "high"},
        "s2": {"reason": "a feeling", "worth": "none"},
    }
    with serve(lambda exchange: exchange.say(json.dumps(reply))) as server, open_model(server.url) as model:
        first, second = for_run(model, LOCAL, Run()).detector.rate(SENTENCES)
    assert first.score > 0.5 > second.score
    assert "<b>" not in first.reasons[0]


def test_a_long_article_is_rated_in_batches_in_order() -> None:
    def behave(exchange: Exchange) -> None:
        (sensible if exchange.asked.number == 1 else lambda e: e.say("{}"))(exchange)

    texts = [f"The mill made {n} tons of steel in 2013." for n in range(BATCH + 2)]
    with serve(behave) as server, open_model(server.url) as model:
        backend = for_run(model, LOCAL, Run())
        ratings = backend.detector.rate(texts)
        assert len(ratings) == len(texts)
        assert ratings[BATCH:] == LOCAL.detector.rate(texts[BATCH:])
        assert [problem.code for problem in backend.account().problems] == ["llm_bad_reply"]
