package dev.crmsync.safety;

import dev.crmsync.planning.Difference;
import dev.crmsync.planning.Due;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Parting;
import dev.crmsync.planning.Planner;
import dev.crmsync.planning.Rules;
import dev.crmsync.spi.store.DueRow;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would be done about one link at one system if held work were let go now.
 *
 * @param row the due work
 * @param link the link, or null when it is no longer there
 * @param need what would be done first, or null when nothing would
 * @param changes the fields that would be written
 */
record HeldWork(DueRow row, @Nullable LinkState link, Due.@Nullable Need need, List<Difference.FieldChange> changes) {

    static HeldWork of(DueRow row, @Nullable LinkState link, Rules rules) {
        if (link == null) {
            return new HeldWork(row, null, null, List.of());
        }
        Parting parting = link.side(row.system()).life().parting();
        boolean archives = parting != null
                && Planner.due(link, rules).stream()
                        .anyMatch(due -> due.system().equals(row.system()) && due.need() == Due.Need.ARCHIVE);
        if (archives) {
            return new HeldWork(row, link, Due.Need.ARCHIVE, List.of());
        }
        Difference.Preview preview =
                Difference.preview(link, row.system(), rules).orElse(null);
        if (preview != null) {
            return new HeldWork(row, link, preview.need(), preview.changes());
        }
        boolean reads = link.side(row.system()).wanted() != null;
        return new HeldWork(row, link, reads ? Due.Need.READ : null, List.of());
    }

    boolean writes() {
        return need == Due.Need.CREATE || need == Due.Need.UPDATE || archives();
    }

    boolean archives() {
        return need == Due.Need.ARCHIVE;
    }

    /** Whether the record is read, be it alone or before it is written. */
    boolean reads() {
        return link != null && link.side(row.system()).wanted() != null;
    }

    /**
     * The same for the same work, and for no other. The link's version is no part of it: it grows with every event that is
     * looked at, also with one that changes nothing.
     */
    String digest() {
        StringBuilder text = new StringBuilder();
        part(text, row.link());
        part(text, row.system());
        part(text, link == null ? "" : String.valueOf(link.ref(row.system())));
        part(text, String.valueOf(need));
        part(text, Boolean.toString(reads()));
        for (Difference.FieldChange change : changes) {
            part(text, change.field());
            part(text, String.valueOf(change.from()));
            part(text, change.to().toString());
        }
        return HexFormat.of().formatHex(sha256().digest(text.toString().getBytes(StandardCharsets.UTF_8)));
    }

    private static void part(StringBuilder text, String part) {
        text.append(part.length()).append(':').append(part);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }
}
