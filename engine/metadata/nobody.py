"""Names that stand for nobody: what programs write where a face was set aside or nobody knows it."""

import unicodedata

# fmt: off
_NOBODY = frozenset({
    # digiKam writes these as names of regions, in the language that its user chose.
    "unknown", "unconfirmed", "ignored", "unbekannt", "unbestätigt", "ignoriert", "inconnu", "non confirmé", "ignoré",
    "inconnue", "inconnus", "non confirmés", "ignorés", "desconocido", "desconocida", "desconocidos", "sin confirmar",
    "no confirmado", "ignorado", "ignorada", "ignorados", "sconosciuto", "sconosciuti", "non confermato",
    "non confermati", "ignorato", "ignorati", "onbekend", "onbevestigd", "niet bevestigd", "genegeerd",
    "desconhecido", "desconhecida", "não confirmado", "por confirmar", "okänd", "okända", "obekräftad", "ignorerad",
    "ignorerade", "ukjent", "ubekreftet", "ignorert", "ukendt", "ubekræftet", "ignoreret", "tuntematon",
    "vahvistamaton", "vahvistamattomat", "ohitettu", "nieznany", "nieznana", "nieznane", "niepotwierdzony",
    "niepotwierdzone", "zignorowane", "ignorowane", "neznámý", "neznámá", "neznámé", "nepotvrzené", "ignorované",
    "ismeretlen", "nem megerősített", "mellőzött", "неизвестно", "неизвестный", "неизвестные", "неизвестное лицо",
    "неподтверждённые", "неподтвержденные", "неподтверждённый", "игнорируемые", "игнорируется", "невідомо",
    "невідомий", "невідомі", "непідтверджені", "непідтверджений", "ігнорується", "проігноровані", "άγνωστο",
    "bilinmeyen", "onaylanmamış", "yok sayılan", "desconegut", "desconeguda", "sense confirmar", "ignorat",
    "neznan", "nepotrjeno", "prezrto", "tundmatu", "kinnitamata", "未知", "未确认", "已忽略", "忽略", "未確認",
    "不明", "無視", "未確認的", "已略過", "알 수 없음", "확인되지 않음", "무시됨", "לא ידוע", "غير معروف",
    # Picasa, Windows Live Photo Gallery and others.
    "unknown person", "unnamed", "no name", "unidentified",
})
# fmt: on


def is_nobody(name: str) -> bool:
    """Say whether a name that stands beside a face is none of a person: empty, or a word for who is not known."""
    plain = " ".join(unicodedata.normalize("NFC", name).split()).casefold().strip("_<>()[] ")
    return not any(letter.isalnum() for letter in plain) or plain in _NOBODY
