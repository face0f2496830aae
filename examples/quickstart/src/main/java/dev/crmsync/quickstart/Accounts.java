package dev.crmsync.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the two systems are and how to get in.
 *
 * @param kirimUrl Kirim's base URL with its version
 * @param kirimToken the API key
 * @param phoneId the WhatsApp phone number's id
 * @param kirimAdmin the sandbox's admin endpoint for Kirim, or null for a real account
 * @param hubSpotUrl HubSpot's base URL
 * @param hubSpotToken the private app's token
 * @param clientSecret the app's client secret, which signs webhooks
 * @param appId the app's id
 * @param hubSpotAdmin the sandbox's admin endpoint for HubSpot, or null for a real account
 */
record Accounts(
        String kirimUrl,
        String kirimToken,
        String phoneId,
        @Nullable String kirimAdmin,
        String hubSpotUrl,
        String hubSpotToken,
        String clientSecret,
        String appId,
        @Nullable String hubSpotAdmin) {

    /** The accounts that the line of a sandbox tells of. */
    static Accounts sandbox(String line) {
        JsonNode kirim = Json.parse(line).get("kirim");
        JsonNode hubSpot = Json.parse(line).get("hubspot");
        return new Accounts(
                kirim.get("url").asText(),
                kirim.get("token").asText(),
                kirim.get("phoneId").asText(),
                kirim.get("admin").asText(),
                hubSpot.get("url").asText(),
                hubSpot.get("token").asText(),
                hubSpot.get("clientSecret").asText(),
                hubSpot.get("appId").asText(),
                hubSpot.get("admin").asText());
    }

    /** The real accounts that the environment names, if it names any. */
    static Optional<Accounts> real(Map<String, String> environment) {
        String key = environment.getOrDefault("KIRIM_API_KEY", "");
        String phone = environment.getOrDefault("KIRIM_PHONE_ID", "");
        String token = environment.getOrDefault("HUBSPOT_TOKEN", "");
        if (key.isBlank() && phone.isBlank() && token.isBlank()) {
            return Optional.empty();
        }
        if (key.isBlank() || phone.isBlank() || token.isBlank()) {
            throw new Options.UsageException(
                    "the environment names real accounts, but not fully: it needs KIRIM_API_KEY,"
                            + " KIRIM_PHONE_ID and HUBSPOT_TOKEN. Unset all three to run on the sandbox");
        }
        return Optional.of(new Accounts(
                environment.getOrDefault("KIRIM_URL", "https://api.kirim.chat/v1"),
                key,
                phone,
                null,
                environment.getOrDefault("HUBSPOT_URL", "https://api.hubapi.com"),
                token,
                environment.getOrDefault("HUBSPOT_CLIENT_SECRET", ""),
                environment.getOrDefault("HUBSPOT_APP_ID", ""),
                null));
    }

    @Override
    public String toString() {
        return "Accounts[" + kirimUrl + ", " + hubSpotUrl + "]";
    }
}
