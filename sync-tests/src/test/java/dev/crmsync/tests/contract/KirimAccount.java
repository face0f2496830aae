package dev.crmsync.tests.contract;

import dev.crmsync.adapter.kirim.Kirim;
import dev.crmsync.sandbox.admin.AdminClient;
import dev.crmsync.spi.adapter.Adapter;
import dev.crmsync.spi.adapter.ManagesSubscriptions;
import dev.crmsync.spi.adapter.SystemDefinition;
import dev.crmsync.spi.adapter.WebhookRequest;
import dev.crmsync.testkit.adapter.Lever;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A Kirim organisation in the sandbox, whose webhooks about the records that are measured arrive. */
abstract class KirimAccount extends SandboxAccount implements Lever.Hand, Lever.Deletes, Lever.Seeds {
    KirimAccount() {
        try (Adapter adapter = adapter()) {
            ((ManagesSubscriptions) adapter)
                    .subscribe(target(), List.of(specimen().type()));
        }
    }

    @Override
    AdminClient admin() {
        return sandbox.kirim().adminClient();
    }

    @Override
    URI base() {
        return URI.create(sandbox.kirim().url());
    }

    @Override
    SystemDefinition definition(URI base) {
        return Kirim.organisation(sandbox.kirim().token())
                .phoneNumber(sandbox.kirim().phoneId())
                .webhookSecret(() -> List.copyOf(kept))
                .messages(true)
                .baseUrl(base);
    }

    @Override
    public Set<String> secrets() {
        Set<String> secrets = new HashSet<>(kept);
        secrets.add(sandbox.kirim().token());
        return secrets;
    }

    @Override
    public boolean signsBodies() {
        return true;
    }

    @Override
    public Optional<Duration> tolerance() {
        return Optional.of(Duration.ofMinutes(5));
    }

    @Override
    public WebhookRequest forged(WebhookRequest genuine) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(genuine.headers());
        headers.computeIfPresent(
                "X-Kirim-Signature",
                (name, values) -> List.of(values.get(0).replaceAll("v1=.*", "v1=" + "f".repeat(64))));
        return new WebhookRequest(genuine.method(), genuine.uri(), headers, genuine.body());
    }
}
