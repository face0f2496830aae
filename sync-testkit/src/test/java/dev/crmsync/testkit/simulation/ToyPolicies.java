package dev.crmsync.testkit.simulation;

import dev.crmsync.policy.FieldRule;
import dev.crmsync.policy.Leaving;
import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.Policies;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.Skew;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.resolver.Conflict;
import dev.crmsync.spi.resolver.Resolution;
import dev.crmsync.spi.resolver.Resolver;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** The policies that the laboratory tries, between them every rule there is. */
final class ToyPolicies {
    /** Two toy clocks may each be wrong by as much as {@link Dial#SKEW} says. */
    private static final Duration SKEW = Duration.ofSeconds(2L * Dials.storm().of(Dial.SKEW));

    private ToyPolicies() {}

    static List<SyncSimulator> all() {
        return List.of(guide(), three(), free(), shared(), mourning(), parting(), four(), scoped());
    }

    /** Policies that give way to others between the same systems in mid-flight. */
    static List<SyncSimulator> turning() {
        return List.of(
                three().turningTo(mourning().setting().policy()),
                mourning().turningTo(scoped().setting().policy()),
                scoped().turningTo(three().setting().policy()),
                free().turningTo(parting().setting().policy()),
                parting().turningTo(free().setting().policy()));
    }

    static SyncSimulator guide() {
        return SyncSimulator.of(
                Policies.guide().kirim("kirim").kirimOwnsMetadata("tier").primaryCrm("crm"));
    }

    /** Three systems, each of which owns something, and records made everywhere. */
    static SyncSimulator three() {
        Policy policy = Policy.named("three")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.NAME, "b", "a")
                                .owned(Contact.EMAIL, "a", NonOwnerEdit.REVIEW, "b")
                                .owned(Contact.PHONE, "c", NonOwnerEdit.KEEP, "a", "b")
                                .setMerge(Contact.LABELS)
                                .owned(Contact.METADATA.entry("city"), "a", "b", "c")
                                .owned(Contact.METADATA.entry("tier"), "c")
                                .receivedBy(Contact.METADATA.entry("tier"), "a")
                                .records("a", RecordRule.CREATE)
                                .records("b", RecordRule.CREATE)
                                .records("c", RecordRule.CREATE));
        return SyncSimulator.of(policy).systems("a", "b", "c");
    }

    /** Few owners: sets with owned members, values that stand once agreed. */
    static SyncSimulator free() {
        Policy policy = Policy.named("free")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.appendOnly(Contact.NAME)
                                .owned(Contact.EMAIL, "y", NonOwnerEdit.KEEP)
                                .owned(Contact.PHONE, "x", "y")
                                .rule(
                                        Contact.LABELS,
                                        new FieldRule.SetMerge(
                                                Map.of("vip", "x", "new", "y"), null, NonOwnerEdit.REVERT))
                                .owned(Contact.METADATA, "y", "x")
                                .appendOnly(Contact.METADATA.entry("note"))
                                .records("y", RecordRule.CREATE)
                                .records("x", RecordRule.CREATE));
        return SyncSimulator.of(policy).systems("x", "y");
    }

    /** Nobody owns anything: every rule under which three systems share a field, and records made everywhere. */
    static SyncSimulator shared() {
        Policy policy = Policy.named("shared")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.lastWriter(Contact.NAME, Skew.within(SKEW), "b", "a")
                                .resolved(Contact.EMAIL, "longest", 1)
                                .fillIfEmpty(Contact.PHONE)
                                .preferred(Contact.LABELS, "c", "a")
                                .manual(Contact.METADATA.entry("city"))
                                .createOnly(Contact.METADATA.entry("tier"))
                                .readOnly(Contact.METADATA.entry("note"), "b")
                                .records("a", RecordRule.CREATE)
                                .records("b", RecordRule.CREATE)
                                .records("c", RecordRule.CREATE));
        return SyncSimulator.of(policy).systems("a", "b", "c").resolvers(new Longest());
    }

    /** Three systems: what people delete at the first or at the third is archived at the second and at the third. */
    static SyncSimulator mourning() {
        Policy policy = Policy.named("mourning")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.NAME, "b", "a")
                                .lastWriter(Contact.EMAIL, Skew.within(SKEW), "a")
                                .owned(Contact.PHONE, "a", NonOwnerEdit.KEEP, "b", "c")
                                .setMerge(Contact.LABELS)
                                .owned(Contact.METADATA, "c", "a", "b")
                                .records("a", RecordRule.CREATE.deletesFollowed(Skew.within(SKEW)))
                                .records("b", RecordRule.CREATE.archiving())
                                .records("c", RecordRule.CREATE.archiving().deletesFollowed()));
        return SyncSimulator.of(policy).systems("a", "b", "c");
    }

    /** Two systems, each of which follows the other. */
    static SyncSimulator parting() {
        RecordRule both = RecordRule.CREATE.archiving().deletesFollowed(Skew.within(SKEW));
        Policy policy = Policy.named("parting")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.NAME, "x", "y")
                                .owned(Contact.EMAIL, "y", "x")
                                .fillIfEmpty(Contact.PHONE)
                                .setMerge(Contact.LABELS)
                                .owned(Contact.METADATA, "y", NonOwnerEdit.KEEP, "x")
                                .records("x", both)
                                .records("y", both));
        return SyncSimulator.of(policy).systems("x", "y");
    }

    /** A hub of four, of which each owns something, two share what the others follow, and one never makes a record. */
    static SyncSimulator four() {
        Policy policy = Policy.named("four")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.NAME, "b", "c", "a")
                                .lastWriter(Contact.EMAIL, Skew.within(SKEW), "d", "a")
                                .owned(Contact.PHONE, "a", NonOwnerEdit.REVIEW, "d")
                                .setMerge(Contact.LABELS)
                                .owned(Contact.METADATA, "c", "a")
                                .preferred(Contact.METADATA.entry("tier"), "d", "b")
                                .records("b", RecordRule.CREATE)
                                .records("c", RecordRule.CREATE)
                                .records("d", RecordRule.CREATE));
        return SyncSimulator.of(policy).systems("a", "b", "c", "d");
    }

    /** Records that come into a scope and leave it: one system stops following them then, one goes on. */
    static SyncSimulator scoped() {
        Policy policy = Policy.named("scoped")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.NAME, "a", "b", "c")
                                .lastWriter(Contact.EMAIL, Skew.within(SKEW), "b", "a")
                                .owned(Contact.PHONE, "b", "a", "c")
                                .setMerge(Contact.LABELS)
                                .owned(Contact.METADATA, "a", "b", "c")
                                .records("a", RecordRule.CREATE)
                                .records("b", RecordRule.CREATE.within(Contact.LABELS, "vip", "new"))
                                .records(
                                        "c",
                                        RecordRule.CREATE
                                                .within(Contact.LABELS, "vip")
                                                .leaving(Leaving.KEEP_FOLLOWING)));
        return SyncSimulator.of(policy).systems("a", "b", "c");
    }

    /** The longest value wins, and of two as long the last by alphabet: the same whatever comes first. */
    private static final class Longest implements Resolver {
        @Override
        public String id() {
            return "longest";
        }

        @Override
        public int version() {
            return 1;
        }

        @Override
        public int inputs() {
            return Integer.MAX_VALUE;
        }

        @Override
        public Resolution resolve(Conflict conflict) {
            return new Resolution.Agree(conflict.candidates().values().stream()
                    .map(Conflict.Candidate::value)
                    .max(Comparator.comparingInt(
                                    (Value value) -> value.toString().length())
                            .thenComparing(Value::toString))
                    .orElseThrow());
        }
    }
}
