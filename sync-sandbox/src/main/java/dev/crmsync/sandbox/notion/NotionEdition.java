package dev.crmsync.sandbox.notion;

import dev.crmsync.sandbox.http.Request;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The versions of the API that a request may name in its header Notion-Version. */
enum NotionEdition {
    /** A database is its only data source. */
    DATABASES("2022-06-28"),
    /** A database holds one or more data sources. */
    DATA_SOURCES("2025-09-03"),
    /** What was archived is in the trash. */
    TRASH("2026-03-11");

    /** The header that names the version. */
    static final String HEADER = "Notion-Version";

    private final String date;

    NotionEdition(String date) {
        this.date = date;
    }

    String date() {
        return date;
    }

    /** Whether rows are asked for by data source. */
    boolean hasDataSources() {
        return this != DATABASES;
    }

    static List<String> dates() {
        return Arrays.stream(values()).map(NotionEdition::date).toList();
    }

    static @Nullable NotionEdition of(String date) {
        return Arrays.stream(values())
                .filter(one -> one.date.equals(date))
                .findFirst()
                .orElse(null);
    }

    /** The version of a request that the desk has let in; the newest for what does not come over HTTP. */
    static NotionEdition of(Request request) {
        String named = request.header(HEADER);
        NotionEdition edition = named == null ? null : of(named);
        return edition == null ? TRASH : edition;
    }
}
