package dev.crmsync.testkit.check;

/** How much may still happen to a small world. */
record Budget(int edits, int crashes, int duplicates, int lostAnswers) {
    Budget lessEdit() {
        return new Budget(edits - 1, crashes, duplicates, lostAnswers);
    }

    Budget lessCrash() {
        return new Budget(edits, crashes - 1, duplicates, lostAnswers);
    }

    Budget lessDuplicate() {
        return new Budget(edits, crashes, duplicates - 1, lostAnswers);
    }

    Budget lessAnswer() {
        return new Budget(edits, crashes, duplicates, lostAnswers - 1);
    }
}
