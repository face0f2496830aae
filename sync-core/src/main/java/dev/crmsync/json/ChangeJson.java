package dev.crmsync.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.crmsync.planning.IdentityChange;
import dev.crmsync.spi.field.Value;
import java.util.ArrayList;
import java.util.List;

/** One change of identity as a list that begins with its name. The value of a suspicion is not in it. */
final class ChangeJson {
    private final ValueJson values;

    ChangeJson(ValueJson values) {
        this.values = values;
    }

    static ArrayNode write(IdentityChange change) {
        ArrayNode node = Json.array().add(change.getClass().getSimpleName());
        if (change instanceof IdentityChange.Born born) {
            node.add(born.link()).add(Json.ref(born.ref()));
        } else if (change instanceof IdentityChange.Attached attached) {
            node.add(attached.link()).add(Json.ref(attached.ref())).add(attached.evidence());
        } else if (change instanceof IdentityChange.Mentioned mentioned) {
            node.add(mentioned.link()).add(Json.ref(mentioned.ref()));
        } else if (change instanceof IdentityChange.Rekeyed rekeyed) {
            node.add(rekeyed.link()).add(Json.ref(rekeyed.from())).add(Json.ref(rekeyed.to()));
        } else if (change instanceof IdentityChange.Suspected suspected) {
            ArrayNode candidates = Json.array();
            suspected.candidates().forEach(candidates::add);
            node.add(suspected.link()).add(candidates).add(suspected.field());
        } else if (change instanceof IdentityChange.Joined joined) {
            node.add(joined.into()).add(joined.from());
        } else if (change instanceof IdentityChange.Merged merged) {
            node.add(merged.into())
                    .add(merged.from())
                    .add(Json.ref(merged.gone()))
                    .add(Json.ref(merged.survivor()));
        } else if (change instanceof IdentityChange.Converted converted) {
            node.add(converted.link()).add(Json.ref(converted.from())).add(Json.ref(converted.to()));
        } else if (change instanceof IdentityChange.Split split) {
            node.add(split.link()).add(Json.ref(split.ref())).add(split.own());
        } else if (change instanceof IdentityChange.Unlinked unlinked) {
            node.add(unlinked.link()).add(Json.ref(unlinked.ref())).add(unlinked.own());
        } else if (change instanceof IdentityChange.Followed followed) {
            node.add(followed.link()).add(Json.ref(followed.ref()));
        } else if (change instanceof IdentityChange.Separated separated) {
            node.add(separated.link()).add(separated.other());
        } else if (change instanceof IdentityChange.Claimed claimed) {
            node.add(claimed.link()).add(claimed.system());
        } else if (change instanceof IdentityChange.Confirmed confirmed) {
            node.add(confirmed.link()).add(Json.ref(confirmed.ref()));
        } else if (change instanceof IdentityChange.Gone gone) {
            node.add(gone.link()).add(Json.ref(gone.ref()));
        } else if (change instanceof IdentityChange.Undeleted undeleted) {
            node.add(undeleted.link()).add(Json.ref(undeleted.ref()));
        } else if (change instanceof IdentityChange.Erased erased) {
            node.add(erased.link());
        }
        return node;
    }

    IdentityChange read(JsonNode node, JsonNode personal, String what) {
        String link = node.path(1).asText();
        return switch (node.path(0).asText()) {
            case "Born" -> new IdentityChange.Born(link, Json.ref(node.path(2)));
            case "Attached" ->
                new IdentityChange.Attached(
                        link, Json.ref(node.path(2)), node.path(3).asText());
            case "Mentioned" -> new IdentityChange.Mentioned(link, Json.ref(node.path(2)));
            case "Rekeyed" -> new IdentityChange.Rekeyed(link, Json.ref(node.path(2)), Json.ref(node.path(3)));
            case "Suspected" -> {
                List<String> candidates = new ArrayList<>();
                node.path(2).forEach(candidate -> candidates.add(candidate.asText()));
                Value value = personal.isMissingNode() ? Value.EMPTY : values.readValue(personal);
                yield new IdentityChange.Suspected(
                        link, candidates, node.path(3).asText(), value);
            }
            case "Joined" -> new IdentityChange.Joined(link, node.path(2).asText());
            case "Merged" ->
                new IdentityChange.Merged(link, node.path(2).asText(), Json.ref(node.path(3)), Json.ref(node.path(4)));
            case "Converted" -> new IdentityChange.Converted(link, Json.ref(node.path(2)), Json.ref(node.path(3)));
            case "Split" ->
                new IdentityChange.Split(
                        link, Json.ref(node.path(2)), node.path(3).asText());
            case "Unlinked" ->
                new IdentityChange.Unlinked(
                        link, Json.ref(node.path(2)), node.path(3).asText());
            case "Followed" -> new IdentityChange.Followed(link, Json.ref(node.path(2)));
            case "Separated" -> new IdentityChange.Separated(link, node.path(2).asText());
            case "Claimed" -> new IdentityChange.Claimed(link, node.path(2).asText());
            case "Confirmed" -> new IdentityChange.Confirmed(link, Json.ref(node.path(2)));
            case "Gone" -> new IdentityChange.Gone(link, Json.ref(node.path(2)));
            case "Undeleted" -> new IdentityChange.Undeleted(link, Json.ref(node.path(2)));
            case "Erased" -> new IdentityChange.Erased(link);
            default ->
                throw Json.unreadable(
                        what + " holds a '" + node.path(0).asText()
                                + "', which this version of crm-sync does not know; run the version that wrote it, or a newer one");
        };
    }
}
