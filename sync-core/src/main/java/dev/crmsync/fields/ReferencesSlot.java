package dev.crmsync.fields;

import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.Lens;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The ids of other records of the same system in one slot, as a list. */
final class ReferencesSlot {
    private ReferencesSlot() {}

    /** The ids in a slot, as they stand there. */
    static List<String> ids(NativeValue raw) {
        List<NativeValue> items = raw instanceof NativeValue.Items list ? list.items() : List.of(raw);
        return items.stream()
                .filter(item -> !NativeText.isBlank(item))
                .map(NativeText::of)
                .toList();
    }

    static @Nullable Value get(
            String system, Lens.ReferencesTo lens, NativeValue raw, Function<RecordRef, @Nullable String> references) {
        if (NativeText.isBlank(raw) && !(raw instanceof NativeValue.Items)) {
            return Value.EMPTY;
        }
        SortedSet<String> links = new TreeSet<>();
        for (String id : ids(raw)) {
            String link = references.apply(new RecordRef(system, lens.type(), id));
            if (link == null) {
                return null;
            }
            links.add(link);
        }
        return new Value.References(links);
    }

    /** Keeps the order of those that stay, and adds new ones behind them; one that has no record here yet is left out. */
    static @Nullable NativeValue put(
            Value wanted, @Nullable NativeValue raw, Function<String, @Nullable String> recordIds) {
        SortedSet<String> ids = new TreeSet<>();
        if (wanted instanceof Value.References all) {
            for (String link : all.links()) {
                String id = recordIds.apply(link);
                if (id != null) {
                    ids.add(id);
                }
            }
        } else if (!(wanted instanceof Value.Empty)) {
            return null;
        }
        boolean same = raw != null && new TreeSet<>(ids(raw)).equals(ids);
        return same ? raw : MemberSlot.put(ids, raw, null);
    }
}
