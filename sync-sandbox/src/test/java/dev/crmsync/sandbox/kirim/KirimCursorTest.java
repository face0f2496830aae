package dev.crmsync.sandbox.kirim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KirimCursorTest {
    private final KirimCursor cursors = new KirimCursor("key");

    @Test
    void a_cursor_opens_with_the_filters_that_it_was_made_for() {
        String cursor = cursors.seal("position 7", "status=open");

        assertThat(cursors.open(cursor, "status=open")).isEqualTo("position 7");
        assertThat(cursors.open(cursor, "status=pending")).isNull();
        assertThat(new KirimCursor("other key").open(cursor, "status=open")).isNull();
    }

    @Test
    void any_changed_character_makes_a_cursor_invalid() {
        String cursor = cursors.seal("position 77", "");
        for (int i = 0; i < cursor.length(); i++) {
            char changed = cursor.charAt(i) == 'A' ? 'B' : 'A';
            assertThat(cursors.open(cursor.substring(0, i) + changed + cursor.substring(i + 1), ""))
                    .isNull();
        }
        assertThat(cursors.open("ctc_01HXYZ", "")).isNull();
        assertThat(cursors.open("", "")).isNull();
    }
}
