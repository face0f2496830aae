package dev.crmsync.ledger;

import dev.crmsync.identity.Identity;
import dev.crmsync.identity.Situation;
import dev.crmsync.json.LinkCodec;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Rules;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.LinkRow;
import dev.crmsync.spi.store.MatchKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one round of postings works on: links as they are stored, and over them the links as planned by the postings that
 * are done. What is known to be needed is fetched at once for all postings, the rest when it is asked for.
 */
final class Desk {
    final SyncContext context;
    final Rules rules;
    final Instant at;

    private final LinkCodec codec = new LinkCodec();
    private final MatchKeys keys;
    private final Map<String, LinkRow> rows = new HashMap<>();
    private final Map<String, LinkState> stored = new HashMap<>();
    private final Map<String, RuntimeException> unreadable = new HashMap<>();
    private final Set<String> fetched = new HashSet<>();
    private final Map<RecordRef, Optional<String>> owners = new HashMap<>();
    private final Map<MatchKey, List<String>> bearers = new HashMap<>();

    private final Map<String, LinkState> planned = new TreeMap<>();
    private final Map<RecordRef, String> plannedOwners = new HashMap<>();
    private final Map<String, Set<MatchKey>> plannedKeys = new HashMap<>();

    Desk(SyncContext context, MatchKeys keys) {
        this.context = context;
        this.keys = keys;
        this.rules = context.rules().get();
        this.at = context.now();
    }

    void fetchLinks(Collection<String> ids) {
        Set<String> missing = new TreeSet<>(ids);
        missing.removeAll(fetched);
        if (missing.isEmpty()) {
            return;
        }
        fetched.addAll(missing);
        for (LinkRow row : context.store().links(context.sync(), missing)) {
            rows.put(row.id(), row);
            try {
                stored.put(row.id(), codec.decode(row));
            } catch (RuntimeException e) {
                unreadable.put(row.id(), e);
            }
        }
    }

    void fetchOwners(Collection<RecordRef> refs) {
        Set<RecordRef> missing = new TreeSet<>(refs);
        missing.removeAll(owners.keySet());
        if (missing.isEmpty()) {
            return;
        }
        Map<RecordRef, String> found = context.store().linkIds(context.sync(), missing);
        missing.forEach(ref -> owners.put(ref, Optional.ofNullable(found.get(ref))));
        fetchLinks(found.values());
    }

    void fetchBearers(String type, Collection<Situation.Match> matches) {
        Set<MatchKey> wanted = new HashSet<>();
        matches.forEach(match -> wanted.add(keys.of(type, match)));
        fetchBearers(wanted);
    }

    MatchKey key(String type, Situation.Match match) {
        return keys.of(type, match);
    }

    void fetchBearers(Set<MatchKey> wanted) {
        Set<MatchKey> missing = MatchKeys.without(wanted, bearers.keySet());
        if (missing.isEmpty()) {
            return;
        }
        Map<MatchKey, List<String>> found = context.store().matches(context.sync(), missing);
        missing.forEach(key -> bearers.put(key, found.getOrDefault(key, List.of())));
        Set<String> links = new TreeSet<>();
        found.values().forEach(links::addAll);
        fetchLinks(links);
    }

    /** The link as the postings that are done have left it. */
    @Nullable LinkState link(String id) {
        LinkState mine = planned.get(id);
        return mine != null ? mine : stored(id);
    }

    /** The link as it is stored. */
    @Nullable LinkState stored(String id) {
        fetchLinks(List.of(id));
        RuntimeException failure = unreadable.get(id);
        if (failure != null) {
            throw failure;
        }
        return stored.get(id);
    }

    @Nullable LinkRow row(String id) {
        return rows.get(id);
    }

    boolean isPlanned(String id) {
        return planned.containsKey(id);
    }

    @Nullable String owner(RecordRef ref) {
        String mine = plannedOwners.get(ref);
        if (mine != null) {
            return mine;
        }
        fetchOwners(List.of(ref));
        // A link that was planned and held the record still would be among the planned owners.
        return owners.getOrDefault(ref, Optional.empty())
                .filter(link -> !planned.containsKey(link))
                .orElse(null);
    }

    List<String> bearers(String type, Situation.Match match) {
        MatchKey key = keys.of(type, match);
        fetchBearers(Set.of(key));
        Set<String> links = new TreeSet<>();
        for (String link : bearers.getOrDefault(key, List.of())) {
            if (!planned.containsKey(link)) {
                links.add(link);
            }
        }
        plannedKeys.forEach((link, theirs) -> {
            if (theirs.contains(key)) {
                links.add(link);
            }
        });
        return new ArrayList<>(links);
    }

    Set<MatchKey> keysOf(LinkState link) {
        return keys.of(link, rules);
    }

    /** What an erased link bears of records that it had. */
    Set<MatchKey> graves(String type, Collection<RecordRef> refs) {
        Set<MatchKey> graves = new HashSet<>();
        refs.forEach(ref -> graves.add(keys.of(type, Identity.erased(ref))));
        return graves;
    }

    /** The link under the version that its row took on when it was written though nothing about it had changed. */
    LinkState guarded(LinkState link) {
        LinkRow row = rows.get(link.id());
        if (row == null || row.version() != link.seq()) {
            return link;
        }
        return codec.decode(new LinkRow(row.id(), row.type(), row.version() + 1, row.rulesHash(), row.document()));
    }

    /** Takes over what a posting has planned. */
    void take(Collection<LinkState> links) {
        for (LinkState link : links) {
            LinkState before = planned.put(link.id(), link);
            if (before != null) {
                before.refs().forEach(ref -> plannedOwners.remove(ref, link.id()));
            }
            link.refs().forEach(ref -> plannedOwners.put(ref, link.id()));
            plannedKeys.put(link.id(), keysOf(link));
        }
    }
}
