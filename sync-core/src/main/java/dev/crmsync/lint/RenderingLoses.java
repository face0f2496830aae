package dev.crmsync.lint;

import dev.crmsync.policy.OnRendering;

/** What a system has cut is agreed, and the rest of the value lost everywhere. */
final class RenderingLoses implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (Ruled ruled : subject.ruled()) {
            if (ruled.policy().onRendering() == OnRendering.REMEMBER) {
                continue;
            }
            subject.carriers(ruled).forEach((system, mapped) -> {
                if (mapped.lossy()) {
                    report.error(
                            system,
                            ruled.name(),
                            "this system cuts the value, and what it shows is agreed: the rest would be lost everywhere",
                            "Leave onRendering(..) out, so that the cut is remembered and the whole stands");
                }
            });
        }
    }
}
