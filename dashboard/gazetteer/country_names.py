"""Countries by their code, e.g. "SY" -> "Syria", "سوريا" (CLDR)."""

from functools import cache

from babel import Locale

from dashboard.text.normalise import fold


@cache
def country_names(code: str) -> tuple[str, ...]:
    """The folded English and Arabic names of a country by its ISO 3166 code; none for another code."""
    locales = (Locale("en"), Locale("ar"))
    names = (locale.territories.get(code) for locale in locales)
    return tuple(fold(name) for name in names if name)


@cache
def country_codes() -> dict[str, str]:
    """The ISO 3166 codes of countries by their folded names in English and Arabic."""
    territories = Locale("en").territories
    codes = (code for code in map(str, territories) if len(code) == 2 and code.isalpha())
    return {name: code for code in codes for name in country_names(code)}
