"""Labels of the model's enumerations, e.g. single_source -> "Single source"."""

from collections.abc import Mapping
from enum import StrEnum

from dashboard.language.messages import N_, _
from dashboard.model.capture import CaptureMethod
from dashboard.model.estimate import Counted, Measure
from dashboard.model.event import (
    ActorRole,
    Attestation,
    ClaimField,
    EventGroup,
    PlaceRole,
    RelationKind,
    Stance,
)
from dashboard.model.learned import LearnedKind, LearnedStatus
from dashboard.model.place import FeatureClass, NameStrength, PlacePrecision
from dashboard.model.suggestion import SuggestionStatus
from dashboard.model.verification import Credibility, Reliability, Verification, VerifiedPart
from dashboard.model.when import DatePrecision

_LABELS: Mapping[type[StrEnum], Mapping[str, str]] = {
    EventGroup: {
        EventGroup.VIOLENCE: N_("Violence"),
        EventGroup.COERCION: N_("Coercion and threats"),
        EventGroup.MOVEMENT: N_("Movements of forces"),
        EventGroup.POLITICS: N_("Talks and positions"),
        EventGroup.UNKNOWN: N_("Unknown kind"),
    },
    Attestation: {
        Attestation.CONTESTED: N_("Contested"),
        Attestation.CORROBORATED: N_("Corroborated"),
        Attestation.SINGLE_SOURCE: N_("Single source"),
    },
    Verification: {
        Verification.UNVERIFIED: N_("Unverified"),
        Verification.PLAUSIBLE: N_("Plausible"),
        Verification.LOCATED: N_("Located"),
        Verification.CONFIRMED: N_("Confirmed"),
        Verification.REFUTED: N_("Refuted"),
        Verification.LAPSED: N_("Lapsed"),
    },
    # The words of the scale are those of AJP-2.1: see docs/codebook.md.
    Reliability: {
        Reliability.A: N_("completely reliable"),
        Reliability.B: N_("usually reliable"),
        Reliability.C: N_("fairly reliable"),
        Reliability.D: N_("not usually reliable"),
        Reliability.E: N_("unreliable"),
        Reliability.F: N_("reliability cannot be judged"),
    },
    Credibility: {
        Credibility.ONE: N_("confirmed by other sources"),
        Credibility.TWO: N_("probably true"),
        Credibility.THREE: N_("possibly true"),
        Credibility.FOUR: N_("doubtful"),
        Credibility.FIVE: N_("improbable"),
        Credibility.SIX: N_("truth cannot be judged"),
    },
    Stance: {
        Stance.ASSERTS: N_("asserts"),
        Stance.DENIES: N_("denies"),
        Stance.DOUBTS: N_("doubts"),
    },
    ClaimField: {
        ClaimField.HAPPENED: N_("that it happened"),
        ClaimField.PLACE: N_("the place"),
        ClaimField.DATE: N_("the date"),
        ClaimField.ACTOR: N_("who did it"),
        ClaimField.TOLL: N_("the toll"),
    },
    CaptureMethod: {
        CaptureMethod.SAVED_PAGE: N_("page saved by a browser"),
        CaptureMethod.PRINTED_PAGE: N_("page printed to a file"),
        CaptureMethod.SCREENSHOT: N_("screenshot"),
        CaptureMethod.VIDEO_STILL: N_("still of a video"),
        CaptureMethod.DOWNLOAD: N_("file downloaded as it is"),
        CaptureMethod.OTHER: N_("another way"),
        CaptureMethod.RECEIVED: N_("as it came in"),
    },
    RelationKind: {
        RelationKind.PART_OF: N_("is part of"),
        RelationKind.FOLLOWS: N_("follows"),
        RelationKind.RESPONDS_TO: N_("responds to"),
        RelationKind.SAME_EVENT: N_("is the same happening as"),
    },
    ActorRole: {
        ActorRole.INITIATOR: N_("initiator"),
        ActorRole.TARGET: N_("target"),
        ActorRole.PARTY: N_("party"),
        ActorRole.MEDIATOR: N_("mediator"),
    },
    PlaceRole: {
        PlaceRole.AT: N_("at"),
        PlaceRole.FROM: N_("from"),
        PlaceRole.TO: N_("to"),
        PlaceRole.ALONG: N_("along"),
        PlaceRole.NEAR: N_("near"),
    },
    PlacePrecision: {
        PlacePrecision.EXACT: N_("exact"),
        PlacePrecision.SETTLEMENT: N_("settlement"),
        PlacePrecision.VICINITY: N_("vicinity"),
        PlacePrecision.SUBDISTRICT: N_("subdistrict"),
        PlacePrecision.DISTRICT: N_("district"),
        PlacePrecision.GOVERNORATE: N_("governorate"),
        PlacePrecision.REGION: N_("region"),
    },
    DatePrecision: {
        DatePrecision.DAY: N_("day"),
        DatePrecision.WEEK: N_("week"),
        DatePrecision.MONTH: N_("month"),
        DatePrecision.YEAR: N_("year"),
        DatePrecision.OPEN: N_("open"),
    },
    Measure: {
        Measure.KILLED: N_("killed"),
        Measure.WOUNDED: N_("wounded"),
        Measure.DETAINED: N_("detained"),
        Measure.DISPLACED: N_("displaced"),
        Measure.VEHICLES: N_("vehicles"),
        Measure.TROOPS: N_("troops"),
    },
    Counted: {
        Counted.EVERYONE: N_("everyone"),
        Counted.CIVILIANS: N_("civilians"),
        Counted.COMBATANTS: N_("combatants"),
        Counted.UNKNOWN: N_("not known whom"),
    },
    NameStrength: {NameStrength.STRONG: N_("strong"), NameStrength.WEAK: N_("weak")},
    LearnedKind: {
        LearnedKind.PLACE: N_("place"),
        LearnedKind.ACTOR: N_("party"),
        LearnedKind.SPEAKER: N_("speaker"),
        LearnedKind.OUTLET: N_("outlet"),
    },
    LearnedStatus: {
        LearnedStatus.ACCEPTED: N_("accepted"),
        LearnedStatus.DECLINED: N_("declined"),
    },
    SuggestionStatus: {
        SuggestionStatus.PENDING: N_("pending"),
        SuggestionStatus.ACCEPTED: N_("accepted"),
        SuggestionStatus.MERGED: N_("merged"),
        SuggestionStatus.REJECTED: N_("rejected"),
        SuggestionStatus.DEFERRED: N_("deferred"),
    },
    FeatureClass: {
        FeatureClass.CITY: N_("city"),
        FeatureClass.TOWN: N_("town"),
        FeatureClass.VILLAGE: N_("village"),
        FeatureClass.NEIGHBOURHOOD: N_("neighbourhood"),
        FeatureClass.CAMP: N_("camp"),
        FeatureClass.MILITARY_BASE: N_("military base"),
        FeatureClass.AIRPORT: N_("airport"),
        FeatureClass.SILO: N_("silo"),
        FeatureClass.SCHOOL: N_("school"),
        FeatureClass.CROSSING: N_("crossing"),
        FeatureClass.DISTRICT: N_("district"),
        FeatureClass.SUBDISTRICT: N_("subdistrict"),
        FeatureClass.GOVERNORATE: N_("governorate"),
        FeatureClass.REGION: N_("region"),
        FeatureClass.ROAD: N_("road"),
        FeatureClass.BORDER: N_("border"),
        FeatureClass.COUNTRY: N_("country"),
        FeatureClass.OPERATION_ZONE: N_("operation zone"),
        FeatureClass.LOCALITY: N_("locality"),
    },
}
# Stances as headings.
_STANCES_DONE = {
    Stance.ASSERTS: N_("Asserted"),
    Stance.DENIES: N_("Denied"),
    Stance.DOUBTS: N_("Doubted"),
}
_MEANINGS = {
    Attestation.CONTESTED: N_("asserted, and denied or doubted"),
    Attestation.CORROBORATED: N_("asserted by two or more independent origins"),
    Attestation.SINGLE_SOURCE: N_("asserted by one origin"),
}

