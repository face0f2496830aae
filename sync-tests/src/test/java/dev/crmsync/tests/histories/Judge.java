package dev.crmsync.tests.histories;

import dev.crmsync.engine.Status;
import dev.crmsync.engine.SyncEngine;
import dev.crmsync.review.Review;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.spi.field.RecordType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds what Kirim and one CRM hold at the end against what people did. It looks past the engine and its adapters; the engine is
 * asked for one thing only: why, where the two systems differ. Of its answers, an open review and a value that a system
 * refused are reasons, and nothing else is.
 */
final class Judge {
    private final World world;
    private final CrmSide side;
    private final Diary diary;
    private final List<String> complaints = new ArrayList<>();
    private final Map<String, Integer> excused = new TreeMap<>();
    private final List<Review> reviews = new ArrayList<>();
    private final Map<String, Shown> paired = new HashMap<>();
    private final Excuses excuses;

    Judge(World world, CrmSide side) {
        this.world = world;
        this.side = side;
        this.diary = world.diary;
        this.excuses = new Excuses(world, side, reviews);
    }

    /** What is wrong; nothing when all is well. */
    List<String> complaints() {
        reviews.addAll(engine().reviews(world.host.sync).open(null, 1_000));
        rest();
        List<Shown> inKirim = world.kirimContacts();
        List<Shown> inCrm = side.contacts();
        once(inCrm);
        inKirim.forEach(contact -> kirim(contact, inCrm));
        inCrm.forEach(this::crm);
        new TalkJudge(world, side, paired, complaints::add).judge();
        return complaints;
    }

    /** How often two fields differed for a reason, by the reason. */
    Map<String, Integer> excused() {
        return excused;
    }

    private String name() {
        return side.name();
    }

    private SyncEngine engine() {
        return world.host.engine();
    }

    private void rest() {
        Status status = world.status();
        if (status.inbox() > 0 || status.deadLetters() > 0 || !status.paused().isEmpty()) {
            complaints.add("the engine is not at rest: " + status);
        }
        engine().deadLetters(world.host.sync).list(null, 10).forEach(letter -> complaints.add("dead letter " + letter));
    }

    /** Nobody is there twice by our doing; a record that was archived or merged away is not made again. */
    private void once(List<Shown> inCrm) {
        Map<String, String> byKey = new HashMap<>();
        for (Shown record : inCrm) {
            boolean ours = !diary.madeByPeople(side.noted(record.id()));
            if (record.key().isEmpty()) {
                complain(ours, name() + "'s " + record.id() + " was made by nobody, and for nobody");
                continue;
            }
            String twin = byKey.put(record.key(), record.id());
            complain(twin != null, record.key() + " is twice in " + name() + ", as " + twin + " and " + record.id());
            complain(
                    !diary.madeByPeople("kirim/" + record.key()),
                    name() + "'s " + record.id() + " is of " + record.key() + ", which never was");
            complain(
                    ours && !record.archived() && diary.mergedAway(side.word(), record.key()),
                    record.key() + " was made again as " + record.id() + " after it had been merged");
        }
    }

    private void complain(boolean wrong, String complaint) {
        if (wrong) {
            complaints.add(complaint);
        }
    }

    private void kirim(Shown contact, List<Shown> inCrm) {
        String id = contact.id();
        if (!diary.madeByPeople("kirim/" + id)) {
            complaints.add("Kirim's " + id + " was made by nobody");
        }
        stands("kirim", contact);
        Shown fellow = inCrm.stream()
                .filter(one -> !one.archived() && one.key().equals(id))
                .findFirst()
                .orElse(null);
        if (fellow == null
                && diary.somebodyIsTwo()
                && inCrm.stream().noneMatch(one -> one.key().equals(id))) {
            // Where somebody said that two records are one, that is all that joins them: no key is written for it.
            String link = world.link("kirim", id);
            fellow = inCrm.stream()
                    .filter(one ->
                            !one.archived() && one.key().isEmpty() && link.equals(world.link(side.word(), one.id())))
                    .findFirst()
                    .orElse(null);
        }
        if (fellow != null
                && fellow.key().isEmpty()
                && diary.mergedAway(side.word(), id)
                && standsForAnother(contact, fellow)) {
            excuse("contact MERGED");
        } else if (fellow != null && askedAbout(contact, fellow)) {
            excuse("contact REVIEW");
        } else if (fellow != null) {
            paired.put(id, fellow);
            compare(contact, fellow);
        } else if (!explained(contact, inCrm)) {
            complaints.add(id + " is not in " + name() + "\n" + world.why(RecordType.CONTACT, id, "name"));
        }
    }

    /**
     * Whether a record without a key, of which people made two, is held to another contact of Kirim in the same link, and shows all of
     * it: a vendor may drop the keys of both where it merges them into a third.
     */
    private boolean standsForAnother(Shown contact, Shown fellow) {
        String link = world.link("kirim", contact.id());
        return world.kirimContacts().stream()
                .filter(one -> !one.id().equals(contact.id()) && diary.mergedAway(side.word(), one.id()))
                .filter(one -> world.link("kirim", one.id()).equals(link))
                .anyMatch(one -> one.fields().equals(fellow.fields()));
    }

