"""One photo: who is on it, boxes to click, a pen for a face that was missed."""
