package dev.crmsync.tests.histories;

import dev.crmsync.engine.Why;
import dev.crmsync.planning.Stance;
import dev.crmsync.review.Review;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.model.RecordRef;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Why Kirim and a CRM may show a field of one person otherwise: what people did and said, an open review, or a value that was refused. */
final class Excuses {
    private final World world;
    private final CrmSide side;
    private final Diary diary;
    private final List<Review> reviews;

    Excuses(World world, CrmSide side, List<Review> reviews) {
        this.world = world;
        this.side = side;
        this.diary = world.diary;
        this.reviews = reviews;
    }

    /** Why two values differ, or null when nothing says so. */
    @Nullable String of(Shown kirim, Shown crm, String field) {
        Why why = why(kirim, field);
        if (why.agreed() == null && neverOwned(kirim, crm, field)) {
            // What others write where the owner never had anything is left there: there is nothing to put in its place.
            return "NEVER_OWNED";
        }
        if (field.equals("labels") && (world.kirimForgets || !diary.labelsTold("kirim/" + kirim.id()))) {
            // No read shows Kirim's labels.
            return "NEVER_TOLD";
        }
        if (reviews.stream().anyMatch(one -> one.link().equals(why.link()) && field.equals(one.field()))) {
            return "REVIEW";
        }
        if (diary.somebodyIsTwo()
                && reviews.stream().anyMatch(one -> one.link().equals(why.link()) && one.field() == null)) {
            // Two records of one system are of one link: one of them is followed, and a person was told of the other.
            return "REVIEW of two";
        }
        if (diary.saidToBeOne(side.word()) && followed(kirim, crm, field)) {
            return "SECONDARY";
        }
        boolean refused = why.systems().values().stream().anyMatch(at -> at.stance() == Stance.REFUSED);
        return refused ? "REFUSED" : null;
    }

    /** Whether whoever decides a field never had a value for it. */
    private boolean neverOwned(Shown kirim, Shown crm, String field) {
        String system = Objects.requireNonNull(Shown.OWNERS.get(field));
        Shown owner = system.equals("kirim") ? kirim : system.equals(side.word()) ? crm : inPrimary(kirim.id());
        if (owner == null) {
            return true;
        }
        Diary.Entry entry = diary.last(system + "/" + owner.id(), field);
        return Diary.blank(owner.field(field)) && (entry == null || Diary.blank(entry.value()));
    }

    private @Nullable Shown inPrimary(String key) {
        return world.crmContacts().stream()
                .filter(one -> !one.archived() && one.key().equals(key))
                .findFirst()
                .orElse(null);
    }

    /**
     * Whether another contact of Kirim in the same link is the one that is followed: this record of the CRM is held to it, or another
     * record of the link is, and then of these two each is a second one, by somebody's word.
     */
    private boolean followed(Shown kirim, Shown crm, String field) {
        String link = world.link("kirim", kirim.id());
        return world.kirimContacts().stream()
                .filter(one -> !one.id().equals(kirim.id())
                        && world.link("kirim", one.id()).equals(link))
                .anyMatch(one -> one.field(field).equals(crm.field(field)) || fellowOf(one, crm, field, link));
    }

    private boolean fellowOf(Shown kirim, Shown other, String field, String link) {
        return side.contacts().stream()
                .filter(one -> !one.archived()
                        && !one.id().equals(other.id())
                        && one.key().equals(kirim.id())
                        && world.link(side.word(), one.id()).equals(link))
                .anyMatch(one -> one.field(field).equals(kirim.field(field)));
    }

    Why why(Shown kirim, String field) {
        return world.host
                .engine()
                .why(
                        world.host.sync,
                        new RecordRef("kirim", "contact", kirim.id()),
                        RecordType.CONTACT.field(field).orElseThrow());
    }
}
