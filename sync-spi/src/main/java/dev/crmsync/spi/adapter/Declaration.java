package dev.crmsync.spi.adapter;

import java.util.List;
import java.util.Optional;

/**
 * What an adapter declares, once for the system and once for each record type. The planner, the pacing and the linter
 * rely on it; a contract kit measures it. Immutable.
 *
 * @param vendor the vendor's name, as the provider's
 * @param issuesJoinKey whether this vendor's ids are the stable ids that the other systems keep as external id
 * @param types one declaration for each record type
 * @param quotas the budgets of calls
 */
public record Declaration(String vendor, boolean issuesJoinKey, List<TypeDeclaration> types, List<Quota> quotas) {
    /** Copies the lists. */
    public Declaration {
        types = List.copyOf(types);
        quotas = List.copyOf(quotas);
    }

    /**
     * What is declared about one record type.
     *
     * @param type the canonical type
     * @return its declaration, or empty when the adapter does not speak it
     */
    public Optional<TypeDeclaration> type(String type) {
        return types.stream().filter(declared -> declared.type().equals(type)).findFirst();
    }
}
