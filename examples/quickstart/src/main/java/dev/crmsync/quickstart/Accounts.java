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
 * @param crm the CRM
 */
record Accounts(
        String kirimUrl,
        String kirimToken,
        String phoneId,
        @Nullable String kirimAdmin,
        CrmAccount crm) {

    /** The accounts that the line of a sandbox tells of. */
    static Accounts sandbox(String line, CrmChoice choice) {
        JsonNode all = Json.parse(line);
        JsonNode kirim = all.get("kirim");
        return new Accounts(
                kirim.get("url").asText(),
                kirim.get("token").asText(),
                kirim.get("phoneId").asText(),
                kirim.get("admin").asText(),
                choice.sandbox(all));
    }

    /** The real accounts that the environment names, if it names any. */
    static Optional<Accounts> real(Map<String, String> environment, CrmChoice choice) {
        String key = environment.getOrDefault("KIRIM_API_KEY", "");
        String phone = environment.getOrDefault("KIRIM_PHONE_ID", "");
        String token = environment.getOrDefault(choice.tokenVariable(), "");
        if (key.isBlank() && phone.isBlank() && token.isBlank()) {
            return Optional.empty();
        }
        if (key.isBlank() || phone.isBlank() || token.isBlank()) {
            throw new Options.UsageException(
                    "the environment names real accounts, but not fully: it needs KIRIM_API_KEY, KIRIM_PHONE_ID and "
                            + choice.tokenVariable() + ". Unset all three to run on the sandbox");
        }
        return Optional.of(new Accounts(
                environment.getOrDefault("KIRIM_URL", "https://api.kirim.chat/v1"),
                key,
                phone,
                null,
                choice.real(token, environment)));
    }

    @Override
    public String toString() {
        return "Accounts[Kirim[" + kirimUrl + "], " + crm + "]";
    }
}
