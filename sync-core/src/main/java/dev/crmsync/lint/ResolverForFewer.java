package dev.crmsync.lint;

import dev.crmsync.policy.FieldRule;
import dev.crmsync.spi.resolver.Resolver;

/** A resolver that is made for two values may never come to rest among three. */
final class ResolverForFewer implements Check {
    @Override
    public void check(Subject subject, Report report) {
        for (Ruled ruled : subject.ruled()) {
            if (ruled.rule() instanceof FieldRule.Resolved resolved) {
                Resolver resolver = subject.rules().resolvers().get(resolved.resolver());
                int carriers = subject.carriers(ruled).size();
                if (resolver != null && resolver.inputs() < carriers) {
                    report.error(
                            null,
                            ruled.name(),
                            "the resolver " + resolver.id() + " is made for " + resolver.inputs() + " values, and "
                                    + carriers + " systems carry the field: it may never come to rest",
                            "Check the resolver with ResolverLaws for so many, and say so in Resolver.inputs()");
                }
            }
        }
    }
}
