package dev.crmsync.adapter.notion;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.spi.model.Origin;
import java.util.Set;

/**
 * Who is named as the authors of an event. One event may tell of what several people and bots did, and the vendor names a bot by one
 * id or another, so it is ours only where each author is one of ours.
 */
final class Authors {
    private final Set<String> ours;

    /**
     * @param ours the ids under which Notion names this connection; none when nobody has told
     */
    Authors(Set<String> ours) {
        this.ours = Set.copyOf(ours);
    }

    /** What the authors of an event say about its origin: evidence, and no proof. */
    Origin origin(JsonNode event) {
        if (ours.isEmpty()) {
            return Origin.UNKNOWN;
        }
        int met = 0;
        int own = 0;
        for (JsonNode author : event.path("authors")) {
            boolean bot = author.path("type").asText("").equals("bot");
            boolean known = Ids.of(author.path("id")).filter(ours::contains).isPresent();
            met++;
            own += bot && known ? 1 : 0;
        }
        if (met == 0 || own > 0 && own < met) {
            return Origin.UNKNOWN;
        }
        return own == met ? Origin.OURS : Origin.OTHERS;
    }
}
