from django import forms


class OneForm(forms.Form):
    """Which piece of news is meant, and where it stands."""

    public_id = forms.UUIDField()
    page = forms.IntegerField(min_value=1, required=False)  # of the list, where they go on


class UntilForm(forms.Form):
    """When the page was made on which somebody pressed."""

    until = forms.DateTimeField()
