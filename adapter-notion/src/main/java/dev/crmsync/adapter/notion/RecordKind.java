package dev.crmsync.adapter.notion;

import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One kind of records that are the pages of a data source.
 *
 * @param type the canonical record type
 * @param dataSource the data source's id
 * @param properties the properties that reads look at, by name or id as the definition names them
 * @param singles those of them that stand for one record, though Notion keeps lists in them
 * @param untitled the title of a new page that nobody gave one, or the empty text
 */
record RecordKind(
        String type, String dataSource, SortedSet<String> properties, SortedSet<String> singles, String untitled) {
    RecordKind {
        properties = new TreeSet<>(properties);
        singles = new TreeSet<>(singles);
    }

    /** The first of the records that a property lists stands for the field, and the others are left alone. */
    boolean single(String property) {
        return singles.contains(property);
    }
}
