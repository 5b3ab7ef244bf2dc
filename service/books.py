"""The settings and a desk's place become what that desk keeps, opened without a model or an index."""

from service.errors import RecordUnavailable
from service.ledgers import Books
from service.settings import Settings
from service.tenancy import Place


def open_books_of(settings: Settings, place: Place) -> Books:
    """The books of the desk at that place, made when they are absent. Close their record in the end.

    Raises BadSettings, RecordUnavailable and RecordLocked.
    """
    from service.record.books import open_books  # SQLAlchemy takes long to import, and a review opens no books

    make_folder(place)
    return open_books(place.record_url, place.schema_name, second_person=settings.second_person)


def make_folder(place: Place) -> None:
    """The desk's folder, where it is missing. Raises RecordUnavailable."""
    try:
        place.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RecordUnavailable(
            f"The data folder {place.folder} cannot be made: {error.strerror}. Set CLAIMDESK_DATA_DIR."
        ) from error
