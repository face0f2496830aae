package dev.crmsync.tests.architecture.broken.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import dev.crmsync.tests.architecture.broken.adapter.kirim.SeesCoreAndNeighbour;
import java.util.List;
import javax.sql.DataSource;

/** Knows a vendor, a database, a codec and a phone library, prints, logs past the embedder, and shows Jackson to everyone. */
public final class SeesAll {
    public List<JsonNode> everything(DataSource database, SeesCoreAndNeighbour adapter) {
        java.util.logging.Logger.getLogger("engine").info(adapter.getClass().getName());
        System.out.println(
                database.getClass().getName() + PhoneNumberUtil.getInstance().getSupportedRegions());
        return List.of();
    }
}
