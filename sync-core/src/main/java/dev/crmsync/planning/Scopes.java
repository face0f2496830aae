package dev.crmsync.planning;

import dev.crmsync.policy.Leaving;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.Scope;
import dev.crmsync.spi.field.Value;
import org.jspecify.annotations.Nullable;

/** Whether links concern a system, by the record rule that it has. Pure. */
final class Scopes {
    private Scopes() {}

    /** Whether a record may be made of a link. */
    static boolean holds(LinkState link, RecordRule rule) {
        Scope scope = rule.scope();
        return scope == null
                || scope.holds(value(link.agreed().get(scope.field().name())));
    }

    /** Whether a record at another system is one of which a record may be made. */
    static boolean counts(String other, RecordRule rule) {
        return rule.knownAt().isEmpty() || rule.knownAt().contains(other);
    }

    /** What may be done with records of a type at a system. */
    static RecordRule rule(Rules rules, String type, String system) {
        return rules.policy().type(type).map(policy -> policy.records(system)).orElse(RecordRule.FOLLOW);
    }

    /** Whether a record of a link is no longer written to. */
    static boolean left(LinkState link, RecordRule rule) {
        return rule.leaving() == Leaving.STOP_FOLLOWING && !holds(link, rule);
    }

    /** The same in the midst of a plan. */
    static boolean left(LinkDraft link, RecordRule rule) {
        Scope scope = rule.scope();
        return scope != null
                && rule.leaving() == Leaving.STOP_FOLLOWING
                && !scope.holds(value(link.agreed.get(scope.field().name())));
    }

    private static @Nullable Value value(@Nullable Agreed agreed) {
        return agreed == null ? null : agreed.value();
    }
}
