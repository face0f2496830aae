package dev.crmsync.quickstart;

import dev.crmsync.engine.SyncEngine;
import dev.crmsync.engine.Why;
import dev.crmsync.planning.Reason;
import dev.crmsync.planning.Stance;
import dev.crmsync.quickstart.Comparison.Wait;
import dev.crmsync.review.Review;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.model.RecordRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Kirim held against each CRM. The engine is asked for one thing only: why a field differs, or a record is not there. */
final class Audit {
    private static final int SHOWN = 3;

    /** What one CRM holds. */
    record Part(Crm crm, Comparison contacts, TalkComparison talks) {}

    private final SyncEngine engine;
    private final Map<String, Set<String>> asked = new HashMap<>();
    private final Set<String> lookalikes = new HashSet<>();
    private final List<Part> parts = new ArrayList<>();

    Audit(Accounts accounts, List<Crm> crms, SyncEngine engine) {
        this.engine = engine;
        Map<String, Readback.Contact> kirim = new Readback(accounts).kirim();
        ask();
        Map<Crm, Map<String, Readback.Contact>> held = new LinkedHashMap<>();
        crms.forEach(crm -> held.put(crm, crm.contacts()));
        held.forEach((crm, shown) -> shown.values().stream()
                .filter(contact -> contact.key() == null)
                .forEach(contact -> lookalikes.add(link(crm, contact.id()))));
        held.forEach((crm, shown) -> {
            Comparison contacts = new Comparison(
                    kirim,
                    crm.name(),
                    shown,
                    (id, field) -> excuse(crm, id, field),
                    id -> wait(crm, id),
                    id -> asked.containsKey(link(crm, id)));
            parts.add(new Part(crm, contacts, new TalkComparison(accounts, crm, contacts.nameless())));
        });
    }

    List<Part> parts() {
        return parts;
    }

    /** How many contacts are in step everywhere. */
    int contacts() {
        return everywhere(part -> part.contacts().inStep());
    }

    /** How many conversations are in step everywhere. */
    int conversations() {
        return everywhere(part -> part.talks().inStep());
    }

    private int everywhere(Function<Part, Set<String>> inStep) {
        Set<String> common = new TreeSet<>(inStep.apply(parts.get(0)));
        parts.forEach(part -> common.retainAll(inStep.apply(part)));
        return common.size();
    }

    /** The differences that nothing explains. */
    List<String> unexplained() {
        return parts.stream()
                .flatMap(part ->
                        Stream.concat(part.contacts().unexplained().stream(), part.talks().unexplained().stream()))
                .toList();
    }

    /** What the engine knows of some of them. */
    List<String> whys() {
        List<String> whys = new ArrayList<>();
        for (Part part : parts) {
            part.contacts().differing().stream()
                    .limit(SHOWN)
                    .forEach(one -> whys.add(
                            why(RecordType.CONTACT, one.kirimId(), one.field()).text()));
            part.talks().differing().stream().limit(SHOWN).forEach(id -> {
                whys.add(why(RecordType.CONVERSATION, id, "status").text());
                whys.add(why(RecordType.CONVERSATION, id, "assignee").text());
            });
        }
        return whys;
    }

    private Why why(RecordType type, String kirimId, String field) {
        Field known = type.field(field).orElseThrow();
        return engine.why(Embedding.SYNC, new RecordRef("kirim", type.name(), kirimId), known);
    }

    private String link(Crm crm, String id) {
        return engine.linkOf(Embedding.SYNC, new RecordRef(crm.word(), Contact.TYPE, id));
    }

    /** The links of which a person is asked whether they are the same, before records are made of them. */
    private void ask() {
        String after = null;
        List<Review> page;
        do {
            page = engine.reviews(Embedding.SYNC).open(after, 200);
            for (Review review : page) {
                if (review.reason() == Reason.MATCH_REVIEW) {
                    Set<String> all = new HashSet<>(review.candidates());
                    all.add(review.link());
                    all.forEach(link ->
                            asked.computeIfAbsent(link, its -> new HashSet<>()).addAll(all));
                }
                after = review.id();
            }
        } while (!page.isEmpty());
    }

    /** What a contact waits for that has no record in a CRM, or null when it should have one. */
    private @Nullable Wait wait(Crm crm, String kirimId) {
        Why why = why(RecordType.CONTACT, kirimId, Contact.NAME.name());
        if (asked.getOrDefault(why.link(), Set.of()).stream().anyMatch(lookalikes::contains)) {
            return Wait.ANSWER;
        }
        boolean nameless = why.agreed() == null || why.agreed().value().isBlank();
        return crm.needsNames() && nameless ? Wait.NAME : null;
    }

    /**
     * Why a field need not be equal: Kirim or this CRM is held to something else; or nobody who may say so ever had a value, and what
     * stands there is left alone. Labels, which Kirim's API does not show, may never have been told.
     */
    private @Nullable String excuse(Crm crm, String kirimId, String field) {
        Why why = why(RecordType.CONTACT, kirimId, field);
        for (String system : List.of("kirim", crm.word())) {
            Why.At at = why.systems().get(system);
            if (at != null && at.stance() != Stance.FOLLOWS) {
                return at.stance().name();
            }
        }
        if (why.agreed() != null) {
            return null;
        }
        return Objects.equals(field, Contact.LABELS.name()) ? "NEVER_TOLD" : "NEVER_OWNED";
    }
}
