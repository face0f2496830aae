package dev.crmsync.sandbox.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.crmsync.sandbox.pipedrive.PipedriveState.Item;
import org.jspecify.annotations.Nullable;

/** What a kind of records takes: checks a write and says what it comes to. */
interface PipedriveRules {
    /**
     * The values that a write sets, null where it clears one; throws a refusal in the vendor's words. Custom fields are
     * an object of those that the write names.
     *
     * @param before the record, or null for a new one, which gets its defaults
     */
    ObjectNode accept(@Nullable Item before, JsonNode body, PipedriveOrigin origin);
}
