"""What the sources lack on areas: words of kind, labels, names of the press, ids that exist already."""

from typing import NamedTuple


class Kind(NamedTuple):
    """What a country calls its areas of a level."""

    arabic: str
    english: str


_GOVERNORATE, _PROVINCE = Kind("محافظة", "governorate"), Kind("ولاية", "province")
_STATE, _DISTRICT = Kind("ولاية", "state"), Kind("قضاء", "district")
_REGION, _PERSIAN = Kind("منطقة", "region"), Kind("محافظة", "province")
# Country -> the words for its first-level and second-level areas.
KINDS = {
    "SY": (_GOVERNORATE, Kind("منطقة", "district")),
    "IQ": (_GOVERNORATE, _DISTRICT),
    "LB": (_GOVERNORATE, _DISTRICT),
    "PS": (_GOVERNORATE, _GOVERNORATE),
    "YE": (_GOVERNORATE, Kind("مديرية", "district")),
    "JO": (_GOVERNORATE, Kind("لواء", "district")),
    "LY": (_GOVERNORATE, _DISTRICT),
    "SD": (_STATE, Kind("محلية", "locality")),
    "EG": (_GOVERNORATE,),
    "SA": (_REGION,),
    "OM": (_GOVERNORATE,),
    "AE": (Kind("إمارة", "emirate"),),
    "QA": (Kind("بلدية", "municipality"),),
    "BH": (_GOVERNORATE,),
    "KW": (_GOVERNORATE,),
    "TN": (_GOVERNORATE,),
    "DZ": (_PROVINCE,),
    "MA": (Kind("جهة", "region"),),
    "MR": (Kind("ولاية", "region"),),
    "SO": (Kind("إقليم", "region"),),
    "DJ": (Kind("إقليم", "region"),),
    "KM": (Kind("جزيرة", "island"),),
    "TR": (_PROVINCE,),
    "IR": (_PERSIAN,),
    "IL": (Kind("منطقة", "district"),),
    "SS": (_STATE,),
}
# Country -> place id, English label, and names that the region's press uses; the first is the label.
COUNTRIES = {
    "YE": ("yemen", "Yemen", "اليمن"),
    "LY": ("libya", "Libya", "ليبيا"),
    "SD": ("sudan", "Sudan", "السودان"),
    "SS": ("south_sudan", "South Sudan", "جنوب السودان|دولة جنوب السودان"),
    "PS": ("palestine", "Palestine", "فلسطين|الأراضي الفلسطينية|الأراضي الفلسطينية المحتلة"),
    "KW": ("kuwait", "Kuwait", "الكويت"),
    "QA": ("qatar", "Qatar", "قطر"),
    "BH": ("bahrain", "Bahrain", "البحرين"),
    "AE": ("united_arab_emirates", "United Arab Emirates", "الإمارات|الإمارات العربية المتحدة"),
    "OM": ("oman", "Oman", "سلطنة عمان"),
    "TN": ("tunisia", "Tunisia", "الجمهورية التونسية"),
    "DZ": ("algeria", "Algeria", "الجمهورية الجزائرية"),
    "MA": ("morocco", "Morocco", "المملكة المغربية"),
    "MR": ("mauritania", "Mauritania", "موريتانيا"),
    "SO": ("somalia", "Somalia", "الصومال"),
    "DJ": ("djibouti", "Djibouti", "جيبوتي"),
    "KM": ("comoros", "Comoros", "جزر القمر"),
}
# Countries that the curated gazetteer has.
CURATED = {
    "SY": "syria", "IQ": "iraq", "LB": "lebanon", "JO": "jordan", "EG": "egypt",
    "SA": "saudi_arabia", "TR": "turkey", "IR": "iran", "IL": "israel",
}  # fmt: skip
COUNTRY_IDS = CURATED | {code: row[0] for code, row in COUNTRIES.items()}
# GeoNames code -> id of the curated gazetteer.
EXISTING = {
    "SY.01": "hasakah_governorate", "SY.02": "lattakia_governorate", "SY.04": "raqqa_governorate",
    "SY.05": "sweida_governorate", "SY.06": "daraa_governorate", "SY.07": "deir_ez_zor_governorate",
    "SY.09": "aleppo_governorate", "SY.10": "hama_governorate", "SY.11": "homs_governorate",
    "SY.12": "idlib_governorate", "SY.04.172956": "raqqa_district",
    "SY.04.7905857": "tell_abyad_district", "SY.01.173812": "hasakah_district",
    "SY.01.7895146": "ras_al_ain_district", "SY.01.173378": "qamishli_district",
    "SY.09.172255": "kobani_district",
}  # fmt: skip
# Labels where GeoNames' spelling is not the one that English reports write.
CORRECTED = {
    "PS.WE.7870654": "Jerusalem", "PS.WE.7870653": "Jericho", "PS.GZ.7870268": "Deir al-Balah",
    "SY.08": "Rif Dimashq", "SY.13": "Damascus", "SY.14": "Tartus", "SY.03": "Quneitra",
    "IQ.01": "Anbar", "IQ.02": "Basra", "IQ.03": "Muthanna", "IQ.04": "Qadisiyah",
    "IQ.05": "Sulaymaniyah", "IQ.06": "Babil", "IQ.07": "Baghdad", "IQ.08": "Duhok",
    "IQ.09": "Dhi Qar", "IQ.10": "Diyala", "IQ.11": "Erbil", "IQ.12": "Karbala",
    "IQ.13": "Kirkuk", "IQ.14": "Maysan", "IQ.15": "Nineveh", "IQ.16": "Wasit",
    "IQ.17": "Najaf", "IQ.18": "Salah al-Din", "IQ.19": "Halabja",
    "LB.04": "Beirut", "LB.05": "Mount Lebanon", "LB.06": "South Lebanon", "LB.07": "Nabatieh",
    "LB.08": "Beqaa", "LB.09": "North Lebanon", "LB.10": "Akkar", "LB.11": "Baalbek-Hermel",
    "YE.01": "Abyan", "YE.02": "Aden", "YE.03": "Mahra", "YE.04": "Hadramawt",
    "YE.05": "Shabwa", "YE.08": "Hodeidah", "YE.10": "Mahwit", "YE.11": "Dhamar",
    "YE.14": "Marib", "YE.15": "Saada", "YE.16": "Sanaa", "YE.18": "Dhale", "YE.19": "Amran",
    "YE.20": "Bayda", "YE.21": "Jawf", "YE.22": "Hajjah", "YE.23": "Ibb", "YE.24": "Lahij",
    "YE.25": "Taiz", "YE.26": "Sanaa City", "YE.27": "Raymah", "YE.28": "Socotra",
    "PS.GZ": "Gaza Strip", "PS.WE": "West Bank",
    "LY.69": "Benghazi", "LY.70": "Derna", "LY.72": "Misrata", "LY.77": "Tripoli",
    "SD.43": "Northern", "SD.38": "Gezira", "SD.39": "Gedaref", "EG.26": "South Sinai",
    "LY.76": "Sirte", "LY.68": "Zawiya",
}  # fmt: skip
# Names that the region's press uses where GeoNames has another, an incomplete one or none.
PRESS_NAMES = {
    "IQ.09": "ذي قار", "IQ.07": "بغداد", "IQ.11": "أربيل", "IQ.05": "السليمانية",
    "IQ.04": "القادسية", "YE.01": "أبين", "YE.27": "ريمة",
    "SY.12": "إدلب", "IQ.17": "النجف", "IQ.01": "الأنبار",
    "YE.14.6940839": "صرواح", "IQ.01.98884": "عنة", "PS.GZ": "قطاع غزة", "PS.WE": "الضفة الغربية",
    "PS.GZ.7870268": "دير البلح", "PS.WE.7870654": "القدس",
    "PS.WE.7870657": "رام الله والبيرة",
    "LY.80": "الجبل الغربي", "LY.63": "الجبل الأخضر", "SD.36": "البحر الأحمر",
    "SD.41": "النيل الأبيض", "SD.42": "النيل الأزرق", "LB.06": "الجنوب", "LB.09": "الشمال",
    "LB.11": "بعلبك الهرمل", "SD.43": "الشمالية",
}  # fmt: skip
# Names with a word of kind that differs from the country's usual one.
FULL_NAMES = {
    "YE.26": "أمانة العاصمة صنعاء", "SD.43": "الولاية الشمالية", "LB.06": "محافظة لبنان الجنوبي",
    "LB.09": "محافظة لبنان الشمالي", "IL.02": "المنطقة الوسطى في إسرائيل",
    "IL.01": "المنطقة الجنوبية في إسرائيل", "IL.03": "المنطقة الشمالية في إسرائيل",
    "YE.28": "أرخبيل سقطرى", "DJ.05": "مدينة جيبوتي",
}  # fmt: skip
# First-level codes that are parts of a country above its governorates.
REGIONS = {"PS.GZ", "PS.WE"}
# Areas whose name alone, without a word of kind, means nothing else.
DISTINCT = {
    "IQ.01", "IQ.09", "IQ.10", "IQ.15", "YE.01", "YE.03", "YE.04", "YE.05", "YE.28", "SD.47",
    "SD.49", "SD.50", "SD.55", "SD.56", "SD.60", "SD.61", "SD.62", "SD.41", "SD.42", "LB.10",
    "LB.11", "EG.27", "EG.26", "PS.GZ", "PS.WE",
}  # fmt: skip
# Governorates of which a city that the curated gazetteer has is most: their short name is the city's.
CITIES = {"SY.13", "SY.14", "IQ.07", "IQ.11", "LB.04"}


