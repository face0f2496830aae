package dev.crmsync.planning;

import dev.crmsync.policy.FieldRule;

/** The value is read at one system and written nowhere. */
final class ReadOnlyRule extends RuleOfField {
    private final FieldRule.ReadOnly rule;

    ReadOnlyRule(Planning planning, Standings standings, FieldRule.ReadOnly rule) {
        super(planning, standings);
        this.rule = rule;
    }

    @Override
    Reason joined(Sight sight) {
        return rule.source().equals(sight.system()) ? supply(sight) : Reason.BASELINE_KEPT;
    }

    @Override
    Reason edited(Sight sight) {
        return rule.source().equals(sight.system()) ? agree(sight, Reason.SUPPLIED) : Reason.READ_ONLY;
    }
}
