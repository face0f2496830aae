package dev.crmsync.sandbox.pipedrive;

import dev.crmsync.sandbox.dials.Dials;

/** Pipedrive's dials; each stands for a fact that is unproven, inferred, contradictory, or a matter of the plan. */
final class PipedriveDials {
    private PipedriveDials() {}

    static void declare(Dials dials) {
        limits(dials);
        records(dials);
        older(dials);
        webhooks(dials);
    }

    private static void limits(Dials dials) {
        dials.flag("auth.query_token", true, "the legacy ?api_token= is taken beside the header (§1)")
                .flag("auth.token_admin", true, "whether the token's user is an admin: sees all, sets user_id (§3, §5)")
                .flag("users.is_admin", true, "users have is_admin (§1); the reference shows access alone")
                .choice(
                        "auth.token_owner",
                        "meta.user_id is the token's owner, who may also be a person that works there (§6)",
                        "dedicated",
                        "person")
                .number("limits.burst", 120, "in 2 s: 20 Lite, 40 Growth, 100 Premium, 120 Ultimate (§7)")
                .number("limits.search_burst", 10, "searches in 2 s, on every plan (§7)")
                .number("limits.daily_tokens", 210000, "30,000 x plan (1, 2, 5, 7) x seats; 429 when spent (§7)")
                .number(
                        "limits.daily_requests",
                        10000,
                        "what x-daily-requests-left counts down from; not enforced (§7)")
                .number("limits.deals_most", 0, "open deals that the plan has; 403 with a code beyond; 0 any (§7)")
                .flag("limits.send_retry_after", false, "no Retry-After is documented (§7)")
                .number("limits.abuse_after", 50, "429s within 10 s that bring the 403 page; 0 never; not told (§7)")
                .number("limits.abuse_seconds", 60, "how long the 403 page stays; not told (§7)");
    }

    private static void records(Dials dials) {
        dials.flag("rest.update_time_ms", false, "update_time to the second, or with milliseconds: to prove (§4)")
                .choice("writes.created_status", "status of a create of v2 or of a note: not told", "200", "201")
                .flag("writes.same_value_emits", false, "whether writing the same value is a change: unknown")
                .choice("channels.patch", "an array of emails or phones replaces the old one (§3)", "replace", "append")
                .flag("contact_sync", false, "im, postal_address, notes, birthday, job_title need it (§3)")
                .choice("custom.missing", "a custom field without a value: null or absent", "null", "absent")
                .choice("custom.long_text", "more than 255 characters in a varchar: refused, or cut", "rejected", "cut")
                .choice("custom.empty_text", "an empty text: clears, or is a value", "cleared", "kept")
                .choice("deleted.get", "GET of a deleted record: found with is_deleted, or not", "found", "404", "410")
                .flag("deleted.in_updated_since", false, "whether updated_since lists deleted rows: to prove (§4)")
                .flag("deleted.in_ids", false, "whether ids= lists deleted rows: not told")
                .choice(
                        "restore.event",
                        "what tells of a restored record: undocumented (§8)",
                        "change",
                        "create",
                        "none")
                .choice("lists.cursor", "a keyset cursor skips no edited row (§4)", "keyset", "offset")
                .choice(
                        "lists.since_fractions",
                        "fractions of a second in updated_since: 400 was seen",
                        "rejected",
                        "accepted")
                .choice("fields.duplicate_names", "a second field of the same name: not told", "allow", "reject")
                .choice("labels.field_code", "the system field is label_ids or label (§8)", "label_ids", "label")
                .flag("labels.options_writable", true, "new options of the system field: to prove (§8)")
                .choice("labels.included_as", "where include_labels puts {id,label}: not told", "labels", "label_ids")
                .choice(
                        "activities.person_id",
                        "person_id is read-only: refused, or ignored (§3)",
                        "rejected",
                        "ignored")
                .number("search.lag_ms", 1000, "the index lags: undocumented (§3)")
                .number("search.lag_jitter_ms", 500, "and not in order: up to this much later still");
    }

    private static void older(Dials dials) {
        dials.choice("notes.html", "the server sanitises HTML (§3)", "sanitised", "kept")
                .choice("notes.order", "updated_since lists by update_time (§4), or by id", "update_time", "id")
                .choice("leads.page", "paging below additional_data.pagination, or beside it", "pagination", "flat")
                .choice("recents.deleted", "whether recents tells of deleted rows: not told", "included", "omitted")
                .choice("merge.custom_fields", "the loser's fill empty ones, or are dropped (§8)", "fill", "drop")
                .choice(
                        "merge.channels",
                        "emails, phones and labels of both, or empty ones filled (§8)",
                        "union",
                        "fill")
                .choice(
                        "merge.related",
                        "what moves to the survivor: is touched, is not, or is told of",
                        "touched",
                        "silent",
                        "told")
                .choice(
                        "merge.order",
                        "the two events of a merge: any order (§8)",
                        "any",
                        "delete_first",
                        "change_first")
                .choice("bulk.change_source", "bulk edits in the pages are marked as api (§6)", "api", "app")
                .flag("bulk.flag", true, "is_bulk_edit of such events (§6)");
    }

    private static void webhooks(Dials dials) {
        dials.choice(
                        "webhooks.custom_fields",
                        "each with its type, as the migration guide shows (§5), or as in REST",
                        "typed",
                        "plain")
                .choice(
                        "webhooks.time_precision", "times in data: seconds in the guide's examples (§5), ms seen (§4)",
                        "seconds", "ms")
                .choice(
                        "webhooks.timestamp",
                        "meta.timestamp: ISO with ms, or the guide's ten digits (§5)",
                        "iso",
                        "seconds")
                .choice(
                        "webhooks.person_labels", "label_ids, or the guide's older label, which holds one (§5)",
                        "label_ids", "label")
                .flag("webhooks.previous_update_time", false, "previous of persons and deals names it, too (§5)")
                .flag("webhooks.visibility", true, "sent only if the webhook's user may see the record (§5)")
                .flag("webhooks.removed_listed", true, "a deleted webhook is listed with is_active 0, or gone")
                .number("webhooks.ban_after", 10, "failed first attempts that bring a ban (§5)")
                .number("webhooks.ban_minutes", 30, "how long a ban lasts; its events are lost (§5)")
                .number("webhooks.delete_after_days", 3, "without success, then the webhook is deleted (§5)")
                .number("webhooks.most", 40, "webhooks a user may have (§5)")
                .number("webhooks.timeout_ms", 10000, "a subscriber has 10 s (§5)");
    }
}
