package dev.crmsync.sandbox.hubspot;

import dev.crmsync.sandbox.dials.Dials;

/** HubSpot's dials; each stands for a fact that is unproven, contradictory, or a matter of the plan. */
final class HubSpotDials {
    private HubSpotDials() {}

    static void declare(Dials dials) {
        dials.number("limits.per_ten_seconds", 190, "100 Free and Starter, 190 Pro and Enterprise, 250 add-on (§7)")
                .number("limits.per_day", 625000, "250k, 625k (changelog: 650k), 1M (§7)")
                .number("limits.search_per_second", 5, "search: 5 a second per account (§4)")
                .flag("limits.send_retry_after", false, "Retry-After is not promised on 429 (§7)")
                .choice("limits.body", "429 with errorType, or the newer category (§7)", "error_type", "category")
                .choice(
                        "records.missing", "a property that was asked for and has no value: null or absent",
                        "null", "absent")
                .choice("email.normalise", "a rendering: e-mail is lower-cased and trimmed", "lower_trim", "none")
                .flag("email.validate", true, "an ill-formed e-mail is refused")
                .flag("text.trim", false, "a rendering: text is trimmed; not documented")
                .flag("writes.same_value_emits", false, "whether writing the same value emits an event: unknown")
                .choice("unique.conflict", "second holder of a unique property: 409 with the id, or 400", "409", "400")
                .choice(
                        "batch.partial", "a bad row of update or upsert: 207, or the whole batch fails (§3)",
                        "partial", "whole")
                .choice(
                        "upsert.by_email",
                        "partial upsert by e-mail reportedly is not allowed (§3)",
                        "whole",
                        "partial")
                .flag("batch.shuffle", false, "order of batch results is not promised")
                .number("search.index_delay_ms", 1000, "rows appear late (§4)")
                .number("search.index_jitter_ms", 500, "and not in order: up to this much later still")
                .choice(
                        "search.wall",
                        "which page hits the 10,000 wall: by offset, or by offset + limit",
                        "after",
                        "after_plus_limit")
                .flag("search.require_all_fields", false, "the spec requires all five, production is laxer (§4)")
                .number("search.groups", 5, "5 groups by the guide, 6 by the spec's text (§4)")
                .choice("merge.id", "merging mints a new id; a beta preserves the primary's (§8)", "new", "primary")
                .flag("associations.move_modified", false, "association changes may not move the time of change (§4)")
                .choice(
                        "associations.partial",
                        "a bad row of a batch of associations: all fail, or 207 (§3)",
                        "whole",
                        "partial")
                .flag("tickets.closed_date_set", true, "a ticket that is closed gets a closed_date: not in the facts")
                .flag("merge.property_changes", false, "whether a merge also emits property changes: unknown")
                .flag("gdpr.blocklist", true, "the e-mail of an erased person is blocked (§8)")
                .number("faults.migrating_seconds", 2, "Retry-After of a 477 (§7)")
                .choice(
                        "webhooks.shape",
                        "classic contact.* or generic object.* (§5)",
                        "as_subscribed",
                        "classic",
                        "generic")
                .choice(
                        "webhooks.signatures",
                        "v1 for private apps; v3 on them is to prove (§9)",
                        "v1+v3",
                        "v1",
                        "v3",
                        "v2")
                .choice(
                        "webhooks.source_id",
                        "sourceId of private-app writes is to prove (§9)",
                        "app_id",
                        "absent",
                        "other")
                .choice("webhooks.change_source", "how API writes are marked (§6)", "INTEGRATION", "API")
                .choice("webhooks.creation_flag", "CREATED or NEW seen (§5)", "CREATED", "NEW")
                .flag("webhooks.creation_property_changes", true, "a creation also emits its property changes")
                .choice("webhooks.retry_event_id", "eventId on retries is to prove (§9)", "same", "new")
                .number("webhooks.event_id_repeats", 0, "probability that an eventId repeats: it is not unique (§5)")
                .choice(
                        "webhooks.type_field",
                        "subscriptionType, or the older eventType (§5)",
                        "subscriptionType",
                        "eventType")
                .flag("webhooks.sensitive", false, "values are REDACTED and must be read again (§5)")
                .number("webhooks.batch_most", 100, "up to 100 events in one body (§5)")
                .number("webhooks.batch_window_ms", 50, "how long events gather")
                .flag("webhooks.shuffle_batch", true, "neither order nor uniqueness is promised (§5)")
                .number("webhooks.timeout_ms", 5000, "a subscriber has 5 s (§5)");
    }
}
