"""What exiftool keeps beside a photo that it wrote is no photo of its own."""

from engine.scan.formats import Guess, guess


def test_kept_files_are_passed_over() -> None:
    assert guess("IMG 1.JPG_original") is Guess.OTHER
    assert guess("IMG 1.jpg") is Guess.PHOTO
    assert guess("the_original") is Guess.UNKNOWN, "a file without an ending may be a photo"
    assert guess("the_original.jpg") is Guess.PHOTO
