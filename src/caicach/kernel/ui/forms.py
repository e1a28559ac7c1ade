"""`{{ form }}` in our clothes: the renderer behind FORM_RENDERER."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting


class ReasonField(forms.CharField):
    """Words that one of the form's choices needs and the other does not: the use case asks for them, and the form never
    calls them optional.
    """

    needed_at_times = True

    def __init__(self, **keywords: Any) -> None:
        super().__init__(required=False, **keywords)


class Renderer(TemplatesSetting):
    form_template_name = "ui/forms/form.html"
    formset_template_name = "ui/forms/formset.html"
    field_template_name = "ui/forms/field.html"
