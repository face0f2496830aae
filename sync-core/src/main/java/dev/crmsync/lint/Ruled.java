package dev.crmsync.lint;

import dev.crmsync.policy.FieldPolicy;
import dev.crmsync.policy.FieldRule;
import dev.crmsync.spi.field.Field;

/** A field of a record type with the policy that decides it. */
record Ruled(String type, Field field, FieldPolicy policy) {
    FieldRule rule() {
        return policy.rule();
    }

    /** The field's name for people. */
    String name() {
        return type + "." + field.name();
    }
}
