package dev.crmsync.lint;

import dev.crmsync.planning.Rules;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.policy.Policies;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.TypePolicyBuilder;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.FieldType;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** Rules without a fault, in which a test changes one thing at a time. */
final class Bench {
    static final Field STATUS = Field.of("status", FieldType.ENUMERATION);
    static final Field NICK = Field.of("nick", FieldType.TEXT);
    static final RecordType PERSON = new RecordType(
            Contact.TYPE,
            List.of(Contact.NAME, Contact.EMAIL, Contact.PHONE, Contact.LABELS, Contact.METADATA, STATUS, NICK));

    private final Map<String, Mapping> mappings = new TreeMap<>();
    private final Map<String, TypeDeclaration> declared = new TreeMap<>();
    private final List<String> issuers = new ArrayList<>(List.of("kirim"));
    private final List<String> unable = new ArrayList<>();
    private Policy policy = Policies.guide().primaryCrm("crm");

    Bench() {
        system("kirim", contacts());
        system("crm", contacts().withExternalId("kirim_contact_id"));
    }

    static Mapping contacts() {
        return Mapping.of(
                Contact.TYPE,
                FieldMapping.direct(Contact.NAME, "full_name"),
                FieldMapping.direct(Contact.EMAIL, "email"),
                FieldMapping.direct(Contact.PHONE, "phone"),
                FieldMapping.of(Contact.LABELS, new Lens.ListOf("labels")),
                FieldMapping.of(Contact.METADATA, new Lens.BagOf("metadata")));
    }

    Bench system(String name, Mapping mapping) {
        mappings.put(name, mapping);
        declared.putIfAbsent(
                name,
                new TypeDeclaration(
                        Contact.TYPE,
                        AsOfGrade.PROPERTY,
                        false,
                        new CreateLookup.UniqueUpsert(),
                        true,
                        true,
                        TypeDeclaration.DEFAULT_ECHO_HORIZON,
                        Duration.ZERO,
                        List.of()));
        return this;
    }

    Bench without(String system) {
        mappings.remove(system);
        return this;
    }

    Bench mapping(String system, UnaryOperator<Mapping> change) {
        return system(system, change.apply(mappings.getOrDefault(system, contacts())));
    }

    Bench mapping(String system, FieldMapping mapped) {
        return mapping(system, mapping -> mapping.with(mapped));
    }

    Bench declaring(String system, UnaryOperator<TypeDeclaration> change) {
        declared.computeIfPresent(system, (name, own) -> change.apply(own));
        return this;
    }

    Bench issuing(String system) {
        issuers.add(system);
        return this;
    }

    Bench unableToArchive(String system) {
        unable.add(system);
        return this;
    }

    Bench nobodyIssues() {
        issuers.clear();
        return this;
    }

    Bench policy(UnaryOperator<TypePolicyBuilder> definition) {
        policy = Policy.named("mine").type(PERSON, definition);
        return this;
    }

    Bench policy(Policy other) {
        policy = other;
        return this;
    }

    Rules rules() {
        Map<String, SystemRules> systems = new TreeMap<>();
        mappings.forEach((name, mapping) -> systems.put(
                name,
                new SystemRules(
                        new Declaration("toy", issuers.contains(name), List.of(declared.get(name)), List.of()),
                        Map.of(mapping.type(), mapping),
                        !unable.contains(name))));
        return Rules.of(policy, systems, "ID");
    }

    /** What one lint rule finds. */
    List<Finding> finds(LintRule rule) {
        return PolicyLint.check(rules()).stream()
                .filter(finding -> finding.rule() == rule)
                .toList();
    }

    static List<Finding> finds(Check check, LintRule rule, Rules rules) {
        List<Finding> found = new ArrayList<>();
        check.check(new Subject(rules), new Report(rule, found));
        return found;
    }
}
