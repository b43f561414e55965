"""Numbers in the reader's digits, e.g. 1200 -> "1,200" or "١٬٢٠٠"."""

from babel.numbers import format_decimal, format_percent

from dashboard.language.language import current

_ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def number(value: float) -> str:
    """A number with thousands separators and at most three decimals."""
    language = current()
    return in_digits(
        format_decimal(value, locale=language.locale, numbering_system=language.digits)
    )


def percent(share: float) -> str:
    """A share of one, e.g. 0.62 -> "62%"."""
    language = current()
    return in_digits(
        format_percent(share, "#,##0%", locale=language.locale, numbering_system=language.digits)
    )


def in_digits(text: str) -> str:
    """`text` with its digits in the reader's numbering system, e.g. for years and times."""
    return text.translate(_ARABIC_INDIC) if current().digits == "arab" else text
