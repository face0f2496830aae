package dev.crmsync.benchmarks;

import dev.crmsync.planning.Rules;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.policy.Policies;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A person of twelve fields, as three systems hold them: each under property names and in forms of its own. */
final class Person {
    static final String KIRIM = "kirim";
    static final String CRM = "crm";
    static final String NOTION = "notion";

    /** The entry of the bag that is edited. */
    static final Field CITY = Contact.METADATA.entry("city");

    static final String OLD_CITY = "Yogyakarta";
    static final String NEW_CITY = "Surabaya";

    private static final String NAME = "Budi Santoso";
    private static final String EMAIL = "budi.santoso@example.co.id";
    private static final String PHONE = "+6281234567890";

    private static final Map<String, String> BAG = new TreeMap<>(Map.of(
            "city", OLD_CITY,
            "segment", "enterprise",
            "company", "PT Maju Terus",
            "birthday", "1987-03-14",
            "language", "id",
            "plan", "gold",
            "source", "instagram-ads",
            "last_order", "SO-2026-00417"));

    private Person() {}

    /** The twelve fields, bag entries expanded. */
    static List<Field> fields() {
        List<Field> fields = new ArrayList<>(List.of(Contact.NAME, Contact.EMAIL, Contact.PHONE, Contact.LABELS));
        BAG.keySet().forEach(key -> fields.add(Contact.METADATA.entry(key)));
        return fields;
    }

    /** The guide's policy: the CRM owns all but phone and labels, and the third system only receives. */
    static Rules rules() {
        return Rules.of(
                Policies.guide().kirim(KIRIM).primaryCrm(CRM),
                Map.of(KIRIM, system(kirim(), true), CRM, system(crm(), false), NOTION, system(notion(), false)),
                "ID");
    }

    static RecordRef ref(String system) {
        return new RecordRef(system, Contact.TYPE, system + "-1");
    }

    /** The whole record as its system shows it. */
    static Map<String, NativeValue> shownBy(String system, String city) {
        return switch (system) {
            case KIRIM -> {
                Map<String, NativeValue> entries = new TreeMap<>();
                bag(city).forEach((key, value) -> entries.put(key, NativeValue.text(value)));
                yield Map.of(
                        "name", NativeValue.text(NAME),
                        "email", NativeValue.text(EMAIL),
                        "phone", NativeValue.text(PHONE),
                        "labels", new NativeValue.Items(List.of(NativeValue.text("Reseller"), NativeValue.text("VIP"))),
                        "metadata", new NativeValue.Entries(entries));
            }
            case CRM -> {
                Map<String, NativeValue> properties = flat(city);
                properties.put("firstname", NativeValue.text("Budi"));
                properties.put("lastname", NativeValue.text("Santoso"));
                properties.put("labels", NativeValue.text("Reseller;VIP"));
                yield properties;
            }
            default -> {
                Map<String, NativeValue> properties = flat(city);
                properties.put("title", NativeValue.text(NAME));
                properties.put("labels", NativeValue.text("Reseller, VIP"));
                yield properties;
            }
        };
    }

    private static Map<String, NativeValue> flat(String city) {
        Map<String, NativeValue> properties = new TreeMap<>();
        properties.put("email", NativeValue.text(EMAIL));
        properties.put("phone", NativeValue.text(PHONE));
        bag(city).forEach((key, value) -> properties.put(key, NativeValue.text(value)));
        return properties;
    }

    private static Map<String, String> bag(String city) {
        Map<String, String> bag = new TreeMap<>(BAG);
        bag.put("city", city);
        return bag;
    }

    private static Mapping kirim() {
        return Mapping.of(
                Contact.TYPE,
                FieldMapping.direct(Contact.NAME, "name"),
                FieldMapping.direct(Contact.EMAIL, "email"),
                FieldMapping.direct(Contact.PHONE, "phone"),
                FieldMapping.of(Contact.LABELS, new Lens.ListOf("labels")),
                FieldMapping.of(Contact.METADATA, new Lens.BagOf("metadata")));
    }

    private static Mapping crm() {
        return flat(
                FieldMapping.of(Contact.NAME, new Lens.Joined(List.of("firstname", "lastname"), " ")),
                FieldMapping.of(Contact.LABELS, new Lens.Delimited("labels", ";")));
    }

    private static Mapping notion() {
        return flat(
                FieldMapping.direct(Contact.NAME, "title"),
                FieldMapping.of(Contact.LABELS, new Lens.Delimited("labels", ",")));
    }

    private static Mapping flat(FieldMapping name, FieldMapping labels) {
        List<FieldMapping> fields = new ArrayList<>(List.of(
                name,
                FieldMapping.direct(Contact.EMAIL, "email"),
                FieldMapping.direct(Contact.PHONE, "phone"),
                labels));
        BAG.keySet().forEach(key -> fields.add(FieldMapping.direct(Contact.METADATA.entry(key), key)));
        return Mapping.of(Contact.TYPE, fields.toArray(FieldMapping[]::new));
    }

    private static SystemRules system(Mapping mapping, boolean issuesJoinKey) {
        TypeDeclaration type = new TypeDeclaration(
                Contact.TYPE,
                AsOfGrade.PROPERTY,
                false,
                new CreateLookup.UniqueUpsert(),
                true,
                true,
                TypeDeclaration.DEFAULT_ECHO_HORIZON,
                Duration.ZERO,
                List.of());
        return new SystemRules(
                new Declaration("benchmark", issuesJoinKey, List.of(type), List.of()), Map.of(Contact.TYPE, mapping));
    }
}
