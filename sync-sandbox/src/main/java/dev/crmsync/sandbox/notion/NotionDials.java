package dev.crmsync.sandbox.notion;

import dev.crmsync.sandbox.dials.Dials;

/** Notion's dials; each stands for a fact that is unproven, inferred, contradictory, or a matter of the plan. */
final class NotionDials {
    private NotionDials() {}

    static void declare(Dials dials) {
        limits(dials);
        rights(dials);
        pages(dials);
        queries(dials);
        webhooks(dials);
    }

    private static void limits(Dials dials) {
        dials.choice(
                        "limits.edition",
                        "a budget for each 60-second window, or the older average with bursts (§6)",
                        "window",
                        "average")
                .number("limits.per_minute", 180, "requests of the integration; figures per plan are not told (§6)")
                .number("limits.workspace_per_minute", 0, "requests of the whole workspace; 0 any (§6)")
                .number("limits.workspace_retry_after", 90, "Retry-After of that limit, which may exceed a minute (§6)")
                .flag("limits.reason", true, "429 names its reason in additional_data (§6)")
                .number("limits.body_bytes", 500_000, "the largest body (§2)")
                .number("limits.blocks_most", 0, "pages and blocks that a free workspace may hold; 0 any (§1)")
                .number("faults.overloaded_seconds", 3, "Retry-After of a 529 (§6)");
    }

    private static void rights(Dials dials) {
        dials.flag("capabilities.read_content", true, "without it 403 restricted_resource (§1)")
                .flag("capabilities.insert_content", true, "without it 403 for new pages and blocks (§1)")
                .flag("capabilities.update_content", true, "without it 403 for changes (§1)")
                .flag("capabilities.read_comments", true, "without it 403 for comments (§1)")
                .flag("capabilities.insert_comments", true, "without it 403 for new comments (§1)")
                .flag("capabilities.edit_data_source", true, "whether the bot may add options and properties (§2)")
                .choice(
                        "capabilities.users",
                        "what the integration knows of users (§1)",
                        "with_email",
                        "without_email",
                        "none");
    }

    private static void pages(Dials dials) {
        dials.choice("times.grain", "pages' times are floored to the minute (§3)", "minute", "ms")
                .choice("times.grain_elsewhere", "those of other objects: to prove (§3)", "minute", "ms")
                .choice(
                        "rich_text.segments",
                        "texts come back cut anew: as one, at 2,000 again, or as written (§5)",
                        "merged",
                        "split",
                        "kept")
                .flag("email_phone.trim", true, "a rendering: e-mail and phone are trimmed (§5)")
                .choice(
                        "email_phone.empty",
                        "an empty url, e-mail or phone: clears, or is refused",
                        "cleared",
                        "rejected")
                .flag("relation.has_more", true, "relations of more than 25 say has_more (§2)")
                .flag("people.has_more", false, "whether people of more than 25 say it too (§2)")
                .choice(
                        "references.missing",
                        "a write that names a page or a user that is not there: not told",
                        "400",
                        "404")
                .flag("status.options_writable", false, "options of a status: docs and SDK contradict (§2)")
                .flag("writes.same_value_emits", false, "whether writing the same value is a change: unknown")
                .flag("blocks.move_last_edited", false, "block edits by API may move the page's time (§2)");
    }

    private static void queries(Dials dials) {
        dials.number("query.rows_most", 10_000, "rows of one query (§3)")
                .flag("query.cap_told_early", false, "which of a query's pages tells that it lacks rows: any may (§3)")
                .choice("query.cursor", "a keyset cursor skips no edited row: not told", "keyset", "offset")
                .number("query.short_pages", 0, "probability that a page is shorter than asked for (§3)")
                .flag("query.status_complete", false, "whether a whole answer says complete: not told")
                .choice("query.in_trash", "in_trash lists trashed rows alone (§3)", "only", "both", "ignored")
                .number("query.lag_ms", 0, "a query may lag behind the page (§3)")
                .number("query.lag_jitter_ms", 0, "and not in order: up to this much later still")
                .flag("filters.case_sensitive", false, "whether text conditions look at case: not told")
                .number("search.lag_ms", 1000, "the index is not immediate (§3)")
                .number("search.lag_jitter_ms", 500, "and not in order: up to this much later still")
                .number("search.missing", 0, "share of the pages that search never finds: not exhaustive (§3)");
    }

    private static void webhooks(Dials dials) {
        dials.number("webhooks.gather_ms", 50, "how long changes gather after the first is due (§4)")
                .choice(
                        "events.created_and_deleted",
                        "a page made and trashed before it was told of: no event, one, or both (§4)",
                        "none",
                        "one",
                        "two")
                .flag("events.moved_out", true, "whether a move out of all that is shared is told: not told")
                .choice(
                        "webhooks.author_id",
                        "which id a bot has among the authors: integrators disagree (§5)",
                        "bot_user",
                        "integration",
                        "bot_id")
                .flag("webhooks.accessible_by", false, "the envelope's optional list (§4)")
                .flag("webhooks.sign_verification", false, "whether the first POST is signed: not told")
                .number("webhooks.timeout_ms", 10_000, "how long a subscriber has: not told");
    }
}
