"""Every error that Claimdesk raises on purpose: a stable code, and a sentence that says what to do.

ClaimdeskError
├── InputError            what was handed in cannot be used
│   ├── UnsupportedType     unsupported_type
│   ├── UnreadableFile      unreadable_file
│   ├── EmptyPage           empty_page
│   ├── BadBackup           bad_backup
│   ├── InputTooLarge       input_too_large
│   ├── BadDate             bad_date
│   ├── EmptyText           empty_text
│   ├── UnknownRule         unknown_rule
│   ├── NotFixable          not_fixable
│   ├── BadCursor           bad_cursor
│   ├── BadIdempotencyKey   bad_idempotency_key
│   ├── NoRemoteModel       no_remote_model: and nothing else may answer
│   ├── FetchRefused        fetch_refused
│   └── FetchFailed         fetch_failed
├── NotFound              what was asked for is not in the record
│   ├── ArticleNotFound     article_not_found
│   ├── ClaimNotFound       claim_not_found
│   ├── ConversationNotFound  conversation_not_found
│   ├── FeedNotFound        feed_not_found
│   ├── JobNotFound         job_not_found
│   ├── KeyNotFound         key_not_found
│   ├── ModelNotFound       model_not_found
│   └── WebhookNotFound     webhook_not_found
├── Conflict              it was possible, but not as things stand
│   ├── WrongStep           wrong_step
│   ├── SamePerson          same_person
│   ├── JobFinished         job_finished
│   ├── RecordNotEmpty      record_not_empty
│   ├── LeaseLost           lease_lost
│   ├── RequestMismatch     request_mismatch
│   └── RequestInProgress   request_in_progress
├── Unavailable           a part of the desk does not answer
│   ├── RecordLocked        record_locked
│   ├── RecordUnavailable   record_unavailable
│   ├── IndexUnavailable    index_unavailable
│   │   └── IndexBroken       index_broken: it answers, and has lost what it held
│   └── LlmUnavailable      llm_unavailable (has `retry_after_s`)
├── UpstreamFailed        the model answered, with something that cannot be used
│   ├── LlmBadReply         llm_bad_reply
│   ├── LlmRefused          llm_refused
│   └── ContextTooLong      context_too_long
├── Refused               the caller may not do this, or not now
│   ├── KeyRequired         key_required
│   ├── UnknownKey          unknown_key
│   ├── ScopeMissing        scope_missing
│   ├── ForeignOrigin       foreign_origin
│   ├── ForeignConversation foreign_conversation: a colleague's
│   └── RateLimited         rate_limited (has `retry_after_s`)
├── BudgetExceeded        budget_exceeded: today's money is spent
├── Cancelled             cancelled: by the caller
└── Misconfigured         the installation or its settings are wrong
    ├── BadSettings         bad_settings
    ├── BadConfig           bad_config
    ├── MissingWeights      missing_weights
    ├── WrongDimension      wrong_dimension
    ├── OtherEmbedder       other_embedder
    └── LlmMisconfigured    llm_misconfigured
"""

from typing import ClassVar


class ClaimdeskError(Exception):
    """The root. `code` is stable and documented; the message says what happened and what to do."""

    code: ClassVar[str] = "error"


class InputError(ClaimdeskError):
    code = "bad_input"


class UnsupportedType(InputError):
    code = "unsupported_type"


class UnreadableFile(InputError):
    code = "unreadable_file"


class EmptyPage(InputError):
    code = "empty_page"


class BadBackup(InputError):
    code = "bad_backup"


class InputTooLarge(InputError):
    code = "input_too_large"


class BadDate(InputError):
    code = "bad_date"


class EmptyText(InputError):
    code = "empty_text"


class UnknownRule(InputError):
    code = "unknown_rule"


class NotFixable(InputError):
    code = "not_fixable"


class BadCursor(InputError):
    code = "bad_cursor"


class BadIdempotencyKey(InputError):
    code = "bad_idempotency_key"


class NoRemoteModel(InputError):
    code = "no_remote_model"


class FetchRefused(InputError):
    code = "fetch_refused"


class FetchFailed(InputError):
    code = "fetch_failed"


class NotFound(ClaimdeskError):
    code = "not_found"


class ArticleNotFound(NotFound):
    code = "article_not_found"


class ClaimNotFound(NotFound):
    code = "claim_not_found"


class ConversationNotFound(NotFound):
    code = "conversation_not_found"


class FeedNotFound(NotFound):
    code = "feed_not_found"


class JobNotFound(NotFound):
    code = "job_not_found"


class KeyNotFound(NotFound):
    code = "key_not_found"


class ModelNotFound(NotFound):
    code = "model_not_found"


class WebhookNotFound(NotFound):
    code = "webhook_not_found"


class Conflict(ClaimdeskError):
    code = "conflict"


class WrongStep(Conflict):
    code = "wrong_step"


class SamePerson(Conflict):
    code = "same_person"


class JobFinished(Conflict):
    code = "job_finished"


class RecordNotEmpty(Conflict):
    code = "record_not_empty"


class LeaseLost(Conflict):
    code = "lease_lost"


class RequestMismatch(Conflict):
    code = "request_mismatch"


class RequestInProgress(Conflict):
    code = "request_in_progress"


class Unavailable(ClaimdeskError):
    code = "unavailable"


class RecordLocked(Unavailable):
    code = "record_locked"


class RecordUnavailable(Unavailable):
    code = "record_unavailable"


class IndexUnavailable(Unavailable):
    code = "index_unavailable"


class IndexBroken(IndexUnavailable):
    code = "index_broken"


class LlmUnavailable(Unavailable):
    """`retry_after_s` is how long the caller should wait, where that is known."""

    code = "llm_unavailable"

    def __init__(self, message: str, retry_after_s: float | None = None) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class UpstreamFailed(ClaimdeskError):
    code = "upstream_failed"


class LlmBadReply(UpstreamFailed):
    code = "llm_bad_reply"


class LlmRefused(UpstreamFailed):
    code = "llm_refused"


class ContextTooLong(UpstreamFailed):
    code = "context_too_long"


class Refused(ClaimdeskError):
    code = "refused"


class KeyRequired(Refused):
    code = "key_required"


class UnknownKey(Refused):
    code = "unknown_key"


class ScopeMissing(Refused):
    code = "scope_missing"


class ForeignOrigin(Refused):
    code = "foreign_origin"


class ForeignConversation(Refused):
    code = "foreign_conversation"


class RateLimited(Refused):
    """`retry_after_s` is when the next request may come."""

    code = "rate_limited"

    def __init__(self, message: str, retry_after_s: float) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s


class BudgetExceeded(ClaimdeskError):
    code = "budget_exceeded"


class Cancelled(ClaimdeskError):
    code = "cancelled"


class Misconfigured(ClaimdeskError):
    code = "misconfigured"


class BadSettings(Misconfigured):
    code = "bad_settings"


class BadConfig(Misconfigured):
    code = "bad_config"


class MissingWeights(Misconfigured):
    code = "missing_weights"


class WrongDimension(Misconfigured):
    code = "wrong_dimension"


class OtherEmbedder(Misconfigured):
    code = "other_embedder"


class LlmMisconfigured(Misconfigured):
    code = "llm_misconfigured"
