"""What others published on the sets that we measure, to stand beside our figures."""

from service.domain.base import Frozen

WICE = "Tang et al., MiniCheck (EMNLP 2024): LLM-AggreFact, WiCE"
SUMMEDITS = "Laban et al., SummEdits (EMNLP 2023)"
ANLI = "Nie et al., Adversarial NLI (ACL 2020)"
SAME = "the same set"


class Published(Frozen):
    """One figure, in percent, as it was printed; `rows` says how its rows compare with ours."""

    data: str
    metric: str
    system: str
    value: float
    source: str
    rows: str


PUBLISHED = (
    *(
        Published(
            data="wice_claim_full_test", metric="balanced_accuracy", system=system, value=value, source=WICE,
            rows="the same claims, their own cut of the documents",
        )
        for system, value in (
            ("GPT-4o", 78.5),
            ("MiniCheck-Flan-T5-L 0.8B", 72.2),
            ("MiniCheck-DeBERTa-L 0.4B", 69.4),
            ("MiniCheck-RoBERTa-L 0.4B", 67.6),
            ("AlignScore 0.4B", 66.0),
            ("SummaC-ZS", 62.8),
        )
    ),
    *(
        Published(
            data="summedits_news", metric="balanced_accuracy", system=system, value=value, source=SUMMEDITS,
            rows=f"{SAME}; our threshold comes from the other domains",
        )
        for system, value in (("GPT-4", 83.3), ("QAFactEval", 74.4), ("SummaC-Conv", 61.9), ("DAE", 60.9))
    ),
    Published(
        data="healthver_test", metric="accuracy", system="T5, trained on HealthVer", value=80.7,
        source="Sarrouti et al., HealthVer (Findings of EMNLP 2021)", rows=SAME,
    ),
    *(
        Published(
            data=f"anli_r{round_}_test", metric="accuracy", system="RoBERTa-large, trained on ANLI", value=value,
            source=ANLI, rows=SAME,
        )
        for round_, value in ((1, 73.8), (2, 48.9), (3, 44.4))
    ),
)  # fmt: skip
