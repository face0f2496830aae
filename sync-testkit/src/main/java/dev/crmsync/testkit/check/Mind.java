package dev.crmsync.testkit.check;

import dev.crmsync.planning.Input;
import dev.crmsync.planning.Links;
import dev.crmsync.planning.Plan;
import dev.crmsync.planning.Rules;

/** What plans in a small world: the planner that runs in production, or one that a test has spoilt. */
@FunctionalInterface
interface Mind {
    Plan plan(Links before, Input input, Rules rules);
}