class Union(NamedTuple):
    """A region of several governorates: label, names, country, and ids of the governorates."""

    english: str
    arabic: tuple[str, ...]
    country: str
    parts: tuple[str, ...]


UNIONS = {
    "darfur": Union(
        "Darfur",
        ("دارفور", "إقليم دارفور"),
        "sudan",
        (
            *("north_darfur_state", "south_darfur_state", "west_darfur_state"),
            *("east_darfur_state", "central_darfur_state"),
        ),
    ),
    "kurdistan_region": Union(
        "Kurdistan Region of Iraq",
        ("إقليم كردستان", "كردستان العراق", "إقليم كردستان العراق"),
        "iraq",
        ("erbil_governorate", "duhok_governorate", "sulaymaniyah_governorate"),
    ),
    "sinai": Union(
        "Sinai",
        ("سيناء", "شبه جزيرة سيناء"),
        "egypt",
        ("north_sinai_governorate", "south_sinai_governorate"),
    ),
    "cyrenaica": Union(
        "Cyrenaica (eastern Libya)",
        ("إقليم برقة", "الشرق الليبي"),
        "libya",
        (
            *("benghazi_governorate", "al_marj_governorate", "al_jabal_al_akhdar_governorate"),
            *("derna_governorate", "al_butnan_governorate", "al_wahat_governorate"),
            "kufra_governorate",
        ),
    ),
}