    /** Whether a person is asked if a record that bears the contact's key, and is of another link, is theirs at all. */
    private boolean askedAbout(Shown contact, Shown fellow) {
        String own = world.link("kirim", contact.id());
        String other = world.link(side.word(), fellow.id());
        return !own.equals(other)
                && reviews.stream().filter(Review::aboutIdentity).anyMatch(one -> about(one, own) && about(one, other));
    }

    private static boolean about(Review review, String link) {
        return review.link().equals(link) || review.candidates().contains(link);
    }

    /** Why a contact has no record in the CRM: people took it away, merged it, or are asked whose it is. */
    private boolean explained(Shown contact, List<Shown> inCrm) {
        if (diary.mergedAway(side.word(), contact.id())) {
            return excuse("contact MERGED");
        }
        if (inCrm.stream().anyMatch(one -> one.key().equals(contact.id()) && diary.isGone(side.noted(one.id())))) {
            return excuse("contact GONE");
        }
        String link = world.link("kirim", contact.id());
        if (reviews.stream()
                .filter(one -> one.aboutIdentity() || one.field() == null)
                .anyMatch(one -> about(one, link))) {
            return excuse("contact REVIEW");
        }
        if (!diary.somebodyIsTwo()) {
            return false;
        }
        List<Shown> fellows = inCrm.stream()
                .filter(one -> link.equals(world.link(side.word(), one.id())))
                .toList();
        // Where somebody said that two contacts of Kirim are one person, the second one is only kept in mind. A record
        // without
        // a key that is of this link by somebody's word was archived like any other.
        return fellows.stream().anyMatch(one -> !one.archived() && !one.key().isEmpty()) && excuse("contact SECONDARY")
                || fellows.stream().anyMatch(one -> diary.isGone(side.noted(one.id()))) && excuse("contact GONE");
    }

    private boolean excuse(String reason) {
        excused.merge(reason, 1, Integer::sum);
        return true;
    }

    private void crm(Shown record) {
        complain(
                record.archived() != diary.isGone(side.noted(record.id())),
                name() + "'s " + record.id() + " was archived or restored by nobody");
        if (!record.archived()) {
            stands(side.word(), record);
        }
    }

    /** What somebody wrote last where it is owned stands there; a blank does once the record had its fellow. */
    private void stands(String system, Shown record) {
        record.fields().forEach((field, value) -> {
            Diary.Entry entry = diary.last(system + "/" + record.id(), field);
            boolean owned = system.equals(Shown.OWNERS.get(field));
            // A blank that joins is filled, and whoever says that two are one joins them.
            boolean blankCounts = entry != null && entry.settled() && !diary.saidToBeOne(system);
            boolean counts = entry != null && (blankCounts || !Diary.blank(entry.value()));
            if (owned && counts && entry != null && !entry.value().equals(value)) {
                complaints.add(system + "/" + record.id() + "." + field + " was last written as '" + entry.value()
                        + "' by its owner's people, and is '" + value + "'");
            }
            complain(
                    !diary.ever(field, value),
                    system + "/" + record.id() + "." + field + " is '" + value + "', which nobody ever wrote");
        });
    }

    private void compare(Shown kirim, Shown crm) {
        for (String field : Shown.OWNERS.keySet()) {
            String here = kirim.field(field);
            String there = crm.field(field);
            if (!here.equals(there)) {
                String reason = excuses.of(kirim, crm, field);
                if (reason == null) {
                    complaints.add(kirim.id() + "." + field + ": Kirim shows '" + here + "', " + name() + "'s "
                            + crm.id()
                            + " '" + there + "'\n" + excuses.why(kirim, field).text()
                            + whoIsWho(excuses.why(kirim, field).link()));
                } else {
                    excuse(field + " " + reason);
                }
            }
        }
    }

    /** The records of a link, how they came to be, and what a person is asked about it. */
    private String whoIsWho(String link) {
        StringBuilder text = new StringBuilder("\n");
        text.append(engine().identities(world.host.sync).log(link).text()).append('\n');
        reviews.stream()
                .filter(one -> about(one, link))
                .forEach(one -> text.append("asked: ").append(one).append('\n'));
        return text.toString();
    }

    /** The requests that changed something while nobody did anything; those that ask are posted, too. */
    static List<String> writesWhileNothingHappens(World world) {
        List<AdminClient> all = new ArrayList<>(List.of(world.kirim));
        world.sides.forEach(one -> all.add(one.admin()));
        all.forEach(one -> one.any("DELETE", "/counts", null));
        world.recover();
        Set<String> writes = new HashSet<>();
        for (AdminClient one : all) {
            Map<?, ?> counts = (Map<?, ?>) one.any("GET", "/counts", null).getOrDefault("requests", Map.of());
            counts.forEach((request, count) -> writes.add(count + " x " + request));
        }
        writes.removeIf(request ->
                request.matches(".* GET .*|.* POST .*(/search|/query|/batch/read|webhook.*replay.*|.unknown path.)"));
        return List.copyOf(writes);
    }

    @SuppressWarnings("unchecked") // What the admin endpoints answer is JSON, whose objects have text for keys.
    static List<Map<String, Object>> maps(@Nullable Object list) {
        return list == null ? List.of() : (List<Map<String, Object>>) list;
    }
}
