package dev.crmsync.pull;

import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.pacing.Pacer;
import dev.crmsync.planning.Rules;
import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.adapter.ListsAll;
import dev.crmsync.spi.adapter.Operation;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Which listings a sync has. */
public final class Listings {
    private Listings() {}

    /**
     * The record types that a sync follows at a system, in the order of the policy.
     *
     * @param context the sync
     * @param system the system
     * @return the types that the policy names, the system maps and its adapter speaks
     */
    public static List<RecordType> types(SyncContext context, String system) {
        Rules rules = context.rules().get();
        return rules.policy().types().stream()
                .filter(type -> rules.system(system)
                        .filter(known -> known.mapping(type.name()).isPresent()
                                && known.declaration().type(type.name()).isPresent())
                        .isPresent())
                .toList();
    }

    /**
     * The walks of all records of all types at all systems that can be walked: type by type in the order of the policy,
     * and within a type first the system whose ids the others keep, so that their records join its links.
     *
     * @param ledger takes what is listed
     * @param pacers the pacer of each system
     * @return the walks, in order
     */
    public static List<Walk> walks(Ledger ledger, Map<String, Pacer> pacers) {
        SyncContext context = ledger.context();
        Rules rules = context.rules().get();
        List<String> systems = new ArrayList<>(context.adapters().keySet());
        String anchor = rules.anchor();
        if (anchor != null && systems.remove(anchor)) {
            systems.add(0, anchor);
        }
        List<Walk> walks = new ArrayList<>();
        for (RecordType type : rules.policy().types()) {
            for (String system : systems) {
                if (walkable(context, system).contains(type.name())) {
                    walks.add(new Walk(ledger, pacer(pacers, system), system, type.name()));
                }
            }
        }
        return walks;
    }

    /**
     * The record types that a sync follows at a system and that can be walked there.
     *
     * @param context the sync
     * @param system the system
     * @return their names, in the order of the policy
     */
    public static List<String> walkable(SyncContext context, String system) {
        if (!(context.adapter(system) instanceof ListsAll)) {
            return List.of();
        }
        return types(context, system).stream()
                .map(RecordType::name)
                .filter(type -> can(context, system, type, Operation.LIST_ALL))
                .toList();
    }

    /** Whether the adapter of a system, if it can do a thing at all, can do it with a type. */
    static boolean can(SyncContext context, String system, String type, Operation operation) {
        return context.adapter(system)
                .declaration()
                .type(type)
                .filter(declared -> declared.can(operation))
                .isPresent();
    }

    /** Whether a listing of all shows only some of a type, so that there may rightly be none on it. */
    static boolean listsSome(SyncContext context, String system, String type) {
        return context.adapter(system)
                .declaration()
                .type(type)
                .filter(TypeDeclaration::listsSome)
                .isPresent();
    }

    static Pacer pacer(Map<String, Pacer> pacers, String system) {
        Pacer pacer = pacers.get(system);
        if (pacer == null) {
            throw SyncException.configuration("system " + system + " has no pacer; give one for every system")
                    .inSystem(system);
        }
        return pacer;
    }
}
