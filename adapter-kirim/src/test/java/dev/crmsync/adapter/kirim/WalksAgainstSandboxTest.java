package dev.crmsync.adapter.kirim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.crmsync.spi.SyncException;
import dev.crmsync.spi.SyncException.Kind;
import dev.crmsync.spi.adapter.Page;
import dev.crmsync.spi.model.Evidence;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WalksAgainstSandboxTest {
    private static final Instant MAY = Instant.parse("2026-05-01T00:00:00Z");
    private static final String LIST = "GET /v1/{pid}/contacts";

    private final Organisation kirim = new Organisation();

    @AfterEach
    void stop() {
        kirim.close();
    }

    private List<String> seed(int count, Instant created) {
        List<Map<String, Object>> contacts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            contacts.add(Map.of(
                    "phone_number",
                    "+62812" + (created.getEpochSecond() % 1_000_000) + (1_000 + i),
                    "created_at",
                    created.plusSeconds(i).toString()));
        }
        return kirim.admin.seed(contacts);
    }

    private static List<String> walk(KirimAdapter adapter) {
        List<String> ids = new ArrayList<>();
        String cursor = null;
        do {
            Page page = adapter.list("contact", cursor);
            assertThat(page.complete()).isTrue();
            page.events().forEach(event -> {
                assertThat(event.evidence()).isEqualTo(Evidence.LISTING);
                assertThat(event.full()).isTrue();
                ids.add(event.ref().id());
            });
            cursor = page.next();
        } while (cursor != null);
        return ids;
    }

    @ParameterizedTest
    @ValueSource(strings = {"created_desc", "created_asc"})
    void walk_shows_every_contact_once(String order) {
        kirim.admin.turn("contacts.order", order);
        List<String> seeded = seed(250, MAY);
        assertThat(walk(kirim.adapter)).containsExactlyInAnyOrderElementsOf(seeded);
        assertThat(kirim.admin.requests(LIST)).isEqualTo(3);
    }

    @Test
    void empty_account_is_walked_in_one_page() {
        assertThat(kirim.adapter.list("contact", null)).isEqualTo(new Page(List.of(), null, true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"filter", "ignore", "reject"})
    void walk_from_a_time_of_creation_shows_the_same_whatever_kirim_makes_of_the_filter(String way) {
        kirim.admin.turn("contacts.created_after", way);
        seed(120, MAY.minusSeconds(10_000));
        List<String> later = seed(130, MAY.plusSeconds(1));
        KirimAdapter adapter = kirim.adapter(kirim.definition().createdAfter(MAY));
        assertThat(new TreeSet<>(walk(adapter))).isEqualTo(new TreeSet<>(later));
    }

    @Test
    void cursor_of_another_filter_begins_the_walk_anew() {
        seed(150, MAY);
        Page first = kirim.adapter.list("contact", null);
        kirim.admin.turn("contacts.created_after", "filter");
        KirimAdapter narrower = kirim.adapter(kirim.definition().createdAfter(MAY));
        Page narrow = narrower.list("contact", null);
        assertThat(first.next()).isNotNull();
        for (String bad :
                List.of(String.valueOf(narrow.next()), "nonsense", "", first.next() + "x", "kirim-walk-1:plain:")) {
            assertThatThrownBy(() -> kirim.adapter.list("contact", bad))
                    .isInstanceOfSatisfying(
                            SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.VALIDATION));
        }
        // A walk that began without the filter goes on without it.
        assertThat(narrower.list("contact", first.next()).next()).isNull();
    }

    @Test
    void fingerprint_changes_with_the_question() {
        String plain = kirim.adapter.scopeFingerprint("contact");
        assertThat(kirim.adapter(kirim.definition()).scopeFingerprint("contact"))
                .isEqualTo(plain);
        assertThat(List.of(
                        kirim.adapter(kirim.definition().createdAfter(MAY)).scopeFingerprint("contact"),
                        kirim.adapter(kirim.definition().phoneNumber("123456")).scopeFingerprint("contact")))
                .doesNotContain(plain);
    }

    @Test
    void page_that_fails_can_be_asked_for_again() {
        seed(120, MAY);
        Page first = kirim.adapter.list("contact", null);
        kirim.admin.fault("html", 1);
        assertThatThrownBy(() -> kirim.adapter.list("contact", first.next()))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT));
        assertThat(kirim.adapter.list("contact", first.next()).events()).hasSize(20);
    }

    @Test
    void other_types_are_not_spoken() {
        assertThatThrownBy(() -> kirim.adapter.list("deal", null))
                .isInstanceOfSatisfying(
                        SyncException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CONFIGURATION));
    }
}
