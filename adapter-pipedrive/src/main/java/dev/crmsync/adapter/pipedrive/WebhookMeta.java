package dev.crmsync.adapter.pipedrive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.Signatures;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The head of a webhook in version 2, read with suspicion: every member is optional and may have any JSON type. */
final class WebhookMeta {
    private static final Pattern UUID = Pattern.compile("[0-9a-zA-Z-]{8,64}");

    private final JsonNode json;

    WebhookMeta(JsonNode json) {
        this.json = json;
    }

    String action() {
        return text("action");
    }

    String entity() {
        return text("entity");
    }

    String companyId() {
        return text("company_id");
    }

    /** The record that it is about. */
    Optional<String> entityId() {
        return id(json.path("entity_id"));
    }

    /** The record that this one was merged into, which the deletion of a merge tells. */
    Optional<String> mergedTo() {
        return id(json.path("merged_to_id"));
    }

    /** The records that were merged into this one, which the change of a merge tells. */
    List<String> mergedFrom() {
        List<String> ids = new ArrayList<>();
        JsonNode from = json.path("merged_from_id");
        if (from.isArray()) {
            from.forEach(one -> id(one).ifPresent(ids::add));
        } else {
            id(from).ifPresent(ids::add);
        }
        return ids;
    }

    /** When it happened: a text, or seconds since 1970, of which the guide shows ten digits. */
    Optional<Instant> timestamp() {
        JsonNode told = json.path("timestamp");
        boolean seconds = told.isIntegralNumber() && told.asText().matches("[0-9]{10}");
        return seconds ? Optional.of(Instant.ofEpochSecond(told.asLong())) : Times.of(told);
    }

    /** True from then on, to the end of the second where no more than that is told. */
    AsOf asOf(Instant otherwise) {
        Optional<Instant> told = timestamp();
        return told.isPresent() && json.path("timestamp").isIntegralNumber()
                ? AsOf.coarse(told.get(), Duration.ofSeconds(1))
                : AsOf.at(told.orElse(otherwise));
    }

    /** The same for every attempt at one delivery: Pipedrive's own id, else what it says. It bears no values. */
    String dedupeKey() {
        String own = text("id");
        if (UUID.matcher(own).matches()) {
            return own;
        }
        String said = String.join(
                "|", companyId(), action(), entity(), text("entity_id"), text("timestamp"), text("correlation_id"));
        return "sha256:" + Signatures.hex(Signatures.sha256(Bytes.utf8(said)));
    }

    /**
     * Who made the change, as far as the marks tell: {@code api} is any integration, and what people change in bulk looks like one.
     * Ours it is only when nobody else works as our user.
     *
     * @param ours the user that nobody but this sync works as, or null
     */
    Origin origin(@Nullable String ours) {
        String source = text("change_source");
        if (source.equals("app")) {
            return Origin.OTHERS;
        }
        boolean marked = source.equals("api")
                && ours != null
                && json.path("is_bulk_edit").isBoolean()
                && !json.path("is_bulk_edit").booleanValue();
        return marked ? text("user_id").equals(ours) ? Origin.OURS : Origin.OTHERS : Origin.UNKNOWN;
    }

    private String text(String member) {
        JsonNode value = json.path(member);
        return value.isValueNode() && !value.isNull() ? value.asText() : "";
    }

    private static Optional<String> id(JsonNode value) {
        String text = value.isTextual() || value.isIntegralNumber() ? value.asText() : "";
        return Optional.of(text).filter(Rows.ID.asMatchPredicate());
    }
}
