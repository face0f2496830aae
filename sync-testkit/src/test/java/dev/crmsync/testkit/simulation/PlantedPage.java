package dev.crmsync.testkit.simulation;

import java.util.ArrayList;
import java.util.List;

/** The page that tells which planted bug broke which law. */
final class PlantedPage {
    private PlantedPage() {}

    static List<String> written(List<String> rows) {
        List<String> page = new ArrayList<>(List.of(
                "# Planted bugs",
                "",
                "A laboratory that finds nothing proves little until it is known what it would find. Each bug below is a patch of a line or"
                        + " so to the engine (`sync-testkit/src/test/planted`): an incident that others have had, or an echo that is told wrongly."
                        + " One at a time is planted, and histories of the toy policies are grown until the law breaks that has to.",
                "",
                "    mvn -B -Dquick -Pplanted -pl sync-testkit -am test -Dtest=PlantedBugsTest -Dsurefire.failIfNoSpecifiedTests=false",
                "",
                "plants all of them, two at a time, and writes this page to `sync-testkit/target/planted-bugs.md`; `-Dplanted.only=07.*` plants"
                        + " some, `-Dplanted.histories=20000` looks for longer. It fails when a bug is not found. A history counts only when the sound"
                        + " engine keeps the law in it. With every build `PlantedPatchesTest` checks that each patch still applies, compiles, and is"
                        + " named here.",
                "",
                "Histories are grown on several grounds in turn (`Ground`): storms, people who delete a lot, people who merge, one person of whom"
                        + " everything is edited within minutes, calls of which much is lost, webhooks of which most are never sent. A patch says on which"
                        + " of them its bug is hunted. Law 0 is a history that never comes to rest. The last column is what it took on a machine that"
                        + " had other work to do.",
                "",
                "| bug | what it does | from | law | histories until it breaks | broken as well | with | seconds |",
                "|---|---|---|---|---|---|---|---|"));
        page.addAll(rows);
        return page;
    }
}
