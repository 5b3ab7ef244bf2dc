"""The settings: read once from the environment and an .env file, then passed in."""

from decimal import Decimal
from pathlib import Path
from typing import Literal

from platformdirs import user_data_path
from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from service.domain.cost import Price


class Settings(BaseSettings):
    """Every setting, with what it does; `.env.example` lists the same names."""

    model_config = SettingsConfigDict(env_prefix="CLAIMDESK_", env_file=".env", extra="ignore", frozen=True)

    data_dir: Path = Field(
        default_factory=lambda: user_data_path("claimdesk"),
        description="Folder of the record and the index.",
    )
    database_url: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("DATABASE_URL", "database_url"),
        description="PostgreSQL address of the record; SQLite in the data folder when unset.",
    )
    chroma_url: str | None = Field(
        default=None,
        validation_alias=AliasChoices("CHROMA_URL", "chroma_url"),
        description="Address of an outside Chroma server; one is started on loopback when unset.",
    )
    threads: int = Field(default=0, ge=0, description="Threads for the local models; 0 takes every core.")
    max_input_bytes: int = Field(default=50_000_000, gt=0, description="Largest file or page that is read, in bytes.")
    fetch_timeout_s: float = Field(default=20.0, gt=0, description="Deadline of one page fetch, in seconds.")
    fetch_private: bool = Field(
        default=False, description="Allow pages on loopback and private addresses to be fetched."
    )
    max_body_bytes: int = Field(
        default=200_000_000, gt=0, description="Largest request body that brings articles, in bytes."
    )
    request_timeout_s: float = Field(
        default=120.0, gt=0, description="How long a request may work before it is answered with an error, in seconds."
    )
    workers: int = Field(
        default=1, ge=0, le=64, description="Workers inside the server; 0 leaves jobs to `claimdesk worker`."
    )
    keep_days: float = Field(
        default=90.0,
        ge=0,
        description="Days for which ended jobs, their uploads and sent messages are kept; 0: for ever.",
    )
    second_person: bool = Field(
        default=False, description="Whether a person's decision on a claim needs another person's yes."
    )
    public_url: str = Field(
        default="http://127.0.0.1:8765", description="Address that published verdicts have for readers, without /v1."
    )
    publisher: str = Field(default="Claimdesk", description="Name of the newsroom, as published verdicts give it.")

    backend: Literal["local", "llm"] = Field(
        default="local", description="Who judges and drafts: local, or llm with the local models beside it."
    )
    judge: Literal["small", "large"] = Field(
        default="small", description="The local judge: large errs less often and takes five times as long."
    )
    openai_api_key: SecretStr | None = Field(
        default=None,
        validation_alias=AliasChoices("OPENAI_API_KEY", "openai_api_key"),
        description="Key of the model's server; a server of your own may need none.",
    )
    openai_base_url: str = Field(
        default="https://api.openai.com/v1",
        validation_alias=AliasChoices("OPENAI_BASE_URL", "openai_base_url"),
        description="Address of any server that speaks the OpenAI protocol, up to and with /v1.",
    )
    llm_model: str | None = Field(default=None, description="Name of the model, as its server knows it.")
    llm_embedding_model: str | None = Field(
        default=None, description="Embedding model of that server; the local one when unset. Then: reindex --embed."
    )
    llm_connect_timeout_s: float = Field(default=5.0, gt=0, description="Longest wait for a connection to the model.")
    llm_idle_timeout_s: float = Field(
        default=30.0, gt=0, description="Longest silence of the model: it reads the passages before its first word."
    )
    llm_deadline_s: float = Field(
        default=60.0, gt=0, description="Longest that one question or claim waits for the model in all, in seconds."
    )
    llm_most_tokens: int = Field(default=4_000, gt=0, description="Longest reply of the model, in tokens.")
    llm_prices: dict[str, Price] = Field(
        default_factory=dict, description="US dollars per million tokens of each model, as JSON."
    )
    llm_daily_budget_usd: Decimal | None = Field(
        default=None,
        ge=0,
        description="Most that a key without a budget of its own may spend in a day; unset: no limit.",
    )
    llm_cache_days: float = Field(default=7.0, ge=0, description="Days for which a model's replies are remembered.")

    @property
    def record_url(self) -> str:
        """The address of the record: DATABASE_URL, or a SQLite file in the data folder."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir / 'record.sqlite3'}"
