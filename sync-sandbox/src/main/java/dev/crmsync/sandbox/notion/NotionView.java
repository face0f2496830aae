package dev.crmsync.sandbox.notion;

import dev.crmsync.sandbox.http.Request;
import dev.crmsync.sandbox.notion.NotionState.DataSource;
import dev.crmsync.sandbox.notion.NotionState.Property;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a request wants to see of a page.
 *
 * @param edition the version of the API that it speaks
 * @param only the ids of the properties that it wants; null for all
 * @param most how many references it sees of each
 */
record NotionView(NotionEdition edition, @Nullable Set<String> only, int most) {
    /** References that a page or a query shows of each property. */
    static final int REFERENCES = 25;

    /** Everything, as nobody sees it over the API. */
    static final NotionView WHOLE = new NotionView(NotionEdition.TRASH, null, Integer.MAX_VALUE);

    static NotionView of(Request request, @Nullable DataSource source) {
        Set<String> only = null;
        for (String name : List.of("filter_properties", "filter_properties[]")) {
            for (String key : request.query().getOrDefault(name, List.of())) {
                only = only == null ? new HashSet<>() : only;
                if (source != null) {
                    only.add(NotionSchema.present(source, key).id);
                }
            }
        }
        return new NotionView(NotionEdition.of(request), only, REFERENCES);
    }

    /** Whether it wants this property. */
    boolean wants(Property property) {
        Set<String> wanted = only;
        return wanted == null || wanted.contains(property.id);
    }
}
