package dev.crmsync.sandbox.notion;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The types of properties that are imitated. */
enum NotionType {
    TITLE,
    RICH_TEXT,
    NUMBER,
    SELECT,
    MULTI_SELECT,
    STATUS,
    DATE,
    PEOPLE,
    CHECKBOX,
    URL,
    EMAIL,
    PHONE_NUMBER,
    RELATION,
    CREATED_TIME,
    CREATED_BY,
    LAST_EDITED_TIME,
    LAST_EDITED_BY,
    UNIQUE_ID;

    /** As JSON writes it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether the vendor fills it in. */
    boolean readOnly() {
        return compareTo(CREATED_TIME) >= 0;
    }

    boolean hasOptions() {
        return this == SELECT || this == MULTI_SELECT || this == STATUS;
    }

    boolean isText() {
        return this == TITLE || this == RICH_TEXT;
    }

    /** Whether it is a single text without styles. */
    boolean isPlain() {
        return this == URL || this == EMAIL || this == PHONE_NUMBER;
    }

    /** Whether its values come in pages of their own. */
    boolean isPaged() {
        return isText() || this == PEOPLE || this == RELATION;
    }

    static @Nullable NotionType of(String word) {
        return Arrays.stream(values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElse(null);
    }

    static List<String> words() {
        return Arrays.stream(values()).map(NotionType::word).toList();
    }
}
