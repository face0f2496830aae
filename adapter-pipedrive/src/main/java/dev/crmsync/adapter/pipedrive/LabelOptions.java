package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpReply;
import dev.crmsync.http.Json;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.Outcome.Rejection;
import dev.crmsync.spi.model.NativeValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a person: options of a field, shown by name and kept by id. A write replaces the array, so it is made from the one
 * just read, and an id whose name nobody knows stays. A name that the account has no option for becomes one.
 */
final class LabelOptions {
    private final String property;
    private final Catalogue catalogue;

    LabelOptions(String property, Catalogue catalogue) {
        this.property = property;
        this.catalogue = catalogue;
    }

    String property() {
        return property;
    }

    boolean custom() {
        return CustomFields.isCustom(property);
    }

    /** The field whose options the labels are. */
    Optional<AccountField> field() {
        return find(catalogue.fields());
    }

    private Optional<AccountField> find(List<AccountField> fields) {
        if (custom()) {
            return Catalogue.choose(fields, CustomFields.field(property));
        }
        Optional<AccountField> own = Catalogue.choose(fields, ContactMapping.LABELS);
        return own.isPresent() ? own : Catalogue.choose(fields, "label");
    }

    /** Where a row holds the ids; missing when it does not tell. */
    JsonNode held(JsonNode row) {
        return custom()
                ? row.path("custom_fields").path(field().map(AccountField::code).orElse(""))
                : row.path(ContactMapping.LABELS);
    }

    /** The names; null when they are not told, or when one could not be named: it would look as if it had been taken off. */
    @Nullable NativeValue read(JsonNode row) {
        JsonNode held = held(row);
        if (held.isMissingNode()) {
            return null;
        }
        List<NativeValue> names = new ArrayList<>();
        for (String id : CustomFields.ids(held)) {
            String name = name(id);
            if (name == null) {
                return null;
            }
            names.add(NativeValue.text(name));
        }
        return new NativeValue.Items(names);
    }

    private @Nullable String name(String id) {
        String known = field().map(field -> field.options().get(id)).orElse(null);
        return known != null
                ? known
                : find(catalogue.refreshIfOld())
                        .map(field -> field.options().get(id))
                        .orElse(null);
    }

    /** Writes the ids that stand for these names. */
    void write(NativeValue wanted, @Nullable JsonNode current, Draft draft) {
        AccountField field = field().orElse(null);
        if (field == null) {
            draft.refuse(Rejection.READ_ONLY, property, "the account has no such field of labels; run the set-up");
            return;
        } else if (!(wanted instanceof NativeValue.Items) && !(wanted instanceof NativeValue.Empty)) {
            draft.refuse(Rejection.INVALID, property, "it takes a list of names");
            return;
        }
        Set<String> names = new TreeSet<>();
        if (wanted instanceof NativeValue.Items items) {
            items.items().forEach(item -> CustomFields.text(item).ifPresent(name -> names.add(name.strip())));
        }
        ArrayNode ids = kept(current, names);
        for (String name : names) {
            Optional<String> id = option(field, name);
            if (id.isEmpty()) {
                draft.refuse(
                        Rejection.NOT_AN_OPTION,
                        property,
                        "the account has no label of that name, and Pipedrive lets none be added");
                return;
            }
            ids.add(Long.parseLong(id.get()));
        }
        if (custom()) {
            // Pipedrive refuses an empty list of a custom field, and clears it with null.
            draft.putCustom(true, field.code(), ids.isEmpty() ? Json.object().nullNode() : ids, property);
        } else {
            draft.put(ContactMapping.LABELS, ids, property);
        }
    }

    /** The ids that stay: those whose name is wanted, which is then done with, and those that have none. */
    private ArrayNode kept(@Nullable JsonNode current, Set<String> names) {
        ArrayNode ids = Json.array();
        Set<String> met = new HashSet<>();
        if (current != null) {
            for (String id : CustomFields.ids(held(current))) {
                String name = name(id);
                boolean wanted = name == null || names.contains(name.strip()) || met.contains(name.strip());
                if (wanted && id.matches("[0-9]{1,18}")) {
                    ids.add(Long.parseLong(id));
                    met.add(name == null ? id : name.strip());
                }
            }
        }
        names.removeAll(met);
        return ids;
    }

    /** One at a time: two that add the same name at once would make two options of it. */
    private synchronized Optional<String> option(AccountField seen, String name) {
        Optional<String> known = number(seen.option(name));
        if (known.isPresent()) {
            return known;
        }
        Optional<AccountField> field = find(catalogue.refresh());
        Optional<String> meanwhile = number(field.flatMap(anew -> anew.option(name)));
        if (meanwhile.isPresent() || field.isEmpty()) {
            return meanwhile;
        }
        HttpReply reply = catalogue.addOption(field.get(), name);
        boolean refused = reply instanceof HttpAnswer answer
                && answer.status() >= 400
                && answer.status() < 500
                && answer.json().isPresent()
                && !Api.unauthorised(answer)
                && !Limits.putOff(answer);
        if (refused) {
            return Optional.empty();
        } else if (!(reply instanceof HttpAnswer answer) || !Api.succeeded(answer)) {
            throw Api.fault(reply);
        }
        Optional<String> made = number(find(catalogue.refresh()).flatMap(anew -> anew.option(name)));
        if (made.isEmpty()) {
            throw SyncException.of(
                    SyncException.Kind.TRANSIENT, reply + " and the new label is not shown yet; it is tried again");
        }
        return made;
    }

    private static Optional<String> number(Optional<String> id) {
        return id.filter(text -> text.matches("[0-9]{1,18}"));
    }
}