# What a state of verification says of the event, and of its place: see docs/codebook.md.
_VERIFIED = {
    VerifiedPart.EVENT: {
        Verification.UNVERIFIED: N_("nobody has checked it"),
        Verification.PLAUSIBLE: N_("nothing that was checked speaks against it"),
        Verification.LOCATED: N_("material of it was located where it is said to have happened"),
        Verification.CONFIRMED: N_("material beyond the claims shows that it happened"),
        Verification.REFUTED: N_("material shows that it did not happen as described"),
        Verification.LAPSED: N_("it was verified, and has been changed since"),
    },
    VerifiedPart.PLACE: {
        Verification.UNVERIFIED: N_("nobody has checked the place"),
        Verification.PLAUSIBLE: N_("nothing that was checked speaks against the place"),
        Verification.LOCATED: N_("material was located there by its features"),
        Verification.CONFIRMED: N_("located there twice, by two people or from two materials"),
        Verification.REFUTED: N_("material shows that it was not there"),
        Verification.LAPSED: N_("the place was verified, and has been changed since"),
    },
}


def label(value: StrEnum) -> str:
    """The label of a value, in the reader's language."""
    return _(_LABELS[type(value)][value.value])


def sentence_case(text: str) -> str:
    """The text with a capital first letter, in scripts that have capitals."""
    return text[:1].upper() + text[1:]


def stance_done(stance: Stance, disputes: ClaimField | None = None) -> str:
    """The stance as a heading, e.g. "Denied", or "Denied (the place)" if only a field is disputed."""
    return _with_field(_(_STANCES_DONE[stance]), disputes)


def stance_label(stance: Stance, disputes: ClaimField | None) -> str:
    """The label of a stance with the field that it disputes, e.g. "denies (the toll)"."""
    return _with_field(label(stance), disputes)


def _with_field(stance: str, disputes: ClaimField | None) -> str:
    if disputes is None or disputes is ClaimField.HAPPENED:
        return stance
    return _("{stance} ({field})").format(stance=stance, field=label(disputes))


def meaning(attestation: Attestation) -> str:
    """The definition of an attestation, e.g. "asserted by one origin"."""
    return _(_MEANINGS[attestation])


def verification_meaning(state: Verification, part: VerifiedPart) -> str:
    """The definition of a state of verification, of an event or of its place."""
    return _(_VERIFIED[part][state])
