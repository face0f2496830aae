package dev.crmsync.testkit.check;

import static dev.crmsync.spi.field.Contact.LABELS;
import static dev.crmsync.spi.field.Contact.NAME;

import dev.crmsync.policy.NonOwnerEdit;
import dev.crmsync.policy.OnJoin;
import dev.crmsync.policy.OnRendering;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.policy.Skew;
import dev.crmsync.policy.TypePolicyBuilder;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import dev.crmsync.spi.resolver.Conflict;
import dev.crmsync.spi.resolver.Resolution;
import dev.crmsync.spi.resolver.Resolver;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/** One check for each rule that is shipped, each of one field between {@code kirim} and {@code crm}; by name. */
final class ShippedRules {
    private static final Skew SKEW = Skew.within(Duration.ofSeconds(5));

    private ShippedRules() {}

    static Map<String, ConvergenceCheck> all() {
        Map<String, ConvergenceCheck> all = new LinkedHashMap<>();
        all.put("owned, reverted", of(NAME, contact -> contact.owned(NAME, "crm", "kirim")));
        all.put("owned, kept", of(NAME, contact -> contact.owned(NAME, "crm", NonOwnerEdit.KEEP, "kirim")));
        all.put("owned, reviewed", of(NAME, contact -> contact.owned(NAME, "crm", NonOwnerEdit.REVIEW, "kirim")));
        all.put("last writer", of(NAME, contact -> contact.lastWriter(NAME, SKEW, OnJoin.FILL_EMPTY, "crm")));
        all.put("preferred", of(NAME, contact -> contact.preferred(NAME, "crm", "kirim")));
        all.put("fill if empty", of(NAME, contact -> contact.fillIfEmpty(NAME)));
        all.put("create only", of(NAME, contact -> contact.createOnly(NAME)));
        all.put("read only", of(NAME, contact -> contact.readOnly(NAME, "crm")));
        all.put("append only", of(NAME, contact -> contact.appendOnly(NAME)));
        all.put("manual", of(NAME, contact -> contact.manual(NAME)));
        all.put(
                "resolver",
                of(NAME, contact -> contact.resolved(NAME, "last", 1)).resolvers(new LastByAlphabet()));
        all.put("set merge", of(LABELS, contact -> contact.setMerge(LABELS)));
        return all;
    }

    /** A field that the CRM owns and shows otherwise than it is given, and what becomes of that. */
    static Map<String, ConvergenceCheck> rendered() {
        Map<String, ConvergenceCheck> all = new LinkedHashMap<>();
        all.put("trimmed", shown(OnRendering.REMEMBER, "kirim", Rendering.TRIMMED, "a", " b ", ""));
        all.put("lower-cased", shown(OnRendering.REMEMBER, "kirim", Rendering.LOWER_CASED, "a", "B", "b"));
        all.put("cut", shown(OnRendering.REMEMBER, "kirim", Rendering.cut(3), "a", "long name", "lon"));
        all.put("lower-cased, accepted", shown(OnRendering.ACCEPT, "kirim", Rendering.LOWER_CASED, "a", "B", "b"));
        all.put("lower-cased, rewritten", shown(OnRendering.REWRITE, "kirim", Rendering.LOWER_CASED, "a", "B", "b"));
        all.put("cut at the owner", shown(OnRendering.REMEMBER, "crm", Rendering.cut(3), "a", "long name", "lon"));
        return all;
    }

    private static ConvergenceCheck shown(OnRendering answer, String owner, Rendering rendering, String... values) {
        return of(NAME, contact -> contact.owned(NAME, owner).onRendering(NAME, answer))
                .mapping(
                        "crm",
                        Mapping.of(
                                RecordType.CONTACT.name(),
                                FieldMapping.direct(NAME, "name").shownAs(rendering)))
                .values(NAME.name(), values);
    }

    static ConvergenceCheck of(Field field, UnaryOperator<TypePolicyBuilder> rule) {
        return ConvergenceCheck.of(policy(rule)).systems("kirim", "crm").fields(field);
    }

    static Policy policy(UnaryOperator<TypePolicyBuilder> rule) {
        return Policy.named("toy")
                .type(
                        RecordType.CONTACT,
                        contact -> rule.apply(contact)
                                .records("kirim", RecordRule.CREATE)
                                .records("crm", RecordRule.CREATE));
    }

    /** Of the full values that systems hold the last by alphabet wins: the same whatever comes first. */
    static final class LastByAlphabet implements Resolver {
        @Override
        public String id() {
            return "last";
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
                    .max(Comparator.comparing(Value::toString))
                    .orElseThrow());
        }
    }
}
