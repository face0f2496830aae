package dev.crmsync.adapter.kirim;

import com.fasterxml.jackson.databind.JsonNode;
import dev.crmsync.http.HttpCall;
import dev.crmsync.spi.adapter.ManagesSubscriptions.Subscription;
import dev.crmsync.spi.adapter.SecretSource;
import dev.crmsync.spi.adapter.SetupStep;
import dev.crmsync.spi.adapter.SetupStep.State;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks whether key, number and subscription are as the sync needs them, and makes the subscription when it is missing. */
final class Setup {
    private final Settings settings;
    private final Api api;
    private final Subscriptions subscriptions;
    private final SecretSource secret;

    Setup(Settings settings, Api api, Subscriptions subscriptions, SecretSource secret) {
        this.settings = settings;
        this.api = api;
        this.subscriptions = subscriptions;
        this.secret = secret;
    }

    List<SetupStep> setUp(List<String> events, boolean dryRun) {
        List<SetupStep> steps = new ArrayList<>();
        // Old pages alone tell of this call, so an account without it is no fault.
        api.find(HttpCall.get("/me")).map(Api::data).ifPresent(me -> limits(me.path("rate_limits"), steps));
        account(steps);
        // Throws with the remedy when the contacts cannot be read.
        api.need(HttpCall.get("/{phoneNumberId}/contacts", api.phoneNumberId()).query("limit", "1"));
        steps.add(new SetupStep(State.PRESENT, "the API key reads the contacts of the phone number"));
        webhooks(events, dryRun, steps);
        return steps;
    }

    private void limits(JsonNode granted, List<SetupStep> steps) {
        limit("writesPerMinute", settings.writesPerMinute(), granted.path("write_per_minute"), steps);
        limit("readsPerMinute", settings.readsPerMinute(), granted.path("read_per_minute"), steps);
    }

    private static void limit(String setting, long given, JsonNode granted, List<SetupStep> steps) {
        if (granted.canConvertToLong() && granted.longValue() > 0) {
            long calls = granted.longValue();
            steps.add(
                    calls == given
                            ? new SetupStep(State.PRESENT, setting + " is " + given + ", as the plan grants")
                            : new SetupStep(
                                    State.BY_HAND,
                                    "the plan grants another number of calls: set " + setting + "(" + calls
                                            + ") on the Kirim system"));
        }
    }

    private void account(List<SetupStep> steps) {
        Optional<JsonNode> accounts = api.find(HttpCall.get("/accounts").query("status", "all"))
                .map(answer -> Api.body(answer).path("data"))
                .filter(JsonNode::isArray);
        if (accounts.isEmpty()) {
            return;
        }
        JsonNode own = null;
        for (JsonNode account : accounts.get()) {
            own = account.path("phone_number_id").asText("").equals(settings.phoneNumberId()) ? account : own;
        }
        if (own == null) {
            steps.add(new SetupStep(
                    State.BY_HAND,
                    "the phone number id is none of this organisation's: correct phoneNumber(…) on the Kirim system, or"
                            + " connect the number in Kirim"));
            return;
        }
        steps.add(
                own.path("status").asText("connected").equals("connected")
                        ? new SetupStep(State.PRESENT, "the phone number is connected")
                        : new SetupStep(State.BY_HAND, "the phone number is not connected: connect it in Kirim"));
        display(own, accounts.get().size(), steps);
    }

    private void display(JsonNode own, int accounts, List<SetupStep> steps) {
        String digits = Settings.digits(own.path("phone_number").asText(""));
        if (settings.displayDigits() == null
                ? accounts > 1
                : !settings.displayDigits().equals(digits)) {
            steps.add(new SetupStep(
                    State.BY_HAND,
                    "webhooks come for every number of the organisation: set displayNumber(…) on the Kirim system to"
                            + " this number as Kirim displays it, so that those of others are left alone"));
        }
    }

    private void webhooks(List<String> events, boolean dryRun, List<SetupStep> steps) {
        URI target = settings.webhookTarget();
        if (target == null) {
            steps.add(told(events));
            secretKnown(steps);
            return;
        }
        Optional<Subscription> before = subscriptions.at(target);
        boolean present =
                before.filter(one -> Subscriptions.delivers(one, events)).isPresent();
        boolean secretKnown = secret.current().stream().anyMatch(known -> !known.isBlank());
        String what = "webhook subscription to " + String.join(", ", events) + " for " + target.getHost();
        if (!dryRun && !(present && secretKnown)) {
            subscriptions.subscribe(target, events);
        }
        State made = dryRun ? State.MISSING : State.MADE;
        steps.add(new SetupStep(present ? State.PRESENT : made, what));
        if (!secretKnown) {
            steps.add(new SetupStep(made, "signing secret of the webhook subscription"));
        }
    }

    private SetupStep told(List<String> events) {
        String named = String.join(", ", events);
        return subscriptions.list().stream().anyMatch(one -> Subscriptions.delivers(one, events))
                ? new SetupStep(
                        State.PRESENT,
                        "a webhook subscription to " + named + "; whether it is this sync's own is"
                                + " checked when webhookTarget(…) is set on the Kirim system")
                : new SetupStep(
                        State.BY_HAND,
                        "no webhook subscription delivers " + named + ": set webhookTarget(…) on"
                                + " the Kirim system and run the set-up again");
    }

    private void secretKnown(List<SetupStep> steps) {
        if (secret.current().stream().allMatch(String::isBlank)) {
            steps.add(
                    new SetupStep(
                            State.BY_HAND,
                            "no signing secret is known, so no webhook can be taken: set webhookSecret(…) on the Kirim system"));
        }
    }
}
