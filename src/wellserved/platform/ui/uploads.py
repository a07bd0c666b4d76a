"""Several files in one field of a form."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile


class FilesInput(forms.ClearableFileInput):
    """A file input that takes several files."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class FilesField(forms.FileField):
    """Any number of files up to a limit, each up to a size; clean data are a list of uploads."""

    widget = FilesInput

    def __init__(self, *, most: int, largest: int, **kwargs: Any) -> None:
        super().__init__(required=False, allow_empty_file=True, **kwargs)
        self.most = most
        self.largest = largest

    def clean(self, data: Any, initial: Any = None) -> Sequence[UploadedFile[Any]]:
        """Return the uploads, or say which of them is too large."""
        given = data if isinstance(data, list | tuple) else [data]
        uploads = [super(FilesField, self).clean(one, initial) for one in given if one]
        if len(uploads) > self.most:
            raise forms.ValidationError(f"Send {self.most} files at most at once.")
        megabytes = self.largest // 1024**2
        too_large = [str(upload.name) for upload in uploads if (upload.size or 0) > self.largest]
        if too_large:
            raise forms.ValidationError(
                f"{', '.join(too_large)}: a file may hold {megabytes} MB at most. Make it smaller or send a link to it."
            )
        return uploads
