package dev.crmsync.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.adapter.hubspot.HubSpot;
import dev.crmsync.spi.adapter.SystemDefinition;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A HubSpot portal.
 *
 * @param url HubSpot's base URL
 * @param token the private app's token
 * @param clientSecret the app's client secret, which signs webhooks
 * @param appId the app's id
 * @param admin the sandbox's admin endpoint, or null for a real account
 */
record HubSpotAccount(
        String url,
        String token,
        String clientSecret,
        String appId,
        @Nullable String admin) implements CrmAccount {

    static HubSpotAccount sandbox(JsonNode line) {
        return new HubSpotAccount(
                line.get("url").asText(),
                line.get("token").asText(),
                line.get("clientSecret").asText(),
                line.get("appId").asText(),
                line.get("admin").asText());
    }

    static HubSpotAccount real(String token, Map<String, String> environment) {
        return new HubSpotAccount(
                environment.getOrDefault("HUBSPOT_URL", "https://api.hubapi.com"),
                token,
                environment.getOrDefault("HUBSPOT_CLIENT_SECRET", ""),
                environment.getOrDefault("HUBSPOT_APP_ID", ""),
                null);
    }

    @Override
    public String name() {
        return "HubSpot";
    }

    @Override
    public String word() {
        return CrmChoice.HUBSPOT.word();
    }

    @Override
    public SystemDefinition system(URI webhooks, Notes notes) {
        return HubSpot.privateApp(token)
                .baseUrl(URI.create(url))
                .clientSecret(clientSecret)
                .appId(appId)
                // The sandbox grants what the larger plans do.
                .limits(admin == null ? 100 : 190, 250_000)
                .metadata("crm_segment", "crm_segment")
                .metadata("source", "kirim_source");
    }

    @Override
    public Crm crm() {
        return new HubSpotCrm(this);
    }

    @Override
    public String toString() {
        return "HubSpot[" + url + "]";
    }
}
