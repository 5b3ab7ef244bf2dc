"""The settings: read once from the environment and an .env file, then passed in."""

from pathlib import Path

from platformdirs import user_data_path
from pydantic import AliasChoices, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


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
    second_person: bool = Field(
        default=False, description="Whether a person's decision on a claim needs another person's yes."
    )

    @property
    def record_url(self) -> str:
        """The address of the record: DATABASE_URL, or a SQLite file in the data folder."""
        if self.database_url is not None:
            return self.database_url.get_secret_value()
        return f"sqlite:///{self.data_dir / 'record.sqlite3'}"
