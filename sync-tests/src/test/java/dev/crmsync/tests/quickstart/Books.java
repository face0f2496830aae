package dev.crmsync.tests.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** What both systems of a sandbox hold, read over their public API. */
final class Books {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final JsonNode kirim;
    private final JsonNode hubSpot;
    private final JsonNode pipedrive;
    private final JsonNode notion;

    Books(String line) throws IOException {
        JsonNode accounts = JSON.readTree(line);
        kirim = accounts.get("kirim");
        hubSpot = accounts.get("hubspot");
        pipedrive = accounts.get("pipedrive");
        notion = accounts.get("notion");
    }

    /** The names of all contacts in Kirim; an empty one for those without. */
    List<String> kirimNames() throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get(
                    kirim,
                    kirim.get("url").asText() + "/" + kirim.get("phoneId").asText() + "/contacts?limit=100" + cursor);
            page.get("data").forEach(contact -> names.add(contact.path("name").asText("")));
            cursor = page.path("has_more").asBoolean()
                    ? "&cursor=" + page.get("next_cursor").asText()
                    : "";
        } while (!cursor.isEmpty());
        return names;
    }

    /** The Kirim ids that HubSpot's contacts bear; an empty one for those without. */
    List<String> hubSpotKeys() throws IOException, InterruptedException {
        List<String> keys = new ArrayList<>();
        String after = "";
        do {
            JsonNode page = get(
                    hubSpot,
                    hubSpot.get("url").asText() + "/crm/v3/objects/contacts?limit=100&properties=kirim_contact_id"
                            + after);
            page.get("results")
                    .forEach(contact -> keys.add(
                            contact.path("properties").path("kirim_contact_id").asText("")));
            JsonNode next = page.path("paging").path("next").path("after");
            after = next.isMissingNode() ? "" : "&after=" + next.asText();
        } while (!after.isEmpty());
        return keys;
    }

    /** The Kirim ids that a CRM's records of contacts bear; an empty one for those without. */
    List<String> keys(String crm) throws IOException, InterruptedException {
        return switch (crm) {
            case "pipedrive" -> pipedriveKeys();
            case "notion" -> notionKeys();
            default -> hubSpotKeys();
        };
    }

    /** The Kirim ids that the pages of Notion's contacts bear; an empty one for those without. */
    private List<String> notionKeys() throws IOException, InterruptedException {
        String contacts = notion.get("dataSourceId").asText();
        List<String> keys = new ArrayList<>();
        for (JsonNode page :
                get(notion, notion.get("admin").asText() + "/pages").get("pages")) {
            if (page.path("data_source_id").asText().equals(contacts)
                    && !page.path("in_trash").asBoolean()) {
                keys.add(page.path("plain").path("Kirim contact id").asText(""));
            }
        }
        return keys;
    }

    /** The Kirim ids that Pipedrive's persons bear; an empty one for those without. */
    private List<String> pipedriveKeys() throws IOException, InterruptedException {
        String code = "";
        for (JsonNode field : get(pipedrive, pipedrive.get("url").asText() + "/api/v2/personFields?limit=500")
                .get("data")) {
            boolean ours = field.path("field_name").asText().equals("Kirim contact id");
            code = ours ? field.path("field_code").asText() : code;
        }
        List<String> keys = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page = get(pipedrive, pipedrive.get("url").asText() + "/api/v2/persons?limit=500" + cursor);
            for (JsonNode person : page.get("data")) {
                JsonNode key = person.path("custom_fields").path(code);
                keys.add(key.isNull() ? "" : key.asText());
            }
            JsonNode next = page.path("additional_data").path("next_cursor");
            cursor = next.isNull() ? "" : "&cursor=" + next.asText();
        } while (!cursor.isEmpty());
        return keys;
    }

    /**
     * The requests that may have changed something, by the admin endpoints. Searches and batch reads are posted, too, and so
     * is the question about the token, which the sandbox does not know.
     */
    List<String> writes() throws IOException, InterruptedException {
        List<String> writes = new ArrayList<>();
        for (JsonNode system : List.of(kirim, hubSpot)) {
            get(system, system.get("admin").asText() + "/counts")
                    .path("requests")
                    .fieldNames()
                    .forEachRemaining(writes::add);
        }
        writes.removeIf(
                request -> request.matches("GET .*|POST .*/(search|batch/read)|POST .unknown path.|.*/_admin/.*"));
        return writes;
    }

    private JsonNode get(JsonNode system, String url) throws IOException, InterruptedException {
        String token = system.get("token").asText();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .header("x-api-token", token)
                .build();
        HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IOException(url + " answered " + answer.statusCode());
        }
        return JSON.readTree(answer.body());
    }
}
