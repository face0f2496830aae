package dev.crmsync.replay;

import dev.crmsync.planning.IdentityChange;
import dev.crmsync.spi.model.RecordRef;

/** Puts tokens in the place of the ids and values of a change of identity. */
final class RedactingChanges {
    private final Tokens tokens;

    RedactingChanges(Tokens tokens) {
        this.tokens = tokens;
    }

    RecordRef ref(RecordRef ref) {
        return new RecordRef(ref.system(), ref.type(), tokens.text(ref.id()));
    }

    private String id(String id) {
        return tokens.text(id);
    }

    IdentityChange change(IdentityChange change) {
        if (change instanceof IdentityChange.Born one) {
            return new IdentityChange.Born(id(one.link()), ref(one.ref()));
        } else if (change instanceof IdentityChange.Attached one) {
            return new IdentityChange.Attached(id(one.link()), ref(one.ref()), one.evidence());
        } else if (change instanceof IdentityChange.Mentioned one) {
            return new IdentityChange.Mentioned(id(one.link()), ref(one.ref()));
        } else if (change instanceof IdentityChange.Rekeyed one) {
            return new IdentityChange.Rekeyed(id(one.link()), ref(one.from()), ref(one.to()));
        } else if (change instanceof IdentityChange.Suspected one) {
            return new IdentityChange.Suspected(
                    id(one.link()),
                    one.candidates().stream().map(this::id).toList(),
                    one.field(),
                    tokens.of(one.value()));
        } else if (change instanceof IdentityChange.Joined one) {
            return new IdentityChange.Joined(id(one.into()), id(one.from()));
        } else if (change instanceof IdentityChange.Merged one) {
            return new IdentityChange.Merged(id(one.into()), id(one.from()), ref(one.gone()), ref(one.survivor()));
        } else if (change instanceof IdentityChange.Converted one) {
            return new IdentityChange.Converted(id(one.link()), ref(one.from()), ref(one.to()));
        } else if (change instanceof IdentityChange.Split one) {
            return new IdentityChange.Split(id(one.link()), ref(one.ref()), id(one.own()));
        } else if (change instanceof IdentityChange.Unlinked one) {
            return new IdentityChange.Unlinked(id(one.link()), ref(one.ref()), id(one.own()));
        } else if (change instanceof IdentityChange.Followed one) {
            return new IdentityChange.Followed(id(one.link()), ref(one.ref()));
        } else if (change instanceof IdentityChange.Separated one) {
            return new IdentityChange.Separated(id(one.link()), id(one.other()));
        }
        // What is told follows from other inputs and is never one itself.
        throw new IllegalStateException("no input: " + change.getClass().getSimpleName());
    }
}
