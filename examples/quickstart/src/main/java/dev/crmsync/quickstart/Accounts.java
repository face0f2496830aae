package dev.crmsync.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the systems are and how to get in.
 *
 * @param kirimUrl Kirim's base URL with its version
 * @param kirimToken the API key
 * @param phoneId the WhatsApp phone number's id
 * @param kirimAdmin the sandbox's admin endpoint for Kirim, or null for a real account
 * @param crms the CRMs, the primary one first
 */
record Accounts(
        String kirimUrl,
        String kirimToken,
        String phoneId,
        @Nullable String kirimAdmin,
        List<CrmAccount> crms) {

    /** The accounts that the line of a sandbox tells of. */
    static Accounts sandbox(String line, List<CrmChoice> choices) {
        JsonNode all = Json.parse(line);
        JsonNode kirim = all.get("kirim");
        return new Accounts(
                kirim.get("url").asText(),
                kirim.get("token").asText(),
                kirim.get("phoneId").asText(),
                kirim.get("admin").asText(),
                choices.stream().map(choice -> choice.sandbox(all)).toList());
    }

    /** The real accounts that the environment names, if it names any. */
    static Optional<Accounts> real(Map<String, String> environment, List<CrmChoice> choices) {
        String key = environment.getOrDefault("KIRIM_API_KEY", "");
        String phone = environment.getOrDefault("KIRIM_PHONE_ID", "");
        List<String> tokens = choices.stream()
                .map(choice -> environment.getOrDefault(choice.tokenVariable(), ""))
                .toList();
        if (key.isBlank() && phone.isBlank() && tokens.stream().allMatch(String::isBlank)) {
            return Optional.empty();
        }
        if (key.isBlank() || phone.isBlank() || tokens.stream().anyMatch(String::isBlank)) {
            throw new Options.UsageException(
                    "the environment names real accounts, but not fully: it needs KIRIM_API_KEY, KIRIM_PHONE_ID and "
                            + CrmChoice.tokenVariables(choices) + ". Unset them all to run on the sandbox");
        }
        return Optional.of(new Accounts(
                environment.getOrDefault("KIRIM_URL", "https://api.kirim.chat/v1"),
                key,
                phone,
                null,
                choices.stream().map(choice -> choice.real(environment)).toList()));
    }

    @Override
    public String toString() {
        return "Accounts[Kirim[" + kirimUrl + "], " + crms + "]";
    }
}
