package dev.crmsync.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Plays numbered edits as people would, on all sides at once, while webhooks are duplicated, delayed and reordered. Edit
 * number k is the same in every run of one seed. How many have been played is noted after each, so that a run that was cut
 * off goes on; the last one may be played once more, which leaves the same values.
 */
final class LiveEdits {
    private final Accounts accounts;
    private final List<Crm> crms;
    private final Options options;
    private final Notes notes;
    private final ProgressBar bar;
    private final Json admin = new Json();
    private final AtomicInteger played = new AtomicInteger();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    LiveEdits(Accounts accounts, List<Crm> crms, Options options, Notes notes, ProgressBar bar) {
        this.accounts = accounts;
        this.crms = crms;
        this.options = options;
        this.notes = notes;
        this.bar = bar;
    }

    /**
     * Plays the edits that no earlier run has played.
     *
     * @return how many
     */
    int play() throws InterruptedException {
        Instant begun = Instant.now();
        Set<String> phones = new HashSet<>();
        admin.get(accounts.kirimAdmin() + "/contacts")
                .get("contacts")
                .forEach(contact -> phones.add(contact.path("phone_number").asText()));
        List<Thread> sides = new ArrayList<>();
        List<String> kirimIds = inBoth();
        sides.add(new Thread(() -> trying(() -> inKirim(kirimIds, phones, begun)), "edits in Kirim"));
        for (Crm crm : crms) {
            Map<String, String> pairs = crm.ids();
            sides.add(new Thread(() -> trying(() -> inCrm(crm, pairs, begun)), "edits in " + crm.name()));
        }
        sides.forEach(Thread::start);
        for (Thread side : sides) {
            side.join();
        }
        bar.end();
        RuntimeException failed = failure.get();
        if (failed != null) {
            throw failed;
        }
        return played.get();
    }

    private void trying(Runnable edits) {
        try {
            edits.run();
        } catch (RuntimeException failed) {
            failure.set(failed);
        }
    }

    /** A contact whose name some edit changes in Kirim, where it is not owned. */
    Optional<String> renamedInKirim() {
        List<String> kirimIds = inBoth();
        for (int k = 0; k < options.edits() && !kirimIds.isEmpty(); k += sides()) {
            Random chance = new Random(options.seed() * 7_919 + k);
            String id = target(kirimIds, k, chance);
            ObjectNode edit = inKirim(k, id, chance);
            if (edit.has("name") && edit.path("op").asText().equals("patch")) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }

    private static String target(List<String> kirimIds, int k, Random chance) {
        return kirimIds.get(Math.floorMod(chance.nextInt() * 31 + k, Math.min(kirimIds.size(), 1200)));
    }

    /** Kirim's ids of those whom the primary CRM knows, too. */
    private List<String> inBoth() {
        return new ArrayList<>(crms.get(0).ids().keySet());
    }

    private int sides() {
        return 1 + crms.size();
    }

    private void inKirim(List<String> ids, Set<String> phones, Instant begun) {
        play(0, ids, begun, (k, id, chance) -> {
            ObjectNode edit = inKirim(k, id, chance);
            if (!edit.path("op").asText().equals("create")
                    || !phones.contains(edit.path("phone_number").asText())) {
                edit(k, accounts.kirimAdmin(), edit);
            }
        });
    }

    private void inCrm(Crm crm, Map<String, String> pairs, Instant begun) {
        play(
                1 + crms.indexOf(crm),
                new ArrayList<>(pairs.keySet()),
                begun,
                (k, id, chance) -> edit(k, crm.admin(), crm.edit(k, Objects.requireNonNull(pairs.get(id)), chance)));
    }

    /** What somebody does to one contact, by its Kirim id. */
    private interface Deed {
        void to(int k, String kirimId, Random chance);
    }

    private void play(int side, List<String> kirimIds, Instant begun, Deed deed) {
        for (int k = notes.played(options.seed(), side) * sides() + side;
                k < options.edits() && !kirimIds.isEmpty();
                k += sides()) {
            Random chance = new Random(options.seed() * 7_919 + k);
            deed.to(k, target(kirimIds, k, chance), chance);
            notes.played(options.seed(), side, k / sides() + 1);
            int done = played.incrementAndGet();
            double seconds = Math.max(1, Duration.between(begun, Instant.now()).toMillis()) / 1000.0;
            bar.show("edits played", done, options.edits(), done / seconds, null);
        }
    }

    private void edit(int k, @Nullable String side, ObjectNode edit) {
        JsonNode answer = admin.post(side + "/edits", edit);
        if (answer.path("failed").asInt() > 0) {
            throw new IllegalStateException("the sandbox refused edit " + k + ": " + answer.path("results"));
        }
    }

    private static ObjectNode inKirim(int k, String id, Random chance) {
        ObjectNode edit = Json.object().put("op", "patch").put("id", id);
        switch (chance.nextInt(10)) {
            case 0, 1 -> edit.put("name", Population.name(k, chance) + " (WhatsApp)");
            case 2, 3 -> edit.put("phone_number", String.format(Locale.ROOT, "+62813%08d", 20_000_000 + k));
            case 4 -> edit.set("add_labels", Json.array().add("VIP").add("Edit " + k % 7));
            case 5 -> edit.set("labels", Json.array().add("Past Due"));
            case 6, 7 -> edit.set("metadata", Json.object().put("source", "walk-in " + k));
            case 8 -> edit.set("metadata", Json.object().put("crm_segment", "set in Kirim " + k));
            default -> {
                edit.removeAll();
                edit.put("op", "create").put("name", "Newcomer " + k);
                edit.put("phone_number", String.format(Locale.ROOT, "+62814%08d", 30_000_000 + k));
                edit.put("email", "newcomer" + k + "@example.net");
            }
        }
        return edit;
    }
}
