"""What the service does becomes figures that Prometheus can read; no text and no key is among them."""

from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, start_http_server

from service.domain.report import Answer, Report, Review
from service.errors import BadSettings

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """The figures of one application. Labels come from routes, codes and settings, never from a request's text."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self._requests = Counter(
            "claimdesk_requests", "Requests answered.", ("method", "route", "status"), registry=self._registry
        )
        self._latency = Histogram(
            "claimdesk_request_seconds", "Time to the end of the answer.", ("route",), buckets=_SECONDS,
            registry=self._registry,
        )  # fmt: skip
        self._stages = Histogram(
            "claimdesk_stage_seconds", "Time in each stage of a verb.", ("verb", "stage"), buckets=_SECONDS,
            registry=self._registry,
        )  # fmt: skip
        self._results = Counter(
            "claimdesk_results", "Answers and verdicts given.", ("verb", "outcome"), registry=self._registry
        )
        self._degraded = Counter(
            "claimdesk_degraded", "Results given without a part that failed.", ("verb",), registry=self._registry
        )
        self._cost = Gauge(
            "claimdesk_cost_today_usd", "Money spent on paid models since midnight (UTC), jobs' too, where the price is known.",
            ("desk",), registry=self._registry,
        )  # fmt: skip
        self._lag = Gauge(
            "claimdesk_index_lag", "Changes that the index does not hold yet, counted up to 1,000.", ("desk",),
            registry=self._registry,
        )  # fmt: skip
        self._queue = Gauge("claimdesk_queue_depth", "Jobs queued or running.", ("desk",), registry=self._registry)

        self._failing = Gauge(
            "claimdesk_model_failing", "1 from a failure of the remote model to its next reply.", ("desk",),
            registry=self._registry,
        )  # fmt: skip

    def count_request(self, method: str, route: str, status: int, seconds: float) -> None:
        self._requests.labels(method, route, status).inc()
        self._latency.labels(route).observe(seconds)

    def count_answer(self, verb: str, answer: Answer) -> None:
        self._results.labels(verb, "abstained" if answer.abstained else "answered").inc()
        self._count(verb, answer)

    def count_report(self, verb: str, report: Report) -> None:
        self._results.labels(verb, report.label.value).inc()
        self._count(verb, report)

    def count_review(self, review: Review) -> None:
        """Its verdicts on an article's claims, if it was read against the archive."""
        for report in review.reports:
            self.count_report("review", report)

    def _count(self, verb: str, result: Answer | Report) -> None:
        if result.degraded:
            self._degraded.labels(verb).inc()
        for stage, spent_ms in result.timings_ms.items():
            self._stages.labels(verb, stage).observe(spent_ms / 1000)

    def set_desk(self, desk: str, *, lag: int, queued: int, model_failing: bool, cost_usd: float) -> None:
        self._lag.labels(desk).set(lag)
        self._queue.labels(desk).set(queued)
        self._failing.labels(desk).set(model_failing)
        self._cost.labels(desk).set(cost_usd)

    @contextmanager
    def shown(self, host: str, port: int) -> Iterator[str]:
        """The address at which the figures are shown meanwhile, for a process that serves nothing else.

        Raises BadSettings where that port cannot be had.
        """
        try:
            server, _ = start_http_server(port, host, self._registry)
        except OSError as error:
            raise BadSettings(
                f"The figures cannot be shown on {host}:{port}: {error.strerror}. Choose another port or address."
            ) from error
        try:
            yield f"http://{host}:{server.server_port}/metrics"
        finally:
            server.shutdown()
            server.server_close()

    def render(self) -> bytes:
        """The figures in Prometheus' text format."""
        return generate_latest(self._registry)
