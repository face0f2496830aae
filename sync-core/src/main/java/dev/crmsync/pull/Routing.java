package dev.crmsync.pull;

import dev.crmsync.fields.Lenses;
import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.pacing.PacedCalls;
import dev.crmsync.pacing.Pacer;
import dev.crmsync.pacing.Sleeper;
import dev.crmsync.planning.LinkState;
import dev.crmsync.planning.Rules;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.Field;
import dev.crmsync.spi.field.Value;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.Lane;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Lists the conversations that wait for somebody, as a system shows them now. Thread-safe. */
public final class Routing {
    private final Ledger ledger;
    private final SyncContext context;
    private final PacedCalls calls;

    /**
     * The routing of a sync.
     *
     * @param ledger knows the links
     * @param pacers the pacer of each system
     * @param sleeper lets time pass while a vendor asks to be left alone
     */
    public Routing(Ledger ledger, Map<String, Pacer> pacers, Sleeper sleeper) {
        this.ledger = ledger;
        this.context = ledger.context();
        this.calls = new PacedCalls(pacers, sleeper, Lane.LIVE, () -> {});
    }

    /**
     * The open conversations that have no assignee.
     *
     * @param system the system that is asked
     * @return the conversations, in the system's order, each once
     * @throws SyncException of kind CONFIGURATION when the system lists no conversations
     */
    public List<Unassigned> unassigned(String system) {
        Rules rules = context.rules().get();
        Mapping mapping = rules.system(system)
                .flatMap(known -> known.mapping(Conversation.TYPE))
                .orElse(null);
        if (mapping == null
                || !(context.adapter(system) instanceof ListsAll lister)
                || !Listings.walkable(context, system).contains(Conversation.TYPE)) {
            throw SyncException.configuration("sync " + context.sync() + ": system " + system
                            + " lists no conversations; name one that carries the type '" + Conversation.TYPE + "'")
                    .inSystem(system);
        }
        Map<RecordRef, Unassigned> waiting = new LinkedHashMap<>();
        @Nullable String cursor = null;
        do {
            String from = cursor;
            Page page = calls.call(system, Operation.LIST_ALL, () -> lister.list(Conversation.TYPE, from));
            page.events().stream()
                    .filter(event -> event.ref().type().equals(Conversation.TYPE))
                    .filter(event -> waits(system, mapping, event, rules.lenses()))
                    .forEach(event -> waiting.put(event.ref(), described(mapping, event)));
            cursor = page.next() != null && page.next().equals(from) ? null : page.next();
        } while (cursor != null);
        return new ArrayList<>(waiting.values());
    }

    /** What a system does not tell of an assignee is not held against a conversation: better routed twice than never. */
    private static boolean waits(String system, Mapping mapping, ChangeEvent event, Lenses lenses) {
        Map<String, NativeValue> slots = lenses.slots(mapping, event.properties());
        boolean open = mapping.carrying(Conversation.STATUS)
                .map(mapped -> lenses.get(system, mapped, Conversation.STATUS, slots, ref -> null))
                .filter(Value.text(Conversation.OPEN)::equals)
                .isPresent();
        NativeValue assignee = raw(mapping, event, Conversation.ASSIGNEE);
        return open && (assignee == null || assignee.isBlank());
    }

    private static @Nullable NativeValue raw(Mapping mapping, ChangeEvent event, Field field) {
        return mapping.carrying(field)
                .map(mapped -> event.properties().get(mapped.lens().properties().get(0)))
                .orElse(null);
    }

    private Unassigned described(Mapping mapping, ChangeEvent event) {
        RecordRef ref = event.ref();
        RecordRef contact = raw(mapping, event, Conversation.CONTACT) instanceof NativeValue.Text id
                        && !id.text().isBlank()
                ? new RecordRef(ref.system(), Contact.TYPE, id.text())
                : null;
        return new Unassigned(ref, contact, elsewhere(ref), contact == null ? new TreeMap<>() : elsewhere(contact));
    }

    private SortedMap<String, RecordRef> elsewhere(RecordRef ref) {
        SortedMap<String, RecordRef> elsewhere = new TreeMap<>();
        String id = context.store().linkIds(context.sync(), List.of(ref)).get(ref);
        LinkState link = id == null ? null : ledger.load(List.of(id)).get(id);
        if (link != null) {
            link.sides().keySet().forEach(system -> {
                RecordRef other = link.ref(system);
                if (other != null && !system.equals(ref.system())) {
                    elsewhere.put(system, other);
                }
            });
        }
        return elsewhere;
    }
}
