package dev.crmsync.sandbox.notion;

import dev.crmsync.sandbox.admin.Parts;
import dev.crmsync.sandbox.notion.NotionState.Block;
import dev.crmsync.sandbox.notion.NotionState.DataSource;
import dev.crmsync.sandbox.notion.NotionState.Database;
import dev.crmsync.sandbox.notion.NotionState.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the integration may see: the rows of databases that are shared with it. What it may not see is not found, and
 * cannot be told from what is not there. Guarded by the stand-in's lock.
 */
final class NotionAccess {
    private final Parts parts;
    private final NotionState state;

    NotionAccess(Parts parts, NotionState state) {
        this.parts = parts;
        this.state = state;
    }

    Database database(String text) {
        String id = id("database_id", text);
        Database database = state.databases.get(id);
        if (database == null || !database.shared) {
            throw NotionErrors.missing("database", id);
        }
        return database;
    }

    DataSource dataSource(String text) {
        String id = id("data_source_id", text);
        DataSource source = state.dataSources.get(id);
        if (source == null || !shared(source)) {
            throw NotionErrors.missing("data source", id);
        }
        return source;
    }

    Page page(String text) {
        String id = id("page_id", text);
        Page page = seen(id);
        if (page == null) {
            throw NotionErrors.missing("page", id);
        }
        return page;
    }

    Block block(String text) {
        String id = id("block_id", text);
        Block block = state.blocks.get(id);
        if (block == null || seen(block.page) == null) {
            throw NotionErrors.missing("block", id);
        }
        return block;
    }

    /** The page of this id when the integration may see it, or null. */
    @Nullable Page seen(String id) {
        Page page = state.pages.get(id);
        DataSource source = page == null ? null : state.dataSources.get(page.dataSource);
        return source != null && shared(source) ? page : null;
    }

    boolean shared(DataSource source) {
        Database database = state.databases.get(source.database);
        return database != null && database.shared;
    }

    List<DataSource> sourcesOf(Database database) {
        return state.dataSources.values().stream()
                .filter(one -> one.database.equals(database.id))
                .toList();
    }

    /** The only data source of a database, for editions that know no others. */
    DataSource only(Database database) {
        List<DataSource> sources = sourcesOf(database);
        if (sources.size() != 1) {
            throw NotionErrors.several(
                    database.id, sources.stream().map(one -> one.id).toList());
        }
        return sources.get(0);
    }

    /** Refuses what the integration was not given the capability for. */
    void may(String capability) {
        if (!parts.dials().on("capabilities." + capability)) {
            throw NotionErrors.restricted("the integration has no capability to " + capability.replace('_', ' '));
        }
    }

    private static String id(String what, String text) {
        return NotionIds.valid("path failed validation: path." + what, text);
    }
}
