package dev.crmsync.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.adapter.pipedrive.Pipedrive;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.SystemDefinition;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A Pipedrive company.
 *
 * @param url Pipedrive's base URL
 * @param token the API token of the user whom nobody but the sync works as
 * @param companyId the company's id, or the empty text
 * @param userId that user's id, or the empty text
 * @param pipeline the pipeline of deals that are conversations, or the empty text for all
 * @param stages its stages with the status that each stands for
 * @param admin the sandbox's admin endpoint, or null for a real account
 */
record PipedriveAccount(
        String url,
        String token,
        String companyId,
        String userId,
        String pipeline,
        String stages,
        @Nullable String admin)
        implements CrmAccount {
    /** The pipeline that every company begins with. */
    static final String STAGES = "1:open,2:open,3:pending,4:open,5:open,won:closed,lost:closed";

    static PipedriveAccount sandbox(JsonNode line) {
        return new PipedriveAccount(
                line.get("url").asText(),
                line.get("token").asText(),
                line.get("companyId").asText(),
                line.get("userId").asText(),
                "1",
                STAGES,
                line.get("admin").asText());
    }

    static PipedriveAccount real(String token, Map<String, String> environment) {
        return new PipedriveAccount(
                environment.getOrDefault("PIPEDRIVE_URL", "https://api.pipedrive.com"),
                token,
                environment.getOrDefault("PIPEDRIVE_COMPANY_ID", ""),
                environment.getOrDefault("PIPEDRIVE_USER_ID", ""),
                environment.getOrDefault("PIPEDRIVE_PIPELINE", ""),
                environment.getOrDefault("PIPEDRIVE_STAGES", STAGES),
                null);
    }

    @Override
    public String name() {
        return "Pipedrive";
    }

    @Override
    public String word() {
        return CrmChoice.PIPEDRIVE.word();
    }

    @Override
    public SystemDefinition system(URI webhooks, Notes notes) {
        Pipedrive company = Pipedrive.company(token)
                .baseUrl(URI.create(url))
                .webhooks(SecretSource.of("crm-sync"), notes.secret(word(), "webhookPassword"))
                .metadata("crm_segment", "Segment")
                .metadata("source", "Kirim source");
        company = companyId.isEmpty() ? company : company.companyId(companyId);
        company = userId.isEmpty() ? company : company.dedicatedUser(userId);
        company = pipeline.isEmpty() ? company : company.dealPipeline(pipeline, stages);
        return admin == null
                ? company
                // The sandbox grants what seven seats do, and its search lags by little.
                : company.limits(120, 210_000)
                        .searchLag(Duration.ofSeconds(5))
                        .webhookTarget(webhooks, notes.unguessable(word(), "webhookPath"));
    }

    @Override
    public Crm crm() {
        return new PipedriveCrm(this);
    }

    @Override
    public String toString() {
        return "Pipedrive[" + url + "]";
    }
}
