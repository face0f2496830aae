package dev.crmsync.tests.histories;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What people did, noted as they did it: the judge's only memory of how things ought to be. Records are named by their system
 * and id, such as {@code crm/123}.
 */
final class Diary {
    /**
     * What somebody wrote last into a field.
     *
     * @param value as that system showed it right afterwards
     * @param settled whether it was an edit of a record that had its fellow at the other system, under the id by which it was known:
     *     then a blank counts, too
     */
    record Entry(String value, boolean settled) {}

    private final Map<String, Map<String, Entry>> last = new HashMap<>();
    private final Map<String, Set<String>> ever = new HashMap<>();
    private final Set<String> made = new HashSet<>();
    private final Set<String> gone = new HashSet<>();
    private final Set<String> relabelled = new HashSet<>();
    private final Map<String, Set<String>> merged = new HashMap<>();
    private final Set<String> results = new HashSet<>();
    private boolean answeredSame;

    /** Somebody made a record: all that it shows is theirs. */
    void made(String system, Shown record) {
        made.add(system + "/" + record.id());
        record.fields().keySet().forEach(field -> wrote(system, record, field, false));
    }

    /** Somebody made a record that has no shared fields, such as a ticket. */
    void made(String record) {
        made.add(record);
    }

    /** Somebody wrote into a field. */
    void wrote(String system, Shown after, String field, boolean settled) {
        String value = after.field(field);
        last.computeIfAbsent(system + "/" + after.id(), id -> new HashMap<>()).put(field, new Entry(value, settled));
        ever.computeIfAbsent(field, name -> new HashSet<>()).addAll(members(field, value));
    }

    /** Somebody merged two records of a CRM; what they see now is what they want. */
    void merged(String system, Shown primary, Shown secondary, Shown result) {
        Set<String> keys = merged.computeIfAbsent(system, its -> new HashSet<>());
        keys.add(primary.key());
        keys.add(secondary.key());
        keys.remove(result.key());
        keys.remove("");
        results.add(system + "/" + result.id());
        made(system, result);
    }

    /** Somebody changed labels while webhooks tell of it. */
    void relabelled(String record) {
        relabelled.add(record);
    }

    void gone(String record) {
        gone.add(record);
    }

    void back(String record) {
        gone.remove(record);
    }

    void answeredSame() {
        answeredSame = true;
    }

    boolean isGone(String record) {
        return gone.contains(record);
    }

    boolean madeByPeople(String record) {
        return made.contains(record);
    }

    /** Whether a webhook was due that told of this contact's labels; no read shows those of Kirim. */
    boolean labelsTold(String record) {
        return relabelled.contains(record);
    }

    /** Whether the record of a CRM that bore this Kirim id was merged into one that bears another. */
    boolean mergedAway(String system, String kirimId) {
        return merged.getOrDefault(system, Set.of()).contains(kirimId);
    }

    /** Whether a contact of a CRM is what people made of two; often under an id that is new. */
    boolean cameOfMerge(String record) {
        return results.contains(record);
    }

    /** Whether anything that people did may have made one person of two. */
    boolean somebodyIsTwo() {
        return answeredSame || merged.values().stream().anyMatch(keys -> !keys.isEmpty());
    }

    /** Whether somebody said elsewhere that two records of a system are one: only one of them is followed then. */
    boolean saidToBeOne(String system) {
        return answeredSame
                || merged.entrySet().stream()
                        .anyMatch(one ->
                                !one.getKey().equals(system) && !one.getValue().isEmpty());
    }

    @Nullable Entry last(String record, String field) {
        return last.getOrDefault(record, Map.of()).get(field);
    }

    /** Whether anybody ever wrote such a value; nobody has to write a blank. */
    boolean ever(String field, String value) {
        return blank(value) || ever.getOrDefault(field, Set.of()).containsAll(members(field, value));
    }

    static boolean blank(String value) {
        return value.isEmpty() || value.equals("[]");
    }

    /** Labels come together one by one. */
    private static List<String> members(String field, String value) {
        return field.equals("labels")
                ? List.of(value.substring(1, value.length() - 1).split(", "))
                : List.of(value);
    }
}
