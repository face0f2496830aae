package dev.crmsync.planning;

import static dev.crmsync.spi.field.Contact.LABELS;
import static dev.crmsync.spi.field.Contact.NAME;

import dev.crmsync.policy.Policy;
import dev.crmsync.policy.TypePolicyBuilder;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Fields that several systems decide together: desks to try their rules at. */
final class SharedFields {
    private static final List<Mapping> MAPPING = List.of(Mapping.of(
            Contact.TYPE,
            FieldMapping.direct(NAME, "name"),
            FieldMapping.of(LABELS, new Lens.Delimited("labels", ";"))));

    static Desk desk(AsOfGrade grade, UnaryOperator<TypePolicyBuilder> contact) {
        Policy policy = Policy.named("shared").type(RecordType.CONTACT, contact);
        return new Desk(
                Desk.rules(
                        policy,
                        new CreateLookup.UniqueUpsert(),
                        grade,
                        Map.of("a", MAPPING, "b", MAPPING, "c", MAPPING)),
                Contact.TYPE);
    }

    static Desk named(UnaryOperator<TypePolicyBuilder> contact) {
        return named(AsOfGrade.PROPERTY, contact);
    }

    /** A name that two systems agree on. */
    static Desk named(AsOfGrade grade, UnaryOperator<TypePolicyBuilder> contact) {
        return desk(grade, contact).has("a", "name", "Budi").has("b", "name", "Budi");
    }

    private SharedFields() {}
}
