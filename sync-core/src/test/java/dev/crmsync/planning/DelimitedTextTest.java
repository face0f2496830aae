package dev.crmsync.planning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.crmsync.fields.Canon;
import dev.crmsync.fields.Lenses;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.model.NativeValue;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is told of members in a text without the lens is what the lens would say. */
class DelimitedTextTest {
    private static final List<String> PIECES =
            List.of("VIP", "Re seller", "a", "-", "_b", " c", "d ", ";", ",", "", "\u037E", "x;y", "e\u0301");
    private static final List<String> SEPARATORS = List.of(";", ",", ", ", ";;", "a", " ", "-,-", "a;", ";a");

    private final Lenses lenses = new Lenses(Canon.withDefaultRegion("ID"));
    private final Random random = new Random(4711);

    @Test
    void what_is_said_to_be_listed_is_read_so_and_what_is_said_to_be_carried_is_not_refused() {
        int listed = 0;
        int carried = 0;
        for (int i = 0; i < 50_000; i++) {
            String separator = any(SEPARATORS);
            FieldMapping mapped = FieldMapping.of(Contact.LABELS, new Lens.Delimited("labels", separator));
            DelimitedText text = new DelimitedText(separator);
            TreeSet<String> members = new TreeSet<>();
            for (int count = random.nextInt(4); count > 0; count--) {
                members.add(any(PIECES));
            }
            Value value = new Value.Members(members);
            String raw = String.join(separator + (random.nextInt(3) == 0 ? " " : ""), members);
            if (text.lists(raw, members)) {
                listed++;
                Map<String, NativeValue> slots = Map.of("labels", NativeValue.text(raw));
                assertThat(lenses.get("crm", mapped, Contact.LABELS, slots, ref -> null))
                        .as("%s by %s", raw, separator)
                        .isEqualTo(value);
            }
            if (text.carries(members)) {
                carried++;
                assertThat(lenses.refusal(mapped, Contact.LABELS, value))
                        .as("%s by %s", members, separator)
                        .isEmpty();
            }
        }
        assertThat(listed).isGreaterThan(100);
        assertThat(carried).isGreaterThan(100);
    }

    private String any(List<String> some) {
        return some.get(random.nextInt(some.size()));
    }
}
