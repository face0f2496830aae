package dev.crmsync.planning;

import dev.crmsync.policy.FieldPolicy;
import dev.crmsync.policy.OnRendering;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.NativeValue;
import java.util.Map;

/** What becomes of the agreed value when a system shows it otherwise than it was given. */
final class Rendered {
    private final Planning planning;
    private final Standings standings;

    Rendered(Planning planning) {
        this.planning = planning;
        this.standings = new Standings(planning);
    }

    /** Agrees what a system shows, where the policy says so and every other system would show that as it is. */
    void shown(LinkDraft link, String system, Field field, AsOf asOf, Value shown) {
        OnRendering answer = planning.rules
                .policy()
                .field(link.type(), field)
                .map(FieldPolicy::onRendering)
                .orElse(OnRendering.REMEMBER);
        Agreed origin = link.agreed.get(field.name());
        if (answer == OnRendering.REMEMBER
                || origin == null
                || origin.system().equals(system)
                || shown.isBlank()
                || planning.equivalent(field, origin.value(), shown)
                || !settles(link, field, shown)) {
            return;
        }
        Value before = origin.value();
        planning.agree(link, field, shown, origin.system(), origin.written());
        SideDraft supplier = link.side(origin.system());
        if (answer == OnRendering.ACCEPT && supplier.record != null) {
            standings.keep(link, origin.system(), field, Reason.RENDERING_AGREED);
        }
        planning.decided(link, system, field, Reason.RENDERING_AGREED, asOf, shown, before);
    }

    /** Two systems that show each other's way of showing a value otherwise again would never come to rest. */
    private boolean settles(LinkDraft link, Field field, Value shown) {
        return link.sides.keySet().stream()
                .allMatch(system -> planning.carrying(system, link.type(), field)
                        .map(mapped -> showsAsIs(mapped, field, shown))
                        .orElse(true));
    }

    private boolean showsAsIs(FieldMapping mapped, Field field, Value value) {
        Map<String, NativeValue> put = planning.lenses().put(mapped, field, value, Map.of(), link -> null);
        return put == null
                || put.values().stream()
                        .allMatch(raw -> planning.lenses().rendered(mapped, raw).equals(raw));
    }
}
