package dev.crmsync.sandbox.kirim;

import dev.crmsync.sandbox.dials.Dials;

/** Kirim's dials; each stands for a fact that is unproven, contradictory, or a matter of the plan. */
final class KirimDials {
    private KirimDials() {}

    static void declare(Dials dials) {
        dials.choice(
                        "limits.plan",
                        "free 60/600, pro 600/6,000 writes/reads a minute; custom takes the two numbers (§3)",
                        "custom",
                        "free",
                        "pro")
                .number("limits.write_per_minute", 6000, "writes a minute of the custom plan (§3)")
                .number("limits.read_per_minute", 60000, "reads a minute of the custom plan (§3)")
                .choice(
                        "contacts.created_after",
                        "guide filters, reference has no such filter (§5.1)",
                        "filter",
                        "reject",
                        "ignore")
                .choice(
                        "contacts.order",
                        "sort order of the contact list is not known (§6)",
                        "created_desc",
                        "created_asc")
                .choice("contacts.empty", "a missing name or email: null or absent (§2)", "null", "absent")
                .choice(
                        "contacts.duplicate_phone",
                        "a second contact with the same phone: not documented",
                        "allow",
                        "conflict")
                .flag("contacts.labels_in_rest", false, "guide reads labels, reference has none (§5.4)")
                .flag("contacts.trim", false, "a rendering: name and email are trimmed; not documented")
                .number("contacts.created_status", 201, "status of a successful create: not documented")
                .choice("patch.metadata", "metadata merged or replaced by PATCH: unknown (§2)", "merge", "replace")
                .choice("patch.metadata_null", "null inside merged metadata: unknown (§2)", "deletes", "stores")
                .choice("patch.null", "null for name or email: unknown (§2)", "clears", "ignored", "rejected")
                .choice("patch.unknown_fields", "phone_number and others in PATCH: unknown", "ignore", "reject")
                .flag("patch.noop_emits", false, "whether a PATCH that changes nothing emits an event: unknown")
                .flag("labels.move_updated_at", true, "whether a label moves the contact's updated_at: not documented")
                .flag("labels.multi_team", false, "multi-team organisations require team_id (§2)")
                .choice("bulk_label.answer", "three counters under data, or two bare ones (§5.6)", "data", "bare")
                .choice(
                        "conversations.assignee",
                        "reference shows assignee{id}, the guide reads assigned_to (§5.5)",
                        "assignee",
                        "assigned_to",
                        "both")
                .choice("conversations.get_one", "GET of one conversation: not known (§6)", "none", "phone", "root")
                .choice(
                        "conversations.patch",
                        "PATCH is documented without a phone id in its path, by an old page (§2)",
                        "root",
                        "phone")
                .choice("events.unassigned", "assignee.user_id null, or no event (§6)", "null", "none")
                .flag("events.messages", false, "message events exist, and are unproven (§4)")
                .number("idempotency.reuse_status", 422, "other body under the same key: 422 or 409 (§5.11)")
                .number("idempotency.wait_ms", 30000, "how long a second request waits for the first (§3)")
                .number("idempotency.hours", 24, "how long a key is kept (§3)")
                .choice(
                        "events.labels",
                        "docs: labels fire contact.updated; old page: not (§4)",
                        "when_changed",
                        "always",
                        "never")
                .choice(
                        "events.label_shape",
                        "label shape in events is not known (§6)",
                        "id_name",
                        "full",
                        "names",
                        "ids")
                .flag("events.metadata", true, "metadata in events is optional (§4)")
                .choice("events.bulk_label", "one event per bulk-labelled contact: unknown (§6)", "per_contact", "none")
                .flag("events.livemode", true, "envelope field of newer payloads (§4)")
                .choice(
                        "events.envelope",
                        "type and data, or another page's event and delivered_at (§5.12)",
                        "type",
                        "event")
                .text("webhooks.signature_header", "X-Kirim-Signature", "or X-Kirim-Signature-256 (§5.8)")
                .choice("webhooks.delivery_prefix", "wbd_ or dlv_ (§5.9)", "wbd", "dlv")
                .choice("webhooks.source", "kirim or kirimdev (§5.9)", "kirim", "kirimdev")
                .number("webhooks.timeout_ms", 10000, "a subscriber has 10 s (§4)")
                .flag("webhooks.resign", true, "retries sign with a fresh time; unknown, the tolerance needs it (§6)")
                .number("webhooks.disable_after", 20, "disabled after 24 or 20 failed deliveries in a row (§5.10)")
                .choice(
                        "webhooks.disable_counts",
                        "whether ended deliveries or single attempts count",
                        "deliveries",
                        "attempts")
                .choice("webhooks.replay_event_id", "whether a replay keeps the event id: unknown (§6)", "same", "new");
    }

    static double writesPerMinute(Dials dials) {
        return switch (dials.word("limits.plan")) {
            case "free" -> 60;
            case "pro" -> 600;
            default -> dials.number("limits.write_per_minute");
        };
    }

    static double readsPerMinute(Dials dials) {
        return switch (dials.word("limits.plan")) {
            case "free" -> 600;
            case "pro" -> 6000;
            default -> dials.number("limits.read_per_minute");
        };
    }
}
