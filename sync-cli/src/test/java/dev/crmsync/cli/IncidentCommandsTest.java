package dev.crmsync.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.crmsync.json.PolicyCodec;
import dev.crmsync.ledger.Arrival;
import dev.crmsync.ledger.Beside;
import dev.crmsync.ledger.Ledger;
import dev.crmsync.ledger.Recorder;
import dev.crmsync.ledger.SyncContext;
import dev.crmsync.ledger.SyncListener;
import dev.crmsync.planning.Rules;
import dev.crmsync.planning.SystemRules;
import dev.crmsync.policy.Policies;
import dev.crmsync.policy.Policy;
import dev.crmsync.policy.RecordRule;
import dev.crmsync.spi.adapter.AsOfGrade;
import dev.crmsync.spi.adapter.CreateLookup;
import dev.crmsync.spi.adapter.Declaration;
import dev.crmsync.spi.adapter.TypeDeclaration;
import dev.crmsync.spi.field.Contact;
import dev.crmsync.spi.field.RecordType;
import dev.crmsync.spi.mapping.FieldMapping;
import dev.crmsync.spi.mapping.Mapping;
import dev.crmsync.spi.model.AsOf;
import dev.crmsync.spi.model.Bytes;
import dev.crmsync.spi.model.ChangeEvent;
import dev.crmsync.spi.model.Evidence;
import dev.crmsync.spi.model.NativeValue;
import dev.crmsync.spi.model.RecordRef;
import dev.crmsync.spi.store.Lane;
import dev.crmsync.store.jdbc.JdbcStore;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands that look into what has run: over a store in a file, and over what is exported from it. */
class IncidentCommandsTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T08:00:00Z");
    private static final RecordRef KIRIM = new RecordRef("kirim", Contact.TYPE, "k-4711");

    @TempDir
    private Path files;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Instant now = BEGIN;

    private int run(String... args) {
        out.getBuffer().setLength(0);
        CommandLine command = CrmSync.command().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return command.execute(args);
    }

    @BeforeEach
    void a_store_in_which_somebody_was_overruled() {
        try (JdbcStore store = JdbcStore.h2(files.resolve("store"))) {
            Rules rules = Rules.of(
                    Policies.guide().kirim("kirim").primaryCrm("crm"),
                    Map.of(
                            "kirim",
                            system(true, contacts()),
                            "crm",
                            system(false, contacts().withExternalId("kirim_id"))),
                    "ID");
            Ledger ledger = new Ledger(new SyncContext(
                    "acme",
                    store,
                    () -> rules,
                    new TreeMap<>(),
                    () -> now,
                    () -> "link-1",
                    () -> 0.5,
                    SyncListener.NONE,
                    Bytes.utf8("salt"),
                    new Beside(new Recorder(link -> true), null)));
            told(ledger, KIRIM, Map.of("name", "Budi"));
            told(
                    ledger,
                    new RecordRef("crm", Contact.TYPE, "c-1"),
                    Map.of("name", "Budi Santoso", "kirim_id", "k-4711"));
            told(ledger, KIRIM, Map.of("name", "budi 🌴"));
        }
    }

    private void told(Ledger ledger, RecordRef ref, Map<String, String> properties) {
        now = now.plus(Duration.ofMinutes(5));
        Map<String, NativeValue> raw = new TreeMap<>(Map.of("email", NativeValue.EMPTY));
        properties.forEach((name, text) -> raw.put(name, NativeValue.text(text)));
        ChangeEvent event = ChangeEvent.full(ref, raw, new AsOf(now, now), Evidence.EVENT);
        assertThat(ledger.observe(List.of(new Arrival(event, List.of())), Lane.LIVE, null)
                        .left())
                .isEmpty();
    }

    private static Mapping contacts() {
        return Mapping.of(
                Contact.TYPE, FieldMapping.direct(Contact.NAME, "name"), FieldMapping.direct(Contact.EMAIL, "email"));
    }

    private static SystemRules system(boolean anchor, Mapping mapping) {
        TypeDeclaration contact = new TypeDeclaration(
                Contact.TYPE,
                AsOfGrade.PROPERTY,
                false,
                new CreateLookup.None(),
                true,
                true,
                Duration.ofDays(1),
                Duration.ZERO,
                List.of());
        return new SystemRules(
                new Declaration("toy", anchor, List.of(contact), List.of()), Map.of(Contact.TYPE, mapping));
    }

    private String store() {
        return "jdbc:h2:file:" + files.resolve("store");
    }

    private Path exported() {
        Path bundle = files.resolve("incident.json");
        assertThat(run("export", "--store", store(), "--sync", "acme", "--out", bundle.toString(), "link-1"))
                .as(err.toString())
                .isZero();
        return bundle;
    }

    @Test
    void explain_tells_from_a_store_what_was_decided_and_why_and_shows_values_only_when_asked() {
        assertThat(run("explain", "--store", store(), "--sync", "acme", "--record", "kirim/contact/k-4711"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("OVERRULED_BY_OWNER", "name").doesNotContain("Budi");

        assertThat(run("explain", "--store", store(), "--sync", "acme", "--link", "link-1", "--values", "--json"))
                .isZero();
        assertThat(out.toString()).contains("Budi Santoso");
    }

    @Test
    void a_record_that_nobody_knows_is_told_and_ends_with_2() {
        assertThat(run("explain", "--store", store(), "--sync", "acme", "--record", "kirim/contact/nobody"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("kirim/contact/nobody");
    }

    @Test
    void an_exported_incident_holds_no_value_and_is_replayed_the_same() throws IOException {
        Path bundle = exported();

        assertThat(Files.readString(bundle)).doesNotContain("Budi", "budi", "k-4711", "link-1");
        assertThat(run("replay", bundle.toString())).as(out.toString()).isZero();
        assertThat(out.toString()).contains("0 different");
        assertThat(run("explain", "--bundle", bundle.toString(), "--field", "name", "--values"))
                .isZero();
        assertThat(out.toString()).contains("OVERRULED_BY_OWNER").doesNotContain("Budi");
    }

    @Test
    void an_incident_that_comes_to_something_else_ends_with_1_and_names_the_step() throws IOException {
        Path bundle = exported();
        Files.writeString(
                bundle,
                Files.readString(bundle).replaceFirst("\"r\":\"OVERRULED_BY_OWNER\"", "\"r\":\"KEPT_LOCALLY\""));

        assertThat(run("replay", "--json", bundle.toString())).isEqualTo(1);
        JsonNode told = new ObjectMapper().readTree(out.toString());
        assertThat(told.path("same").booleanValue()).isFalse();
        assertThat(told.path("differences")).hasSize(1);
    }

    @Test
    void a_backtest_of_another_owner_ends_with_1_and_one_of_the_same_policy_with_0() throws IOException {
        Path bundle = exported();
        Policy other = Policy.named("kirim owns")
                .type(
                        RecordType.CONTACT,
                        contact -> contact.owned(Contact.NAME, "kirim", "crm")
                                .owned(Contact.EMAIL, "crm", "kirim")
                                .records("crm", RecordRule.CREATE));
        Path candidate = Files.writeString(files.resolve("candidate.json"), new PolicyCodec().encode(other));
        Path same = Files.writeString(
                files.resolve("same.json"),
                new PolicyCodec().encode(Policies.guide().kirim("kirim").primaryCrm("crm")));

        assertThat(run("backtest", "--bundle", bundle.toString(), candidate.toString()))
                .as(err.toString())
                .isEqualTo(1);
        assertThat(out.toString()).contains("OVERRULED_BY_OWNER -> OWNER_EDIT");
        assertThat(run("backtest", "--store", store(), "--sync", "acme", "--json", candidate.toString()))
                .isEqualTo(1);
        assertThat(new ObjectMapper().readTree(out.toString()).path("fields")).isNotEmpty();
        assertThat(run("backtest", "--bundle", bundle.toString(), same.toString()))
                .as(out.toString())
                .isZero();
    }

    @Test
    void a_policy_is_simulated_and_what_is_no_bundle_ends_with_2() throws IOException {
        Path policy = Files.writeString(
                files.resolve("policy.json"),
                new PolicyCodec().encode(Policies.guide().kirim("kirim").primaryCrm("crm")));

        assertThat(run("simulate", policy.toString(), "--systems", "kirim,crm", "--seeds", "2", "--weather", "calm"))
                .as(out.toString())
                .isZero();
        assertThat(out.toString()).contains("2 histories, 0 broke a law");
        assertThat(run("replay", policy.toString())).isEqualTo(2);
        assertThat(run("replay", files.resolve("nothing.json").toString())).isEqualTo(2);
        assertThat(run("backtest", policy.toString())).isEqualTo(2);
    }
}
