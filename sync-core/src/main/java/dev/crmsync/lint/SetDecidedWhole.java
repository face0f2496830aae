package dev.crmsync.lint;

/** Two people who add a member each at the same time need both members, and not the later list. */
final class SetDecidedWhole implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (Ruled ruled : subject.ruled()) {
            if (ruled.field().type().isSet()
                    && Voices.wholly(ruled.rule())
                    && subject.carriers(ruled).size() > 1) {
                report.warning(
                        null,
                        ruled.name(),
                        "the set is decided as one value: a member that is added elsewhere is an edit of the whole set",
                        "Use a set merge, with the same system as owner of its members where one should decide");
            }
        }
    }
}
