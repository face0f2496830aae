package dev.crmsync.adapter.hubspot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpAnswer;
import dev.crmsync.http.HttpCall;
import dev.crmsync.http.HttpReply;
import dev.crmsync.http.Json;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.SetupStep.State;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.Conversation;
import dev.crmsync.spi.field.User;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What HubSpot says about the access token: its scopes, its app and its account. Tokens of other kinds than private apps
 * are not told about; then one read shows whether contacts can be read, and the rest is for a person to check.
 */
final class TokenInfo {
    private static final Map<String, List<String>> SCOPES = Map.of(
            Contact.TYPE,
            List.of("crm.objects.contacts.read", "crm.objects.contacts.write", "crm.schemas.contacts.write"),
            Conversation.TYPE,
            List.of("tickets"),
            User.TYPE,
            List.of("crm.objects.owners.read"));

    private final Api api;
    private final SecretSource token;
    private final Settings settings;

    TokenInfo(Api api, SecretSource token, Settings settings) {
        this.api = api;
        this.token = token;
        this.settings = settings;
    }

    /** The steps for the types that the sync follows. */
    List<SetupStep> steps(Collection<String> types) {
        List<String> scopes = new TreeSet<>(types)
                .stream()
                        .flatMap(type -> SCOPES.getOrDefault(type, List.of()).stream())
                        .toList();
        List<String> current = token.current();
        // The call bears the token in its body, and no message shows a body.
        HttpReply reply = api.send(HttpCall.post("/oauth/v2/private-apps/get/access-token-info")
                .body(Json.object().put("tokenKey", current.isEmpty() ? "" : current.get(0)))
                .reading());
        if (reply instanceof HttpAnswer answer && answer.ok() && answer.json().isPresent()) {
            return told(answer.json().get(), scopes);
        } else if (reply instanceof HttpAnswer answer && answer.status() == 401) {
            throw Api.fault(answer);
        }
        return probed(scopes);
    }

    private List<SetupStep> told(JsonNode info, List<String> scopes) {
        Set<String> granted = new HashSet<>();
        info.path("scopes").forEach(scope -> granted.add(scope.asText("")));
        List<SetupStep> steps = new ArrayList<>();
        for (String scope : scopes) {
            steps.add(
                    granted.contains(scope)
                            ? new SetupStep(State.PRESENT, "scope " + scope)
                            : new SetupStep(State.BY_HAND, "give the app the scope " + scope));
        }
        compare("appId", settings.appId(), info.path("appId").asText(""), steps);
        compare("portalId", settings.portalId(), info.path("hubId").asText(""), steps);
        return steps;
    }

    private static void compare(String setting, @Nullable String given, String told, List<SetupStep> steps) {
        if (!told.matches("[0-9]{1,18}") || told.equals(given)) {
            return;
        }
        steps.add(new SetupStep(
                State.BY_HAND,
                (given == null ? "add " : "this token belongs to another one than was configured: correct it to ")
                        + setting + "(\"" + told + "\") on the HubSpot system"));
    }

    private List<SetupStep> probed(List<String> scopes) {
        // Throws with the remedy when contacts cannot be read.
        api.read(HttpCall.get(api.objects("")).query("limit", "1"));
        String read = "crm.objects.contacts.read";
        List<String> others =
                scopes.stream().filter(scope -> !scope.equals(read)).toList();
        return List.of(
                new SetupStep(State.PRESENT, "scope " + read),
                new SetupStep(
                        State.BY_HAND,
                        "check that the app has the scopes " + String.join(", ", others)
                                + ": HubSpot does not tell about this kind of token"));
    }
}
