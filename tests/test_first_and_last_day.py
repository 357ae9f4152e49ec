"""From when to when an agreement holds, as sentences, labels and tables say it."""

from __future__ import annotations

import pytest

from slalint import sources
from slalint.quantities import read_date

FIRST, LAST = "2027-05-01", "2028-04-30"
_SERVICE = "\n\nIT Operations provides mail to Sales.\n\n## Levels\n\nMail is available at least 99.5 % a month.\n"


def days(text: str) -> tuple[str, str, str]:
    """The first and the last day, and whether the former is found among the elements."""
    path, data = "mail.md", text.encode()
    source, _ = sources.find(path, data)
    file, _ = sources.decode(path, data)
    assert source is not None
    (agreement,) = source.read(file, force=True).agreements
    found = [
        str(read_date(day)) if day is not None else "" for day in (agreement.effective_date, agreement.expiry_date)
    ]
    return found[0], found[1], agreement.elements["effective_date"].state


@pytest.mark.parametrize(
    ("sentence", "first", "last"),
    [
        ("The agreement runs between IT Operations and Sales, from 1 May 2027 until 30 April 2028.", FIRST, LAST),
        ("The agreement between IT Operations and Sales runs from 1 May 2027 through 30 April 2028.", FIRST, LAST),
        ("This Agreement shall commence on 1 May 2027.", FIRST, ""),
        ("This Agreement will commence on 1 May 2027 and continue until 30 April 2028.", FIRST, LAST),
        ("It is valid from 1 May 2027 to 30 April 2028.", FIRST, LAST),
        ("With effect from 1 May 2027, IT Operations provides mail.", FIRST, ""),
        ("The agreement is concluded for a period of 12 months starting 1 May 2027.", FIRST, ""),
        ("The agreement is in force as of 1 May 2027.", FIRST, ""),
        ("It comes into effect on 1 May 2027 and ends on 30 April 2028.", FIRST, LAST),
        ("The agreement ends on 30 April 2028 unless somebody objects by 1 March 2028.", "", LAST),
        ("The initial term is two years beginning 1 May 2027.", FIRST, ""),
        ("This SLA covers the period from **1 May 2027** to **30 April 2028**.", FIRST, LAST),
        ("The period of this agreement is 1 May 2027 to 30 April 2028.", FIRST, LAST),
        ("The agreement lasts from 2027-05-01 until 2028-04-30.", FIRST, LAST),
        ("It applies from 1 May 2027.", FIRST, ""),
        ("The agreement is in place from 1 May 2027 till 30 April 2028.", FIRST, LAST),
        ("The parties agree to this for the period 1 May 2027 – 30 April 2028.", FIRST, LAST),
        ("The start date is 1 May 2027 and the end date is 30 April 2028.", FIRST, LAST),
        ("Reporting starts on 1 May 2027.", "", ""),
        ("The pilot runs from 1 May 2027 to 30 April 2028.", "", ""),
        ("A change freeze is in force from 15 December 2027 to 5 January 2028.", "", ""),
        ("Figures cover the period 1 May 2027 to 30 April 2028.", "", ""),
        ("The summer schedule applies from 1 May 2027 to 31 August 2027.", "", ""),
        ("In this agreement the reporting period runs from 1 May 2027 to 30 April 2028.", "", ""),
    ],
)
@pytest.mark.parametrize("form", ["# Service level agreement: mail\n\n{}", "# SLA: mail\n\n- Mail is for all.\n- {}"])
def test_sentences(sentence: str, first: str, last: str, form: str) -> None:
    assert days(form.format(sentence) + _SERVICE) == (first, last, "present" if first else "absent")


@pytest.mark.parametrize(
    ("name", "value", "first", "last"),
    [
        ("In force from", "1 May 2027", FIRST, ""),
        ("With effect from", "1 May 2027", FIRST, ""),
        ("Applies from", "1 May 2027", FIRST, ""),
        ("Commencement", "1 May 2027", FIRST, ""),
        ("Valid", "1 May 2027 to 30 April 2028", FIRST, LAST),
        ("Term", "1 May 2027 – 30 April 2028", FIRST, LAST),
        ("Term", "12 months from 1 May 2027", FIRST, ""),
        ("Agreement period", "from 1 May 2027 up to and including 30 April 2028", FIRST, LAST),
        ("Duration", "12 months, starting on 1 May 2027", FIRST, ""),
        ("Expiry", "30 April 2028", "", LAST),
        ("In force until", "30 April 2028", "", LAST),
        ("Contract end date", "30 April 2028", "", LAST),
        ("Term", "12 months", "", ""),
        ("Measurement period", "1 May 2027 – 30 April 2028", "", ""),
    ],
)
@pytest.mark.parametrize("form", ["| Item | Value |\n|---|---|\n| Version | 1.0 |\n| {} | {} |", "- **{}:** {}"])
def test_labels(name: str, value: str, first: str, last: str, form: str) -> None:
    text = f"# Service level agreement: mail\n\n{form.format(name, value)}{_SERVICE}"
    assert days(text) == (first, last, "present" if first else "absent")


def test_a_term_that_only_says_its_end() -> None:
    assert days(f"# SLA: mail\n\n| Item | Value |\n|---|---|\n| Term | until 30 April 2028 |{_SERVICE}")[0] == ""


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("| Start | End | Period |\n|---|---|---|\n| 1 May 2027 | **30 April 2028** | one year |", FIRST, LAST),
        ("| Effective date | Expiry date |\n|---|---|\n| 1 May 2027 | 30 April 2028 |", FIRST, LAST),
        ("| | |\n|---|---|\n| Start | 1 May 2027 |\n| End | 30 April 2028 |", FIRST, LAST),
        ("**Start:** 1 May 2027\n**Period:** one year", FIRST, ""),
        ("## 2. Term and renewal\n\n- Begin: 1 May 2027\n- End: 30 April 2028", FIRST, LAST),
        ("**Start:** 1 May 2027", "", ""),
        ("- Start: 1 May 2027, after the pilot\n- End: 30 April 2028", "", ""),
        ("## Pilot\n\n| Start | End |\n|---|---|\n| 1 May 2027 | 30 April 2028 |", "", ""),
        ("## Term of the pilot\n\n- Start: 1 May 2027\n- End: 30 April 2028", "", ""),
        ("| Start | End |\n|---|---|\n| 1 May 2027 | 30 June 2027 |\n| 1 July 2027 | 30 April 2028 |", "", ""),
    ],
)
def test_bare_names(text: str, first: str, last: str) -> None:
    found = days(f"# Service level agreement: mail\n\n{text}{_SERVICE}")
    assert found == (first, last, "present" if first else "absent")
