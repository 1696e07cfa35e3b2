"""Forms of pages, filled in as a browser would send them."""

from __future__ import annotations

from lxml import html
from serve.conftest import Browser

Fields = dict[str, str]


def fields_of(page: str, action: str) -> Fields:
    """What a browser would send of the form whose action ends so, as it stands."""
    forms = [form for form in html.fromstring(page).iter("form") if form.get("action", "").endswith(action)]
    assert forms, f"no form is sent to …{action}"
    return dict(forms[0].form_values())


def notice(browser: Browser) -> html.HtmlElement:
    """What the next page says was done."""
    found = html.fromstring(browser.get("/keys").text).find_class("notice")
    assert found, "nothing is said"
    return found[0]


def undo(browser: Browser) -> None:
    """Press the button beside what was done."""
    (form,) = notice(browser).iter("form")
    assert browser.post(form.get("action"), data=dict(form.form_values())).status_code == 303
