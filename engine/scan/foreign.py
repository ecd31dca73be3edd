"""Folders of systems and of other programs: bins, snapshots, previews, and libraries of which only originals count.

All names here are lower case.
"""

import re
from collections.abc import Collection

# fmt: off
_TRASH = frozenset({
    "$recycle.bin", "recycler", "recycled", "system volume information", "lost+found", "__macosx",
    "network trash folder", "temporary items", "#recycle", "#snapshot", "~snapshot", "@recycle", "@recently-snapshot",
    "trashbox", "files_trashbin", "files_versions", "backups.backupdb",
})
"""Bins and snapshots of Windows, Linux, macOS, Synology, QNAP, NetApp, Buffalo and Nextcloud, and Time Machine's."""

_PREVIEWS = frozenset({
    "@eadir", "@__thumb", "ipod photo cache", "generated images.bundle", "adobe bridge cache", "camera raw cache",
    "media cache files", "encoded-video", "xnviewthumbs", "captureone", "com.apple.quicklook.thumbnailcache",
})
"""Where Synology, QNAP, iTunes, Mylio, Adobe, Immich, XnView and Capture One keep smaller copies."""

_PREVIEW_ENDS = (".lrdata", ".lrcat-data", ".apvault", ".theater", ".cocache")
_PREVIEWS_BELOW = (
    re.compile(r"(?:^|/)appdata_[a-z0-9]{8,16}$"),  # Nextcloud and ownCloud
    re.compile(r"(?:^|/)(?:photoprism|storage|originals|cache)/(?:cache|thumbnails)$"),  # PhotoPrism
    re.compile(r"(?:^|/)(?:immich|upload|library|photos)/(?:thumbs|encoded-video)$"),  # Immich
)
"""Full paths, from the root's name on, of folders whose own name says too little."""

_ORIGINALS = frozenset({"originals", "masters"})
_LIBRARY_ENDS = {
    ".photoslibrary": _ORIGINALS,                # Apple Photos
    ".photolibrary": _ORIGINALS,                 # iPhoto
    ".migratedphotolibrary": _ORIGINALS,
    ".aplibrary": _ORIGINALS,                    # Aperture 3
    ".migratedaplibrary": _ORIGINALS,
    ".cocatalog": frozenset({"originals"}),      # Capture One
    ".sparsebundle": frozenset[str](),           # a backup's disk image
}
_IPHOTO = re.compile(r"iphoto[ -]?(?:library|bibliothek|mediathek|-bibliothek|bibliotek|biblioteca)|photothèque iphoto")
_MARKS = frozenset({
    "albumdata.xml", "albumdata2.xml", "iphotomain.db", "library6.iphoto", "library.iphoto", "aperturedata.xml",
    "iphotoaux.db", "dir.data", "library.data", "apdb", "iphotolock.data", "data.noindex", "aplibrary.plist",
})
"""Files and folders that only libraries of iPhoto and Aperture have."""

# fmt: on


def reason_for(parent: str, name: str) -> str | None:
    """Say why the folder `name` in `parent` (a path from the root's name on) is foreign; None where it is not.

    The reason is "trash" or "previews".
    """
    name = name.lower()
    if name in _TRASH or re.fullmatch(r"found\.\d{3}", name):
        return "trash"
    if name in _PREVIEWS or name.endswith(_PREVIEW_ENDS):
        return "previews"
    path = f"{parent}/{name}".lower()
    return "previews" if any(pattern.search(path) for pattern in _PREVIEWS_BELOW) else None


def originals_of(name: str, inside: Collection[str]) -> frozenset[str] | None:
    """Return which folders of another program's library hold its originals; None where the folder is no such library.

    `name` is the folder's, `inside` are the names in it, of which those of photos say nothing: a library of iPhoto may
    be called anything.
    """
    name = name.lower()
    for end, originals in _LIBRARY_ENDS.items():
        if name.endswith(end):
            return originals
    lower = {other.lower() for other in inside}
    if not lower & _ORIGINALS:
        return None
    is_iphoto = bool(_IPHOTO.search(name)) and bool(lower & {"data", "modified", "previews", "thumbnails"})
    return _ORIGINALS if is_iphoto or lower & _MARKS else None
