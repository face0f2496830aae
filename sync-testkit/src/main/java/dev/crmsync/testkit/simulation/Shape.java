package dev.crmsync.testkit.simulation;

import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.mapping.Access;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.mapping.Rendering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What kind of vendor a toy is. Drawn from the seed, declared truthfully.
 *
 * @param system the system's name
 * @param anchor whether its ids are the join key
 * @param grade how finely it dates values
 * @param grain the unit that its record times are floored to
 * @param thin whether its webhooks only say that something changed
 * @param marksOwn whether its webhooks mark what this integration did
 * @param answers what its write answers show
 * @param lookup how a create with an unknown outcome is found again
 * @param skew how far its clock is from the engine's
 * @param nameParts whether a name is held in two properties
 * @param labelText whether labels are one text with separators
 * @param sortsLabels whether it shows labels sorted, whatever order they came in
 * @param bagReplaced whether its bag can only be replaced as a whole
 * @param rendered the families in which it shows a property other than it was given
 * @param batches whether it reads and writes several records in one call
 */
record Shape(
        String system,
        boolean anchor,
        AsOfGrade grade,
        Duration grain,
        boolean thin,
        boolean marksOwn,
        Answers answers,
        CreateLookup lookup,
        Duration skew,
        boolean nameParts,
        boolean labelText,
        boolean sortsLabels,
        boolean bagReplaced,
        Map<String, List<Rendering>> rendered,
        boolean batches) {

    static final String JOIN_KEY = "ext_id";
    static final String PRIVATE = "internal_score";
    static final String NAME = "full_name";
    static final String FIRST = "first_name";
    static final String LAST = "last_name";
    static final String EMAIL = "mail";
    static final String PHONE = "tel";
    static final String LABELS = "tags";
    static final String BAG = "custom";
    static final Duration TTL = Duration.ofHours(24);
    static final Duration LAG = Duration.ofSeconds(20);

    /** What a write answer shows of the record. */
    enum Answers {
        WHOLE,
        WRITTEN,
        NOTHING
    }

    static Shape draw(String system, boolean anchor, Dice dice, Dials dials) {
        Map<String, List<Rendering>> rendered = new TreeMap<>();
        if (dice.chance(dials.of(Dial.RENDERINGS))) {
            rendered.put(EMAIL, List.of(Rendering.LOWER_CASED));
        }
        if (dice.chance(dials.of(Dial.RENDERINGS))) {
            for (String property : List.of(NAME, FIRST, LAST)) {
                rendered.put(property, List.of(Rendering.TRIMMED));
            }
        }
        boolean parts = dice.chance(30);
        if (!parts && dice.chance(dials.of(Dial.CUTS))) {
            rendered.put(NAME, List.of(Rendering.TRIMMED, Rendering.cut(12)));
        }
        Duration skew = dice.chance(50)
                ? Duration.ZERO
                : Duration.ofSeconds(dice.between(-dials.of(Dial.SKEW), dials.of(Dial.SKEW)));
        AsOfGrade grade =
                dice.of(AsOfGrade.PROPERTY, AsOfGrade.PROPERTY, AsOfGrade.RECORD, AsOfGrade.RECORD, AsOfGrade.COARSE);
        Duration grain = switch (grade) {
            case COARSE -> Duration.ofMinutes(1);
            case RECORD -> dice.of(Duration.ofMillis(1), Duration.ofSeconds(1));
            default -> Duration.ofMillis(1);
        };
        return new Shape(
                system,
                anchor,
                grade,
                grain,
                dice.chance(15),
                dice.chance(30),
                dice.of(Answers.values()),
                lookup(anchor, dice),
                skew,
                parts,
                dice.chance(40),
                dice.chance(40),
                dice.chance(50),
                rendered,
                dice.chance(40));
    }

    private static CreateLookup lookup(boolean anchor, Dice dice) {
        List<CreateLookup> keyless = List.of(new CreateLookup.IdempotencyKey(TTL), new CreateLookup.None());
        List<CreateLookup> all = List.of(
                new CreateLookup.UniqueUpsert(),
                new CreateLookup.UniqueUpsert(),
                new CreateLookup.Lookup(LAG),
                new CreateLookup.IdempotencyKey(TTL),
                new CreateLookup.None());
        return dice.of(anchor ? keyless : all);
    }

    Declaration declaration() {
        TypeDeclaration contact = new TypeDeclaration(
                Contact.TYPE,
                grade,
                marksOwn,
                lookup,
                true,
                false,
                TypeDeclaration.DEFAULT_ECHO_HORIZON,
                Duration.ZERO,
                List.of());
        return new Declaration("toy", anchor, List.of(contact), List.of());
    }

    Mapping mapping() {
        List<FieldMapping> fields = new ArrayList<>();
        fields.add(
                nameParts
                        ? shown(FieldMapping.of(Contact.NAME, new Lens.Joined(List.of(FIRST, LAST), " ")), FIRST)
                        : shown(FieldMapping.direct(Contact.NAME, NAME), NAME));
        fields.add(shown(FieldMapping.direct(Contact.EMAIL, EMAIL), EMAIL));
        fields.add(FieldMapping.direct(Contact.PHONE, PHONE));
        Access replaced = new Access(Access.Readable.BY_READ, Access.Writable.REPLACED);
        Lens labels = labelText ? new Lens.Delimited(LABELS, ";") : new Lens.ListOf(LABELS);
        fields.add(FieldMapping.of(Contact.LABELS, labels).with(replaced));
        FieldMapping bag = FieldMapping.of(Contact.METADATA, new Lens.BagOf(BAG));
        fields.add(bagReplaced ? bag.with(replaced) : bag);
        Mapping mapping = new Mapping(Contact.TYPE, fields, null, List.of());
        return anchor ? mapping : mapping.withExternalId(JOIN_KEY);
    }

    private FieldMapping shown(FieldMapping mapped, String property) {
        return mapped.shownAs(rendered.getOrDefault(property, List.of()).toArray(Rendering[]::new));
    }

    /** The properties that carry a field. */
    List<String> properties(Field field) {
        return mapping()
                .carrying(field)
                .map(mapped -> mapped.lens().properties())
                .orElse(List.of());
    }

    /** How this vendor keeps a text that it is given. */
    String render(String property, String given) {
        String shown = given;
        for (Rendering rendering : rendered.getOrDefault(property, List.of())) {
            shown = switch (rendering.family()) {
                case TRIMMED -> shown.strip();
                case LOWER_CASED -> shown.toLowerCase(Locale.ROOT);
                case CUT -> shown.substring(0, Math.min(rendering.length(), shown.length()));
            };
        }
        return shown;
    }
}
