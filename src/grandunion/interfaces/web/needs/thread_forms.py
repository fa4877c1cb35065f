"""The forms in which something is said about a need."""

import secrets

from django import forms
from django.core.files.uploadedfile import UploadedFile

from grandunion.interfaces.kit.forms import Form, lines, saying
from grandunion.terms.text import Text

LONGEST = 20_000


class SeveralFilesInput(forms.ClearableFileInput):
    """A chooser that takes several files."""

    allow_multiple_selected = True


class SeveralFiles(forms.FileField):
    """Any number of files; what each is, the action looks at."""

    widget = SeveralFilesInput(attrs={"multiple": True})

    def clean(self, data: object, initial: object = None) -> list[UploadedFile]:
        given = data if isinstance(data, list) else [data] if data else []
        return [one for one in given if one]


class NoteForm(Form):
    """A note or a letter."""

    text = lines("Text", "内容", required=False, longest=LONGEST)
    files = SeveralFiles(label=saying(Text("Files", "附件")), required=False)

    @classmethod
    def fresh(cls, auto_id: str, **initial: object) -> "NoteForm":
        """The form on the need's own page, with what was typed into it before."""
        return cls(auto_id=auto_id, initial={"submission": secrets.token_urlsafe(16), **initial})


class EditNoteForm(Form):
    """A note that is mended."""

    text = lines("Text", "内容", required=True, longest=LONGEST)
