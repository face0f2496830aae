package dev.crmsync.ledger;

import dev.crmsync.planning.Input;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Links;
import dev.crmsync.planning.Plan;
import dev.crmsync.planning.Rules;
import java.util.List;
import java.util.Map;

/**
 * One input that was planned in a draft.
 *
 * @param stored the links as they stood
 * @param successors for each link the links that stand for those that it refers to and that were taken over
 * @param before the links that were planned on
 * @param input the input
 * @param rules the rules
 * @param plan what it came to
 */
record Taken(
        List<LinkState> stored,
        Map<String, Map<String, String>> successors,
        Links before,
        Input input,
        Rules rules,
        Plan plan) {}
