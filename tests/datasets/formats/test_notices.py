"""Every notice of an import has its words, in Arabic too."""

import pytest

from dashboard.datasets.formats.notices import NOTICES, NoticeKind
from dashboard.language.language import ARABIC, using_language
from dashboard.language.messages import _


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_notice_has_words_in_both_languages(kind: NoticeKind):
    with using_language(ARABIC):
        assert _(NOTICES[kind]) != NOTICES[kind]
